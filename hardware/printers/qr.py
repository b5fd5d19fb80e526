"""The ticket's QR code as a small picture with whole dots per module: a scaled or smoothed code reads badly."""

from __future__ import annotations

from functools import lru_cache

import segno
from PIL import Image

QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""

SMALLEST_MODULE = 3
"""Dots (0.375 mm at 203 dpi); smaller modules run into each other on thermal paper."""

LARGEST_MODULE = 8


@lru_cache(maxsize=8)
def matrix(payload: str) -> Image.Image | None:
    """The code at one pixel a module, quiet zone included; None if the payload is empty or too long for any QR code."""
    if not payload:
        return None
    try:
        code = segno.make_qr(payload, error="m", boost_error=False)
    except (segno.DataOverflowError, ValueError):
        return None
    side = len(code.matrix)
    picture = Image.new("L", (side + 2 * QUIET, side + 2 * QUIET), 255)
    ink = bytes(0 if module & 1 else 255 for row in code.matrix for module in row)
    picture.paste(Image.frombytes("L", (side, side), ink), (QUIET, QUIET))
    return picture


def picture(payload: str, room: int) -> Image.Image | None:
    """The code at the largest whole module that fits `room` pixels; None if that would be too small to read."""
    code = matrix(payload)
    if code is None:
        return None
    module = min(room // code.width, LARGEST_MODULE)
    if module < SMALLEST_MODULE:
        return None
    return code.resize((code.width * module, code.height * module), Image.Resampling.NEAREST)
