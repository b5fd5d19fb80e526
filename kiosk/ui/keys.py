"""A keypad of five keys, or a whole keyboard, beside the touchscreen: which key does what, in one table."""

from __future__ import annotations

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


class Keyed(Protocol):
    """Who takes the keys."""

    def on_move(self, move: Move) -> None: ...

    def on_press(self, press: Press) -> None: ...

    def on_letter(self, letter: str) -> None: ...


def listen(window: Any, to: Keyed) -> None:
    """Pass the window's keys on; nothing else of Kivy gets to see them."""

    def down(_window: Any, code: int, _scancode: int, _letter: str, modifiers: list[str]) -> bool:
        meant = KEYS.get(code)
        if meant is Move.NEXT and "shift" in modifiers:
            meant = Move.PREVIOUS
        if isinstance(meant, Move):
            to.on_move(meant)
        elif meant is not None:
            to.on_press(meant)
        return meant is not None

    def text(_window: Any, typed: str) -> None:
        for letter in typed:
            if letter.isprintable():
                to.on_letter(letter)

    window.bind(on_key_down=down, on_textinput=text)
