"""Pages as JPEG of a sensible size: A4 at 200 dots an inch, grey where there is no colour, 1.5 MB at the most."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

MOST = 1_500_000
"""Bytes of a page."""
QUALITY, ANEW = 85, 95
"""`ANEW`: of what has been a JPEG before, so that it does not lose twice."""
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
    return _packed(page if coloured(page) else np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8), MOST)


def turned(page: bytes) -> bytes:
    """The JPEG of a page turned by a quarter, clockwise. Raises ValueError for what is no picture."""
    image = _unpacked(page)
    return _packed(np.asarray(cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE), np.uint8), MOST, ANEW)


def within(pages: Sequence[bytes], most: int) -> list[bytes]:
    """The JPEGs of all pages of one paper in at most `most` bytes: those that take more than their part are packed more
    tightly, the others stay as they are. Raises ValueError for what is no picture."""
    left, places = most, sorted(range(len(pages)), key=lambda place: len(pages[place]))
    made = list(pages)
    for done, place in enumerate(places):
        part = left // (len(pages) - done)
        if len(made[place]) > part:
            made[place] = _packed(_unpacked(pages[place]), part)
        left -= len(made[place])
    return made


def _unpacked(page: bytes) -> NDArray[np.uint8]:
    image = cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_UNCHANGED) if page else None
    if image is None:
        raise ValueError("no picture")
    return np.asarray(image, np.uint8)


def _packed(image: NDArray[np.uint8], most: int, quality: int = QUALITY) -> bytes:
    """As good as `most` bytes allow, and smaller where it has to be."""
    while len(data := as_jpeg(image, quality)) > most:
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
