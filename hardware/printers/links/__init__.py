"""The ways bytes reach a printer: one connection per ticket, so that a printer once lost is found again."""

from __future__ import annotations

from typing import Protocol

from hardware.deadline import Deadline


class Connection(Protocol):
    """An open way to the device. Every call ends by its deadline; failures are PrinterErrors.

    `two_way` is False where the device has no way to answer, so that nobody waits for it. `remembers` is True where an
    answer too late for one connection can be read on the next.
    """

    @property
    def two_way(self) -> bool: ...

    @property
    def remembers(self) -> bool: ...

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Hand over all of `data`, and wait until the device has taken it as far as this link can tell."""

    def read(self, deadline: Deadline) -> bytes:
        """At least one byte; empty if nothing came in time."""

    def close(self, *, abort: bool = False) -> None:
        """`abort`: drop what the device has not taken yet, instead of sending it later in the background."""


class Link(Protocol):
    """Where a printer is. `name` is for messages."""

    @property
    def name(self) -> str: ...

    def open(self, deadline: Deadline) -> Connection: ...

    def transfer_s(self, size: int) -> float:
        """Seconds the line itself needs for `size` bytes."""
