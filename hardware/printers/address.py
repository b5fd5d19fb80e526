"""Printer URLs taken apart, and refused with a sentence that says what was wrong and what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.printers.errors import Code, PrinterError

FORMS = (
    "escpos+tcp://HOST[:9100]",
    "escpos+usb://[VID:PID]",
    "escpos+serial:///dev/ttyUSB0?baud=19200",
    "escpos+file:///dev/usb/lp0",
    "preview:///DIRECTORY",
    "fake://",
)
PAPER_DOTS = {"80": 576, "58": 384}
"""Printable dots at 203 dpi for the paper's width in mm."""

DOTS_RANGE = range(200, 1281)
FEED_RANGE = range(21)


class Cut(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """A valid URL's parts. `dots`: width of print; `feed`: lines pushed out before the cut; `extra`: the rest."""

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    dots: int
    cut: Cut
    feed: int
    extra: dict[str, str]

    def bad(self, wrong: str) -> PrinterError:
        return bad_url(self.url, wrong)

    def only(self, *options: str) -> None:
        """Refuse options that this kind of printer does not have: a misspelt one must not be lost silently."""
        for name in self.extra:
            if name not in options:
                known = ", ".join(("width", "dots", "cut", "feed", *options))
                raise self.bad(f"unknown option {name!r} (known: {known})")


def bad_url(url: str, wrong: str) -> PrinterError:
    forms = "  ".join(FORMS)
    return PrinterError(Code.BAD_URL, f"printer URL {url!r}: {wrong}. Accepted: {forms}")


def parse(url: str) -> PrinterAddress:
    """Read a printer URL; PrinterError `bad-url` names what is wrong."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        # `escpos+usb://04b8:0e15` has a product id where other URLs have a port.
        if not url.strip().lower().startswith("escpos+usb:"):
            raise bad_url(url, str(error)) from error
        parts, port = urlsplit(url.strip()), None
        pairs = _pairs(url, parts.query)
    if not parts.scheme:
        raise bad_url(url, "no scheme such as escpos+tcp:// at its beginning")
    if parts.fragment or parts.username is not None:
        raise bad_url(url, "neither a user name nor a #fragment has a meaning here")
    options = dict(pairs)
    if len(options) != len(pairs):
        raise bad_url(url, "an option is given twice")
    return PrinterAddress(
        url=url,
        scheme=parts.scheme.lower(),
        host=parts.netloc if parts.scheme.lower() == "escpos+usb" else (parts.hostname or ""),
        port=port,
        path=unquote(parts.path),
        dots=_dots(url, options.pop("width", None), options.pop("dots", None)),
        cut=_cut(url, options.pop("cut", Cut.FULL)),
        feed=_whole(url, "feed", options.pop("feed", "4"), FEED_RANGE),
        extra=options,
    )


def _pairs(url: str, query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError as error:
        raise bad_url(url, str(error)) from error


def _dots(url: str, width: str | None, dots: str | None) -> int:
    if width is not None and width not in PAPER_DOTS:
        raise bad_url(url, f"width={width} is not a paper width in mm (80 or 58)")
    if dots is None:
        return PAPER_DOTS[width or "80"]
    number = _whole(url, "dots", dots, DOTS_RANGE)
    if number % 8:
        raise bad_url(url, f"dots={dots} is not a multiple of 8")
    return number


def _cut(url: str, cut: str) -> Cut:
    try:
        return Cut(cut)
    except ValueError as error:
        raise bad_url(url, f"cut={cut} is none of full, partial, none") from error


def _whole(url: str, name: str, text: str, allowed: range) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) not in allowed:
        raise bad_url(url, f"{name}={text} is not a whole number from {allowed.start} to {allowed.stop - 1}")
    return int(text)
