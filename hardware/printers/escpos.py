"""A ticket printed on an ESC/POS printer over any link: asked first, so that no ticket is left half printed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.deadline import Deadline
from hardware.printers import dle_eot
from hardware.printers.address import PrinterAddress
from hardware.printers.encode import encode, flush_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.links import Connection, Link
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.printers.status import PrinterStatus

FIRST_ANSWER_S = 1.0
"""Seconds a printer gets to show that it answers at all. Many never do, and the first ticket waits for them."""


class EscposPrinter:
    """One printer behind `link`. Calls from several threads take turns."""

    def __init__(self, link: Link, address: PrinterAddress, timeout_s: float) -> None:
        self._link = link
        self._address = address
        self._timeout_s = timeout_s
        self._turn = threading.Lock()
        # Whether the printer has ever answered a status query; None: not asked yet.
        self._answers: bool | None = None
        self._broken_off = False

    def print_slip(self, slip: Slip) -> None:
        """Print and cut one slip. A cover open or paper out is found before anything is sent, if the printer tells."""
        data = encode(render(slip, self._address.dots), cut=self._address.cut, feed=self._address.feed)
        with self._turn_taken(), self._connection() as connection:
            if self._broken_off:
                # Before the question: a printer in the middle of a picture would take it for dots.
                self._write(connection, flush_of(self._address.dots))
            if self._answers is not False:
                self._ask(connection).require_ready(self._link.name)
            self._broken_off = True
            try:
                self._write(connection, data)
                self._broken_off = False
                self._confirm(connection)
            except PrinterError as error:
                error.sent = True
                raise

    def status(self) -> PrinterStatus:
        """As the printer says, unknown where it says nothing; offline with the reason if it cannot be reached."""
        try:
            with self._turn_taken(), self._connection() as connection:
                status = dle_eot.ask(connection, self._patience())
                self._answers = status.online is not None or bool(self._answers)
                return status
        except PrinterError as error:
            return PrinterStatus(online=False, detail=str(error))

    def close(self) -> None:
        """Nothing is held between tickets."""

    def _write(self, connection: Connection, data: bytes) -> None:
        connection.write(data, Deadline.after(self._timeout_s + self._link.transfer_s(len(data))))

    def _ask(self, connection: Connection) -> PrinterStatus:
        status = dle_eot.ask(connection, self._patience())
        if status.online is None and self._answers:
            raise PrinterError(Code.TIMEOUT, f"{self._link.name} no longer answers its status query")
        self._answers = status.online is not None
        return status

    def _patience(self) -> Deadline:
        return Deadline.after(self._timeout_s if self._answers else min(FIRST_ANSWER_S, self._timeout_s))

    def _confirm(self, connection: Connection) -> None:
        """A printer that answered before has to answer after the ticket too: it has then taken all of it."""
        if not self._answers:
            return
        status = dle_eot.ask(connection, Deadline.after(self._timeout_s))
        if status.online is None:
            self._broken_off = True
            raise PrinterError(Code.TIMEOUT, f"{self._link.name} did not answer after the ticket", sent=True)
        status.require_ready(self._link.name, sent=True)

    @contextmanager
    def _turn_taken(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self._timeout_s):
            raise PrinterError(Code.TIMEOUT, f"{self._link.name} is still busy with another ticket")
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
