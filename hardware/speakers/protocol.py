"""What may be asked of any loudspeaker."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from hardware.device import Device
from hardware.voices.sound import Clip


class Speaker(Device, Protocol):
    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        """Play `clip` to its end; `volume` from 0 (silent) to 1. Raises DeviceError, at the latest a few seconds after
        the clip should have ended."""


@runtime_checkable
class Interruptible(Protocol):
    """A speaker that can be told to be silent in the middle of a clip."""

    def stop(self) -> None:
        """Cut off what is being played, and what is played next until `allow`: `play` returns at once, as if the clip
        had ended. From any thread."""
        ...

    def allow(self) -> None:
        """What is played from here on is heard, unless it is stopped after this: whoever plays asks then whether it is
        still wanted, so that no `stop` is lost between that and the first sound."""
        ...
