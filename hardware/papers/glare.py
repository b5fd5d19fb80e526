"""Lamps mirrored on the paper: blown-out patches in the midst of text. A white margin that is bright is none."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

BLOWN = 249
"""Of 255: no detail is left above."""
OVEREXPOSED = 241
"""Paper as bright as this everywhere is the camera's doing, no lamp's."""
SMALLEST = 0.0025
"""Of the page's area."""
NEAR = 0.05
"""Of the page's longer side: so far round a patch ink is looked for."""
SIDES = 3
"""Of four sides, that have ink: the patch lies in the midst of it."""
LOOKED_AT = 800


def glare(page: NDArray[np.uint8]) -> float:
    """The part of the page, 0 to 1, that patches of glare hide."""
    scale = min(1.0, LOOKED_AT / max(page.shape[:2]))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else page
    dimmest = small.min(axis=2)
    height, width = dimmest.shape
    if float(np.median(dimmest)) >= OVEREXPOSED:
        return 0.0
    blown = (dimmest >= BLOWN).astype(np.uint8)
    if not blown.any():
        return 0.0
    across = max(3, round(0.018 * max(height, width))) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across))
    count, labels, facts, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(blown, cv2.MORPH_OPEN, disc))
    ink = _ink(small)
    hidden = 0.0
    for patch in range(1, min(count, 20)):
        area = float(facts[patch, cv2.CC_STAT_AREA]) / (height * width)
        if area >= SMALLEST and _amid(ink, labels == patch, facts[patch], round(NEAR * max(height, width))):
            hidden += area
    return hidden


def _ink(small: NDArray[Any]) -> NDArray[np.bool_]:
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    paper = cv2.dilate(grey, np.ones((9, 9), np.uint8))
    return np.asarray(paper.astype(int) - grey > 0.16 * paper)


def _amid(ink: NDArray[np.bool_], patch: NDArray[np.bool_], facts: NDArray[np.int32], near: int) -> bool:
    left, top, wide, tall = (int(each) for each in facts[:4])
    around = cv2.dilate(patch.astype(np.uint8), np.ones((2 * near + 1, 2 * near + 1), np.uint8)) > 0
    inked = ink & around & ~patch
    usual = max(float(ink.mean()) * 0.3, 0.004)
    regions = (
        np.s_[max(top - near, 0) : top + tall // 4, max(left, 0) : left + wide],
        np.s_[top + tall - tall // 4 : top + tall + near, max(left, 0) : left + wide],
        np.s_[top : top + tall, max(left - near, 0) : left + wide // 4],
        np.s_[top : top + tall, left + wide - wide // 4 : left + wide + near],
    )
    return bool(sum(inked[region].mean() > usual for region in regions if inked[region].size) >= SIDES)
