"""The soft shadow under cards, drawn once per radius and stretched: cheap also where there is no graphics card."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from kiosk.ui.icons import as_texture


@lru_cache(maxsize=32)
def shadow(radius: float, reach: float) -> Any:
    """The texture for a border image whose edges are `radius` + `reach` pixels; it fades out over `reach`."""
    edge, middle = round(radius + reach), 4
    side = 2 * edge + middle
    mask = Image.new("L", (side, side), 0)
    box = (reach, reach, side - 1 - reach, side - 1 - reach)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=radius, fill=255)
    return as_texture(mask.filter(ImageFilter.GaussianBlur(reach / 2.2)))
