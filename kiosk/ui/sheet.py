"""A square to draw a pictogram on: round strokes on a grid of 24, finer than it is shown."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

GRID = 24.0
FINE = 4
STROKE = 2.1

Point = tuple[float, float]


class Sheet:
    """A square of 24 units to draw on with round strokes, four times finer than shown."""

    def __init__(self, pixels: int) -> None:
        self._scale = pixels * FINE / GRID
        self.image = Image.new("L", (pixels * FINE, pixels * FINE), 0)
        self._draw = ImageDraw.Draw(self.image)

    def line(self, *points: Point, width: float = STROKE) -> None:
        radius = width / 2
        scaled = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(scaled, fill=255, width=round(width * self._scale), joint="curve")
        for x, y in points:
            self.dot(x, y, radius)

    def dot(self, x: float, y: float, radius: float, ink: int = 255) -> None:
        s = self._scale
        self._draw.ellipse(((x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s), fill=ink)

    def ring(self, x: float, y: float, radius: float, width: float = STROKE) -> None:
        self.dot(x, y, radius + width / 2)
        self.dot(x, y, radius - width / 2, ink=0)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width: float = STROKE) -> None:
        """`start`, `end`: degrees, clockwise from three o'clock."""
        steps = 24
        turns = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
        self.line(*((x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns), width=width)

    def shape(self, *points: Point) -> None:
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=255)
