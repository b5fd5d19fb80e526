"""A printer without paper, for tests and demonstrations: it keeps what it was given and fails on request."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from hardware.printers.address import Cut, PrinterAddress
from hardware.printers.encode import encode
from hardware.printers.errors import Code, PrinterError
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.printers.status import Paper, PrinterStatus


class Fault(StrEnum):
    PAPER_OUT = "paper-out"
    PAPER_NEAR_END = "paper-near-end"
    COVER_OPEN = "cover-open"
    OFFLINE = "offline"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip and the very bytes a printer would have been sent."""

    slip: Slip
    data: bytes


def open_printer(address: PrinterAddress, timeout_s: float) -> FakePrinter:
    address.only("fault")
    if address.host or address.path not in {"", "/"}:
        raise address.bad("fake:// has neither host nor path")
    printer = FakePrinter(dots=address.dots, cut=address.cut, feed=address.feed, timeout_s=timeout_s)
    fault = address.extra.get("fault")
    if fault is not None:
        if fault not in set(Fault):
            raise address.bad(f"fault={fault} is none of {', '.join(Fault)}")
        printer.faults.add(Fault(fault))
    return printer


class FakePrinter:
    """`faults` may be changed at any time; `printed` holds the slips that came out, oldest first."""

    def __init__(self, *, dots: int = 576, cut: Cut = Cut.FULL, feed: int = 4, timeout_s: float = 5.0) -> None:
        self.faults: set[Fault] = set()
        self.printed: list[Printed] = []
        self._dots = dots
        self._cut = cut
        self._feed = feed
        self._timeout_s = timeout_s
        self._freed = threading.Event()

    @property
    def slips(self) -> list[Slip]:
        return [entry.slip for entry in self.printed]

    def print_slip(self, slip: Slip) -> None:
        """Keep the slip, or fail as the faults say; a hang lasts the timeout, as with a real printer."""
        if Fault.HANG in self.faults:
            self._freed.wait(self._timeout_s)
            raise PrinterError(Code.TIMEOUT, "the fake printer hangs", sent=True)
        self.status().require_ready("the fake printer")
        data = encode(render(slip, self._dots), cut=self._cut, feed=self._feed)
        self.printed.append(Printed(slip, data))

    def status(self) -> PrinterStatus:
        if Fault.HANG in self.faults:
            return PrinterStatus(detail="no answer to the status query")
        stopped = bool(self.faults & {Fault.OFFLINE, Fault.COVER_OPEN, Fault.PAPER_OUT})
        paper = Paper.NEAR_END if Fault.PAPER_NEAR_END in self.faults else Paper.OK
        return PrinterStatus(
            online=not stopped,
            paper=Paper.OUT if Fault.PAPER_OUT in self.faults else paper,
            cover_open=Fault.COVER_OPEN in self.faults,
            fault=False,
        )

    def close(self) -> None:
        """Nothing is held between slips."""
