"""How a printer is. What it did not say stays unknown: silence is never read as "all well"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hardware.health import Health, State
from hardware.printers.errors import Code, PrinterError


class Paper(StrEnum):
    OK = "ok"
    NEAR_END = "near-end"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """None and UNKNOWN mean that the printer did not say; `garbled`, that what it said makes no sense. `detail` is
    English, for the technician."""

    online: bool | None = None
    paper: Paper = Paper.UNKNOWN
    cover_open: bool | None = None
    fault: bool | None = None
    detail: str = ""
    garbled: bool = False

    @property
    def state(self) -> State:
        """A printer that is offline because of its cover or paper is named by that cause. One that does not say whether
        it has paper is not ready."""
        if self.cover_open:
            return State.COVER_OPEN
        if self.paper is Paper.OUT:
            return State.PAPER_OUT
        if self.fault:
            return State.FAULT
        if self.online is False:
            return State.OFFLINE
        if self.paper is Paper.NEAR_END:
            return State.PAPER_NEAR_END
        if self.garbled:
            return State.GARBLED
        return State.READY if self.online and self.paper is Paper.OK else State.UNKNOWN

    @property
    def health(self) -> Health:
        return Health(self.state, self.detail)

    def require_ready(self, device: str, *, sent: bool = False) -> None:
        """Raise the PrinterError for a printer known to be unable to print; a near end of paper is not an error.

        After a slip was sent a bare "offline" is no proof of failure: some printers say so while they print.
        """
        state = self.state
        if state is State.COVER_OPEN:
            raise PrinterError(Code.COVER_OPEN, f"{device} reports its cover open", sent=sent)
        if state is State.PAPER_OUT:
            raise PrinterError(Code.PAPER_OUT, f"{device} reports no paper", sent=sent)
        if state is State.FAULT:
            raise PrinterError(Code.FAULT, f"{device} reports a fault: {self.detail or 'no detail'}", sent=sent)
        if state is State.OFFLINE and not sent:
            raise PrinterError(Code.OFFLINE, f"{device} reports that it is offline")
