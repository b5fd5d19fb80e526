"""The ornament behind the welcome: the sun and rings of a Đông Sơn bronze drum, in thin lines."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

from kiosk.ui.icons import as_texture

RAYS = 14
FINE = 2


@lru_cache(maxsize=2)
def drum(pixels: int) -> Any:
    """A texture, `pixels` wide and high, to be tinted."""
    side = pixels * FINE
    image = Image.new("L", (side, side), 0)
    draw, centre = ImageDraw.Draw(image), side / 2
    thin = max(2, round(side / 420))

    def ring(radius: float, width: int = thin) -> None:
        reach = radius * centre
        draw.ellipse((centre - reach, centre - reach, centre + reach, centre + reach), outline=255, width=width)

    def point(radius: float, turn: float) -> tuple[float, float]:
        return centre + radius * centre * math.sin(turn), centre - radius * centre * math.cos(turn)

    step = 2 * math.pi / RAYS
    for ray in range(RAYS):
        turn = ray * step
        sides = (turn + step / 2, turn - step / 2)
        draw.polygon([point(0.30, turn), point(0.115, sides[0]), point(0.08, turn), point(0.115, sides[1])], fill=255)
        low = turn + step / 2
        draw.line([point(0.30, low - 0.10), point(0.20, low), point(0.30, low + 0.10)], fill=255, width=thin)
    for radius in (0.33, 0.355, 0.46, 0.485, 0.64, 0.665, 0.80, 0.825, 0.965, 0.985):
        ring(radius)
    for place in range(48):
        turn = place * 2 * math.pi / 48
        x, y = point(0.4075, turn)
        reach = 0.028 * centre
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=255, width=thin)
        draw.ellipse((x - thin, y - thin, x + thin, y + thin), fill=255)
    for place in range(72):
        turn = place * 2 * math.pi / 72
        half = math.pi / 72
        draw.polygon([point(0.84, turn - half), point(0.95, turn), point(0.84, turn + half)], outline=255, width=thin)
    for place in range(96):
        turn = place * 2 * math.pi / 96
        draw.line([point(0.68, turn), point(0.785, turn + 0.033)], fill=255, width=thin)
    for place in range(28):
        turn = place * 2 * math.pi / 28
        swings = [1 + math.sin(part * math.pi / 6 - math.pi / 2) for part in range(13)]
        bend = [point(0.505 + 0.06 * swing, turn + (part - 6) * 0.0182) for part, swing in enumerate(swings)]
        draw.line(bend, fill=255, width=thin, joint="curve")
    return as_texture(image.resize((pixels, pixels), Image.Resampling.LANCZOS))
