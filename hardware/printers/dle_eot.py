"""The printer asked how it is (DLE EOT n), ourselves: python-escpos reads an empty reply as "paper OK"."""

from __future__ import annotations

from hardware.deadline import Deadline
from hardware.printers.links import Connection
from hardware.printers.status import Paper, PrinterStatus

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4

FIXED_BITS, FIXED_VALUE = 0x93, 0x12
"""Every reply has bits 0 and 7 clear, 1 and 4 set; flow control and automatic status bytes differ, and are skipped."""


def ask(connection: Connection, deadline: Deadline) -> PrinterStatus:
    """The printer's status by `deadline`; all unknown if it does not answer."""
    if not connection.two_way:
        return PrinterStatus(detail="this connection has no way back")
    printer = _query(connection, PRINTER, deadline)
    if printer is None:
        return PrinterStatus(detail="no answer to the status query")
    online = not printer & 0x08
    paper = _query(connection, PAPER, deadline)
    cause = None if online else _query(connection, OFFLINE_CAUSE, deadline)
    error = _query(connection, ERROR_CAUSE, deadline) if cause is not None and cause & 0x40 else None
    out = (paper is not None and paper & 0x60) or (cause is not None and cause & 0x20)
    return PrinterStatus(
        online=online,
        paper=Paper.OUT if out else _paper(paper),
        cover_open=False if online else (None if cause is None else bool(cause & 0x04)),
        fault=False if online else (None if cause is None else bool(cause & 0x40)),
        detail=_causes(error),
    )


def _query(connection: Connection, which: int, deadline: Deadline) -> int | None:
    connection.write(bytes((0x10, 0x04, which)), deadline)
    while not deadline.passed:
        reply = connection.read(deadline)
        if not reply:
            return None
        for byte in reply:
            if byte & FIXED_BITS == FIXED_VALUE:
                return byte
    return None


def _paper(reply: int | None) -> Paper:
    if reply is None:
        return Paper.UNKNOWN
    return Paper.NEAR_END if reply & 0x0C else Paper.OK


def _causes(reply: int | None) -> str:
    if reply is None:
        return ""
    names = {0x08: "cutter", 0x20: "unrecoverable", 0x40: "overheated or other, recovers by itself"}
    return ", ".join(name for bit, name in names.items() if reply & bit)
