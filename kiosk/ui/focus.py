"""Where a keypad's next press goes: over the same targets that a finger touches, in reading order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kiosk.ui.painter import Grip, Target

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
    if here is None:
        return first(targets)
    place = order.index(here)
    if move is Move.NEXT:
        return order[(place + 1) % len(order)]
    if move is Move.PREVIOUS:
        return order[place - 1]
    return min((one for one in order if _ahead(here, one, move)), key=lambda one: _far(here, one, move), default=here)


def _middle(target: Target) -> tuple[float, float]:
    return target.box.x + target.box.w / 2, target.box.y + target.box.h / 2


def _ahead(here: Target, one: Target, move: Move) -> bool:
    match move:
        case Move.UP:
            return one.box.bottom <= here.box.y + 1
        case Move.DOWN:
            return one.box.y >= here.box.bottom - 1
        case Move.LEFT:
            return one.box.right <= here.box.x + 1
        case _:
            return one.box.x >= here.box.right - 1


def _far(here: Target, one: Target, move: Move) -> float:
    """How far away, where what lies straight ahead counts as nearer than what lies aside."""
    across, along = _gaps(here, one)
    if move in (Move.LEFT, Move.RIGHT):
        across, along = along, across
    sideways = abs(_middle(one)[move in (Move.LEFT, Move.RIGHT)] - _middle(here)[move in (Move.LEFT, Move.RIGHT)])
    return along + 4 * across + sideways / 100


def _gaps(here: Target, one: Target) -> tuple[float, float]:
    """The empty room between two targets, sideways and up or down; 0 where they overlap in that direction."""
    a, b = here.box, one.box
    return max(0.0, b.x - a.right, a.x - b.right), max(0.0, b.y - a.bottom, a.y - b.bottom)
