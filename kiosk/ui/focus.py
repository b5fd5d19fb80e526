"""Where a keypad's next press goes: over the same targets that a finger touches, in reading order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kiosk.ui.painter import Box, Grip, Target

ROW = 40.0
"""Targets whose middles lie so near, in units of height, are read as one row."""


class Move(StrEnum):
    """The keys of a keypad and of a keyboard's frame."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "next"
    PREVIOUS = "previous"


def reachable(targets: Sequence[Target]) -> list[Target]:
    """What can have the focus, in reading order. A signature cannot be drawn by keys."""
    offered = [one for one in targets if one.name != "anywhere" and one.grip is not Grip.DRAW]
    rows: list[list[Target]] = []
    for one in sorted(offered, key=lambda target: _middle(target)[1]):
        if rows and _middle(one)[1] - _middle(rows[-1][0])[1] <= ROW:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda target: target.box.x)]


def first(targets: Sequence[Target]) -> Target | None:
    """Where the focus begins on a new screen: at what most people want, else at the first."""
    order = reachable(targets)
    return next((one for one in order if one.main), order[0] if order else None)


def moved(targets: Sequence[Target], name: str, move: Move) -> Target | None:
    """The target after `move` from the one called `name`; the same one at the edge, the first for an unknown name."""
    order = reachable(targets)
    here = next((one for one in order if one.name == name), None)
    return first(targets) if here is None else onward(order, here, move)


def onward(order: Sequence[Target], here: Target, move: Move) -> Target:
    """The same within `order`, what is reachable, for whoever makes many moves over one screen."""
    if move in (Move.NEXT, Move.PREVIOUS):
        return order[(order.index(here) + (1 if move is Move.NEXT else -1)) % len(order)]
    ahead = _ahead(order, here.box, move)
    level = move in (Move.LEFT, Move.RIGHT)
    return min(ahead, key=lambda one: _far(here.box, one.box, level=level), default=here)


def _middle(target: Target) -> tuple[float, float]:
    return target.box.x + target.box.w / 2, target.box.y + target.box.h / 2


def _ahead(order: Sequence[Target], here: Box, move: Move) -> list[Target]:
    match move:
        case Move.UP:
            return [one for one in order if one.box.bottom <= here.y + 1]
        case Move.DOWN:
            return [one for one in order if one.box.y >= here.bottom - 1]
        case Move.LEFT:
            return [one for one in order if one.box.right <= here.x + 1]
        case _:
            return [one for one in order if one.box.x >= here.right - 1]


def _far(a: Box, b: Box, *, level: bool) -> float:
    """How far away, where what lies straight ahead counts as nearer than what lies aside. `level`: moving sideways."""
    beside = max(0.0, b.x - a.right, a.x - b.right)
    above = max(0.0, b.y - a.bottom, a.y - b.bottom)
    if level:
        return beside + 4 * above + abs(b.y + b.h / 2 - a.y - a.h / 2) / 100
    return above + 4 * beside + abs(b.x + b.w / 2 - a.x - a.w / 2) / 100
