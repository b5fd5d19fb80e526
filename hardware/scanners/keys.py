"""What the key presses of a scanner that poses as a keyboard mean: text, on the US layout that scanners leave the
factory with, and letters beyond it by Alt and the number pad."""

from __future__ import annotations

import re

from hardware.scanners.framing import Shape

UP, DOWN = 0, 1
SHIFTS, CTRLS, ALTS = frozenset({42, 54}), frozenset({29, 97}), frozenset({56, 100})
CAPS, ENTERS, TAB = 58, frozenset({28, 96}), 15
IGNORED = frozenset({69, 70, 119, 125, 126, 127})  # locks, pause, system keys
PAD = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
CTRL_ENDS = frozenset({36, 50})  # Ctrl+J and Ctrl+M are LF and CR


def _layout(first: int, plain: str, shifted: str) -> dict[int, tuple[str, str]]:
    return {first + at: pair for at, pair in enumerate(zip(plain, shifted, strict=True))}


US = (
    _layout(2, "1234567890-=", "!@#$%^&*()_+")
    | _layout(16, "qwertyuiop[]", "QWERTYUIOP{}")
    | _layout(30, "asdfghjkl;'`", 'ASDFGHJKL:"~')
    | _layout(43, "\\zxcvbnm,./", "|ZXCVBNM<>?")
    | {57: (" ", " "), 86: ("\\", "|"), 55: ("*", "*"), 74: ("-", "-"), 78: ("+", "+"), 83: (".", "."), 98: ("/", "/")}
    | {code: (digit, digit) for code, digit in PAD.items()}
)
BYTES = 0xDC00
"""A letter given as a byte of a character set stands in the text as this plus the byte until the code is whole."""


class Keyboard:
    """Key presses in, codes out; keeps no more than the longest code."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.release_all()

    def release_all(self) -> None:
        """As if just plugged in: nothing typed, no key held."""
        self._text = ""
        self._spoilt = False
        self._held: set[int] = set()
        self._caps = False
        self._number = ""

    @property
    def unfinished(self) -> bool:
        return bool(self._text) or self._spoilt

    def spoil(self) -> None:
        """Presses were lost: what is being typed can no longer be a whole code."""
        self._spoilt = True
        self._held.clear()
        self._number = ""

    def key(self, code: int, value: int) -> list[str | None]:
        """A key went down or up (a key repeated because it is held counts for nothing). A code's text once it is
        whole, None for what was no code."""
        if value == UP:
            self._held.discard(code)
            if code in ALTS and self._number:
                self._by_number()
            return []
        if value != DOWN or code in IGNORED:
            return []
        if code in SHIFTS or code in CTRLS or code in ALTS:
            self._held.add(code)
            self._number = ""
        elif code == CAPS:
            self._caps = not self._caps
        elif self._held & ALTS:
            self._number = (self._number + PAD.get(code, "x"))[:8]
        elif self._is_end(code):
            return self.end()
        elif self._held & CTRLS or code not in US:
            self._spoilt = True
        else:
            plain, shifted = US[code]
            self._type(shifted if bool(self._held & SHIFTS) != (self._caps and plain.isalpha()) else plain)
        return []

    def end(self) -> list[str | None]:
        """The code is whole."""
        text = None if self._spoilt else self._decoded()
        self._text, self._spoilt = "", False
        if text:
            text = self._shape.clean(text)
        return [] if text == "" else [text]

    def _is_end(self, code: int) -> bool:
        return code in ENTERS or code == TAB or bool(self._held & CTRLS and code in CTRL_ENDS)

    def _type(self, letter: str) -> None:
        if len(self._text) >= self._shape.most:
            self._spoilt = True
        else:
            self._text += letter

    def _by_number(self) -> None:
        """Alt and a number. As in Windows: with a leading zero a byte of the character set (or of code page 1252, if it
        makes no sense there), without one a letter of code page 437; from 256 on the letter's Unicode number."""
        number, self._number = self._number, ""
        if not number.isdecimal() or not 0 < int(number) < 0x110000:
            self._spoilt = True
        elif int(number) < 128 or int(number) > 255:
            self._type(chr(int(number)))
        elif number.startswith("0"):
            self._type(chr(BYTES + int(number)))
        else:
            self._type(bytes((int(number),)).decode("cp437"))

    def _decoded(self) -> str | None:
        try:
            return re.sub(r"[\udc80-\udcff]+", self._letters, self._text)
        except UnicodeDecodeError:
            return None

    def _letters(self, found: re.Match[str]) -> str:
        raw = bytes(ord(each) - BYTES for each in found[0])
        try:
            return raw.decode(self._shape.charset)
        except UnicodeDecodeError:
            return raw.decode("cp1252")
