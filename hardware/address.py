"""Device URLs taken apart, and refused with a sentence that says what was wrong and what would be right."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.errors import Code, DeviceError

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL's parts. `forms`: examples of what is accepted, for the message; options are taken by name and checked.
    `host` of a `…+usb` URL: vendor and product id as they stand."""

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    forms: tuple[str, ...]
    _options: dict[str, str] = field(default_factory=dict)

    def bad(self, wrong: str) -> DeviceError:
        return bad_url(self.url, wrong, self.forms)

    def only(self, *options: str) -> None:
        """Refuse other options: a misspelt one must not be lost silently."""
        for name in self._options:
            if name not in options:
                known = ", ".join(options) or "none"
                raise self.bad(f"unknown option {name!r} (known: {known})")

    def text(self, name: str, default: str = "") -> str:
        return self._options.get(name, default)

    def has(self, name: str) -> bool:
        return name in self._options

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self._options.get(name, default)
        if value not in allowed:
            raise self.bad(f"{name}={value} is none of {', '.join(allowed)}")
        return value

    def whole(self, name: str, allowed: range, default: int) -> int:
        """A whole number within `allowed`."""
        value = self._options.get(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) not in allowed:
            raise self.bad(f"{name}={value} is not a whole number from {allowed.start} to {allowed.stop - 1}")
        return int(value)

    def number(self, name: str, least: float, most: float, default: float) -> float:
        """A number from `least` to `most`, with a decimal point if need be."""
        value = self._options.get(name, f"{default:g}")
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", value) or not least <= float(value) <= most:
            raise self.bad(f"{name}={value} is not a number from {least:g} to {most:g}")
        return float(value)

    def baud(self, default: int) -> int:
        """The option `baud`."""
        return int(self.choice("baud", [str(each) for each in BAUDS], str(default)))

    def device_file(self) -> str:
        """The path of a URL with three slashes."""
        if self.host or not self.path.startswith("/") or self.path == "/":
            raise self.bad(f"a file with three slashes is needed, as in {self.scheme}:///dev/…")
        return self.path


def parse(url: str, forms: tuple[str, ...]) -> Address:
    """Read a device URL. Raises DeviceError `bad-url`, which names what is wrong and the accepted `forms`."""
    try:
        parts = urlsplit(url.strip())
        by_ids = parts.scheme.lower().endswith("+usb")
        port = None if by_ids else parts.port
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        # Of a password with a slash in it the error quotes the beginning, as a port.
        wrong = "Port is not a number" if "cast" in str(error) else str(error)
        raise bad_url(url, wrong, forms) from None
    if not parts.scheme or "://" not in url:
        raise bad_url(url, "no scheme at its beginning", forms)
    if parts.fragment:
        raise bad_url(url, "a #fragment has no meaning here", forms)
    options = dict(pairs)
    if len(options) != len(pairs):
        raise bad_url(url, "an option is given twice", forms)
    host = parts.netloc if by_ids else parts.hostname or ""
    return Address(url, parts.scheme.lower(), host, port, unquote(parts.path), forms, options)


def bad_url(url: str, wrong: str, forms: tuple[str, ...]) -> DeviceError:
    return DeviceError(Code.BAD_URL, f"device URL {without_password(url)!r}: {wrong}. Accepted: {'  '.join(forms)}")


def without_password(url: str) -> str:
    """`url` as it may be shown: cameras have passwords in theirs, with any signs in them, and some in the path."""
    shown = re.sub(r"(://[^/@:?]*):.*@", r"\1:***@", url)
    return re.sub(r"(?i)\b(pass\w*|pwd)=[^&/]*", r"\1=***", shown)
