"""Ticket printers by URL: `open_printer(url).print_slip(slip)`, the same for every kind of printer."""

from __future__ import annotations

from hardware.errors import DeviceError
from hardware.health import State
from hardware.printers.address import FORMS
from hardware.printers.errors import Code, PrinterError
from hardware.printers.opener import DRIVERS, open_printer
from hardware.printers.protocol import TicketPrinter
from hardware.printers.slip import Slip
from hardware.printers.status import Paper, PrinterStatus

__all__ = [
    "DRIVERS",
    "FORMS",
    "Code",
    "DeviceError",
    "Paper",
    "PrinterError",
    "PrinterStatus",
    "Slip",
    "State",
    "TicketPrinter",
    "forget",
    "open_printer",
    "warm",
]


def forget() -> None:
    """Drop what is remembered of the last papers: their texts, and the addresses in their codes."""
    from hardware.printers.fonts import printable
    from hardware.printers.qr import matrix

    printable.cache_clear()
    matrix.cache_clear()


def warm() -> None:
    """Load what the first ticket would wait for: libraries, typeface, letters. About a second; not on a UI loop."""
    from hardware.printers.warming import warm as load

    load()
