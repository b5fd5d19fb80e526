"""One key, and rows of keys: large, evenly spread, each with its name for the keypad's voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.events import Event
from kiosk.ui.painter import Box, Grip, Painter
from kiosk.ui.palette import INK, LINE, MUTED, ON_PRIMARY, PAPER, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight

GAP = 8.0
RADIUS = 16.0


@dataclass(frozen=True, slots=True)
class Key:
    """`label`: what stands on it, under it in small `note`; `wide`: in widths of a letter; `event` None: it cannot be
    pressed now; `spoken`: its name where the label does not say it; `strong`: the one that ends the typing; `down`: it
    is held down."""

    name: str
    label: str
    event: Event | None
    wide: float = 1.0
    note: str = ""
    icon: str = ""
    spoken: str = ""
    strong: bool = False
    down: bool = False
    soft: bool = False
    repeat: bool = False


def key(p: Painter, one: Key, box: Box) -> None:
    """Draw `one` into `box`, and make it a target unless it cannot be pressed."""
    off = one.event is None
    back = TEAL if one.strong else TEAL_MIST if one.down else PAPER if one.soft or off else SURFACE
    ink = ON_PRIMARY if one.strong else MUTED if off else TEAL if one.down or one.soft else INK
    p.panel(box, back, RADIUS, edge=None if one.strong else TEAL if one.down else LINE)
    # Large text enlarges the letters as far as the key allows.
    tall = min(box.h * 0.56, (46.0 if p.large else 40.0))
    if one.icon and one.label:
        side = min(box.h * 0.5, 46.0)
        wide = min(p.width(one.label, 32, Weight.BOLD), box.w - side - 40)
        left = box.x + (box.w - side - 14 - wide) / 2
        p.icon(one.icon, Box(left, box.y + (box.h - side) / 2, side, side), ink)
        # A little more than measured, so that rounding never breaks the line.
        stack(p, [Line(one.label, 32, ink, Weight.BOLD)], Box(left + side + 14, box.y, wide + 6, box.h))
    elif one.icon:
        side = min(box.h * 0.5, box.w * 0.5, 46.0)
        p.icon(one.icon, Box(box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side), ink)
    elif one.note:
        p.text(
            one.label,
            Box(box.x, box.y, box.w, box.h * 0.66),
            tall * 0.9,
            ink,
            Weight.BOLD,
            "center",
            "middle",
            fixed=True,
        )
        low = Box(box.x + 2, box.y + box.h * 0.6, box.w - 4, box.h * 0.36)
        p.text(one.note, low, min(21.0, box.h * 0.22), MUTED, Weight.MEDIUM, "center", "middle", fixed=True)
    elif len(one.label) == 1:
        p.text(one.label, box, tall, ink, Weight.SEMIBOLD, "center", "middle", fixed=True)
    else:
        stack(p, [Line(one.label, 32 if one.strong else 27, ink, Weight.BOLD)], box.inset(6, 2), "center")
    if one.event is not None:
        grip = Grip.REPEAT if one.repeat else Grip.PRESS
        p.target(one.name, box, one.event, RADIUS, label=one.spoken, grip=grip, main=one.strong)


def row(p: Painter, keys: Sequence[Key], box: Box, units: float) -> None:
    """`keys` beside each other in the middle of `box`, whose whole width is `units` letters."""
    unit = (box.w + GAP) / units
    used = sum(one.wide for one in keys) * unit
    left = box.x + (box.w + GAP - used) / 2
    for one in keys:
        key(p, one, Box(left, box.y, one.wide * unit - GAP, box.h))
        left += one.wide * unit


def lines(box: Box, count: int) -> list[Box]:
    """`count` equal rows in `box`."""
    high = (box.h - (count - 1) * GAP) / count
    return [Box(box.x, box.y + place * (high + GAP), box.w, high) for place in range(count)]
