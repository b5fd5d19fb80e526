"""From a printer's URL to its driver; a driver's module and its libraries are imported only when it is used."""

from __future__ import annotations

from typing import cast

from hardware.opener import open_by
from hardware.printers.address import FORMS
from hardware.printers.protocol import TicketPrinter

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
    DeviceError: `bad-url`, or `driver-missing` if the driver's library is not installed.
    """
    return cast(TicketPrinter, open_by(DRIVERS, FORMS, url, timeout_s))
