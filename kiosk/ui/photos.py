"""The vault's pictures as textures, kept only while they are on the screen."""

from __future__ import annotations

import io
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.vault import Vault

LARGEST = 2600
"""Pixels of the longer side; no screen shows more."""


class Photos:
    """Textures by handle. Kivy's own loader would keep a copy in its cache, so pictures are decoded here."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._kept: dict[str, Any] = {}
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

    def release(self) -> None:
        """Forget what has not been drawn since the last call."""
        self._kept = {handle: kept for handle, kept in self._kept.items() if handle in self._used}
        self._used.clear()

    def forget(self) -> None:
        """Forget all."""
        self._kept.clear()
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
