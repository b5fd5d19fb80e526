"""The one widget: draws the state, finds what a finger meant, and passes it on as an event."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, SmoothLine, SmoothRoundedRectangle
from kivy.uix.widget import Widget

from kiosk.events import Confirm, Event, Touched
from kiosk.state import State, Times, seconds_left, warned
from kiosk.ui.draw import draw
from kiosk.ui.frame import wall_time
from kiosk.ui.painter import Box, Painter, Target, spinner_thickness
from kiosk.ui.palette import GOLD, PRESSED

SETTLE_S = 0.3
"""After a change of screen a second tap of the same finger must not choose what has just appeared under it."""
SLIP_UNITS = 60.0
"""How far a finger may slide off a button before it is lifted; unsteady hands slide."""
STILL_S = 0.5
"""An answer that comes at once needs no moving sign, and the machine's time for itself."""
FRAME_S = 1 / 15
"""Frames cost much on a machine without a graphics card, and a calm sign needs few."""

Drawn = Callable[[State, Painter], None]


class Surface(Widget):  # type: ignore[misc]
    """`emit` takes the touches; `drawn` is told after each picture once it can be touched."""

    def __init__(self, emit: Callable[[Event], None], drawn: Drawn | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._emit = emit
        self._drawn = drawn
        self._state: State | None = None
        self._shown: tuple[object, ...] | None = None
        self._held: tuple[Target, Any] | None = None
        self._quiet_until = 0.0
        self._turning: Any = None
        self.painter: Painter | None = None
        self.bind(size=lambda *_: self.refresh())

    def show(self, state: State) -> None:
        """Draw `state` if anything visible differs from the last picture."""
        changed = self._state is None or state.screen is not self._state.screen
        self._state = state
        if changed:
            self._quiet_until = Clock.get_boottime() + SETTLE_S
        self.refresh()

    def refresh(self) -> None:
        # Under a finger nothing moves: what was touched is what is chosen.
        if self._state is None or self._held is not None or self.width < 1 or self.height < 1:
            return
        visible = self._visible(self._state)
        if visible == self._shown:
            return
        self._shown = visible
        self.canvas.clear()
        self.canvas.after.clear()
        self.painter = Painter(
            self.canvas,
            self.width,
            self.height,
            large=self._state.large_text,
            contrast=self._state.contrast,
            low_reach=self._state.low_reach,
        )
        draw(self.painter, self._state)
        self._turn(self.painter.spinners)
        if self._drawn:
            state, painter, drawn = self._state, self.painter, self._drawn
            Clock.schedule_once(lambda _: drawn(state, painter), max(0.0, self._quiet_until - Clock.get_boottime()))

    def _visible(self, state: State) -> tuple[object, ...]:
        """What a picture depends on: time only as the clock's minute and the countdown's second."""
        moment = wall_time(state)
        left = math.ceil(seconds_left(state) or 0) if warned(state) else None
        bare = replace(
            state, times=Times(), reply=state.reply.model_copy(update={"now": None}) if state.reply else None
        )
        return bare, moment and moment.replace(second=0, microsecond=0), left, tuple(self.size)

    # --- touches -----------------------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        if touch.is_mouse_scrolling or self._held is not None or self.painter is None:
            return True
        self._emit(Touched())
        target = self._at(touch.x, touch.y)
        if target is None or Clock.get_boottime() < self._quiet_until:
            return True
        self._held = (target, touch.uid)
        self._press(target)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if self._held is None or self._held[1] != touch.uid or self.painter is None:
            return True
        target, self._held = self._held[0], None
        self.canvas.after.clear()
        self._turn(self.painter.spinners)
        box = target.box
        near = Box(box.x - SLIP_UNITS, box.y - SLIP_UNITS, box.w + 2 * SLIP_UNITS, box.h + 2 * SLIP_UNITS)
        if _inside(near, *self._units(touch.x, touch.y)):
            self._emit(target.event or Confirm(uuid.uuid4().hex))
        self.refresh()
        return True

    def _units(self, x: float, y: float) -> tuple[float, float]:
        assert self.painter is not None
        return x / self.painter.unit, (self.height - y) / self.painter.unit

    def _at(self, x: float, y: float) -> Target | None:
        assert self.painter is not None
        place = self._units(x, y)
        return next((one for one in reversed(self.painter.targets) if _inside(one.box, *place)), None)

    def _press(self, target: Target) -> None:
        if target.name == "anywhere" or self.painter is None:
            return
        pos, size = self.painter.pixels(target.box)
        with self.canvas.after:
            Color(*PRESSED)
            SmoothRoundedRectangle(pos=pos, size=size, radius=[target.radius * self.painter.unit])

    # --- movement ----------------------------------------------------------------------------------------------

    def _turn(self, boxes: list[Box]) -> None:
        """The moving sign of work, in its places."""
        if self._turning is not None:
            self._turning.cancel()
            self._turning = None
        if boxes:
            self._turning = Clock.schedule_once(lambda _: self._start_turning(boxes), STILL_S)

    def _start_turning(self, boxes: list[Box]) -> None:
        assert self.painter is not None
        arms = []
        for box in boxes:
            pos, size = self.painter.pixels(box)
            radius = size[0] / 2
            centre = (pos[0] + radius, pos[1] + radius, radius)
            thick = spinner_thickness(box) * self.painter.unit
            with self.canvas.after:
                Color(*GOLD)
                arms.append((SmoothLine(circle=(*centre, 0, 90), width=thick), centre))

        def move(_seconds: float) -> None:
            start = Clock.get_boottime() * 280 % 360
            for arm, centre in arms:
                arm.circle = (*centre, start, start + 90)

        self._turning = Clock.schedule_interval(move, FRAME_S)


def _inside(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom
