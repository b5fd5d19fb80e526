"""The table from URL schemes to drivers; a driver's module and its libraries are imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from hardware.printers.address import PrinterAddress, bad_url, parse
from hardware.printers.errors import Code, PrinterError
from hardware.printers.protocol import TicketPrinter

Opener = Callable[[PrinterAddress, float], TicketPrinter]

DRIVERS = {
    "escpos+tcp": "hardware.printers.links.tcp:open_printer",
    "escpos+usb": "hardware.printers.links.usb_bulk:open_printer",
    "escpos+serial": "hardware.printers.links.serial_line:open_printer",
    "escpos+file": "hardware.printers.links.device_file:open_printer",
    "preview": "hardware.printers.preview:open_printer",
    "fake": "hardware.printers.fake:open_printer",
}


def open_printer(url: str, *, timeout_s: float = 5.0) -> TicketPrinter:
    """The printer at `url`; no step of a later call waits longer than `timeout_s` seconds for the device.

    The device itself is opened when it is first used, so that a kiosk starts with its printer switched off.
    PrinterError: `bad-url`, or `driver-missing` if the driver's library is not installed.
    """
    address = parse(url)
    if address.scheme not in DRIVERS:
        raise bad_url(url, f"unknown kind of printer {address.scheme!r}")
    if not timeout_s > 0:
        raise ValueError(f"timeout_s has to be positive, not {timeout_s}")
    module, _, function = DRIVERS[address.scheme].partition(":")
    try:
        opener = cast(Opener, getattr(import_module(module), function))
        return opener(address, timeout_s)
    except ImportError as error:
        raise PrinterError(Code.DRIVER_MISSING, f"{url} needs a library: {error}") from error
