"""What the kiosk may ask of any printer, whatever it is connected by."""

from __future__ import annotations

from typing import Protocol

from hardware.health import Health
from hardware.printers.slip import Slip
from hardware.printers.status import PrinterStatus


class TicketPrinter(Protocol):
    """A printer stays usable after any error: the next call opens the device anew. Calls never block without end."""

    @property
    def name(self) -> str:
        """For messages: where it is."""

    def print_slip(self, slip: Slip) -> None:
        """Print and cut one slip; PrinterError if it was not printed, with `sent` if paper may have come out."""

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. Never raises: a printer that cannot be reached is offline, with the reason."""

    def health(self) -> Health:
        """The same in the words that every device shares."""

    def begin_afresh(self) -> None:
        """An earlier program may have broken off in the middle of a slip: the next one begins anew all the same."""

    def close(self) -> None:
        """Let go of the device."""
