"""A paper's flat picture from its four corners, as it lies there: a page is never turned by guessing."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.papers.outline import Corners

LONGEST = 2339
"""Dots of an A4 sheet's longer side at 200 dots an inch."""
SHAPES = (2**0.5, 1.586)
"""Sheets and open booklets, identity cards; a length to width near one of these is that one."""
ALIKE = 0.05


def straightened(image: NDArray[np.uint8], corners: Corners, longest: int = LONGEST) -> NDArray[np.uint8]:
    """The paper within `corners`, height x width x 3, BGR, at most `longest` dots long and never larger than seen."""
    width, height = shape_of(corners)
    scale = min(1.0, longest / max(width, height))
    wide, tall = max(round(width * scale), 16), max(round(height * scale), 16)
    flat = np.array([[-0.5, -0.5], [wide - 0.5, -0.5], [wide - 0.5, tall - 0.5], [-0.5, tall - 0.5]], np.float32)
    way = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    if scale < 0.7:  # else single dots of the picture would be left out
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.35 / scale), np.uint8)
    flags = cv2.INTER_CUBIC if scale == 1 else cv2.INTER_LINEAR
    seen = cv2.warpPerspective(image, way, (wide, tall), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.uint8)


def shape_of(corners: Corners) -> tuple[float, float]:
    """Width and height of the paper in dots of the picture, at the length to width that such papers have."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))
    ratio = max(width, height) / min(width, height)
    for shape in SHAPES:
        if abs(ratio / shape - 1) < ALIKE:
            middle = (width * height) ** 0.5
            long, short = middle * shape**0.5, middle / shape**0.5
            return (long, short) if width >= height else (short, long)
    return width, height
