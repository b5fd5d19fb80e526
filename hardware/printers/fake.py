"""A printer without paper, for tests and demonstrations: it keeps what it was given and fails on request."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from hardware.address import Address
from hardware.health import Health
from hardware.printers.address import profile_of
from hardware.printers.encode import encode
from hardware.printers.errors import Code, PrinterError
from hardware.printers.profile import Profile
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.printers.status import Paper, PrinterStatus


class Fault(StrEnum):
    """`paper-ends`: in the middle of the next slip; `mute`: no status query is answered, `late`: not in time."""

    PAPER_OUT = "paper-out"
    PAPER_NEAR_END = "paper-near-end"
    PAPER_ENDS = "paper-ends"
    COVER_OPEN = "cover-open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    HANG = "hang"
    MUTE = "mute"
    LATE = "late"
    GARBAGE = "garbage"


STOPPING = frozenset({Fault.OFFLINE, Fault.COVER_OPEN, Fault.PAPER_OUT, Fault.CUTTER})


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip and the very bytes a printer would have been sent."""

    slip: Slip
    data: bytes


def open_printer(address: Address, timeout_s: float) -> FakePrinter:
    profile = profile_of(address, "fault")
    if address.host or address.path not in {"", "/"}:
        raise address.bad("fake:// has neither host nor path")
    printer = FakePrinter(profile, timeout_s=timeout_s)
    if address.has("fault"):
        printer.faults.add(Fault(address.choice("fault", list(Fault), "")))
    return printer


class FakePrinter:
    """`faults` may be changed at any time; `printed` holds the slips that came out, oldest first."""

    name = "the fake printer"

    def __init__(self, profile: Profile | None = None, *, timeout_s: float = 5.0) -> None:
        self.faults: set[Fault] = set()
        self.printed: list[Printed] = []
        self._profile = profile or Profile()
        self._timeout_s = timeout_s
        self._freed = threading.Event()

    @property
    def slips(self) -> list[Slip]:
        return [entry.slip for entry in self.printed]

    def print_slip(self, slip: Slip) -> None:
        """Keep the slip, or fail as the faults say; a hang lasts the timeout, as with a real printer."""
        if Fault.HANG in self.faults:
            self._freed.wait(self._timeout_s)
            raise PrinterError(Code.TIMEOUT, f"{self.name} hangs", sent=True)
        self.status().require_ready(self.name)
        if Fault.PAPER_ENDS in self.faults:
            self.faults ^= {Fault.PAPER_ENDS, Fault.PAPER_OUT}
            self.status().require_ready(self.name, sent=True)
        profile = self._profile
        data = encode(render(slip, profile.dots), cut=profile.cut, feed=profile.feed)
        self.printed.append(Printed(slip, data))

    def status(self) -> PrinterStatus:
        if self.faults & {Fault.HANG, Fault.MUTE, Fault.LATE}:
            return PrinterStatus(detail="no answer to the status query")
        if Fault.GARBAGE in self.faults:
            return PrinterStatus(detail="no status: c3 55 ff", garbled=True)
        near_end = Fault.PAPER_NEAR_END in self.faults and self._profile.near_end
        return PrinterStatus(
            online=not self.faults & STOPPING,
            paper=Paper.OUT if Fault.PAPER_OUT in self.faults else Paper.NEAR_END if near_end else Paper.OK,
            cover_open=Fault.COVER_OPEN in self.faults,
            fault=Fault.CUTTER in self.faults,
            detail="cutter" if Fault.CUTTER in self.faults else "",
        )

    def health(self) -> Health:
        return self.status().health

    def begin_afresh(self) -> None:
        """A slip is kept whole or not at all."""

    def close(self) -> None:
        """Nothing is held between slips."""
