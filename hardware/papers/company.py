"""Is the paper that was found the only one? Another beside it, under it or upon it would be lost, or kept as a part.

Three signs, each of which can be seen: beyond the outline lies an even, light patch with sharp, straight sides; within
it a whole card of a colour of its own; or the outline runs a long way over nothing, as it was drawn round two papers
and the desk between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.papers.ground import Ground
from hardware.papers.outline import LEVELS, SMALLEST, Corners
from hardware.papers.support import planed, rim_steps

AROUND = 7
"""Dots of the small picture left out at the found outline: its shadow."""
NARROWEST, SLIM, SLIMMEST = 40.0, 3.0, 4.2
"""Dots, and length to width: what is slimmer is a finger; a slim strip of a sheet has nothing but straight sides."""
SOLID, SOLID_STRIP, SOLID_LARGE = 0.75, 0.95, 0.6
"""Of its hull's area, that a sheet has of which another hides a corner. Two fingers have less, but are not LARGE."""
LARGE = 120.0
"""Dots across."""
FREE = 0.3
"""Of a patch's outline, that must be neither at the found paper nor at the picture's rim: the desk has less."""
BETWEEN = 0.08
"""Of a patch's outline: what lies at the picture's rim and at the paper with more is the desk between fingers."""
SHARP = 0.72
"""Of the free outline, that shows a step; a shadow has none."""
STRAIGHT, LONG = 0.7, 26.0
"""Of the free outline, that lies in sides longer than so many dots."""
LIGHT = 0.6
"""Of the found paper's lightness: darker is no paper."""
EVEN = 0.8
"""Of a patch's dots, that are as one plane of light would show them."""
UNSEEN = 0.115
"""Of the diagonal: so far an outline may run on without a step. A finger hides less."""
CARD, CARD_TO_SHEET = (1.4, 1.78), (0.24, 0.46)
"""Length to width of an identity card; its length to that of the sheet it lies on, A4 to A5."""
ITSELF = 1.5
"""Length to width: a card itself, whose photograph is no card upon it."""
FILLED = 0.86
"""Of the narrowest box round it, that a whole card fills."""
TINT = 3.0
"""Steps of colour: a card differs from the sheet by that much, its photocopy by less."""


def accompanied(ground: Ground, corners: Corners) -> bool:
    """Is there another paper besides the one within `corners`, in dots of the small picture?"""
    if rim_steps(ground, corners) > UNSEEN * float(np.linalg.norm(np.ptp(corners, axis=0))):
        return True
    inside = np.zeros(ground.size[::-1], np.uint8)
    cv2.fillConvexPoly(inside, np.rint(corners).astype(np.int32), 1)
    sharp = _sharp(ground)
    return _beside(ground, corners, inside, sharp) or _upon(ground, corners, inside, sharp)


def _beside(ground: Ground, corners: Corners, inside: NDArray[np.uint8], sharp: NDArray[np.bool_]) -> bool:
    width, height = ground.size
    away = np.asarray(cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3))
    least = LIGHT * float(np.median(ground.even[:, :, 0][inside > 0]))
    middle = tuple(float(each) for each in corners.mean(axis=0))
    for channel in ground.contrasts:
        for contour in _patches(channel, away > AROUND, SMALLEST * height * width):
            if not _compact(contour) or cv2.pointPolygonTest(contour, middle, False) >= 0:
                continue
            x, y = contour[:, 0, 0], contour[:, 0, 1]
            rim = (x < 4) | (y < 4) | (x > width - 5) | (y > height - 5)
            close = away[y, x] <= AROUND + 4
            free = ~rim & ~close
            if rim.mean() > BETWEEN and close.mean() > BETWEEN:
                continue
            if free.mean() < FREE or sharp[y, x][free].mean() < SHARP or _straight(contour, free) < STRAIGHT:
                continue
            if _paper(ground, contour, least):
                return True
    return False


def _upon(ground: Ground, corners: Corners, inside: NDArray[np.uint8], sharp: NDArray[np.bool_]) -> bool:
    """A whole card on the sheet: where one is printed, it has another size, or no colour."""
    within = cv2.erode(inside, np.ones((AROUND, AROUND), np.uint8)) > 0
    if not within.any():
        return False
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    longest = float(sides.max())
    across, along = sorted((sides[0] + sides[2], sides[1] + sides[3]))
    if along / across > ITSELF:
        return False
    sheet = np.median(ground.even[::2, ::2][within[::2, ::2]], axis=0)
    tint = np.abs(ground.even[:, :, 1:] - sheet[1:]).max(axis=2)  # a shadow changes the lightness only
    for contour in _patches(4 * tint, within, 0.025 * float(within.sum())):
        (_, box, _) = cv2.minAreaRect(contour)
        short, long = sorted(float(each) + 2 for each in box)
        card = _among(long / short, CARD) and _among(long / longest, CARD_TO_SHEET)
        x, y = contour[:, 0, 0], contour[:, 0, 1]
        if card and cv2.contourArea(contour) > FILLED * short * long and sharp[y, x].mean() > SHARP:
            patch = _inner(ground, contour)
            if patch.any() and float(np.median(tint[patch])) >= TINT:
                return True
    return False


def _patches(channel: NDArray[Any], where: NDArray[np.bool_], smallest: float) -> Iterator[NDArray[Any]]:
    """The outlines of what stands out above each of several levels, `where` that is true."""
    values = channel[where]
    if values.size < smallest:
        return
    low, high = np.percentile(values[::5], (3, 99))
    if high - low < 6:
        return
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    for level in np.linspace(low, high, LEVELS + 2)[1:-1]:
        mask = cv2.morphologyEx(((channel > level) & where).astype(np.uint8), cv2.MORPH_OPEN, kernel)
        found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in sorted(found, key=cv2.contourArea, reverse=True)[:3]:
            if cv2.contourArea(contour) < smallest:
                break
            yield contour


def _compact(contour: NDArray[Any]) -> bool:
    (_, sides, _) = cv2.minAreaRect(contour)
    short, long = sorted(sides)
    if short < NARROWEST or long > SLIMMEST * short:
        return False
    least = SOLID_LARGE if short > LARGE else SOLID_STRIP if long > SLIM * short else SOLID
    return bool(cv2.contourArea(contour) > least * cv2.contourArea(cv2.convexHull(contour)))


def _sharp(ground: Ground) -> NDArray[np.bool_]:
    """Where there is a step within two dots."""
    least = max(2.0, 1.6 * ground.noise) ** 2
    steep = np.zeros(ground.size[::-1], np.bool_)
    for across, down in zip(cv2.split(ground.across), cv2.split(ground.down), strict=True):
        steep |= across * across + down * down > least
    return np.asarray(cv2.dilate(steep.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)


def _straight(contour: NDArray[Any], free: NDArray[np.bool_]) -> float:
    """The part of the outline, where `free`, that lies in long straight sides."""
    corners = cv2.approxPolyDP(contour, 2.5, True)[:, 0]
    ends = np.roll(corners, -1, axis=0)
    lengths = np.linalg.norm(ends - corners, axis=1)
    middles = (corners + ends) / 2
    nearest = np.abs(contour[None, :, 0] - middles[:, None]).sum(axis=2).argmin(axis=1)
    open_ = free[nearest]
    return float(lengths[open_ & (lengths > LONG)].sum() / max(lengths[open_].sum(), 1.0))


def _paper(ground: Ground, contour: NDArray[Any], least: float) -> bool:
    patch = _inner(ground, contour)
    return bool(patch.any() and float(np.median(ground.even[:, :, 0][patch])) > least and _plain(ground, patch))


def _inner(ground: Ground, contour: NDArray[Any]) -> NDArray[np.bool_]:
    patch = np.zeros(ground.size[::-1], np.uint8)
    cv2.drawContours(patch, [contour], -1, 1, -1)
    return np.asarray(cv2.erode(patch, np.ones((7, 7), np.uint8)) > 0)


def _plain(ground: Ground, patch: NDArray[np.bool_]) -> bool:
    y, x = np.nonzero(patch)
    points = np.column_stack([x, y])[::7].astype(np.float64)
    return len(points) > 30 and planed(points, ground) > EVEN


def _among(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
