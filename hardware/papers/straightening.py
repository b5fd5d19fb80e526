"""A paper's flat picture from its four corners, upright as far as its lines of text tell."""

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
LOOKED_AT = 900
SURE = 1.35
"""So much more the text's lines must stand out one way before the page is turned."""


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


def upright(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Turned by quarters so that lines of text run across; half a turn where what rises above them hangs below."""
    ink = _ink(page)
    if _lines(ink.T) > SURE * _lines(ink):
        page, ink = np.rot90(page), np.rot90(ink)
    if _hanging(ink):
        page = np.rot90(page, 2)
    return np.ascontiguousarray(page)


def _ink(page: NDArray[np.uint8]) -> NDArray[np.float32]:
    scale = min(1.0, LOOKED_AT / max(page.shape[:2]))
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), 21)
    dark = np.clip(paper.astype(np.float32) - grey - 12, 0, 90)
    rim = max(2, round(0.03 * min(dark.shape)))
    dark[:rim], dark[-rim:], dark[:, :rim], dark[:, -rim:] = 0, 0, 0, 0
    return np.asarray(dark, np.float32)


def _lines(ink: NDArray[np.float32]) -> float:
    """How much rows of ink and of none take turns, judged in strips, since lines may be bent."""
    strips = np.array_split(ink, 6, axis=1)
    return float(sum(np.abs(np.diff(strip.mean(axis=1))).sum() for strip in strips))


def _hanging(ink: NDArray[np.float32]) -> bool:
    """Vietnamese rises above its small letters far more often (capitals, b, d, h, k, l, tone marks) than it hangs below
    them: is it the other way round in most lines?"""
    above, below = 0.0, 0.0
    for strip in np.array_split(ink, 5, axis=1):
        rows = strip.mean(axis=1)
        inked = rows > 0.12 * rows.max() if rows.max() > 1 else np.zeros(len(rows), np.bool_)
        changes = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(int), [0]])))
        for start, end in zip(changes[::2], changes[1::2], strict=True):
            line = rows[start:end]
            if not 5 <= len(line) <= 40:
                continue
            core = np.flatnonzero(line > 0.5 * line.max())
            above += float(line[: core[0]].sum()) / float(line.sum())
            below += float(line[core[-1] + 1 :].sum()) / float(line.sum())
    return below > 1.5 * above and below - above > 1.0
