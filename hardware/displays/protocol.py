"""What may be shown on any line of counter displays, whatever protocol they speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hardware.device import Device
from hardware.health import Health


@dataclass(frozen=True, slots=True)
class Face:
    """What a display shows: `text`, as "A-025", empty for dark; `blink`: to draw the eye to a call."""

    text: str = ""
    blink: bool = False


class DisplayLine(Device, Protocol):
    """One line with one display or several, each at its own `address`."""

    @property
    def addresses(self) -> Sequence[int]:
        """Every address at which this line can have a display."""

    def health_of(self, address: int) -> Health:
        """How the display at `address` is; `health` is the whole line's. Never raises."""

    def show(self, address: int, face: Face) -> None:
        """Show `face` on the display at `address`; what does not fit is shortened, what it has no sign for is left out.
        Safe to repeat: displays forget all when their power fails. Raises DeviceError."""
