"""A ticket printed on an ESC/POS printer over any link: asked first, so that no ticket is left half printed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.deadline import Deadline
from hardware.health import Health
from hardware.printers.dle_eot import FIRST_ANSWER_S, Asker
from hardware.printers.encode import encode, flush_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.links import Connection, Link
from hardware.printers.profile import Profile
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.printers.status import PrinterStatus

LATE_TIMES = 2
"""An answer may come at the latest after so many times the timeout."""

TURN_TIMES = 4
"""A ticket waits so many times the timeout for a question that is under way, rather than fail for it."""


class EscposPrinter:
    """One printer behind `link`. Calls from several threads take turns."""

    def __init__(self, link: Link, profile: Profile, timeout_s: float) -> None:
        self._link = link
        self._profile = profile
        self._timeout_s = timeout_s
        self._turn = threading.Lock()
        self._asker = Asker(near_end=profile.near_end, late_s=LATE_TIMES * timeout_s)
        # Whether the printer answers status queries; None: not known yet.
        self._answers = profile.answers
        self._broken_off = False
        self._last = PrinterStatus()

    @property
    def name(self) -> str:
        return self._link.name

    def print_slip(self, slip: Slip) -> None:
        """Print and cut one slip. A cover open or paper out is found before anything is sent, if the printer tells."""
        profile = self._profile
        data = encode(render(slip, profile.dots), cut=profile.cut, feed=profile.feed)
        with self._turn_taken(), self._connection() as connection:
            self._completed(connection)
            if self._answers is not False:
                self._ask(connection).require_ready(self.name)
            self._broken_off = True
            try:
                self._write(connection, data)
                self._broken_off = False
                self._confirm(connection)
            except PrinterError as error:
                error.sent = True
                raise

    def status(self) -> PrinterStatus:
        """As the printer says, unknown where it says nothing; offline with the reason if it cannot be reached. While a
        ticket goes out over a slow line, what it said last: being busy is no fault."""
        if not self._turn.acquire(timeout=self._timeout_s):
            return self._last
        try:
            self._last = self._asked()
            return self._last
        finally:
            self._turn.release()

    def health(self) -> Health:
        return self.status().health

    def begin_afresh(self) -> None:
        self._broken_off = True

    def close(self) -> None:
        """Nothing is held between tickets."""

    def _asked(self) -> PrinterStatus:
        try:
            with self._connection() as connection:
                if self._profile.answers is False:
                    return PrinterStatus(detail="a printer that answers no questions")
                self._completed(connection)
                status = self._asker.ask(connection, self._patience())
        except PrinterError as error:
            return PrinterStatus(online=False, detail=str(error))
        if status.online is not None:
            self._broken_off = False
        self._answers = status.online is not None or bool(self._answers)
        return status

    def _completed(self, connection: Connection) -> None:
        """Before a question: a printer in the middle of a picture would take it for dots."""
        if self._broken_off:
            self._write(connection, flush_of(self._profile.dots))

    def _write(self, connection: Connection, data: bytes) -> None:
        connection.write(data, Deadline.after(self._timeout_s + self._link.transfer_s(len(data))))

    def _ask(self, connection: Connection) -> PrinterStatus:
        status = self._asker.ask(connection, self._patience())
        if status.online is not None:
            self._answers = True
        elif self._answers and connection.two_way:
            raise self._speechless(status, "to the question before the ticket", sent=False)
        elif not status.garbled:
            self._answers = False
        return status

    def _patience(self) -> Deadline:
        return Deadline.after(self._timeout_s if self._answers else min(FIRST_ANSWER_S, self._timeout_s))

    def _confirm(self, connection: Connection) -> None:
        """A printer that answered before has to answer after the ticket too: it has then taken all of it."""
        if not self._answers or not connection.two_way:
            return
        status = self._asker.ask(connection, Deadline.after(self._timeout_s))
        if status.online is None:
            self._broken_off = True
            raise self._speechless(status, "after the ticket", sent=True)
        status.require_ready(self.name, sent=True)

    def _speechless(self, status: PrinterStatus, when: str, *, sent: bool) -> PrinterError:
        if status.garbled:
            return PrinterError(Code.GARBLED, f"{self.name} talks nonsense {when}: {status.detail}", sent=sent)
        return PrinterError(Code.TIMEOUT, f"{self.name} gave no answer {when}: {status.detail}", sent=sent)

    @contextmanager
    def _turn_taken(self) -> Iterator[None]:
        """For a ticket; a question under way may have to open, complete and wait for a late answer first."""
        if not self._turn.acquire(timeout=TURN_TIMES * self._timeout_s):
            raise PrinterError(Code.TIMEOUT, f"{self.name} is still busy with another ticket")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        connection = self._link.open(Deadline.after(self._timeout_s))
        abort = True
        try:
            yield connection
            abort = False
        finally:
            connection.close(abort=abort)
