"""How well a quadrangle fits what is seen: a step along each side, always the same way, and one even sheet within."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.papers.ground import Ground
from hardware.papers.outline import Corners

SAMPLES = 40
BESIDE = 5.0
"""Dots of the small picture between a side and where its two surfaces are looked at."""
RIM = 3.0
"""Dots: a side nearer to the picture's own is where the paper leaves it."""
FURTHER = (5.0, 12.0, 20.0, 30.0)
EVEN = 22.0
"""Steps of lightness and colour that one sheet may differ from itself, light and shadow taken out."""
OPEN = 0.16
"""What a side that cannot be seen takes off the score."""
SAME = 0.2
"""Of what the sheet differs by where it does so most: less, and it is the sheet still. Ends on a desk have 0.4 and
more, lines within a sheet 0.14 and less."""
LEAST = 0.62
"""Of a side's length: less of a step, and there is none. Fingers cover some."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`score`: 0 to about 1.2. `sides`: the part of each side that shows a step, 1 where the paper leaves the picture;
    `open_sides`: how many do."""

    score: float
    sides: tuple[float, ...]
    open_sides: int


def fit(ground: Ground, corners: Corners) -> Fit:
    width, height = ground.size
    points, inward = _along(corners)
    seen = _within(points, width, height, RIM)
    inner, within = points + inward[:, None] * BESIDE, points + inward[:, None] * 2 * BESIDE
    outer = points - inward[:, None] * BESIDE
    usable = _within(inner, width, height, 0)
    if usable.mean() < 0.5:
        return Fit(0.0, (0.0,) * 4, 4)
    steps = _steps(ground, points, inward)
    beside, beyond = _colours(ground, inner), _colours(ground, outer)
    least = max(2.0, 1.6 * ground.noise)
    sides, opened, kinds = [], 0, []
    for side in range(4):
        if seen[side].mean() < 0.5:
            sides.append(1.0)
            opened += 1
            continue
        strong = steps[side][seen[side]]
        ways = [(strong > least).mean(axis=0), (strong < -least).mean(axis=0)]
        sides.append(float(np.max(ways)))
        kinds.append((beside[side] - beyond[side])[seen[side]].mean(axis=0))
    closed = [part for part, whole in zip(sides, seen, strict=True) if whole.mean() >= 0.5]
    if not closed or opened > 2:
        return Fit(0.0, tuple(sides), opened)
    evenness = planed(np.concatenate([inner[usable], within[usable]]), ground)
    alike = _alike(np.array(kinds))
    area = _share(corners, width, height)
    score = 0.5 * float(np.mean(closed)) + 0.25 * min(closed) + 0.35 * evenness + 0.1 * alike + 0.12 * area**0.5
    return Fit(score - OPEN * opened, tuple(sides), opened)


def rim_steps(ground: Ground, corners: Corners) -> float:
    """Dots of the longest way along the outline, round corners too, on which no step is to be seen."""
    width, height = ground.size
    points, inward = _along(corners)
    steps = np.abs(_steps(ground, points, inward)).max(axis=2)
    unseen = (steps < max(2.0, 1.6 * ground.noise)) & _within(points, width, height, RIM)
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    longest = now = 0.0
    for missing, dots in zip(
        np.tile(unseen.ravel(), 2), np.tile(np.repeat(lengths / SAMPLES, SAMPLES), 2), strict=True
    ):
        now = min(now + dots, float(lengths.sum())) if missing else 0.0
        longest = max(longest, now)
    return longest


def _along(corners: Corners) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """4 x SAMPLES x 2, points on each side; 4 x 2, its way inwards."""
    ends = np.roll(corners, -1, axis=0)
    along = (ends - corners) / np.linalg.norm(ends - corners, axis=1, keepdims=True)
    inward = np.stack([-along[:, 1], along[:, 0]], axis=1)  # clockwise in a picture whose y goes down
    place = np.linspace(0.04, 0.96, SAMPLES)[None, :, None]
    return corners[:, None] * (1 - place) + ends[:, None] * place, inward


def _within(points: NDArray[np.float64], width: int, height: int, rim: float) -> NDArray[np.bool_]:
    x, y = points[..., 0], points[..., 1]
    return np.asarray((x >= rim) & (y >= rim) & (x <= width - 1 - rim) & (y <= height - 1 - rim))


def _at(points: NDArray[np.float64], width: int, height: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    x = np.clip(np.rint(points[..., 0]), 0, width - 1).astype(np.intp)
    y = np.clip(np.rint(points[..., 1]), 0, height - 1).astype(np.intp)
    return y, x


def _colours(ground: Ground, points: NDArray[np.float64]) -> NDArray[np.float32]:
    return ground.even[_at(points, *ground.size)] * np.array([1.0, 2.0, 2.0], np.float32)


def _steps(ground: Ground, points: NDArray[np.float64], inward: NDArray[np.float64]) -> NDArray[np.float64]:
    """4 x SAMPLES x layers: the steepest step across the side within two dots of it, brighter inside is positive."""
    best: NDArray[np.float64] | None = None
    for away in (-2.0, -1.0, 0.0, 1.0, 2.0):
        spot = _at(points + inward[:, None] * away, *ground.size)
        step = ground.across[spot] * inward[:, None, :1] + ground.down[spot] * inward[:, None, 1:]
        best = step if best is None else np.where(np.abs(step) > np.abs(best), step, best)
    return np.asarray(best, np.float64)


def planed(points: NDArray[np.float64], ground: Ground) -> float:
    """The part of `points` on a sheet that is as one plane of light would show it."""
    seen = _colours(ground, points).astype(np.float64)
    base = np.column_stack([points / 100, np.ones(len(points))])
    keep = np.ones(len(points), np.bool_)
    off = np.zeros(len(points))
    for _ in range(3):
        solved = np.linalg.lstsq(base[keep], seen[keep], rcond=None)[0]
        off = np.abs(seen - base @ solved).max(axis=1)
        keep = off <= max(float(np.quantile(off, 0.7)), 4.0)
    return float((off < EVEN).mean())


def _alike(kinds: NDArray[np.float64]) -> float:
    """Does the sheet differ from the desk the same way on all sides: 0 to 1."""
    return float(max(np.mean(kinds[:, 0] > 2), np.mean(kinds[:, 0] < -2)))


def goes_on(ground: Ground, corners: Corners) -> bool:
    """Does the sheet go on beyond one of the sides: a fold, a line printed on it, writing at the picture's rim?"""
    seen = contrasts(ground, corners)
    return bool(seen) and min(seen) < SAME * max(seen)


def ends_unseen(ground: Ground, corners: Corners) -> bool:
    """Does one of the sides lie so near to the picture's rim that no desk is to be seen beyond it? Half a booklet whose
    fold lies there looks whole."""
    width, height = ground.size
    points, inward = _along(corners)
    return bool((_within(points - inward[:, None] * BESIDE, width, height, 0).mean(axis=1) < 0.5).any())


def contrasts(ground: Ground, corners: Corners) -> list[float]:
    """How much the sheet differs from what lies beyond each of the sides that are seen; next to nothing beyond a line
    that is printed on a sheet. Looked at near the side and further out: text beside such a line is no desk."""
    width, height = ground.size
    points, inward = _along(corners)
    seen = _within(points, width, height, RIM)
    found = []
    for side in range(4):
        if seen[side].mean() < 0.5:
            continue
        least = np.inf
        sheet = np.median(_colours(ground, points[side] + inward[side] * 2 * BESIDE), axis=0)
        for far in FURTHER:
            spots = points[side] - inward[side] * far
            spots = spots[_within(spots, width, height, 0)]
            if len(spots) >= SAMPLES // 3:
                off = np.abs(_colours(ground, spots) - sheet).max(axis=1)
                least = min(least, float(np.median(off)))
        if np.isfinite(least):
            found.append(least)
    return found


def _share(corners: Corners, width: int, height: int) -> float:
    x, y = np.clip(corners[:, 0], 0, width), np.clip(corners[:, 1], 0, height)
    return float(abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2 / (width * height))
