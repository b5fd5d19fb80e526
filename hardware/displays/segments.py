"""What seven segments can draw. A letter that would be read as a digit is left out: S-025 must not become 5025."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

# Bits: a top, b upper right, c lower right, d bottom, e lower left, f upper left, g middle, from the lowest bit on.
SEGMENTS: Mapping[str, int] = {
    " ": 0x00,
    "-": 0x40,
    "0": 0x3F,
    "1": 0x06,
    "2": 0x5B,
    "3": 0x4F,
    "4": 0x66,
    "5": 0x6D,
    "6": 0x7D,
    "7": 0x07,
    "8": 0x7F,
    "9": 0x6F,
    "A": 0x77,
    "B": 0x7C,
    "C": 0x39,
    "D": 0x5E,
    "E": 0x79,
    "F": 0x71,
    "H": 0x76,
    "J": 0x1E,
    "L": 0x38,
    "N": 0x54,
    "O": 0x5C,
    "P": 0x73,
    "R": 0x50,
    "T": 0x78,
    "U": 0x3E,
    "Y": 0x6E,
}
"""B, D, N, O, R and T as small letters. Left out: G, I, Q, S and Z look like 6, 1, 9, 5 and 2; K, M, V, W and X have
no shape."""

ASCII = frozenset(" -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""What a display with dots, or with a font of its own, can draw."""


def folded(text: str, signs: Collection[str]) -> str:
    """`text` in capitals without marks (Đ is D), and only those of its characters that `signs` has."""
    plain = text.upper().replace("Đ", "D")
    bare = (each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))
    return "".join(each for each in bare if each in signs)
