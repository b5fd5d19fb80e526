"""Where candidates for a paper's outline come from: bright or differently coloured patches, and long straight edges.

Neither alone is enough: a white sheet on a white desk has no patch of its own, a finger on the edge breaks contours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.papers.ground import Ground

Corners = NDArray[np.float64]
"""4 x 2, x and y, clockwise in the picture."""

LEVELS = 9
SMALLEST = 0.012
"""Of the picture's area; less is no paper that could be read."""
LINES = 22
PAIRS = 60
VOTES = 0.16
"""Of the picture's longer side: the shortest edge that is looked at."""
SLACK = 0.6
"""An angle between sides is 90 degrees, give or take so many radians."""


def patches(ground: Ground) -> list[Corners]:
    """Quadrangles round what stands out, in dots of the small picture."""
    return [quad for quad in _patches(ground) if plausible(quad)]


def crossings(ground: Ground) -> list[Corners]:
    """Quadrangles between long straight edges, some of which may be the picture's own; corners may lie beyond it."""
    return [quad for quad in _crossings(ground) if plausible(quad)]


def promising(ground: Ground, quads: list[Corners], most: int) -> list[Corners]:
    """Those whose outlines lie on edges the most, each once."""
    apart = list({tuple(np.rint(quad / 5).astype(int).ravel()): quad for quad in quads}.values())
    if len(apart) <= most:
        return apart
    marks = _marked(ground, np.array(apart))
    return [apart[place] for place in np.argsort(-marks)[:most]]


def _marked(ground: Ground, quads: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of each outline lies on edges, all at once; what lies on the picture's own counts as half of it."""
    width, height = ground.size
    near = cv2.dilate(ground.edges, np.ones((3, 3), np.uint8)) > 0
    place = np.linspace(0.06, 0.94, 20)[None, None, :, None]
    points = quads[:, :, None] * (1 - place) + np.roll(quads, -1, axis=1)[:, :, None] * place
    x, y = points[..., 0], points[..., 1]
    seen = (x >= 3) & (y >= 3) & (x <= width - 4) & (y <= height - 4)
    on = near[np.clip(np.rint(y), 0, height - 1).astype(int), np.clip(np.rint(x), 0, width - 1).astype(int)]
    parts = np.where(seen, on, 0.5).mean(axis=2)
    return np.asarray(parts.mean(axis=1) + parts.min(axis=1), np.float64)


def plausible(corners: Corners) -> bool:
    """Convex, with angles and sides that a sheet seen from above can have."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    if lengths.min() < 12:
        return False
    ahead = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * ahead[:, 1] - sides[:, 1] * ahead[:, 0]
    sines = turns / (lengths * np.roll(lengths, -1))
    if sines.min() < np.cos(SLACK):
        return False
    opposite = lengths[:2] / lengths[2:]
    long, short = sorted((lengths[0] + lengths[2], lengths[1] + lengths[3]), reverse=True)
    return bool(opposite.max() < 1.7 and opposite.min() > 1 / 1.7 and long / short < 2.8)


def _patches(ground: Ground) -> Iterator[Corners]:
    """The hulls of connected patches above each of several levels: a finger that lies over an edge leaves only a
    notch, which the hull closes."""
    height, width = ground.even.shape[:2]
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    for channel in ground.contrasts:
        low, high = np.percentile(channel, (3, 99))
        if high - low < 6:
            continue
        for level in np.linspace(low, high, LEVELS + 2)[1:-1]:
            mask = cv2.morphologyEx((channel > level).astype(np.uint8), cv2.MORPH_OPEN, kernel)
            found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
            for contour in sorted(found, key=cv2.contourArea, reverse=True)[:3]:
                area = cv2.contourArea(contour)
                if area < SMALLEST * height * width:
                    break
                hull = cv2.convexHull(contour)
                if area > 0.6 * cv2.contourArea(hull):
                    yield from _four(hull)


def _four(hull: NDArray[Any]) -> Iterator[Corners]:
    around = cv2.arcLength(hull, True)
    for part in (0.01, 0.015, 0.02, 0.03, 0.045, 0.07):
        simple = cv2.approxPolyDP(hull, part * around, True).reshape(-1, 2)
        if len(simple) == 4:
            yield np.asarray(simple, np.float64)
            break
        if len(simple) < 4:
            break
    yield np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), np.float64)


def _crossings(ground: Ground) -> Iterator[Corners]:
    """Of the strongest straight edges two and two that run alike, one pair across the other."""
    height, width = ground.even.shape[:2]
    found = cv2.HoughLines(ground.edges, 1, np.pi / 180, int(VOTES * max(height, width)))
    if found is None:
        return
    lines = _apart(np.asarray(found, np.float64).reshape(-1, 2), max(height, width))
    lines = np.concatenate([lines, ground.borders])
    rho, theta = lines[:, 0], lines[:, 1]
    normal = np.stack([np.cos(theta), np.sin(theta)], axis=1)
    pairs = [
        (one, two)
        for one in range(len(lines))
        for two in range(one + 1, len(lines))
        if _angle(theta[one], theta[two]) < SLACK / 2
        and abs(_offset(normal[one], rho[one], normal[two], rho[two])) > 0.1 * min(height, width)
    ]
    best = pairs[:PAIRS]
    for at, (a, b) in enumerate(best):
        for c, d in best[at + 1 :]:
            if _angle(theta[a], theta[c]) < np.pi / 2 - SLACK or len({a, b, c, d}) < 4:
                continue
            quad = [_meet(normal[p], rho[p], normal[q], rho[q]) for p, q in ((a, c), (c, b), (b, d), (d, a))]
            if all(each is not None for each in quad):
                corners = np.array(quad)
                yield corners if _area(corners) > 0 else corners[::-1]


def _apart(lines: NDArray[np.float64], longest: int) -> NDArray[np.float64]:
    """The strongest lines (they come so ordered), each once."""
    kept: list[NDArray[np.float64]] = []
    for line in lines[:400]:
        if all(_differ(line, other, longest) for other in kept):
            kept.append(line)
            if len(kept) == LINES:
                break
    return np.array(kept)


def _differ(one: NDArray[np.float64], two: NDArray[np.float64], longest: int) -> bool:
    turn = abs(one[1] - two[1])
    rho = two[0]
    if turn > np.pi / 2:
        turn, rho = np.pi - turn, -two[0]
    return bool(turn > np.radians(4) or abs(one[0] - rho) > longest / 80)


def _angle(one: float, two: float) -> float:
    turn = abs(one - two) % np.pi
    return min(turn, np.pi - turn)


def _offset(one: NDArray[np.float64], rho1: float, two: NDArray[np.float64], rho2: float) -> float:
    return rho1 - rho2 * float(np.sign(one @ two))


def _meet(one: NDArray[np.float64], rho1: float, two: NDArray[np.float64], rho2: float) -> NDArray[np.float64] | None:
    spread = one[0] * two[1] - one[1] * two[0]
    if abs(spread) < 1e-6:
        return None
    meet = np.array([rho1 * two[1] - rho2 * one[1], one[0] * rho2 - two[0] * rho1]) / spread
    return np.asarray(meet, np.float64)


def _area(corners: Corners) -> float:
    x, y = corners[:, 0], corners[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
