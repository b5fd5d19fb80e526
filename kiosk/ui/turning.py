"""The moving sign of work: an arc that turns on its ring until the next picture."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, SmoothLine

from kiosk.ui.painter import Box, Painter, spinner_thickness
from kiosk.ui.palette import GOLD

STILL_S = 0.5
"""An answer that comes at once needs no moving sign, and the machine's time for itself."""
FRAME_S = 1 / 15
"""Frames cost much on a machine without a graphics card, and a calm sign needs few."""


class Turning:
    """Draws on `canvas`, in the places that the painter left for it."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._clock: Any = None

    def show(self, painter: Painter) -> None:
        """Turn in the places of `painter`; where there is none, stop."""
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
        boxes = list(painter.spinners)
        if boxes:
            self._clock = Clock.schedule_once(lambda _: self._start(painter, boxes), STILL_S)

    def _start(self, painter: Painter, boxes: list[Box]) -> None:
        arms = []
        for box in boxes:
            pos, size = painter.pixels(box)
            radius = size[0] / 2
            centre = (pos[0] + radius, pos[1] + radius, radius)
            with self._canvas:
                Color(*painter.shown(GOLD))
                arms.append((SmoothLine(circle=(*centre, 0, 90), width=spinner_thickness(box) * painter.unit), centre))

        def move(_seconds: float) -> None:
            start = Clock.get_boottime() * 280 % 360
            for arm, centre in arms:
                arm.circle = (*centre, start, start + 90)

        self._clock = Clock.schedule_interval(move, FRAME_S)
