"""Device URLs taken apart, and refused with a sentence that says what was wrong and what would be right."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.errors import Code, DeviceError

BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)

HIDDEN = "***"
SECRET = re.compile(
    r"(?i)(?:pass|pwd|psw|token|secret|auth|cred|sign|session|(?:key|pw|sig|pin|sid)(?=\s*=))[^=&/?;]*=|\bp(?:w|s)?="
)
"""The name of what must not be shown, wherever it stands: in a query, in a path, after an underscore."""
OURS = re.compile(r"(?i)[a-z0-9]+\+[a-z0-9]+|camera|file|preview|fake|alsa|pcm|espeak|clips")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])?(?::[0-9]{1,5})?")
NO_PORT = re.compile(r"^([^\[\]:]*|\[[^\]]*\]):(?![0-9A-Fa-f]{1,5}$)")
DECODINGS = 3
"""So often may a URL have been percent-encoded."""


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
                raise self.bad(f"unknown option {without_password(name)!r} (known: {known})")

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
        raise bad_url(url, _unreadable(str(error)), forms) from None
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
    shown = f"device URL {without_password(url)!r}: {_until_secret(wrong)}"
    return DeviceError(Code.BAD_URL, f"{shown}. Accepted: {'  '.join(forms)}")


def without_password(url: str) -> str:
    """`url` as it may be shown. Of a foreign scheme, such as a network camera's, only scheme, host and port, since its
    path may be a secret as a whole; of ours all but what may be a user, a password, a token or the like. Where it
    cannot be told what is what, rather too little is shown."""
    plain = _decoded(url)
    shown = _shown(plain)
    return url if shown == plain else shown


def _shown(url: str) -> str:
    scheme, found, rest = url.strip().partition("://")
    scheme = f"{scheme}://" if found else ""
    if not found:
        rest = url
    elif not OURS.fullmatch(scheme[:-3]):
        authority, beyond = _authority(rest)
        host = authority.rpartition("@")[2]
        known = SCHEME.fullmatch(scheme) and "@" not in beyond and HOST.fullmatch(host)
        return f"{scheme if SCHEME.fullmatch(scheme) else ''}{host if known else HIDDEN}{'/…' if beyond else ''}"
    authority, beyond = _authority(_until_secret(rest))
    if "@" in beyond and (authority or ":" in beyond or not beyond.startswith("/")):
        return scheme + HIDDEN
    if "@" in authority:
        authority = f"{HIDDEN}@{authority.rpartition('@')[2]}"
    no_port = NO_PORT.match(authority)
    if no_port and scheme != "alsa://":  # whose devices are called hw:NAME; elsewhere it may begin a password
        return f"{scheme}{no_port[1]}:{HIDDEN}"
    return scheme + authority + beyond


def _authority(rest: str) -> tuple[str, str]:
    """What follows the scheme, cut where the host ends."""
    end = re.search(r"[/?#\\]", rest)
    return (rest[: end.start()], rest[end.start() :]) if end else (rest, "")


def _until_secret(text: str) -> str:
    """Whatever follows the name of a secret may belong to it: nothing tells where it ends."""
    plain = _decoded(text)
    found = SECRET.search(plain)
    return plain[: found.end()] + HIDDEN if found else text


def _decoded(text: str) -> str:
    for _ in range(DECODINGS):
        text = unquote(text)
    return text


def _unreadable(error: str) -> str:
    """In our words: those of the library quote the URL."""
    if "port" in error.lower():
        return "Port is not a number" if "cast" in error else "Port is not from 0 to 65535"
    return "an option without a value" if "query" in error else "its host cannot be understood"
