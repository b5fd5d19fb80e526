"""Printers on a serial line (RS-232 or a USB adapter), through pyserial."""

from __future__ import annotations

import time

import serial

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.printers.address import profile_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.escpos import EscposPrinter

BAUD = 19200
FLOWS = ("none", "rtscts", "xonxoff")
BITS_PER_BYTE = 10
CHUNK = 512
POLL_S = 0.005


def open_printer(address: Address, timeout_s: float) -> EscposPrinter:
    profile = profile_of(address, "baud", "flow")
    flow = address.choice("flow", FLOWS, FLOWS[0])
    link = SerialLink(address.device_file(), address.baud(BAUD), flow, timeout_s)
    return EscposPrinter(link, profile, timeout_s)


class SerialLink:
    """A serial device at a speed; eight data bits, no parity, one stop bit, as printers leave the factory.

    A ticket takes seconds on a slow line, so a hang is told by `stall_s` seconds without a byte going out.
    """

    def __init__(self, path: str, baud: int, flow: str, stall_s: float) -> None:
        self._path = path
        self._baud = baud
        self._flow = flow
        self._stall_s = stall_s
        self.name = f"printer {path}"

    def transfer_s(self, size: int) -> float:
        return size * BITS_PER_BYTE / self._baud

    def open(self, deadline: Deadline) -> SerialConnection:
        try:
            port = serial.Serial(
                self._path,
                self._baud,
                timeout=0,
                write_timeout=0,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
                exclusive=True,
            )
        except (OSError, ValueError) as error:
            raise _cannot_open(self.name, error) from error
        return SerialConnection(port, self.name, self._stall_s + self.transfer_s(CHUNK))


class SerialConnection:
    two_way = True
    remembers = True

    def __init__(self, port: serial.Serial, name: str, stall_s: float) -> None:
        self._port = port
        self._name = name
        self._stall_s = stall_s

    def write(self, data: bytes, deadline: Deadline) -> None:
        try:
            for at in range(0, len(data), CHUNK):
                self._port.write_timeout = max(min(deadline.left, self._stall_s), 0.001)
                self._port.write(data[at : at + CHUNK])
            self._drain(deadline)
        except serial.SerialTimeoutException as error:
            raise self._stopped() from error
        except OSError as error:
            raise PrinterError(Code.OFFLINE, f"{self._name} was lost: {error}") from error

    def read(self, deadline: Deadline) -> bytes:
        try:
            self._port.timeout = deadline.left
            return bytes(self._port.read(1))
        except OSError as error:
            raise PrinterError(Code.OFFLINE, f"{self._name} was lost: {error}") from error

    def close(self, *, abort: bool = False) -> None:
        try:
            if abort:
                # Otherwise close waits up to half a minute for a line that is held.
                self._port.reset_output_buffer()
            self._port.close()
        except OSError:
            # The adapter was pulled out: there is nothing left to close.
            return

    def _drain(self, deadline: Deadline) -> None:
        """Wait until the line has sent all; tcdrain would wait without end for a printer that holds the line."""
        waiting, stall = self._port.out_waiting, Deadline.after(self._stall_s)
        while waiting:
            if deadline.passed or stall.passed:
                raise self._stopped()
            time.sleep(POLL_S)
            left = self._port.out_waiting
            if left != waiting:
                waiting, stall = left, Deadline.after(self._stall_s)

    def _stopped(self) -> PrinterError:
        return PrinterError(Code.TIMEOUT, f"{self._name} stopped taking data")


def _cannot_open(name: str, error: Exception) -> PrinterError:
    number = getattr(error, "errno", None)
    code = Code.NOT_PERMITTED if number in {1, 13} else Code.OFFLINE
    return PrinterError(code, f"{name} cannot be opened: {error}")
