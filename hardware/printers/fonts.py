"""The brand's typeface at the sizes of a ticket, opened once per process: opening a font costs more than using it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

STAND_IN = "?"
"""Printed for a letter that the typeface lacks; a picture sign (emoji) is left out instead."""

NOTDEF_PROBE = "\uffff"


class Weight(StrEnum):
    """The cuts that stay clear on thermal paper; thinner ones break up."""

    MEDIUM = "Medium"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    EXTRABOLD = "ExtraBold"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter's ink as a mask, where it lies from the pen (pixels, y downwards), and how far the pen moves on."""

    mask: Image.Image | None
    x: int
    y: int
    advance: int


@dataclass(frozen=True, eq=False)
class Face:
    """The typeface at one weight and size, with each letter's picture kept: hinting a letter takes half a millisecond.

    Letters stand at whole pixels without kerning, so a text's width is the sum of its letters'.
    """

    weight: Weight
    size: int
    _font: ImageFont.FreeTypeFont = field(repr=False)
    _glyphs: dict[str, Glyph] = field(default_factory=dict, repr=False)

    def width(self, text: str) -> int:
        """Pixels from the first letter's pen to the last one's."""
        return sum(self._glyph(letter).advance for letter in text)

    def ink(self, text: str) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the ink, in pixels from the pen on the baseline; zeros for no ink."""
        boxes, pen = [], 0
        for glyph in map(self._glyph, text):
            if glyph.mask is not None:
                x = pen + glyph.x
                boxes.append((x, glyph.y, x + glyph.mask.width, glyph.y + glyph.mask.height))
            pen += glyph.advance
        if not boxes:
            return (0, 0, 0, 0)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))

    def draw(self, canvas: Image.Image, x: int, baseline: int, text: str, ink: int = 0, tracking: int = 0) -> None:
        """Put `text` on a grey ("L") canvas; `tracking` pixels are added after each letter."""
        for glyph in map(self._glyph, text):
            if glyph.mask is not None:
                canvas.paste(ink, (x + glyph.x, baseline + glyph.y), glyph.mask)
            x += glyph.advance + tracking

    def _glyph(self, letter: str) -> Glyph:
        glyph = self._glyphs.get(letter)
        if glyph is None:
            glyph = self._glyphs[letter] = self._drawn(letter)
        return glyph

    def _drawn(self, letter: str) -> Glyph:
        x0, y0, x1, y1 = (round(edge) for edge in self._font.getbbox(letter, anchor="ls"))
        advance = round(self._font.getlength(letter))
        if x1 <= x0 or y1 <= y0 or letter == " ":
            return Glyph(None, 0, 0, advance)
        mask = Image.new("L", (x1 - x0, y1 - y0), 0)
        ImageDraw.Draw(mask).text((-x0, -y0), letter, font=self._font, fill=255, anchor="ls")
        return Glyph(mask, x0, y0, advance)


@lru_cache(maxsize=64)
def face(weight: Weight, size: int) -> Face:
    """Be Vietnam Pro at `size` pixels. The basic layout is enough for Vietnamese and the same on every machine."""
    path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
    return Face(weight, size, ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC))


@lru_cache(maxsize=1)
def _probe() -> tuple[ImageFont.FreeTypeFont, bytes]:
    path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{Weight.MEDIUM}.ttf"
    font = ImageFont.truetype(str(path), 24, layout_engine=ImageFont.Layout.BASIC)
    return font, bytes(font.getmask(NOTDEF_PROBE))


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """True if the typeface can draw this one character."""
    font, missing = _probe()
    return bytes(font.getmask(character)) != missing


@lru_cache(maxsize=8192)
def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category == "Cc":
        return " "
    if category.startswith("C") or category in {"Me", "Mn"}:
        return ""
    if has_glyph(character):
        return character
    return "" if category in {"So", "Sk"} else STAND_IN


@lru_cache(maxsize=512)
def printable(text: str, limit: int = 600) -> str:
    """`text` as it can be printed: letters composed (NFC), one line, single spaces, at most `limit` characters."""
    composed = unicodedata.normalize("NFC", text[: 4 * limit])
    return " ".join("".join(map(_printable, composed)).split())[:limit].rstrip()
