"""Lines of different sizes under each other in one box: if they do not fit, all shrink alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, TEAL, Colour
from kiosk.ui.typeface import Weight

SMALLEST = 0.66
STEP = 0.02
TOO_SMALL, TOO_SMALL_LARGE = 0.84, 0.78
"""A button's word shrinks to this rather than break into two lines; larger text so that it stays the larger one."""
ONE_LINE = 0.92
"""A text that is a little too wide shrinks down to this rather than leave one word alone on a second line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One text. `gap`: room above it; `indent`: room at its left, where `icon` stands if there is one."""

    text: str
    size: float
    colour: Colour = INK
    weight: Weight = Weight.REGULAR
    gap: float = 0.0
    indent: float = 0.0
    icon: str = ""
    icon_side: float = 0.0
    icon_at: float = 0.0
    """From the left."""


def grown(p: Painter, lines: Sequence[Line], box: Box, most: float = 1.3) -> list[Line]:
    """`lines` larger, up to `most` times, where `box` has room to spare."""
    part = most
    while part > 1.0:
        tried = [scaled(line, part) for line in lines]
        if height(p, tried, box.w) <= box.h:
            return tried
        part -= STEP
    return list(lines)


def scaled(line: Line, part: float) -> Line:
    """`line` at `part` of its size, and all that goes with it."""
    return replace(
        line,
        size=line.size * part,
        gap=line.gap * part,
        indent=line.indent * part,
        icon_side=line.icon_side * part,
        icon_at=line.icon_at * part,
    )


def one_line(p: Painter, text: str, size: float, weight: Weight, room: float) -> float:
    """The size at which `text` stays on one line in `room`; `size` itself where that would be too small."""
    least = size * (TOO_SMALL_LARGE if p.large else TOO_SMALL)
    tried = size
    while tried >= least:
        if p.width(text, tried, weight) <= room:
            return tried
        tried -= size * STEP
    return size


def height(p: Painter, lines: Sequence[Line], width: float) -> float:
    """The height in units that `lines` take at full size."""
    return _total(p, [_kept_whole(p, line, width) for line in lines if line.text], width, 1.0)


def _kept_whole(p: Painter, line: Line, width: float) -> Line:
    """Fonts come in whole pixels, so the size that fits is found by trying."""
    room, size = width - line.indent, line.size
    while size >= line.size * ONE_LINE:
        if p.width(line.text, size, line.weight) <= room:
            return replace(line, size=size)
        size -= line.size * STEP
    return line


def _total(p: Painter, lines: Sequence[Line], width: float, part: float) -> float:
    return sum(_heights(p, lines, width, part)) + sum(line.gap for line in lines) * part


def _heights(p: Painter, lines: Sequence[Line], width: float, part: float) -> list[float]:
    return [p.height(line.text, width - line.indent, line.size * part, line.weight) for line in lines]


def stack(p: Painter, lines: Sequence[Line], box: Box, align: str = "left", place: str = "middle") -> float:
    """Write `lines` into `box` and return where they end."""
    shown = [_kept_whole(p, line, box.w) for line in lines if line.text]
    part = 1.0
    while part > SMALLEST and _total(p, shown, box.w, part) > box.h + 1:
        part -= STEP
    heights = _heights(p, shown, box.w, part)
    total = _total(p, shown, box.w, part)
    squeeze = min(1.0, box.h / total) if total else 1.0
    y = box.y + {"top": 0.0, "middle": max(0.0, box.h - total) / 2, "bottom": max(0.0, box.h - total)}[place]
    for line, tall in zip(shown, heights, strict=True):
        y += line.gap * part * squeeze
        room = Box(box.x + line.indent, y, box.w - line.indent, tall * squeeze)
        if line.icon:
            side = line.icon_side * part
            first = min(tall, p.height("A", 1000, line.size * part, line.weight))
            p.icon(line.icon, Box(box.x + line.icon_at, y + max(0.0, (first - side) / 2), side, side), TEAL)
        p.text(line.text, room, line.size * part, line.colour, line.weight, align, part=part)
        y += tall * squeeze
    return y
