"""Serial lines that come and go: opened when first used, given up when they break, opened again by the next call.

A line is a device file (RS-232, RS-485, a USB adapter; through pyserial) or a serial server on the network (raw TCP).
"""

from __future__ import annotations

from typing import Protocol

from hardware.address import Address
from hardware.lines.reopening import REOPEN_S, ReopeningLine
from hardware.lines.serial_line import PARITIES, SerialLine
from hardware.lines.tcp_line import TcpLine

__all__ = ["OPTIONS", "PARITIES", "REOPEN_S", "Line", "ReopeningLine", "SerialLine", "TcpLine", "open_line", "place_of"]

OPTIONS = ("baud", "parity")


class Line(Protocol):
    """Bytes to and from a device. Every call ends in time; after any DeviceError the next call opens the line anew."""

    @property
    def name(self) -> str: ...

    @property
    def opened(self) -> int:
        """How often the line has been opened so far: after a change the devices on it may have lost power."""

    def read(self, timeout_s: float) -> bytes:
        """What has come, as soon as there is any; empty if nothing came in time. Raises DeviceError."""

    def write(self, data: bytes) -> None:
        """Hand over all of `data`. Raises DeviceError."""

    def close(self) -> None: ...


def open_line(address: Address, timeout_s: float, *, baud: int) -> ReopeningLine:
    """The line of a URL, `…+serial:///dev/ttyUSB0?baud=9600&parity=even` or `…+tcp://host:port`; `baud`: by default.
    A serial server has its own settings; `baud` then only tells how long a frame is on its way."""
    place, speed = place_of(address), address.baud(baud)
    parity = address.choice("parity", PARITIES, "none")
    if address.scheme.endswith("+tcp"):
        assert address.port is not None
        return TcpLine(address.host, address.port, timeout_s)
    return SerialLine(place, speed, parity, timeout_s)


def place_of(address: Address) -> str:
    """Where the line of a URL is: a device file, or host:port."""
    if not address.scheme.endswith("+tcp"):
        return address.device_file()
    if not address.host or address.port is None or address.path not in {"", "/"}:
        raise address.bad("host and port are needed, as in …+tcp://192.168.1.60:4001")
    return f"[{address.host}]:{address.port}" if ":" in address.host else f"{address.host}:{address.port}"
