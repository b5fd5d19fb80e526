"""The brand's colours, as red, green, blue and alpha from 0 to 1, and what each becomes at high contrast."""

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
SUCCESS_MIST = colour("E3F3EA")
WARNING = colour("8F4A04")
DANGER_MIST = colour("FBE9E5")
FOCUS = colour("1457C8")
"""The ring round what the keypad's next press means."""
VEIL = colour("1B2430", 0.62)
PRESSED = colour("084849", 0.22)
SHADOW = colour("5A4A2E", 0.16)

CONTRAST: dict[Colour, Colour] = {
    INK: colour("000000"),
    MUTED: colour("1D1D1D"),
    PAPER: colour("FFFFFF"),
    SURFACE: colour("FFFFFE"),
    LINE: colour("1A1A1A"),
    RED: colour("7A0C07"),
    RED_DEEP: colour("000000"),
    TEAL: colour("00393A"),
    TEAL_MIST: colour("EFFAF9"),
    GOLD: colour("5B3A00"),
    GOLD_MIST: colour("FFF8E2"),
    ON_RED_SOFT: colour("FFFFFF"),
    SUCCESS: colour("003D1D"),
    SUCCESS_MIST: colour("EDFAF2"),
    WARNING: colour("4F2600"),
    DANGER_MIST: colour("FFF3F0"),
    FOCUS: colour("00309B"),
    VEIL: colour("000000", 0.84),
    SHADOW: colour("000000", 0.0),
}
"""From a colour to the one that stands for it at high contrast: every text at least 7 to 1, every edge dark.
A colour that is not here stays as it is."""


def contrasting(normal: Colour) -> Colour:
    """`normal` at high contrast."""
    return CONTRAST.get(normal, normal)


def luminance(shown: Colour) -> float:
    """Relative luminance as WCAG 2.1 defines it, from 0 (black) to 1 (white)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shown[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
