"""The printer asked how it is (DLE EOT n), ourselves: python-escpos reads an empty reply as "paper OK".

An answer names neither the question nor the moment. So whatever lies in the line is thrown away before asking, an
answer that is still owed is waited for, and one answer too many makes all of them worthless.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.deadline import Deadline
from hardware.printers.links import Connection
from hardware.printers.status import Paper, PrinterStatus

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4

FIXED_BITS, FIXED_VALUE = 0x93, 0x12
"""Every reply has bits 0 and 7 clear, 1 and 4 set."""

ASB_VALUE, ASB_SIZE, ASB_REST = 0x10, 4, 0x90
"""Status that a printer sends unasked: four bytes, the first told by its fixed bits, the others with 4 and 7 clear."""

IGNORED = b"\x00\x11\x13"
"""A line that was switched on, and flow control."""

FIRST_ANSWER_S = 1.0
"""Seconds a printer gets to show that it answers a question at all. Many never do, and the first ticket waits."""

TAKEN_S = 0.5
"""A printer has this long to take the three bytes of a question, however long an earlier answer was waited for: only
one that takes nothing at all is out of reach."""

AT_ONCE_S = 0.002
MOST_STRAY = 4096
TRIES = 2
"""Noise for one moment is not worth an alarm."""


class _GarbledError(Exception):
    """What came is no answer, or one too many."""


class Asker:
    """One printer's questions and answers over all its connections; not for several threads at once.

    `near_end`: it has a sensor for the paper's near end. `late_s`: so late an answer may come; until then a question
    asked anew could be answered by the old one.
    """

    def __init__(
        self, *, near_end: bool = True, late_s: float = 10.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._near_end = near_end
        self._late_s = late_s
        self._clock = clock
        self._answered: set[int] = set()
        self._mute: set[int] = set()
        self._owed_until = 0.0

    def ask(self, connection: Connection, deadline: Deadline) -> PrinterStatus:
        """The printer's status by `deadline`; all unknown if it does not answer or talks nonsense."""
        if not connection.two_way:
            return PrinterStatus(detail="this connection has no way back")
        if not self._settled(connection, deadline):
            return PrinterStatus(detail="an earlier status query is still unanswered")
        for _ in range(TRIES):
            try:
                self._thrown_away(connection)
                return self._asked(connection, deadline)
            except _GarbledError as error:
                detail = str(error)
        return PrinterStatus(detail=detail, garbled=True)

    def _asked(self, connection: Connection, deadline: Deadline) -> PrinterStatus:
        printer = self._query(connection, PRINTER, deadline)
        if printer is None:
            return PrinterStatus(detail="no answer to the status query")
        online = not printer & 0x08
        paper = self._query(connection, PAPER, deadline)
        if paper is None and PAPER in self._answered:
            return PrinterStatus(detail="no answer about the paper")
        cause = None if online or self._owed else self._query(connection, OFFLINE_CAUSE, deadline)
        error = self._query(connection, ERROR_CAUSE, deadline) if cause is not None and cause & 0x40 else None
        if self._thrown_away(connection):
            raise _GarbledError("more answers than questions")
        out = (paper is not None and paper & 0x60) or (cause is not None and cause & 0x20)
        return PrinterStatus(
            online=online,
            paper=Paper.OUT if out else self._paper(paper),
            cover_open=False if online else (None if cause is None else bool(cause & 0x04)),
            fault=False if online else (None if cause is None else bool(cause & 0x40)),
            detail=_causes(error),
        )

    def _query(self, connection: Connection, which: int, deadline: Deadline) -> int | None:
        """The one answer; None if none came, or this printer is known to have none."""
        if which in self._mute:
            return None
        connection.write(bytes((0x10, 0x04, which)), Deadline.after(max(deadline.left, TAKEN_S)))
        known = which == PRINTER or which in self._answered
        until = deadline if known else Deadline.after(min(FIRST_ANSWER_S, deadline.left))
        came = b""
        while not until.passed:
            more = connection.read(until)
            if not more:
                break
            came += more
            found = _replies(came)
            if len(found) > 1:
                raise _GarbledError("more answers than questions")
            if found:
                self._answered.add(which)
                return found[0]
        if which != PRINTER and which not in self._answered:
            self._mute.add(which)
        if connection.remembers:
            self._owed_until = self._clock() + self._late_s
        return None

    @property
    def _owed(self) -> bool:
        return self._clock() < self._owed_until

    def _settled(self, connection: Connection, deadline: Deadline) -> bool:
        """Wait for an answer that is late; False while it may still come."""
        while self._owed and not deadline.passed:
            late = connection.read(Deadline.after(min(deadline.left, self._owed_until - self._clock())))
            if not late:
                break
            if any(byte & FIXED_BITS == FIXED_VALUE for byte in late):
                self._owed_until = 0.0
        return not self._owed and not deadline.passed

    def _thrown_away(self, connection: Connection) -> bool:
        """Drop what lies in the line; True if an answer was among it."""
        came = b""
        while more := connection.read(Deadline.after(AT_ONCE_S)):
            came += more
            if len(came) > MOST_STRAY:
                raise _GarbledError("the printer does not stop talking")
        return any(byte & FIXED_BITS == FIXED_VALUE for byte in came)

    def _paper(self, reply: int | None) -> Paper:
        if reply is None:
            return Paper.UNKNOWN
        return Paper.NEAR_END if reply & 0x0C and self._near_end else Paper.OK


def _replies(came: bytes) -> list[int]:
    """The answers among the bytes, less what a printer may send besides. Raises _GarbledError for anything else."""
    found, at = list[int](), 0
    while at < len(came):
        byte = came[at]
        if byte & FIXED_BITS == FIXED_VALUE:
            found.append(byte)
            at += 1
        elif byte in IGNORED:
            at += 1
        elif byte & FIXED_BITS == ASB_VALUE:
            if any(rest & ASB_REST for rest in came[at + 1 : at + ASB_SIZE]):
                raise _GarbledError(f"no status: {came[:8].hex(' ')}")
            at += ASB_SIZE
        else:
            raise _GarbledError(f"no status: {came[:8].hex(' ')}")
    return found


def _causes(reply: int | None) -> str:
    if reply is None:
        return ""
    names = {0x08: "cutter", 0x20: "unrecoverable", 0x40: "overheated or other, recovers by itself"}
    return ", ".join(name for bit, name in names.items() if reply & bit)
