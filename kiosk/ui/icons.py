"""The kiosk's pictograms, drawn here so that they are crisp at every size and need no font and no file."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.ui.life import LIFE
from kiosk.ui.pictograms import PICTOGRAMS
from kiosk.ui.sheet import STROKE, Sheet
from kiosk.ui.typing_pens import PENS as TYPING_PENS

Pen = Callable[[Sheet], None]


def _back(sheet: Sheet) -> None:
    sheet.line((11, 5), (4, 12), (11, 19))
    sheet.line((4, 12), (20, 12))


def _forward(sheet: Sheet) -> None:
    sheet.line((13, 5), (20, 12), (13, 19))
    sheet.line((4, 12), (20, 12))


def _chevron(sheet: Sheet) -> None:
    sheet.line((9, 5), (16, 12), (9, 19))


def _home(sheet: Sheet) -> None:
    sheet.line((3, 12), (12, 4), (21, 12))
    sheet.line((6, 10.5), (6, 20), (18, 20), (18, 10.5))
    sheet.line((12, 20), (12, 15))


def _check(sheet: Sheet) -> None:
    sheet.line((4, 12.5), (10, 18.5), (20, 6.5), width=2.8)


def _clock(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    sheet.line((12, 7), (12, 12), (15.5, 14.5))


def _people(sheet: Sheet) -> None:
    sheet.ring(9, 8, 3.4)
    sheet.arc(9, 21, 6.4, 180, 360)
    sheet.arc(16, 8, 3.2, -80, 80)
    sheet.arc(15, 21, 6.4, -62, 0)


def _paper(sheet: Sheet) -> None:
    sheet.line((14, 3), (6, 3), (6, 21), (18, 21), (18, 7), (14, 3), (14, 7), (18, 7))
    sheet.line((9, 12), (15, 12))
    sheet.line((9, 16), (15, 16))


def _fee(sheet: Sheet) -> None:
    sheet.line((3, 6), (21, 6), (21, 18), (3, 18), (3, 6))
    sheet.ring(12, 12, 2.8)
    sheet.dot(6.5, 12, 1)
    sheet.dot(17.5, 12, 1)


def _globe(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    sheet.line((3, 12), (21, 12), width=1.8)
    sheet.arc(4, 12, 12, -48, 48, width=1.8)
    sheet.arc(20, 12, 12, 132, 228, width=1.8)


def _larger(sheet: Sheet) -> None:
    sheet.line((2.5, 19), (8.5, 4), (14.5, 19))
    sheet.line((4.7, 14), (12.3, 14))
    sheet.line((19, 9), (19, 17))
    sheet.line((15.5, 13), (22.5, 13))


def _smaller(sheet: Sheet) -> None:
    sheet.line((2.5, 19), (8.5, 4), (14.5, 19))
    sheet.line((4.7, 14), (12.3, 14))
    sheet.line((16, 13), (22.5, 13))


def _printer(sheet: Sheet) -> None:
    sheet.line((7, 9), (7, 3), (17, 3), (17, 9))
    sheet.line((7, 17), (3, 17), (3, 9), (21, 9), (21, 17), (17, 17))
    sheet.line((7, 14), (17, 14), (17, 21), (7, 21), (7, 14))


def _unplugged(sheet: Sheet) -> None:
    sheet.arc(12, 19, 14, 225, 315)
    sheet.arc(12, 19, 9, 225, 315)
    sheet.dot(12, 18.5, 1.9)
    sheet.line((4, 3.5), (20, 20.5))


def _touch(sheet: Sheet) -> None:
    sheet.line((9, 13.5), (9, 5.2), width=STROKE)
    sheet.arc(10.6, 5.2, 1.6, 180, 360)
    sheet.line((12.2, 5.2), (12.2, 11))
    sheet.line((12.2, 10.4), (17.6, 11.8), (18.6, 14), (17.6, 18), (16.6, 21.5), (10, 21.5), (8.6, 19.2), (4.6, 15.2))
    sheet.line((4.6, 15.2), (5.4, 13.2), (9, 15.4))
    sheet.arc(10.6, 5.2, 4.4, 150, 390, width=1.5)


def _phone(sheet: Sheet) -> None:
    sheet.line((7, 2.5), (17, 2.5), (17, 21.5), (7, 21.5), (7, 2.5))
    sheet.line((10.5, 18.3), (13.5, 18.3), width=1.7)


def _heart(sheet: Sheet) -> None:
    points = []
    for part in range(61):
        turn = math.radians(part * 6)
        fall = 13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)
        points.append((12 + 8.6 * math.sin(turn) ** 3, 11.2 - 0.54 * fall))
    sheet.line(*points)


def _person(sheet: Sheet) -> None:
    sheet.ring(12, 7.5, 4)
    sheet.arc(12, 22, 8, 190, 350)


def _info(sheet: Sheet) -> None:
    sheet.ring(12, 12, 9)
    sheet.dot(12, 7.6, 1.4)
    sheet.line((12, 11.5), (12, 16.8))


def _point(sheet: Sheet) -> None:
    sheet.dot(12, 12, 9)


PENS: dict[str, Pen] = {
    "back": _back,
    "forward": _forward,
    "chevron": _chevron,
    "home": _home,
    "check": _check,
    "clock": _clock,
    "people": _people,
    "paper": _paper,
    "fee": _fee,
    "globe": _globe,
    "larger": _larger,
    "smaller": _smaller,
    "printer": _printer,
    "unplugged": _unplugged,
    "touch": _touch,
    "phone": _phone,
    "heart": _heart,
    "person": _person,
    "info": _info,
    "point": _point,
    **PICTOGRAMS,
    **LIFE,
    **TYPING_PENS,
}


def as_texture(mask: Image.Image) -> Any:
    """A white texture whose alpha is `mask`, to be tinted."""
    drawn = Image.merge("RGBA", (*(Image.new("L", mask.size, 255) for _ in range(3)), mask))
    made = Texture.create(size=mask.size, colorfmt="rgba")
    made.blit_buffer(drawn.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return made


@lru_cache(maxsize=128)
def icon(name: str, pixels: int) -> Any:
    """The texture of a pictogram, `pixels` wide and high. Raises KeyError for an unknown name."""
    sheet = Sheet(pixels)
    PENS[name](sheet)
    return as_texture(sheet.image.resize((pixels, pixels), Image.Resampling.LANCZOS))
