"""Two papers under one camera, however they may lie: half in the picture, apart, edge to edge, one over the other."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from tests.hardware.papers.pages import page
from tests.hardware.papers.scenes import DESKS, Scene, desk, finger, lay, lit, scene, taken

WAYS = ("half in", "apart", "touching", "overlapping", "on top")
MILLIMETRES = {"A4": (210, 297), "A5": (148, 210), "card": (85.6, 54), "landscape": (297, 210), "booklet": (297, 210)}
FIRST = ("A4", "A5", "booklet", "landscape", "certificate", "pink", "photo", "card")
OTHER = ("A4", "A5", "card", "yellow", "folded", "card", "A5")
UNDER, UPON = ("A4", "landscape", "pink", "booklet", "photo", "certificate"), ("card", "A5", "card")

Corners = NDArray[np.float64]


def pair(seed: int, way: str, *, size: tuple[int, int] = (2048, 1536), on: str | None = None) -> Scene:
    """`corners` and `page`: of the paper that was laid first."""
    chance = random.Random(seed * 7 + WAYS.index(way))
    if way == "half in":
        return scene(seed, second=True, size=size, on=on)
    kinds = (UNDER, UPON) if way == "on top" else (FIRST, OTHER)
    kind, other = chance.choice(kinds[0]), chance.choice(kinds[1])
    on = on or chance.choice(DESKS)
    one, two = _box(*MILLIMETRES.get(kind, (210, 297))), _box(*MILLIMETRES.get(other, (210, 297)))
    two = _turned(two, {"touching": 0.0, "apart": 8.0}.get(way, 14.0), chance)
    two = _moved(one, two, way, chance)
    first, second = _seen(one, two, size, chance)
    image = desk(on, *size, chance)
    flat = page(kind, chance.getrandbits(16))
    lay(image, flat, first, chance, 0.0)
    lay(image, page(other, chance.getrandbits(16)), second, chance, 0.0)
    if chance.random() < 0.3:
        finger(image, first, chance)
    return Scene(taken(lit(image, chance), 0.0, None, None, chance), first, f"{kind}+{other}", on, flat)


def _box(wide: float, tall: float) -> Corners:
    return np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]]) / 2


def _turned(corners: Corners, most: float, chance: random.Random) -> Corners:
    """By up to `most` degrees, now and then a quarter more."""
    angle = np.radians(chance.uniform(-most, most) + chance.choice((0, 0, 90)))
    return corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _moved(one: Corners, two: Corners, way: str, chance: random.Random) -> Corners:
    """`two` beside or on `one`, in millimetres."""
    room = (np.ptp(one, axis=0) - np.ptp(two, axis=0)) / 2
    if way == "on top":
        return two + np.array([chance.uniform(-0.9, 0.9), chance.uniform(-0.9, 0.9)]) * room
    axis = chance.choice((0, 0, 0, 1))
    side = chance.choice((-1, 1))
    gap = {"apart": chance.uniform(6, 35), "touching": chance.uniform(-0.5, 1.0)}.get(way)
    if gap is None:
        gap = -chance.uniform(0.15, 0.6) * min(np.ptp(two, axis=0)[axis], np.ptp(one, axis=0)[axis])
    shift = np.zeros(2)
    shift[axis] = side * ((np.ptp(one, axis=0)[axis] + np.ptp(two, axis=0)[axis]) / 2 + gap)
    shift[1 - axis] = room[1 - axis] * chance.uniform(-0.8, 0.8)
    return two + shift


def _seen(one: Corners, two: Corners, size: tuple[int, int], chance: random.Random) -> tuple[Corners, Corners]:
    """Both in dots, seen a little from the side; together they fill most of the picture."""
    both = np.concatenate([one, two])
    both -= (both.max(axis=0) + both.min(axis=0)) / 2
    both = _turned_by(both, chance.uniform(-12, 12))
    both *= chance.uniform(0.74, 0.9) * min(np.array(size) / np.ptp(both, axis=0))
    both /= 1 + (both[:, :1] * chance.uniform(-1, 1) + both[:, 1:] * chance.uniform(-1, 1)) / max(size) * 0.15
    both -= (both.max(axis=0) + both.min(axis=0)) / 2
    both += np.array(size) / 2
    return both[:4], both[4:]


def _turned_by(corners: Corners, degrees: float) -> Corners:
    angle = np.radians(degrees)
    return corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
