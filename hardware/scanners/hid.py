"""Scanners that pose as a USB keyboard, read from the kernel's input device, so that no window gets their keys.

The keys come as `struct input_event`, whose size depends on the machine's word; the library for it (evdev) insists on
a real input device when it opens one, so its tests would need a kernel module, and we use eight lines of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import select
import struct
import threading
import time

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.scanners.framing import OPTIONS, Shape, shape_of
from hardware.scanners.keys import Keyboard
from hardware.scanners.line import AGAIN_S
from hardware.scanners.reader import CodeScanner

log = logging.getLogger(__name__)

EVENT = struct.Struct("@llHHi")
"""Seconds, microseconds, type, code, value; in native words, as the kernel has them."""
EV_SYN, EV_KEY, SYN_REPORT, SYN_DROPPED = 0, 1, 0, 3
EVIOCGRAB = 0x40044590
ENDS = ("line", "none")
REOPEN_S = 1.0


def open_hid(address: Address, timeout_s: float) -> CodeScanner:
    address.only(*OPTIONS)
    path, shape = address.device_file(), shape_of(address, ENDS)
    return CodeScanner(HidSource(path, shape), address.number("again_s", 0, 60, AGAIN_S))


class HidSource:
    """Codes from an input device, opened by its stable name again and again until it is there."""

    proven = True

    def __init__(self, path: str, shape: Shape) -> None:
        self.name = path
        self.said = ""
        self._shape = shape
        self._keyboard = Keyboard(shape)
        self._rest = b""
        self._skipping = False
        self._last = 0.0
        self._next_try = 0.0
        self._failure: DeviceError | None = None
        self._file: int | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def codes(self, timeout_s: float) -> list[str | None]:
        """See Source.codes."""
        file = self._open(timeout_s)
        wait_s = min(timeout_s, self._shape.gap_s) if self._keyboard.unfinished else timeout_s
        try:
            ready = select.select((file,), (), (), wait_s)[0]
            with self._lock:
                if self._file != file:
                    return []  # closed meanwhile: its number may be another file's by now
                data = os.read(file, EVENT.size * 64) if ready else b""
        except BlockingIOError:
            return []
        except (OSError, ValueError) as error:
            raise self._lost(error) from error
        now = time.monotonic()
        if not ready:
            return self._quiet(now)
        if not data:
            raise self._lost(OSError("it was closed at the other end"))
        came = self._quiet(now)
        self._last = now
        return came + self._events(data)

    def close(self) -> None:
        self._failure = None
        self._closed.set()
        self._shut()

    def _events(self, data: bytes) -> list[str | None]:
        data = self._rest + data
        whole = len(data) - len(data) % EVENT.size
        self._rest = data[whole:]
        came: list[str | None] = []
        for _, _, kind, code, value in EVENT.iter_unpack(data[:whole]):
            if kind == EV_SYN and code == SYN_DROPPED:
                # The kernel's buffer ran over; what follows up to the next report is not to be trusted either.
                self._skipping = True
                self._keyboard.spoil()
            elif kind == EV_SYN and code == SYN_REPORT:
                self._skipping = False
            elif kind == EV_KEY and not self._skipping:
                came += self._keyboard.key(code, value)
        return came

    def _quiet(self, now: float) -> list[str | None]:
        """An unfinished code that nothing was added to: whole without an end mark, else given up."""
        if not self._keyboard.unfinished or now - self._last <= self._shape.gap_s:
            return []
        if self._shape.end != "none":
            self._keyboard.spoil()
        return self._keyboard.end()

    def _open(self, wait_s: float) -> int:
        with self._lock:
            if self._file is not None:
                return self._file
        if self._failure is not None:
            pause = self._next_try - time.monotonic()
            if pause > 0 and (self._closed.wait(min(pause, wait_s)) or pause > wait_s):
                raise DeviceError(self._failure.code, self._failure.detail)
        self._closed.clear()
        try:
            file = os.open(self.name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        except OSError as error:
            denied = isinstance(error, PermissionError)
            raise self._fail(Code.NOT_PERMITTED if denied else Code.OFFLINE, f"cannot be opened: {error}") from error
        self._failure = None
        self._keyboard.release_all()
        self._rest, self._skipping = b"", False
        self._grab(file)
        with self._lock:
            self._file = file
        return file

    def _grab(self, file: int) -> None:
        try:
            fcntl.ioctl(file, EVIOCGRAB, 1)
            self.said = ""
        except OSError as error:
            # Codes are read all the same; that windows get the keys too is for the technician to know.
            self.said = f"its keys reach other windows too ({os.strerror(error.errno or 0)})"
            log.warning("scanner %s: %s", self.name, self.said)

    def _lost(self, error: Exception) -> DeviceError:
        self._shut()
        return self._fail(Code.OFFLINE, f"was lost: {error}")

    def _fail(self, code: Code, what: str) -> DeviceError:
        self._next_try = time.monotonic() + REOPEN_S
        self._failure = DeviceError(code, f"{self.name} {what}")
        return self._failure

    def _shut(self) -> None:
        with self._lock:
            file, self._file = self._file, None
            if file is not None:
                with contextlib.suppress(OSError):
                    os.close(file)
        self._keyboard.release_all()
