"""What may be asked of any code scanner, whatever it is connected by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from hardware.device import Device


@dataclass(frozen=True, slots=True)
class Scan:
    """One code, whole. Its text may be a citizen's card, so it is never shown by accident."""

    text: str = field(repr=False)


class Scanner(Device, Protocol):
    def read(self, timeout_s: float) -> Scan | None:
        """The next code as soon as it is whole; None if none came in `timeout_s` seconds. Raises DeviceError while the
        scanner is lost; what was read of a code by then is dropped."""

    @property
    def unread(self) -> int:
        """How many codes could not be read so far: too long, torn off or no text. One held there counts once."""
