"""The QR code as a texture of one pixel a module, shown enlarged without smoothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import segno
from kivy.graphics.texture import Texture


def forget() -> None:
    """Drop every code that was drawn: whoever knows a receipt's address can look its dossier up."""
    qr_texture.cache_clear()


@lru_cache(maxsize=8)
def qr_texture(payload: str) -> Any:
    """Black on white, without the quiet zone; its width is the number of modules."""
    rows = [list(row) for row in segno.make_qr(payload, error="m").matrix]
    pixels = bytearray()
    for row in reversed(rows):
        for module in row:
            pixels += b"\x1b\x24\x30\xff" if module else b"\xff\xff\xff\xff"
    made = Texture.create(size=(len(rows), len(rows)), colorfmt="rgba")
    made.mag_filter = made.min_filter = "nearest"
    made.blit_buffer(bytes(pixels), colorfmt="rgba", bufferfmt="ubyte")
    return made
