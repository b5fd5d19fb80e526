"""Sets Khmer words as the kiosk does, as SDL2 does and as HarfBuzz does, and compares; one JSON object on stdout.

python tests/kiosk/khmer.py [--out FILE]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, features

WORDS = ("ស្រុកខ្មែរ", "ខ្ញុំ", "ប្រជាពលរដ្ឋ", "ស្វាគមន៍", "កម្ពុជា")
SIZE = 64


def main() -> int:
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.settings import Settings
    from kiosk.ui.window import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Settings("http://127.0.0.1:1", "t", ("fake://",), size=(320, 320)), Path(home))
        import kivy.core.window  # noqa: F401 - makes the GL context
        from kivy.core.text import Label

        from kiosk.ui.shaping import font_of
        from kiosk.ui.typeface import Weight
        from kiosk.ui.typesetting import Setting, texture

        font = font_of(WORDS[0])
        if font is None:
            print(json.dumps({"font": None, "raqm": features.check("raqm")}))
            return 0
        setting = Setting(SIZE, Weight.REGULAR, 900, "left")
        kiosk: list[float] = []
        sdl2: list[float] = []
        rows = []
        for word in WORDS:
            wanted = _harfbuzz(word, font)
            plain = Label(text=word, font_name=font, font_size=SIZE)
            plain.refresh()
            pair = (_letters(texture(word, setting)), _letters(plain.texture))
            kiosk.append(_apart(pair[0], wanted))
            sdl2.append(_apart(pair[1], wanted))
            rows.append((*pair, wanted))
    if "--out" in sys.argv:
        _picture(rows).save(sys.argv[sys.argv.index("--out") + 1])
    print(json.dumps({"raqm": features.check("raqm"), "kiosk": kiosk, "sdl2": sdl2}))
    return 0


def _letters(drawn: object) -> Image.Image:
    """The alpha of a texture, without what is empty around it; textures have their first line at the top here."""
    size, pixels = drawn.size, drawn.pixels  # type: ignore[attr-defined]
    alpha = Image.frombytes("RGBA", size, pixels).getchannel("A")
    return alpha.crop(alpha.getbbox())


def _harfbuzz(word: str, font: str) -> Image.Image:
    face = ImageFont.truetype(font, SIZE, layout_engine=ImageFont.Layout.RAQM)
    sheet = Image.new("L", (900, 260), 0)
    ImageDraw.Draw(sheet).text((60, 60), word, font=face, fill=255)
    return sheet.crop(sheet.getbbox())


def _apart(one: Image.Image, other: Image.Image) -> float:
    """Which part of the ink differs, laid corner on corner: 0 for the same picture."""
    size = max(one.width, other.width), max(one.height, other.height)
    laid = [Image.new("L", size, 0) for _ in range(2)]
    for sheet, picture in zip(laid, (one, other), strict=True):
        sheet.paste(picture)
    ink = sum(ImageChops.lighter(*laid).tobytes())
    return round(sum(ImageChops.difference(*laid).tobytes()) / ink, 3)


def _picture(rows: list[tuple[Image.Image, Image.Image, Image.Image]]) -> Image.Image:
    """Each word as the kiosk sets it, as SDL2 does, as HarfBuzz does."""
    sheet = Image.new("L", (1100, 120 * len(rows) + 20), 255)
    for line, row in enumerate(rows):
        for column, picture in enumerate(row):
            black = Image.new("L", picture.size, 0)
            sheet.paste(black, (20 + column * 360, 20 + line * 120), picture)
    return sheet


if __name__ == "__main__":
    sys.exit(main())
