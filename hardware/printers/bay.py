"""One of a desk's printers: opened when it is first used, and what is known of it between its tickets."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from hardware.errors import Code, DeviceError
from hardware.health import Health, Severity, State
from hardware.printers.errors import PrinterError
from hardware.printers.protocol import TicketPrinter
from hardware.printers.slip import Slip

LOG = logging.getLogger("motcua.printing")
Open = Callable[[str], TicketPrinter]


class Bay:
    """The printer at `url`. `check` may be called beside the others; while a ticket goes out it asks nothing, so that
    being busy is never taken for a fault. `health`: as it was last seen."""

    def __init__(self, url: str, opened: Open) -> None:
        self._url = url
        self._opened = opened
        self._printer: TicketPrinter | None = None
        self._last_failure: Health | None = None
        self._opening = threading.Lock()
        self.health = Health()
        self._afresh = False
        self._knowing = threading.Lock()
        self._printing = False
        self._tickets = 0

    @property
    def name(self) -> str:
        return self._printer.name if self._printer else "the printer"

    @property
    def failed(self) -> bool:
        return self.health.severity is Severity.FAILED

    def print_slip(self, slip: Slip) -> None:
        with self._knowing:
            self._printing = True
            self._tickets += 1
        try:
            self._print(slip)
        finally:
            with self._knowing:
                self._printing = False

    def begin_afresh(self) -> None:
        self._afresh = True

    def check(self) -> Health:
        """A printer that answers no questions: what became of its last ticket still holds; and so it does of one that
        was asked before that ticket."""
        with self._knowing:
            if self._printing:
                return self.health
            tickets = self._tickets
        try:
            said = self._open().health()
        except DeviceError as error:
            said = Health(State(error.code), error.detail)
        except Exception as error:
            LOG.exception("%s could not be asked", self.name)
            said = Health(State.DEVICE_FAULT, type(error).__name__)
        with self._knowing:
            if self._tickets != tickets:
                return self.health
            if said.state is State.UNKNOWN and self._last_failure:
                said = self._last_failure
            elif said.severity in {Severity.OK, Severity.WARNING}:
                self._last_failure = None
            self.health = said
            return said

    def close(self) -> None:
        if self._printer:
            self._printer.close()

    def _print(self, slip: Slip) -> None:
        try:
            self._open().print_slip(slip)
        except DeviceError as error:
            self.health = self._last_failure = Health(State(error.code), error.detail)
            raise
        except Exception as error:
            # The edge of a driver: its library may fail in ways nobody foresaw, and the next printer is tried.
            LOG.exception("%s failed", self.name)
            self.health = self._last_failure = Health(State.DEVICE_FAULT, type(error).__name__)
            raise PrinterError(Code.DEVICE_FAULT, type(error).__name__, sent=True) from error
        self._last_failure = None
        if self.failed:
            self.health = Health()

    def _open(self) -> TicketPrinter:
        with self._opening:
            if self._printer is None:
                self._printer = self._opened(self._url)
                if self._afresh:
                    self._printer.begin_afresh()
            return self._printer
