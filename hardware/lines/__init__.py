"""Serial lines that come and go: opened when first used, given up when they break, opened again by the next call.

A line is a device file (RS-232, RS-485, a USB adapter) or a serial server on the network (raw TCP); both through
pyserial.
"""

from __future__ import annotations

import contextlib
import termios
import threading
import time
from typing import Protocol

import serial

from hardware.address import Address
from hardware.errors import Code, DeviceError

PARITIES = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
OPTIONS = ("baud", "parity")
REOPEN_S = 1.0
"""A lost line is looked for this often, not at every call."""
CHUNK = 4096
_BROKEN = (OSError, termios.error, TypeError, ValueError)
"""What pyserial raises when a line breaks; the last two when another thread has closed it."""


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


class SerialLine:
    """A line by pyserial: `place` is a device file or `socket://host:port`. One thread reads, any may write."""

    def __init__(self, place: str, baud: int, parity: str, timeout_s: float) -> None:
        self.name = place.removeprefix("socket://")
        self.opened = 0
        self._place = place
        self._baud = baud
        self._parity = PARITIES[parity]
        self._timeout_s = timeout_s
        self._port: serial.Serial | None = None
        self._failure: DeviceError | None = None
        self._next_try = 0.0
        self._lock = threading.RLock()
        self._closed = threading.Event()

    def read(self, timeout_s: float) -> bytes:
        port = self._open(wait_s=timeout_s)
        try:
            if port.timeout != timeout_s:  # pyserial configures the whole line anew
                port.timeout = timeout_s
            first = port.read(1)
            if not first:
                return b""
            waiting = min(port.in_waiting, CHUNK)
            return bytes(first + port.read(waiting)) if waiting else bytes(first)
        except _BROKEN as error:
            raise self._lost(port, error) from error

    def write(self, data: bytes) -> None:
        port = self._open(wait_s=0.0)
        try:
            port.write(data)
        except serial.SerialTimeoutException as error:
            raise DeviceError(Code.TIMEOUT, f"{self.name} takes no data") from error
        except _BROKEN as error:
            raise self._lost(port, error) from error

    def close(self) -> None:
        self._closed.set()
        with self._lock:
            port, self._port = self._port, None
            if port is not None:
                _shut(port)

    def _open(self, wait_s: float) -> serial.Serial:
        """The open port; a line that could not be opened is not tried again at once, and a reader waits meanwhile."""
        if self._port is None and self._failure is not None:
            pause = self._next_try - time.monotonic()
            if pause > 0:
                self._closed.wait(min(pause, wait_s))
                if self._next_try > time.monotonic() or self._closed.is_set():
                    raise DeviceError(self._failure.code, self._failure.detail)
        with self._lock:
            self._closed.clear()
            if self._port is None:
                try:
                    self._port = serial.serial_for_url(
                        self._place,
                        **({} if self._place.startswith("socket://") else {"exclusive": True}),
                        baudrate=self._baud,
                        parity=self._parity,
                        timeout=self._timeout_s,
                        write_timeout=self._timeout_s,
                    )
                except _BROKEN as error:
                    self._next_try = time.monotonic() + REOPEN_S
                    denied = getattr(error, "errno", None) in {1, 13}
                    code = Code.NOT_PERMITTED if denied else Code.OFFLINE
                    self._failure = DeviceError(code, f"{self.name} cannot be opened: {error}")
                    raise self._failure from error
                self._failure = None
                self.opened += 1
            return self._port

    def _lost(self, port: serial.Serial, error: Exception) -> DeviceError:
        with self._lock:
            if self._port is port:
                self._port = None
                self._next_try = time.monotonic() + REOPEN_S
                self._failure = DeviceError(Code.OFFLINE, f"{self.name} was lost: {error}")
            _shut(port)
        return DeviceError(Code.OFFLINE, f"{self.name} was lost: {error}")


def open_line(address: Address, timeout_s: float, *, baud: int) -> SerialLine:
    """The line of a URL, `…+serial:///dev/ttyUSB0?baud=9600&parity=even` or `…+tcp://host:port`; `baud`: by default."""
    if address.scheme.endswith("+tcp"):
        if not address.host or address.port is None or address.path not in {"", "/"}:
            raise address.bad("host and port are needed, as in …+tcp://192.168.1.60:4001")
        host = f"[{address.host}]" if ":" in address.host else address.host
        return SerialLine(f"socket://{host}:{address.port}", baud, "none", timeout_s)
    path, speed = address.device_file(), address.baud(baud)
    return SerialLine(path, speed, address.choice("parity", PARITIES, "none"), timeout_s)


def _shut(port: serial.Serial) -> None:
    """Close `port`, which may have been pulled out or be a socket, without waiting for what it did not send."""
    with contextlib.suppress(*_BROKEN, AttributeError, NotImplementedError):
        port.reset_output_buffer()
    with contextlib.suppress(*_BROKEN):
        port.close()
