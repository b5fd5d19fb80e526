"""How blurred a page is, whatever stands on it: the width of its edges, not the amount of them.

A step of height h blurred by a Gaussian of width sigma has its steepest slope at h / (sigma * sqrt(2 pi)); so height
over slope tells sigma without regard to contrast, and a page with three words is judged as one with three hundred.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

WINDOW = 15
"""Dots along a direction in which a step's foot and top are looked for; wider than any blur that passes."""
FAINT = 0.16
"""Of the paper's brightness: a smaller step may be noise or the other side showing through."""
ENOUGH = 120
"""Steps; fewer say nothing."""
SHARPEST = 30
"""Percentile of the widths: the paper is in focus where its sharpest third is, stamps and photographs are soft."""
UPRIGHT = 1.8
"""Only steps that run along the direction that is judged: those along a shake stay sharp."""
SMOOTHED = 0.8
ROOT = 2.5066
"""The square root of 2 pi."""


def blur(grey: NDArray[np.uint8]) -> float | None:
    """The sigma in dots of what blurs the page, the worst of four directions, so that a picture shaken along any is
    found too; None where there are too few edges to tell."""
    soft = cv2.GaussianBlur(grey, (0, 0), SMOOTHED).astype(np.float32)
    least = max(FAINT * float(np.percentile(soft, 80)), 10.0)
    found = [_width(each, least) for way in (soft, _aslant(soft)) for each in (way, np.ascontiguousarray(way.T))]
    widths = [width for width in found if width is not None]
    if not widths:
        return None
    return float(np.sqrt(max(max(widths) ** 2 - SMOOTHED**2, 0.0)))


def _aslant(soft: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turned by 45 degrees, whole; about it the rim goes on, so that it makes no step."""
    height, width = soft.shape
    side = int(np.hypot(width, height)) + 2 * WINDOW
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 45, 1)
    turn[:, 2] += (side - width) / 2, (side - height) / 2
    return np.asarray(cv2.warpAffine(soft, turn, (side, side), borderMode=cv2.BORDER_REPLICATE), np.float32)


def _width(soft: NDArray[np.float32], least: float) -> float | None:
    """Of the steps along rows."""
    slope = np.abs(cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=1)) / 2
    across = np.abs(cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=1)) / 2
    row = np.ones((1, WINDOW), np.uint8)
    height = cv2.dilate(soft, row) - cv2.erode(soft, row)
    steepest = slope >= cv2.dilate(slope, row) - 1e-6
    chosen = steepest & (height > least) & (slope > UPRIGHT * across)
    chosen[:, :WINDOW], chosen[:, -WINDOW:] = False, False
    if chosen.sum() < ENOUGH:
        return None
    return float(np.percentile(height[chosen] / (slope[chosen] * ROOT), SHARPEST))
