"""What every device has in common, whatever its kind."""

from __future__ import annotations

from typing import Protocol

from hardware.health import Health


class Device(Protocol):
    """Opened by URL, used when it is there. It stays usable after any error: the next call opens it anew; no call
    blocks without end."""

    @property
    def name(self) -> str:
        """For messages: where it is, without passwords."""

    def health(self) -> Health:
        """How it is, as far as it can be known without disturbing it. Never raises; ends in time."""

    def close(self) -> None:
        """Let go of the device."""
