"""Scanners on a serial line (RS-232, or USB as a virtual COM port) or behind a serial server on the network."""

from __future__ import annotations

import time

from hardware import lines
from hardware.address import Address
from hardware.errors import DeviceError
from hardware.scanners.framing import OPTIONS, Framer, Shape, shape_of
from hardware.scanners.reader import CodeScanner

BAUD = 9600
AGAIN_S = 1.5


def open_serial(address: Address, timeout_s: float) -> CodeScanner:
    address.only(*lines.OPTIONS, *OPTIONS)
    return _scanner(address, timeout_s)


def open_tcp(address: Address, timeout_s: float) -> CodeScanner:
    address.only(*OPTIONS)
    return _scanner(address, timeout_s)


def _scanner(address: Address, timeout_s: float) -> CodeScanner:
    again_s = address.number("again_s", 0, 60, AGAIN_S)
    source = LineSource(lines.open_line(address, timeout_s, baud=BAUD), shape_of(address))
    return CodeScanner(source, again_s)


class LineSource:
    """Codes from a line. A code half read when the line breaks is dropped."""

    said = ""
    proven = False

    def __init__(self, line: lines.Line, shape: Shape) -> None:
        self.name = line.name
        self._line = line
        self._framer = Framer(shape)
        self._gap_s = shape.gap_s

    def codes(self, timeout_s: float) -> list[str | None]:
        wait_s = min(timeout_s, self._gap_s) if self._framer.unfinished else timeout_s
        try:
            data = self._line.read(wait_s)
        except DeviceError:
            self._framer.drop()
            raise
        now = time.monotonic()
        return self._framer.feed(data, now) if data else self._framer.quiet(now)

    def close(self) -> None:
        self._framer.drop()
        self._line.close()
