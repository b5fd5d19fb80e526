"""Printers on USB reached without the kernel's printer driver, through pyusb and libusb."""

from __future__ import annotations

import contextlib
import re
import time
from typing import Any

import usb.core
import usb.util

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.printers.address import profile_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.escpos import EscposPrinter

PRINTER_CLASS = 7
CHUNK = 4096
"""Bytes per transfer, so that each gets what is left of the deadline."""

POLL_S = 0.005
LARGEST_PACKET = 64
NOT_PERMITTED = 13


def open_printer(address: Address, timeout_s: float) -> EscposPrinter:
    profile = profile_of(address)
    if address.path not in {"", "/"}:
        raise address.bad("a USB printer has no path")
    if not address.host:
        return EscposPrinter(UsbLink(None), profile, timeout_s)
    ids = re.fullmatch(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})", address.host)
    if ids is None:
        raise address.bad("a vendor and product id in hex is needed, such as 04b8:0e15")
    return EscposPrinter(UsbLink((int(ids[1], 16), int(ids[2], 16))), profile, timeout_s)


class UsbLink:
    """The printer with these vendor and product ids, or with none given the first printer found on the bus.

    `backend` is pyusb's way to the bus; None is the system's libusb.
    """

    def __init__(self, ids: tuple[int, int] | None, backend: Any = None) -> None:
        self._ids = ids
        self._backend = backend
        self.name = "USB printer" if ids is None else f"USB printer {ids[0]:04x}:{ids[1]:04x}"

    def transfer_s(self, size: int) -> float:
        return 0.0

    def open(self, deadline: Deadline) -> UsbConnection:
        try:
            device = self._find()
            if device is None:
                raise PrinterError(Code.OFFLINE, f"{self.name} is not on the bus")
            return UsbConnection(device, self.name)
        except usb.core.NoBackendError as error:
            raise PrinterError(Code.DRIVER_MISSING, "libusb is missing (Debian package libusb-1.0-0)") from error
        except usb.core.USBError as error:
            code = Code.NOT_PERMITTED if error.errno == NOT_PERMITTED else Code.OFFLINE
            raise PrinterError(code, f"{self.name} cannot be opened: {error}") from error

    def _find(self) -> Any:
        if self._ids is None:
            return usb.core.find(backend=self._backend, custom_match=_is_printer)
        return usb.core.find(backend=self._backend, idVendor=self._ids[0], idProduct=self._ids[1])


class UsbConnection:
    remembers = True

    def __init__(self, device: Any, name: str) -> None:
        self._device = device
        self._name = name
        interface = _interface(device)
        number = interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        self._out = _endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(interface, usb.util.ENDPOINT_IN)
        if self._out is None:
            usb.util.dispose_resources(device)
            raise PrinterError(Code.FAULT, f"{name} has no way to take data")
        self.two_way = self._in is not None

    def write(self, data: bytes, deadline: Deadline) -> None:
        at = 0
        while at < len(data):
            if deadline.passed:
                raise self._stopped()
            try:
                at += self._device.write(self._out, data[at : at + CHUNK], _milliseconds(deadline))
            except usb.core.USBTimeoutError as error:
                raise self._stopped() from error
            except usb.core.USBError as error:
                raise self._lost(error) from error

    def read(self, deadline: Deadline) -> bytes:
        while self._in is not None and not deadline.passed:
            try:
                reply = bytes(self._device.read(self._in, LARGEST_PACKET, _milliseconds(deadline)))
            except usb.core.USBTimeoutError:
                return b""
            except usb.core.USBError as error:
                raise self._lost(error) from error
            if reply:
                return reply
            # An empty packet means "nothing yet", not "all well".
            time.sleep(POLL_S)
        return b""

    def close(self, *, abort: bool = False) -> None:
        with contextlib.suppress(usb.core.USBError):
            usb.util.dispose_resources(self._device)

    def _stopped(self) -> PrinterError:
        return PrinterError(Code.TIMEOUT, f"{self._name} stopped taking data")

    def _lost(self, error: Exception) -> PrinterError:
        return PrinterError(Code.OFFLINE, f"{self._name} was lost: {error}")


def _milliseconds(deadline: Deadline) -> int:
    """At least one: to libusb zero means for ever."""
    return max(1, int(deadline.left * 1000))


def _is_printer(device: Any) -> bool:
    return any(interface.bInterfaceClass == PRINTER_CLASS for configuration in device for interface in configuration)


def _interface(device: Any) -> Any:
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    interfaces = list(configuration)
    printers = [one for one in interfaces if one.bInterfaceClass == PRINTER_CLASS and one.bAlternateSetting == 0]
    return (printers or interfaces)[0]


def _endpoint(interface: Any, direction: int) -> Any:
    for endpoint in interface:
        address = endpoint.bEndpointAddress
        is_bulk = usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        if is_bulk and usb.util.endpoint_direction(address) == direction:
            return address
    return None
