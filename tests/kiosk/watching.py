"""A painter that remembers on which ground each text stands, so that contrast is measured and not believed."""

from __future__ import annotations

from typing import Any

from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, SURFACE, Colour, ratio
from kiosk.ui.typeface import Weight

OPAQUE = 0.8


class WatchingPainter(Painter):
    """`pairs`: the text, its colour as shown, the ground's, and the ratio between them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.pairs: list[tuple[str, float]] = []
        self._grounds: list[tuple[Box, Colour]] = []

    def fill(self, box: Box, colour: Colour) -> None:
        self._grounds.append((box, self.shown(colour)))
        super().fill(box, colour)

    def panel(
        self, box: Box, colour: Colour, radius: float = 24, *, edge: Colour | None = None, lifted: bool = False
    ) -> None:
        self._grounds.append((box, self.shown(colour)))
        super().panel(box, colour, radius, edge=edge, lifted=lifted)

    def text(
        self,
        text: str,
        box: Box,
        size: float,
        colour: Colour = INK,
        weight: Weight = Weight.REGULAR,
        align: str = "left",
        place: str = "top",
        *,
        fixed: bool = False,
        part: float = 1.0,
    ) -> float:
        tall = super().text(text, box, size, colour, weight, align, place, fixed=fixed, part=part)
        if tall:
            self.pairs.append((text, round(ratio(self.shown(colour), self._under(box)), 2)))
        return tall

    def _under(self, box: Box) -> Colour:
        x, y = box.x + box.w / 2, box.y + box.h / 2
        for ground, colour in reversed(self._grounds):
            if colour[3] >= OPAQUE and ground.x <= x <= ground.right and ground.y <= y <= ground.bottom:
                return colour
        return SURFACE
