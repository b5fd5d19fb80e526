"""Everything that can go wrong with a printer, by stable code, so that the kiosk can react and a person can be told."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The codes on the wire, in logs and in the docs; they never change their meaning."""

    BAD_URL = "bad-url"
    DRIVER_MISSING = "driver-missing"
    NOT_PERMITTED = "not-permitted"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    FAULT = "printer-fault"
    CANNOT_WRITE = "cannot-write"


class PrinterError(Exception):
    """A slip was not printed, or not surely. `hardware.printers.words` has the words for a person.

    `detail` is English, for the log and the technician, and names the device. `sent` is True if part of the slip or
    all of it had already left for the printer, so that paper may have come out.
    """

    def __init__(self, code: Code, detail: str, *, sent: bool = False) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.sent = sent
