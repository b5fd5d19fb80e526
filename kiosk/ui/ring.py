"""The ring round what the keypad's next press means: thick, dark on light and light on dark."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothLine

from kiosk.ui.painter import Painter, Target
from kiosk.ui.palette import FOCUS, SURFACE

OUTSIDE, THICK, PALE = 3.0, 8.0, 14.0
"""In units: the gap to the target, the ring, and the pale one under it, so that it is seen on every ground."""


def focus_ring(canvas: Any, painter: Painter, target: Target) -> None:
    pos, size = painter.pixels(target.box.inset(-OUTSIDE))
    radius = max(2.0, target.radius * painter.unit)
    with canvas:
        for colour, thick in ((SURFACE, PALE), (FOCUS, THICK)):
            Color(*painter.shown(colour))
            SmoothLine(rounded_rectangle=(*pos, *size, radius), width=thick / 2 * painter.unit)
