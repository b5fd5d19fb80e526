"""Any text made such that it can be printed: a letter the typeface lacks must stop no declaration.

PDF/A refuses a page with a missing letter, and an answer may hold anything that a keyboard or a QR code gives.
"""

from __future__ import annotations

import unicodedata

STAND_IN = "□"
"""For each letter that the typeface lacks."""
COVERED: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xAE, 0x241),
    (0x386, 0x386),
    (0x388, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x4C4),
    (0x4D0, 0x4F9),
    (0x1E00, 0x1E9B),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x2037),
    (0x2039, 0x203E),
    (0x20AB, 0x20AC),
    (0x2116, 0x2116),
    (0x2190, 0x2193),
    (0x25A0, 0x25A1),
)
"""What Libertinus Serif has in roman, bold and italic: Latin with all Vietnamese letters, Greek, Cyrillic, signs."""


def printable(text: str) -> str:
    """`text` composed (NFC), white space as single blanks, without controls and stray marks, the rest stood in for."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(filter(None, map(_shown, composed)))


def _shown(character: str) -> str:
    point = ord(character)
    if any(low <= point <= high for low, high in COVERED):
        return character
    return "" if unicodedata.category(character)[0] in "CM" else STAND_IN
