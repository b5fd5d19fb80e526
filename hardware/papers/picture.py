"""Pages as JPEG of a sensible size: A4 at 200 dots an inch, grey where there is no colour, 1.5 MB at the most."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

MOST = 1_500_000
"""Bytes of a page."""
QUALITY = 85
WORST = 35
COLOUR = 26.0
"""Steps away from grey: paper under a warm lamp stays below, a red stamp does not."""
COLOURED = 0.0008
"""The part of a page that has to be coloured."""


def shrunk(image: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """At most `longest` dots long."""
    scale = longest / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def as_jpeg(image: NDArray[np.uint8], quality: int = QUALITY) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())


def page_jpeg(page: NDArray[np.uint8]) -> bytes:
    """One page, for the PDF; the same bytes for the same page."""
    image = page if coloured(page) else np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    quality = QUALITY
    while len(data := as_jpeg(image, quality)) > MOST:
        if quality <= WORST:
            image, quality = shrunk(image, max(image.shape[:2]) * 3 // 4), QUALITY
        else:
            quality -= 10
    return data


def coloured(page: NDArray[np.uint8]) -> bool:
    """Does colour say something on it: a stamp, a photograph, a card? The paper's own tint does not."""
    small = cv2.blur(shrunk(page, 800), (3, 3))
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    tint = np.median(lab[:, :, 1:].reshape(-1, 2), axis=0)
    away = np.hypot(lab[:, :, 1] - tint[0], lab[:, :, 2] - tint[1])
    return bool((away > COLOUR).mean() > COLOURED or np.hypot(*(tint - 128)) > COLOUR)
