"""A finger that draws: its way as a line on the screen at once, and as points of a signature when it is lifted."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothLine

from kiosk.ui.painter import Box
from kiosk.ui.palette import INK

WIDE, HIGH = 1000, 400
"""The box in which a signature's points are kept."""
THICK = 7.0
"""Of the line, in units."""
NEAR = 3
"""Points nearer to the last one than this tell nothing new."""
MOST_POINTS = 600


class Pen:
    """One stroke within `box`, a box of the painter's units. Points outside are drawn at its edge."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self.points: list[tuple[int, int]] = []
        self._line: Any = None

    def touch(self, x: float, y: float) -> None:
        """The finger is at `x`, `y`, in units."""
        box = self._box
        point = (
            round(min(1.0, max(0.0, (x - box.x) / box.w)) * WIDE),
            round(min(1.0, max(0.0, (y - box.y) / box.h)) * HIGH),
        )
        if self.points:
            last = self.points[-1]
            if abs(point[0] - last[0]) + abs(point[1] - last[1]) < NEAR or len(self.points) >= MOST_POINTS:
                return
        self.points.append(point)

    def show(self, canvas: Any, unit: float, height: float) -> None:
        """Draw the line so far on `canvas`; `height`: of the window, in pixels."""
        box = self._box
        flat: list[float] = []
        for x, y in self.points:
            flat += [(box.x + x / WIDE * box.w) * unit, height - (box.y + y / HIGH * box.h) * unit]
        if len(flat) == 2:
            flat += [flat[0] + 1, flat[1]]
        if self._line is None:
            with canvas:
                Color(*INK)
                self._line = SmoothLine(points=flat, width=THICK / 2 * unit)
        else:
            self._line.points = flat
