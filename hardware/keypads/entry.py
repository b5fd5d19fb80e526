"""From keys to presses: the digits of a transfer belong to one keypad and to a few seconds.

`1 2 transfer` and `transfer 1 2 next` (or `transfer 1 2 transfer`) both send the person to counter 12. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hardware.keypads.protocol import Key, Press

TYPING_S = 8.0
"""Digits, and a transfer without a counter, are forgotten after so long without a key."""
MOST_DIGITS = 3
ASKING = "---"
"""On the keypad's display: to which counter?"""


class Clear(Enum):
    """The key that takes back what was typed."""

    CLEAR = "clear"


Meaning = Key | int | Clear
"""What a key stands for: an action, a digit from 0 to 9, or clear."""


@dataclass(slots=True)
class _Typed:
    digits: str = ""
    transfer: bool = False
    at: float = 0.0


class Entry:
    """What was typed so far, for each keypad."""

    def __init__(self) -> None:
        self._typed: dict[int, _Typed] = {}

    def key(self, address: int, meaning: Meaning, now: float) -> tuple[Press | None, str | None]:
        """The press that is complete with this key, if any, and what the keypad's display should show of the typing
        (None: leave it)."""
        typed = self._typed.get(address)
        if typed is None or now - typed.at > TYPING_S:
            typed = _Typed()
        typed.at = now
        self._typed[address] = typed
        if isinstance(meaning, int):
            typed.digits = (typed.digits + str(meaning))[-MOST_DIGITS:]
            return None, typed.digits
        counter = int(typed.digits or "0")
        if meaning is Key.TRANSFER and not counter:
            typed.transfer, typed.digits = True, ""
            return None, ASKING
        asked = typed.transfer
        del self._typed[address]
        if meaning is Key.TRANSFER or (asked and meaning is Key.NEXT and counter):
            return Press(address, Key.TRANSFER, counter), None
        if isinstance(meaning, Clear) or (asked and meaning is Key.NEXT):
            return None, ""
        return Press(address, meaning), None

    def forget(self) -> None:
        """Nothing typed before counts, as after the line was lost."""
        self._typed.clear()
