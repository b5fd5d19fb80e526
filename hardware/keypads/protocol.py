"""What any line of call keypads gives: keys that clerks press, and a small display that answers each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.device import Device
from hardware.health import Health


class Key(StrEnum):
    """The words of the wire's KeypadKey."""

    NEXT = "next"
    RECALL = "recall"
    FINISH = "finish"
    NO_SHOW = "no-show"
    TRANSFER = "transfer"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Press:
    """A key pressed once on the keypad at `address`. `argument`: the digits typed with it, as the counter to transfer
    to; None without."""

    address: int
    key: Key
    argument: int | None = None


class KeypadLine(Device, Protocol):
    """One line with one keypad or several, each at its own `address`."""

    @property
    def addresses(self) -> Sequence[int]:
        """Every address at which this line can have a keypad."""

    def health_of(self, address: int) -> Health:
        """How the keypad at `address` is; `health` is the whole line's. Never raises."""

    def read(self, timeout_s: float) -> Press | None:
        """The next press, debounced: a key that bounces, repeats or is held down gives one; None if none came in
        `timeout_s` seconds. Raises DeviceError while the line is lost."""

    def show(self, address: int, text: str, *, beep: bool = False) -> None:
        """Answer on the keypad's own display. Raises DeviceError."""
