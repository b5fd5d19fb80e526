"""Where one code ends and the next begins in what a scanner sends, and which of it is a code at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hardware.address import Address

ENDS = {"line": b"[\r\n]", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "etx": b"\x03", "none": b""}
"""The mark that a scanner puts after each code, as a pattern; `line` takes CR, LF and both."""
CHARSETS = {"utf-8": "utf-8", "cp1258": "cp1258", "cp1252": "cp1252", "latin-1": "latin-1"}
OPTIONS = ("end", "gap_ms", "prefix", "aim", "charset", "max", "again_s")
GAP_MS = 1000
"""A code that stands unfinished for so long has lost its end."""
GAP_WITHOUT_MARK_MS = 100
STX, ETX = b"\x02", b"\x03"
AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a scanner's codes look. `gap_s`: the silence that ends a code (`end` none) or gives up an unfinished one;
    `most`: bytes of the longest code."""

    end: str = "line"
    gap_s: float = GAP_MS / 1000
    prefix: str = ""
    strip_aim: bool = False
    charset: str = "utf-8"
    most: int = 1024

    def text(self, raw: bytes) -> str | None:
        """The code's text, empty if there is nothing in it; None if this cannot be a code."""
        raw = raw.rpartition(STX)[2].replace(b"\0", b"").strip(b"\r\n" + ETX)
        try:
            return self.clean(raw.decode(CHARSETS[self.charset]))
        except UnicodeDecodeError:
            return None

    def clean(self, text: str) -> str | None:
        text = text.removeprefix(BOM)
        if self.strip_aim:
            text = AIM.sub("", text, count=1) if AIM.match(text) else text
        if not text.strip():
            return ""
        if self.prefix:
            if not text.startswith(self.prefix):
                return None
            text = text.removeprefix(self.prefix)
        return None if any(map(_is_noise, text)) else text


def shape_of(address: Address, ends: tuple[str, ...] = tuple(ENDS)) -> Shape:
    """The shape that the URL's options describe. Raises DeviceError `bad-url`."""
    end = address.choice("end", ends, ends[0])
    gap_ms = address.whole("gap_ms", range(10, 10001), GAP_WITHOUT_MARK_MS if end == "none" else GAP_MS)
    strip_aim = address.choice("aim", ("keep", "strip"), "keep") == "strip"
    charset = address.choice("charset", CHARSETS, "utf-8")
    most = address.whole("max", range(16, 4097), 1024)
    return Shape(end, gap_ms / 1000, address.text("prefix"), strip_aim, charset, most)


class Framer:
    """Bytes in, codes out. Keeps `shape.most` bytes at the most, whatever comes."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._mark = re.compile(ENDS[shape.end]) if ENDS[shape.end] else None
        self._part = bytearray()
        self._too_long = False
        self._last = 0.0

    @property
    def unfinished(self) -> bool:
        return bool(self._part) or self._too_long

    def feed(self, data: bytes, now: float) -> list[str | None]:
        """What is whole now, in order: a code's text, or None for what was no code. `now`: seconds of a clock that
        never goes back."""
        came = self.quiet(now)
        self._last = now if data else self._last
        # In pieces, so that a flood of bytes takes no more room than a code.
        for at in range(0, len(data), self._shape.most):
            self._part += data[at : at + self._shape.most]
            self._split(came)
        return came

    def quiet(self, now: float) -> list[str | None]:
        """What is to be said of an unfinished code when nothing has come until `now`."""
        if not self.unfinished or now - self._last <= self._shape.gap_s:
            return []
        came: list[str | None] = []
        if self._mark is None:
            self._take(bytes(self._part), came)
        elif self._part.strip(b"\0\r\n" + ETX):
            came.append(None)
        self.drop()
        return came

    def drop(self) -> None:
        """Forget the unfinished code: the scanner was lost, and what comes next begins anew."""
        self._part.clear()
        self._too_long = False

    def _split(self, came: list[str | None]) -> None:
        begin = 0
        for mark in self._mark.finditer(self._part) if self._mark else ():
            self._take(bytes(self._part[begin : mark.start()]), came)
            begin = mark.end()
        del self._part[:begin]
        if len(self._part) > self._shape.most:
            self._too_long = True
            # The first half of a mark of two bytes may stand at the end.
            del self._part[:-1]

    def _take(self, raw: bytes, came: list[str | None]) -> None:
        text = None if self._too_long or len(raw) > self._shape.most else self._shape.text(raw)
        self._too_long = False
        if text != "":
            came.append(text)


def _is_noise(letter: str) -> bool:
    """No code of ours holds control characters, letters that do not exist or the sign for "unreadable"."""
    return unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} or letter == "\N{REPLACEMENT CHARACTER}"
