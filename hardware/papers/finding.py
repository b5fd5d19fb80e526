"""The paper's four corners in a document camera's picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.papers.company import accompanied
from hardware.papers.ground import Ground, ground
from hardware.papers.outline import Corners, crossings, patches, plausible, promising
from hardware.papers.support import LEAST, OPEN, Fit, contrasts, ends_unseen, fit, goes_on

SURE = 1.12
"""A patch that fits so well needs no search for lines."""
ENOUGH = 0.86
FINE = 1280
"""Dots of the longer side of the picture in which corners are placed."""
PROMISING = 64
TRIED = 10
STILL = 0.03
"""A paper may fit so much worse than a moment ago and be the same, lying where it lay."""
NEARLY = 0.24
BOUNDED = 14.0
"""Steps of lightness and colour by which a sheet differs from the desk on all sides."""
BEYOND = 0.006
"""Of the picture's diagonal: a corner further outside is not in the picture."""


@dataclass(frozen=True, slots=True)
class Found:
    """`corners`: in dots of the picture, clockwise, the first the one nearest to its top left. `cut`: the paper goes on
    beyond the picture; `alone`: no other lies beside or upon it, which is not asked of one that is cut off."""

    corners: Corners
    fit: Fit
    cut: bool
    alone: bool = True


Fitted = tuple[Corners, Fit]


def find(image: NDArray[np.uint8], near: Found | None = None) -> Found | None:
    """The paper in `image` (height x width x 3, BGR); None if there is none to be seen. `near`: found a moment ago;
    where it still lies there, no other is looked for, which takes a third of the time."""
    scale = min(1.0, FINE / max(image.shape[:2]))
    fine = image if scale == 1 else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    below = ground(fine)
    best = _followed(below, near, scale * below.scale) if near is not None else None
    best = best or _sought(below)
    if best is None:
        return None
    corners, fitted = best
    corners = _placed(fine, corners / below.scale, below)
    part = goes_on(below, corners * below.scale)
    small, corners = corners * below.scale, corners / scale
    height, width = image.shape[:2]
    beyond = BEYOND * float(np.hypot(width, height))
    outside = (corners < -beyond).any() or (corners > np.array([width, height]) - 1 + beyond).any()
    cut = bool(part or outside or fitted.open_sides or ends_unseen(below, small))
    return Found(_ordered(corners), fitted, cut, alone=cut or not accompanied(below, small))


def _sought(below: Ground) -> Fitted | None:
    """The best outline; where that is only a part of a sheet, the one round it."""
    tried = _tried(below, patches(below))
    best = _outermost(below, tried)
    if best is None or best[1].score < SURE or best[1].open_sides or goes_on(below, best[0]):
        tried += _tried(below, crossings(below))
        best = _outermost(below, tried)
    if best is None or not goes_on(below, best[0]):
        return best
    for one in sorted(tried, key=lambda one: one[1].score, reverse=True):
        larger = one[1].score > best[1].score - NEARLY and _area(one[0]) > 1.15 * _area(best[0])
        if larger and _holds(one[0], best[0]) and not goes_on(below, one[0]):
            return one
    return best


def _followed(below: Ground, near: Found, scale: float) -> Fitted | None:
    """The paper of a moment ago where it lies now; None unless it fits as well, whole in the picture."""
    if near.cut or near.fit.score < ENOUGH:
        return None
    drawn = _drawn(below, near.corners * scale)
    if not plausible(drawn):
        return None
    now = fit(below, drawn)
    same = _acceptable(now) and not now.open_sides and now.score > near.fit.score - STILL
    return (drawn, now) if same else None


def _tried(below: Ground, quads: list[Corners]) -> list[Fitted]:
    """Those that may be a paper, drawn onto the edges nearby, the best first."""
    tried = [(quad, fit(below, quad)) for quad in promising(below, quads, PROMISING)]
    good = []
    for quad, first in sorted(tried, key=lambda one: one[1].score, reverse=True)[:TRIED]:
        drawn = _drawn(below, _drawn(below, quad))
        again = fit(below, drawn) if plausible(drawn) else first
        good.append((drawn, again) if again.score >= first.score else (quad, first))
    return sorted((each for each in good if _acceptable(each[1])), key=lambda one: one[1].score, reverse=True)


def _outermost(below: Ground, tried: list[Fitted]) -> Fitted | None:
    """The best, or the one round it that fits nearly as well: a photograph on a card, half a booklet and a frame of a
    form have four good sides too."""
    if not tried:
        return None
    best = max(tried, key=lambda one: one[1].score)
    for one in sorted(tried, key=lambda one: -_area(one[0])):
        if one[1].open_sides > best[1].open_sides and min(contrasts(below, best[0]), default=0.0) > BOUNDED:
            continue
        # A sheet that leaves the picture may have a frame printed on it whose lines look like its end.
        near = one[1].score + OPEN * one[1].open_sides > best[1].score - NEARLY
        if near and _area(one[0]) > 1.15 * _area(best[0]) and _holds(one[0], best[0]):
            return one
    return best


def _area(corners: Corners) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))


def _holds(outer: Corners, inner: Corners) -> bool:
    ring = outer.astype(np.float32)
    return all(cv2.pointPolygonTest(ring, (float(x), float(y)), True) > -6 for x, y in inner)


def _acceptable(fitted: Fit) -> bool:
    return fitted.score >= ENOUGH and sorted(fitted.sides)[1] >= LEAST and min(fitted.sides) >= 0.4


def _drawn(below: Ground, corners: Corners) -> Corners:
    """Moved onto the edges nearby, in the small picture."""
    return _onto(below.plain, corners, 7.0)


def _placed(fine: NDArray[Any], corners: Corners, below: Ground) -> Corners:
    """Moved onto the edges in a picture large enough for a dot's precision."""
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(fine, (0, 0), 1.2), cv2.COLOR_BGR2LAB), np.uint8)
    moved = _onto(lab, corners, 2.2 / below.scale)
    near = np.abs(moved - corners).max() < 8 / below.scale
    return moved if near and plausible(moved * below.scale) else corners


def _onto(image: NDArray[np.uint8], corners: Corners, reach: float) -> Corners:
    """Each side moved onto the steepest steps across it within `reach` dots; sides outside the picture stay."""
    sides = [_side(image, start, end, reach) for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    moved = [_cross(*sides[place - 1], *sides[place]) for place in range(4)]
    return corners if any(each is None for each in moved) else np.array(moved, np.float64)


def _side(image: NDArray[np.uint8], start: Corners, end: Corners, reach: float) -> tuple[Corners, Corners]:
    """A point and the direction of the edge near the side from `start` to `end`; that side where there is none."""
    height, width = image.shape[:2]
    length = float(np.linalg.norm(end - start))
    way = (end - start) / length
    inward = np.array([-way[1], way[0]])
    place = np.linspace(0.05, 0.95, int(np.clip(length / 5, 24, 120)))
    points = start + place[:, None] * (end - start)
    offsets = np.arange(-np.ceil(reach) - 2, np.ceil(reach) + 3)
    spots = (points[:, None] + offsets[None, :, None] * inward).astype(np.float32)
    seen = cv2.remap(image, spots[..., 0], spots[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = seen.astype(np.float32)
    step = np.abs(seen[:, 4:] + seen[:, 3:-1] - seen[:, 1:-3] - seen[:, :-4]).max(axis=2)
    middle = offsets[2:-2]
    step *= 1.15 - 0.3 * np.abs(middle) / max(reach, 1)
    chosen = points + middle[step.argmax(axis=1)][:, None] * inward
    x, y = chosen[:, 0], chosen[:, 1]
    whole = (x > 2) & (y > 2) & (x < width - 3) & (y < height - 3)
    if whole.mean() < 0.5:
        return start, way
    strong = step.max(axis=1)
    keep = whole & (strong >= 0.5 * np.median(strong[whole]))
    if keep.sum() < 8:
        return start, way
    line = _line(chosen[keep])
    return line if abs(line[1] @ way) > np.cos(np.radians(6)) else (start, way)


def _line(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Through most of `points`, whatever the others do: the best of many pairs, then their least squares."""
    count = len(points)
    one = points[np.arange(count)]
    best = np.zeros(count, np.bool_)
    for lag in (count // 3, count // 2, 2 * count // 3):
        two = np.roll(points, -lag, axis=0)
        way = two - one
        length = np.linalg.norm(way, axis=1)
        good = length > 1e-6
        normal = np.stack([-way[good, 1], way[good, 0]], axis=1) / length[good, None]
        off = np.abs(np.einsum("kd,nkd->kn", normal, points[:, None] - one[good][None]))
        near = off < 1.5
        votes = near.sum(axis=1)
        if len(votes) and votes.max() > best.sum():
            best = near[votes.argmax()]
    kept = points[best] if best.sum() >= 4 else points
    middle = kept.mean(axis=0)
    _, _, ways = np.linalg.svd(kept - middle, full_matrices=False)
    return middle, ways[0]


def _cross(
    one: NDArray[np.float64], way1: NDArray[np.float64], two: NDArray[np.float64], way2: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    spread = way1[0] * way2[1] - way1[1] * way2[0]
    if abs(spread) < 1e-3:
        return None
    off = two - one
    return np.asarray(one + way1 * (off[0] * way2[1] - off[1] * way2[0]) / spread, np.float64)


def _ordered(corners: Corners) -> Corners:
    """From the corner that is the top left one when the paper is turned by no more than 45 degrees."""
    first = int(np.argmin(corners.sum(axis=1)))
    turned = [np.roll(corners, -first - shift, axis=0) for shift in (-1, 0, 1)]
    return np.asarray(max(turned, key=lambda one: (one[1] - one[0])[0] / np.linalg.norm(one[1] - one[0])), np.float64)
