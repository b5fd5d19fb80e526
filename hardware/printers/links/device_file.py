"""Printers behind a device file of the kernel (/dev/usb/lp0, /dev/lp0), and plain files that collect tickets."""

from __future__ import annotations

import errno
import os
import select
import stat
import tty

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.printers.address import profile_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.escpos import EscposPrinter

DEVICES = "/dev/"


def open_printer(address: Address, timeout_s: float) -> EscposPrinter:
    profile = profile_of(address)
    return EscposPrinter(FileLink(address.device_file()), profile, timeout_s)


class FileLink:
    """A file. A device is asked for its status; a plain file is appended to, and has nothing to say."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.name = f"printer {path}"

    def transfer_s(self, size: int) -> float:
        return 0.0

    def open(self, deadline: Deadline) -> FileConnection:
        for access in (os.O_RDWR, os.O_WRONLY):
            try:
                return FileConnection(os.open(self._path, self._flags(access), 0o644), self.name, access == os.O_RDWR)
            except PermissionError as error:
                failure = PrinterError(Code.NOT_PERMITTED, f"{self.name} may not be opened: {error}")
            except OSError as error:
                failure = PrinterError(Code.OFFLINE, f"{self.name} cannot be opened: {error}")
        raise failure

    def _flags(self, access: int) -> int:
        # A printer unplugged must not become a plain file under /dev that swallows tickets.
        create = 0 if os.path.abspath(self._path).startswith(DEVICES) else os.O_CREAT
        return access | create | os.O_NONBLOCK | os.O_APPEND | os.O_NOCTTY | os.O_CLOEXEC


class FileConnection:
    remembers = True

    def __init__(self, descriptor: int, name: str, readable: bool) -> None:
        self._descriptor = descriptor
        self._name = name
        self._is_device = stat.S_ISCHR(os.fstat(descriptor).st_mode)
        self.two_way = readable and self._is_device
        if os.isatty(descriptor):
            # A terminal line would turn line feeds inside a picture into two bytes.
            tty.setraw(descriptor)

    def write(self, data: bytes, deadline: Deadline) -> None:
        rest = memoryview(data)
        try:
            while rest:
                self._await_writable(deadline)
                try:
                    rest = rest[os.write(self._descriptor, rest) :]
                except BlockingIOError:
                    continue
            # The kernel's USB printer driver drops a transfer still under way when its file is closed.
            self._await_writable(deadline)
        except OSError as error:
            raise self._lost(error) from error

    def read(self, deadline: Deadline) -> bytes:
        try:
            readable, _, _ = select.select((self._descriptor,), (), (), deadline.left)
            return os.read(self._descriptor, 64) if readable else b""
        except OSError as error:
            raise self._lost(error) from error

    def close(self, *, abort: bool = False) -> None:
        os.close(self._descriptor)

    def _await_writable(self, deadline: Deadline) -> None:
        _, writable, _ = select.select((), (self._descriptor,), (), deadline.left)
        if not writable:
            raise PrinterError(Code.TIMEOUT, f"{self._name} stopped taking data")

    def _lost(self, error: OSError) -> PrinterError:
        if error.errno == errno.ENOSPC:
            # The kernel's printer drivers say "no space" for "no paper".
            code = Code.PAPER_OUT if self._is_device else Code.CANNOT_WRITE
            return PrinterError(code, f"{self._name}: {error}")
        return PrinterError(Code.OFFLINE, f"{self._name} was lost: {error}")
