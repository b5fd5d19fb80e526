"""The one widget: draws the state, finds what a finger or a key meant, and passes it on as an event."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.uix.widget import Widget

from kiosk.events import Confirm, Event, Touched
from kiosk.scrubbing import sweep
from kiosk.state import State
from kiosk.ui import code, typesetting
from kiosk.ui.draw import draw
from kiosk.ui.focus import Move, first, moved
from kiosk.ui.keys import Press
from kiosk.ui.painter import Box, Grip, Painter, Target
from kiosk.ui.palette import PRESSED
from kiosk.ui.pen import Pen
from kiosk.ui.photos import Photos
from kiosk.ui.ring import focus_ring
from kiosk.ui.turning import Turning
from kiosk.ui.visible import before_us, turned_over, visible
from kiosk.vault import Vault
from kiosk.visit.events import FileIt, Focused, PickOption, Stroke, TypeKey

SETTLE_S = 0.3
"""On another screen or question a second tap of the same finger must not choose what has just appeared under it."""
SLIP_UNITS = 60.0
"""How far a finger may slide off a button before it is lifted; unsteady hands slide."""
SWEEP_S = 1.0
HOLD_S, AGAIN_S = 0.6, 0.14
"""A held key repeats after the first, then every second of these."""

Drawn = Callable[[State, Painter], None]


class Surface(Widget):  # type: ignore[misc]
    """`emit` takes what was touched or typed; `drawn` is told after each picture once it can be touched."""

    def __init__(
        self, emit: Callable[[Event], None], drawn: Drawn | None = None, vault: Vault | None = None, **given: Any
    ) -> None:
        super().__init__(**given)
        self._emit = emit
        self._drawn = drawn
        self._photos = Photos(Vault() if vault is None else vault)
        self._state: State | None = None
        self._shown: tuple[object, ...] | None = None
        self._held: tuple[Target, Any] | None = None
        self._pen: Pen | None = None
        self._again: Any = None
        self._focus: str | None = None
        self._by_keys = False
        """The last thing done was a key: whoever typed is shown where the next Enter goes."""
        self._quiet_until = 0.0
        self._picked: tuple[Event, float] | None = None
        self._turning = Turning(self.canvas.after)
        self.painter: Painter | None = None
        self.bind(size=lambda *_: self.refresh())

    def show(self, state: State) -> None:
        """Draw `state` if anything visible differs from the last picture."""
        before, self._state = self._state, state
        if before is None or before_us(before) != before_us(state):
            self._quiet_until = Clock.get_boottime() + SETTLE_S
            self._focus = None if self._focus is None else ""
        elif turned_over(before) != turned_over(state):
            self._quiet_until = Clock.get_boottime() + SETTLE_S
        if before is not None and (_gone(before.visit, state.visit) or _gone(before.ticket, state.ticket)):
            self._forget()
        self.refresh()

    def _forget(self) -> None:
        """The citizen has gone: nothing personal stays, not even under a finger that still rests on the screen."""
        self._let_go()
        self._focus = self._picked = None
        self._by_keys = False
        self._photos.forget()
        typesetting.forget()
        code.forget()
        # Once the next picture stands, nothing points at the last ones any more.
        Clock.schedule_once(lambda _: sweep(), SWEEP_S)

    def refresh(self) -> None:
        # Under a finger nothing moves: what was touched is what is chosen.
        if self._state is None or self._held is not None or self.width < 1 or self.height < 1:
            return
        seen = *visible(self._state), tuple(self.size)
        if seen != self._shown:
            self._shown = seen
            self._draw(self._state)

    def _draw(self, state: State) -> None:
        self.canvas.clear()
        self.canvas.after.clear()
        painter = self.painter = Painter(
            self.canvas,
            self.width,
            self.height,
            large=state.large_text,
            contrast=state.contrast,
            low_reach=state.low_reach,
            pictures=self._photos,
        )
        draw(painter, state)
        self._photos.release()
        self._turning.show(painter)
        self._ring()
        if self._drawn:
            drawn = self._drawn
            Clock.schedule_once(lambda _: drawn(state, painter), max(0.0, self._quiet_until - Clock.get_boottime()))

    # --- touches -----------------------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        if touch.is_mouse_scrolling or self._held is not None or self.painter is None:
            return True
        self._emit(Touched())
        target = self._at(touch.x, touch.y)
        if target is None or Clock.get_boottime() < self._quiet_until:
            return True
        self._focus, self._by_keys = None, False
        self._held = (target, touch.uid)
        if target.grip is Grip.DRAW:
            self._pen = Pen(target.box)
            self._move_pen(touch)
            return True
        if target.grip is Grip.REPEAT:
            self._again = Clock.schedule_once(lambda _: self._repeat(target), HOLD_S)
        self._press(target)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if self._pen is not None and self._held is not None and self._held[1] == touch.uid:
            self._move_pen(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if self._held is None or self._held[1] != touch.uid or self.painter is None:
            return True
        target, pen, repeated = self._held[0], self._pen, self._again is None
        box = target.box
        near = Box(box.x - SLIP_UNITS, box.y - SLIP_UNITS, box.w + 2 * SLIP_UNITS, box.h + 2 * SLIP_UNITS)
        self._let_go()
        self.canvas.after.clear()
        self._turning.show(self.painter)
        if pen is not None:
            self._emit(Touched())
            self._emit(Stroke(tuple(pen.points)))
        elif _inside(near, *self._units(touch.x, touch.y)) and not (target.grip is Grip.REPEAT and repeated):
            self._choose(target)
        self.refresh()
        return True

    def _choose(self, target: Target) -> None:
        """What the target means; an entry of a list that is struck twice at once is chosen, and not given up again."""
        meant, now = _meant(target), Clock.get_boottime()
        struck = self._picked is not None and self._picked[0] == meant and now < self._picked[1]
        self._picked = (meant, now + SETTLE_S) if isinstance(meant, PickOption) else None
        if not struck:
            self._emit(meant)

    def _let_go(self) -> None:
        self._held = self._pen = None
        if self._again is not None:
            self._again.cancel()
            self._again = None

    def _repeat(self, target: Target) -> None:
        """A held key: again and again, and the picture follows."""
        if self._held is None or self._state is None:
            return
        self._again = None
        self._emit(Touched())
        self._emit(_meant(target))
        held, self._held = self._held, None
        self.refresh()
        # Unless this was the end of the visit, the finger is still on it.
        if self._state.visit is not None and any(one.name == target.name for one in self._targets()):
            self._held = held
            self._press(target)
            Clock.schedule_once(lambda _: self._repeat(target) if self._held is held else None, AGAIN_S)

    def _move_pen(self, touch: Any) -> None:
        if self._pen is not None and self.painter is not None:
            self._pen.touch(*self._units(touch.x, touch.y))
            self._pen.show(self.canvas.after, self.painter.unit, self.height)

    def _units(self, x: float, y: float) -> tuple[float, float]:
        assert self.painter is not None
        return x / self.painter.unit, (self.height - y) / self.painter.unit

    def _at(self, x: float, y: float) -> Target | None:
        place = self._units(x, y)
        return next((one for one in reversed(self._targets()) if _inside(one.box, *place)), None)

    def _targets(self) -> list[Target]:
        return self.painter.targets if self.painter else []

    def _press(self, target: Target) -> None:
        if target.name == "anywhere" or self.painter is None:
            return
        pos, size = self.painter.pixels(target.box)
        with self.canvas.after:
            Color(*PRESSED)
            SmoothRoundedRectangle(pos=pos, size=size, radius=[target.radius * self.painter.unit])

    # --- keys --------------------------------------------------------------------------------------------------

    def on_move(self, move: Move) -> None:
        """The keypad's arrows: the focus goes on, and its name is spoken."""
        self._by_keys = True
        target = first(self._targets()) if not self._focus else moved(self._targets(), self._focus, move)
        self._emit(Touched())
        if target is None or self.painter is None:
            return
        self._focus = target.name
        self._emit(Focused(self.painter.spoken(target), private=isinstance(target.event, TypeKey)))
        self._redraw()

    def on_press(self, press: Press) -> None:
        """Enter presses what has the focus, else what ends the typing; erase and escape have buttons of their own."""
        self._emit(Touched())
        names = {Press.ERASE: "key:erase", Press.BACK: self._way_back(), Press.ENTER: self._focus or "key:done"}
        target = next((one for one in self._targets() if one.name == names[press]), None)
        if target is None or self._held is not None:
            return
        # A second stroke must not press what has just appeared; letters may be erased as fast as anybody can.
        if press is Press.ERASE or Clock.get_boottime() >= self._quiet_until:
            self._choose(target)
            self._redraw()

    def _way_back(self) -> str:
        """The button that goes back; before what covers the screen, the one that closes it."""
        if self._state is not None and self._state.leaving:
            return "stay"
        return "access" if self._state is not None and self._state.access else "back"

    def on_letter(self, letter: str) -> None:
        """A letter of a real keyboard, where there is something to type into."""
        self._emit(Touched())
        self._by_keys = True
        offered = {one.name: one for one in self._targets()}
        if letter.isdecimal() and "figures:day" in offered and "key:1" not in offered:
            # A date that is turned by wheels is typed from its day on.
            self._emit(_meant(offered["figures:day"]))
            offered = {one.name: one for one in self._targets()}
        if "key:space" in offered or ("key:1" in offered and letter.isdecimal()):
            self._focus = None
            self._emit(TypeKey(letter))
            self._redraw()

    def _types(self) -> bool:
        """Letters or digits go somewhere: there Enter ends the typing, and no ring is needed."""
        return any(one.name in ("key:space", "key:1") for one in self._targets())

    def _redraw(self) -> None:
        self._shown = None
        self.refresh()

    def _ring(self) -> None:
        if self._focus is None and self._by_keys and not self._types():
            self._focus = ""
        if self._focus is None or self.painter is None:
            return
        target = next((one for one in self._targets() if one.name == self._focus), None) or first(self._targets())
        if target is not None:
            self._focus = self.painter.focus = target.name
            focus_ring(self.canvas.after, self.painter, target)


def _gone(before: object | None, now: object | None) -> bool:
    return before is not None and now is None


def _meant(target: Target) -> Event:
    """The target's event; with a fresh key where one is needed."""
    if target.event is not None:
        return target.event
    return FileIt(uuid.uuid4().hex) if target.name == "file" else Confirm(uuid.uuid4().hex)


def _inside(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom
