"""A scanner without glass, for tests and demonstrations: it reads what it is shown and fails on request."""

from __future__ import annotations

import threading
import time
from enum import StrEnum

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.scanners.framing import Framer, Shape
from hardware.scanners.line import AGAIN_S
from hardware.scanners.reader import CodeScanner

NOISE = bytes(range(0x80, 0x98)) + b"\r"


class Fault(StrEnum):
    UNPLUGGED = "unplugged"  # its cable is pulled out
    DENIED = "denied"  # the program's account may not open it
    GARBAGE = "garbage"  # noise instead of codes
    HALF = "half"  # the second half of each code is lost, and its end mark
    SLOW = "slow"  # a code comes in small pieces


def open_fake(address: Address, timeout_s: float) -> FakeScanner:
    address.only("fault", "again_s")
    if address.host or address.path not in {"", "/"}:
        raise address.bad("scanner+fake:// has neither host nor path")
    scanner = FakeScanner(again_s=address.number("again_s", 0, 60, AGAIN_S))
    if address.has("fault"):
        scanner.fault = Fault(address.choice("fault", list(Fault), ""))
    return scanner


class FakeScanner(CodeScanner):
    """`show` holds a code under it; `fault` may be changed at any time."""

    def __init__(self, *, again_s: float = AGAIN_S, gap_s: float = 0.2) -> None:
        self._glass = Glass(gap_s)
        super().__init__(self._glass, again_s)

    @property
    def fault(self) -> Fault | None:
        return self._glass.fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._glass.set_fault(None if fault is None else Fault(fault))

    def show(self, text: str) -> None:
        """Hold a code under the scanner; lost while it is unplugged."""
        self._glass.send(text.encode() + b"\r")


class Glass:
    """The fake's bytes on their way, framed as a real scanner's."""

    name = "fake"
    said = ""
    proven = True

    def __init__(self, gap_s: float) -> None:
        self.fault: Fault | None = None
        self._framer = Framer(Shape(gap_s=gap_s))
        self._gap_s = gap_s
        self._pieces: list[bytes] = []
        self._changed = threading.Condition()

    def set_fault(self, fault: Fault | None) -> None:
        with self._changed:
            self.fault = fault
            if fault in {Fault.UNPLUGGED, Fault.DENIED}:
                self._pieces.clear()
            self._changed.notify_all()

    def send(self, data: bytes) -> None:
        with self._changed:
            if self.fault in {Fault.UNPLUGGED, Fault.DENIED}:
                return
            if self.fault is Fault.GARBAGE:
                data = NOISE
            if self.fault is Fault.HALF:
                data = data[: len(data) // 2]
            size = 3 if self.fault is Fault.SLOW else len(data)
            self._pieces += [data[at : at + size] for at in range(0, len(data), size)]
            self._changed.notify_all()

    def codes(self, timeout_s: float) -> list[str | None]:
        """See Source.codes."""
        wait_s = min(timeout_s, self._gap_s) if self._framer.unfinished else timeout_s
        with self._changed:
            if self.fault in {Fault.UNPLUGGED, Fault.DENIED}:
                self._framer.drop()
                self._changed.wait(min(timeout_s, 0.05))
                code = Code.OFFLINE if self.fault is Fault.UNPLUGGED else Code.NOT_PERMITTED
                raise DeviceError(code, f"the fake scanner is switched to {self.fault}")
            self._changed.wait_for(lambda: self._pieces or self.fault in {Fault.UNPLUGGED, Fault.DENIED}, wait_s)
            data = self._pieces.pop(0) if self._pieces else b""
        now = time.monotonic()
        return self._framer.feed(data, now) if data else self._framer.quiet(now)

    def close(self) -> None:
        with self._changed:
            self._pieces.clear()
            self._framer.drop()
            self._changed.notify_all()
