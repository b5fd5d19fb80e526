"""A citizen who never touches the screen: letters and Enter of a real keyboard, and arrows that move the ring.

The way to a button is the shortest by arrows and Tab, found as one goes, from where the kiosk says the ring stands.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from kiosk.ui.focus import Move, onward, reachable
from kiosk.ui.painter import Box, Grip, Target
from queue_server.contract import SIGNED_AT_COUNTER, Control
from tests.e2e.kiosk_window import KioskFailedError, KioskWindow, Layout
from tests.e2e.self_service import Watched

KEYS = {Move.UP: "Up", Move.DOWN: "Down", Move.LEFT: "Left", Move.RIGHT: "Right", Move.NEXT: "Tab"}
LOOK_S, STILL_S = 0.02, 5.0


@dataclass
class KeyedWindow(KioskWindow):
    """The window of another, pressed by keys. `strokes`: every key that was struck."""

    strokes: int = field(default=0, init=False)

    @classmethod
    def of(cls, window: KioskWindow) -> KeyedWindow:
        """The same window, by keys."""
        keyed = cls(window.screen, window.process, window.layout_file, window.log)
        keyed.corner = window.corner
        return keyed

    def strike(self, key: str) -> None:
        self.strokes += 1
        self.screen.xdotool("key", "--clearmodifiers", key)

    def touch(self, button: str) -> None:
        """Lead the ring to the button, once it is there, and press Enter."""
        for _ in range(120):
            shown = self.until(f"the button {button}", lambda shown: button in shown["buttons"])
            here = shown["focus"]
            if here == button:
                self.strike("Return")
                return
            way = _way(shown, here, button) if here else "Down"
            if way is None:
                raise KioskFailedError(f"no key leads from {here} to {button} on {shown['screen']}")
            self.strike(way)
            self._moved(here)
        raise KioskFailedError(f"the ring never came to {button}")

    def _moved(self, before: str | None) -> None:
        """Until the ring stands elsewhere; where it does not, as it is."""
        end = time.monotonic() + STILL_S
        while time.monotonic() < end:
            shown = self.layout()
            if shown is not None and shown["focus"] != before:
                return
            time.sleep(LOOK_S)


def _way(shown: Layout, here: str, there: str) -> str | None:
    """The first key of the shortest way over the buttons."""
    targets = [
        Target(
            name, Box(one["x"] - one["w"] / 2, one["y"] - one["h"] / 2, one["w"], one["h"]), None, 0, grip=_grip(name)
        )
        for name, one in shown["buttons"].items()
    ]
    order = reachable(targets)
    by_name = {one.name: one for one in order}
    if here not in by_name or there not in by_name:
        return None
    ways = deque([(by_name[here], "")])
    seen = {here}
    while ways:
        at, first = ways.popleft()
        if at.name == there:
            return first
        for move, key in KEYS.items():
            onto = onward(order, at, move)
            if onto.name not in seen:
                seen.add(onto.name)
                ways.append((onto, first or key))
    return None


def _grip(name: str) -> Grip:
    return Grip.DRAW if name == "sign" else Grip.PRESS


@dataclass
class Typist(Watched):
    """Types what can be typed, by Telex; leads the ring to the rest, and signs at the counter."""

    def touch(self, button: str) -> None:
        if button.startswith("key:") and len(button) == 5:
            self._type(button[-1])
        elif button == "key:done" and self._typing() and not (self.kiosk.layout() or {}).get("focus"):
            self._look()
            self._keyed().strike("Return")
        else:
            super().touch(button)

    def _typing(self) -> bool:
        shown = self.kiosk.layout()
        return shown is not None and ("key:space" in shown["buttons"] or "key:1" in shown["buttons"])

    def _keyed(self) -> KeyedWindow:
        assert isinstance(self.kiosk, KeyedWindow)
        return self.kiosk

    def _give(self, control: Control, name: str, value: Any) -> None:
        if control is Control.DATE:
            # From its day on; nobody has to lead the ring to the figures first.
            self._type("".join(reversed(str(value).split("-"))))
            self.kiosk.until("a whole date", lambda shown: "key:done" in shown["buttons"])
        else:
            super()._give(control, name, value)

    def _type(self, keys: str) -> None:
        for key in keys:
            self._keyed().strike("space" if key == " " else key)

    def _sign(self) -> None:
        self.touch(f"pick:{SIGNED_AT_COUNTER}")
        self.kiosk.until("it chosen", lambda shown: "key:done" in shown["buttons"])
