"""A sheet with the origin at the top left and design units that are the same on every screen.

Screens are drawn whole on each change, from the state alone; what was drawn is remembered as texts and targets, so
that touches can be matched and tests can see whether anything overflows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from kivy.graphics import BorderImage, Color, Rectangle, SmoothLine, SmoothRoundedRectangle

from kiosk.events import Event
from kiosk.ui.code import qr_texture
from kiosk.ui.icons import icon
from kiosk.ui.palette import INK, LINE, SHADOW, Colour, contrasting
from kiosk.ui.shadow import shadow
from kiosk.ui.typeface import Weight
from kiosk.ui.typesetting import Fitted, Setting, fitted, measured, natural_width, texture

PORTRAIT = (1080, 1920)
LANDSCAPE = (1600, 1000)
LARGER = 1.3
REACH = 18.0
DROP = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in design units from the top left."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def inset(self, x: float, y: float | None = None) -> Box:
        y = x if y is None else y
        return Box(self.x + x, self.y + y, self.w - 2 * x, self.h - 2 * y)


class Grip(StrEnum):
    """What a finger on a target means."""

    PRESS = "press"
    REPEAT = "repeat"
    """Again and again while it is held."""
    DRAW = "draw"
    """The finger draws; each line becomes a stroke."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something to touch. `event` is None where the event needs something fresh; the name tells what. `label`: as it is
    spoken, where the texts on it do not say it; `main`: what most people want here, where the keypad begins."""

    name: str
    box: Box
    event: Event | None
    radius: float
    label: str = ""
    grip: Grip = Grip.PRESS
    main: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was drawn, and the box it had to fit, in pixels. `shrunk`: 1 at full size; `box`: in units."""

    text: str
    fit: Fitted
    room: tuple[float, float]
    shrunk: float
    box: Box


class Pictures(Protocol):
    """Where photographs come from, by the vault's handle."""

    def texture(self, handle: str) -> Any | None:
        """None where it has been wiped meanwhile."""

    def inked(self, handle: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, from 0 to 1, of what is within its white margins."""


def spinner_thickness(box: Box) -> float:
    return min(12.0, box.w / 14)


class Painter:
    """Draws on a Kivy canvas of `width` x `height` pixels. `low_reach`: in portrait, what is touched stands in the
    lower half."""

    def __init__(
        self,
        canvas: Any,
        width: float,
        height: float,
        *,
        large: bool,
        contrast: bool = False,
        low_reach: bool = False,
        pictures: Pictures | None = None,
    ) -> None:
        self.canvas = canvas
        self.landscape = width > height
        base = LANDSCAPE if self.landscape else PORTRAIT
        self.unit = min(width / base[0], height / base[1])
        self.w, self.h = width / self.unit, height / self.unit
        self.large = large
        self.contrast = contrast
        self.low_reach = low_reach and not self.landscape
        self.text_scale = LARGER if large else 1.0
        self.targets: list[Target] = []
        self.written: list[Written] = []
        self.spinners: list[Box] = []
        self.focus: str | None = None
        """The target with the ring; None where none is shown."""
        self._pictures = pictures

    def pixels(self, box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
        """Kivy's position (from the bottom left) and size."""
        u = self.unit
        return (box.x * u, (self.h - box.y - box.h) * u), (box.w * u, box.h * u)

    def shown(self, colour: Colour) -> Colour:
        """`colour` as it is shown: another one at high contrast."""
        return contrasting(colour) if self.contrast else colour

    def fill(self, box: Box, colour: Colour) -> None:
        pos, size = self.pixels(box)
        with self.canvas:
            Color(*self.shown(colour))
            Rectangle(pos=pos, size=size)

    def panel(
        self, box: Box, colour: Colour, radius: float = 24, *, edge: Colour | None = None, lifted: bool = False
    ) -> None:
        """A rounded rectangle; `lifted` gives it a soft shadow, `edge` a line of 2 units."""
        pos, size = self.pixels(box)
        round_px = [radius * self.unit]
        with self.canvas:
            if lifted:
                Color(*self.shown(SHADOW))
                reach, drop = REACH * self.unit, DROP * self.unit
                edge_px = (reach + radius * self.unit,) * 4
                BorderImage(
                    texture=shadow(radius * self.unit, reach),
                    pos=(pos[0] - reach, pos[1] - reach - drop),
                    size=(size[0] + 2 * reach, size[1] + 2 * reach),
                    border=edge_px,
                )
            if edge:
                Color(*self.shown(edge))
                SmoothRoundedRectangle(pos=pos, size=size, radius=round_px)
                inner = box.inset(2)
                pos, size = self.pixels(inner)
                round_px = [max(0.0, radius - 2) * self.unit]
            Color(*self.shown(colour))
            SmoothRoundedRectangle(pos=pos, size=size, radius=round_px)

    def disc(self, box: Box, colour: Colour) -> None:
        self.panel(box, colour, radius=box.w / 2)

    def rule(self, x: float, y: float, length: float, colour: Colour, thick: float = 2) -> None:
        self.fill(Box(x, y, length, thick), colour)

    def dashes(self, x: float, y: float, length: float, colour: Colour) -> None:
        done = 0.0
        while done < length:
            self.fill(Box(x + done, y, min(14, length - done), 3), colour)
            done += 26

    def picture(self, drawn: Any, box: Box, colour: Colour) -> None:
        pos, size = self.pixels(box)
        with self.canvas:
            Color(*self.shown(colour))
            Rectangle(texture=drawn, pos=pos, size=size)

    def icon(self, name: str, box: Box, colour: Colour) -> None:
        side = max(8, round(box.w * self.unit))
        pos, _ = self.pixels(box)
        with self.canvas:
            Color(*self.shown(colour))
            Rectangle(texture=icon(name, side), pos=(round(pos[0]), round(pos[1])), size=(side, side))

    def qr(self, payload: str, box: Box) -> None:
        """Modules a whole number of pixels wide, in the middle of `box`."""
        drawn = qr_texture(payload)
        pos, size = self.pixels(box)
        side = max(1, int(size[0] // drawn.width)) * drawn.width
        corner = round(pos[0] + (size[0] - side) / 2), round(pos[1] + (size[1] - side) / 2)
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(texture=drawn, pos=corner, size=(side, side))

    def spinner(self, box: Box) -> None:
        """The ring of the sign that work is under way; the surface moves an arc on it."""
        self.arc(box, 0, 360, LINE, spinner_thickness(box))
        self.spinners.append(box)

    def photo(self, handle: str | None, box: Box, *, part: tuple[float, float] | None = None) -> Box | None:
        """The picture `handle` as large as `box` allows; returns where it stands, None where there is none (any more).

        `part`: from where to where it is shown, from 0 at the top to 1 at the bottom of what is within its white
        margins, which are then left out."""
        drawn = self._pictures.texture(handle) if self._pictures is not None and handle else None
        if drawn is None or self._pictures is None or handle is None:
            return None
        shown = drawn
        if part is not None:
            left, top, right, bottom = self._pictures.inked(handle)
            start, end = (top + (bottom - top) * place for place in part)
            x, y = round(left * drawn.width), round((1 - end) * drawn.height)
            shown = drawn.get_region(x, y, round((right - left) * drawn.width), round((end - start) * drawn.height))
        scale = min(box.w / shown.width, box.h / shown.height)
        wide, high = shown.width * scale, shown.height * scale
        place = Box(box.x + (box.w - wide) / 2, box.y + (box.h - high) / 2, wide, high)
        pos, size = self.pixels(place)
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(texture=shown, pos=pos, size=size)
        return place

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, thick: float) -> None:
        """A line through `points`, in units, with round ends."""
        flat = [part for x, y in points for part in (x * self.unit, (self.h - y) * self.unit)]
        if len(points) == 1:
            flat = [flat[0], flat[1], flat[0] + 1, flat[1]]
        with self.canvas:
            Color(*self.shown(colour))
            SmoothLine(points=flat, width=thick / 2 * self.unit)

    def target(
        self,
        name: str,
        box: Box,
        event: Event | None,
        radius: float = 24,
        *,
        label: str = "",
        grip: Grip = Grip.PRESS,
        main: bool = False,
    ) -> None:
        self.targets.append(Target(name, box, event, radius, label, grip, main))

    def spoken(self, target: Target) -> str:
        """The target's name for the voice: its label, else the texts that stand on it."""
        if target.label:
            return target.label
        texts = [
            one.text
            for one in self.written
            if target.box.x <= one.box.x + one.box.w / 2 <= target.box.right
            and target.box.y <= one.box.y + one.box.h / 2 <= target.box.bottom
        ]
        return ", ".join(dict.fromkeys(texts))

    # --- text ----------------------------------------------------------------------------------------------

    def _setting(self, width: float, size: float, weight: Weight, align: str, *, fixed: bool = False) -> Setting:
        scale = 1.0 if fixed else self.text_scale
        return Setting(round(size * self.unit * scale, 2), weight, int(width * self.unit), align)

    def height(self, text: str, width: float, size: float, weight: Weight = Weight.REGULAR) -> float:
        """The height in units that `text` takes at full size."""
        return measured(text, self._setting(width, size, weight, "left"))[1] / self.unit

    def width(self, text: str, size: float, weight: Weight = Weight.REGULAR, *, fixed: bool = False) -> float:
        """The width in units of `text` on one line."""
        scale = 1.0 if fixed else self.text_scale
        return natural_width(text, round(size * self.unit * scale, 2), weight) / self.unit

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
        """Write `text` into `box` and return the height it took, in units. `place`: top, middle or bottom.

        `fixed`: not enlarged with the larger text, for what is huge already. `part`: how far `size` was shrunk before.
        """
        if not text or box.w <= 0 or box.h <= 0:
            return 0.0
        fit = fitted(text, self._setting(box.w, size, weight, align, fixed=fixed), box.h * self.unit)
        pos, room = self.pixels(box)
        self.written.append(Written(text, fit, room, fit.shrunk * part, box))
        spare = room[1] - fit.size[1]
        low = {"top": spare, "middle": spare / 2, "bottom": 0.0}[place]
        left = {"left": 0.0, "center": (room[0] - fit.size[0]) / 2, "right": room[0] - fit.size[0]}[align]
        with self.canvas:
            Color(*self.shown(colour))
            Rectangle(
                texture=texture(fit.text, fit.setting),
                pos=(round(pos[0] + left), round(pos[1] + low)),
                size=fit.size,
            )
        return fit.size[1] / self.unit

    def arc(self, box: Box, start: float, length: float, colour: Colour, thick: float) -> None:
        """Part of a ring, in degrees clockwise from the top."""
        pos, size = self.pixels(box)
        radius = size[0] / 2
        with self.canvas:
            Color(*self.shown(colour))
            SmoothLine(
                circle=(pos[0] + radius, pos[1] + radius, radius, start, start + length), width=thick * self.unit
            )
