"""A keypad of five keys, or a whole keyboard, beside the touchscreen: which key does what, in one table."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

from kiosk.ui.focus import Move


class Press(StrEnum):
    """Keys that do something at once."""

    ENTER = "enter"
    ERASE = "erase"
    BACK = "back"


KEYS: dict[int, Move | Press] = {
    273: Move.UP,
    274: Move.DOWN,
    276: Move.LEFT,
    275: Move.RIGHT,
    9: Move.NEXT,
    13: Press.ENTER,
    271: Press.ENTER,
    8: Press.ERASE,
    127: Press.ERASE,
    27: Press.BACK,
}
"""By Kivy's key code. A keypad whose keys send other codes gets its own lines here."""


REPEATING = frozenset({*Move, Press.ERASE})
"""What a held key does again and again; any other counts once, however long it is held."""
HELD_S = 1.0
"""A key is held while it comes again within so many seconds and was not lifted: a lift that got lost frees it."""


class Keyed(Protocol):
    """Who takes the keys."""

    def on_move(self, move: Move) -> None: ...

    def on_press(self, press: Press) -> None: ...

    def on_letter(self, letter: str) -> None: ...


def listen(window: Any, to: Keyed, now: Callable[[], float] = time.monotonic) -> None:
    """Pass the window's keys on; nothing else of Kivy gets to see them. `now`: seconds of a clock that never goes
    back."""
    held: dict[int, float] = {}
    again = False

    def down(_window: Any, code: int, _scancode: int, _letter: str, modifiers: list[str]) -> bool:
        nonlocal again
        moment = now()
        again = code in held and moment - held[code] < HELD_S
        held[code] = moment
        meant = KEYS.get(code)
        if meant is None or (again and meant not in REPEATING):
            return meant is not None
        if meant is Move.NEXT and "shift" in modifiers:
            meant = Move.PREVIOUS
        if isinstance(meant, Move):
            to.on_move(meant)
        else:
            to.on_press(meant)
        return True

    def up(_window: Any, code: int, *_: Any) -> None:
        held.pop(code, None)

    def text(_window: Any, typed: str) -> None:
        for letter in "" if again else typed:
            if letter.isprintable():
                to.on_letter(letter)

    window.bind(on_key_down=down, on_key_up=up, on_textinput=text)
