"""The pages of one paper as one PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

PIXELS_PER_INCH = 200.0
QUALITY = 80


def pdf(pages: Sequence[bytes]) -> bytes:
    """`pages`: pictures as PNG or JPEG, at least one."""
    opened = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    made = io.BytesIO()
    first, *others = opened
    first.save(
        made, "PDF", save_all=True, append_images=others, resolution=PIXELS_PER_INCH, quality=QUALITY, creationDate=None
    )
    return made.getvalue()
