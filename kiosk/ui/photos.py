"""The vault's pictures as textures, kept only while they are on the screen."""

from __future__ import annotations

import io
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.vault import Vault

LARGEST = 2600
"""Pixels of the longer side; no screen shows more."""

PAPER = 200
"""What is lighter, of 255, is no ink."""
FRINGE = 0.012
"""Of the width, left white around the ink."""
Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, from 0 to 1."""
WHOLE: Edges = (0.0, 0.0, 1.0, 1.0)


class Photos:
    """Textures by handle. Kivy's own loader would keep a copy in its cache, so pictures are decoded here."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._kept: dict[str, Any] = {}
        self._inked: dict[str, Edges] = {}
        self._used: set[str] = set()

    def texture(self, handle: str) -> Any | None:
        """None where the vault has it no more, or where it is no picture."""
        self._used.add(handle)
        data = self._vault.get(handle)
        if data is None:
            self._kept.pop(handle, None)
            return None
        if handle not in self._kept:
            made = _decoded(data)
            if made is None:
                return None
            self._kept[handle] = made
        return self._kept[handle]

    def inked(self, handle: str) -> Edges:
        """The part of the picture within its white margins."""
        if handle not in self._inked:
            data = self._vault.get(handle)
            self._inked[handle] = WHOLE if data is None else _inked(data)
        return self._inked[handle]

    def release(self) -> None:
        """Forget what has not been drawn since the last call."""
        self._kept = {handle: kept for handle, kept in self._kept.items() if handle in self._used}
        self._inked = {handle: kept for handle, kept in self._inked.items() if handle in self._used}
        self._used.clear()

    def forget(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._inked.clear()
        self._used.clear()

    def __len__(self) -> int:
        return len(self._kept)


def _decoded(data: bytes) -> Any | None:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LARGEST, LARGEST))
    made = Texture.create(size=upright.size, colorfmt="rgb", mipmap=False)
    made.mag_filter = made.min_filter = "linear"
    turned = upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    made.blit_buffer(turned.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
    return made


def _inked(data: bytes) -> Edges:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            wide, high = opened.size
            box = opened.convert("L").point(lambda light: 255 if light < PAPER else 0).getbbox()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return WHOLE
    if box is None:
        return WHOLE
    edge = FRINGE * wide
    left, top, right, bottom = box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge
    return max(0.0, left / wide), max(0.0, top / high), min(1.0, right / wide), min(1.0, bottom / high)
