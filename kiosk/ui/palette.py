"""The brand's colours, as red, green, blue and alpha from 0 to 1."""

from __future__ import annotations

Colour = tuple[float, float, float, float]


def colour(code: str, alpha: float = 1.0) -> Colour:
    """`code`: six hexadecimal digits, as B3261E."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue, alpha


INK = colour("1B2430")
MUTED = colour("51606F")
PAPER = colour("FAF6EF")
SURFACE = colour("FFFFFF")
LINE = colour("E3DACB")
RED = colour("B3261E")
RED_DEEP = colour("8E1C16")
TEAL = colour("0B5D5E")
TEAL_MIST = colour("E4EFEE")
GOLD = colour("F2B632")
GOLD_MIST = colour("FDF1D3")
ON_PRIMARY = colour("FFFFFF")
ON_RED_SOFT = colour("FBE3DA")
SUCCESS = colour("1E7B4A")
WARNING = colour("B45F06")
VEIL = colour("1B2430", 0.62)
PRESSED = colour("084849", 0.22)
SHADOW = colour("5A4A2E", 0.16)
