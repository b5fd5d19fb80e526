"""What may be asked of any loudspeaker."""

from __future__ import annotations

from typing import Protocol

from hardware.device import Device
from hardware.voices.sound import Clip


class Speaker(Device, Protocol):
    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        """Play `clip` to its end; `volume` from 0 (silent) to 1. Raises DeviceError, at the latest a few seconds after
        the clip should have ended."""
