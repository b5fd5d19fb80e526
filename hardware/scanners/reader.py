"""A scanner's own thread: codes are taken in as they come, timed, and kept briefly for whoever reads."""

from __future__ import annotations

import logging
import threading
import time
from traceback import format_tb
from typing import Protocol

from hardware.arrivals import Arrivals
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.scanners.protocol import Scan

log = logging.getLogger(__name__)

POLL_S = 0.2
KEPT = 8
KEEP_S = 5.0
"""Seconds that a code waits to be read: one citizen's card must not turn up in the next citizen's hands."""
GARBLED_AFTER = 3
"""So many unreadable codes one after the other are no accident."""


class Source(Protocol):
    """Where codes come from; used by one thread."""

    @property
    def name(self) -> str: ...

    @property
    def said(self) -> str:
        """What else the technician should know, English; else empty."""

    @property
    def proven(self) -> bool:
        """Does being open show that the scanner is there? Of a serial line it does not."""

    def codes(self, timeout_s: float) -> list[str | None]:
        """What came, as soon as something is whole; None for what was no code. Raises DeviceError."""

    def close(self) -> None: ...


class CodeScanner:
    """A Scanner over any source. `again_s`: the same code is not read again before it was away for so many seconds."""

    def __init__(self, source: Source, again_s: float) -> None:
        self.name = f"scanner {source.name}"
        self._source = source
        self._again_s = again_s
        self._arrivals: Arrivals[Scan] = Arrivals(KEPT, KEEP_S)
        self._state = State.UNKNOWN
        self._garbled = 0
        self._unread, self._unread_at = 0, -again_s
        self._seen: dict[int, float] = {}
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def read(self, timeout_s: float) -> Scan | None:
        with self._lock:
            if self._thread is None:
                self._stop = threading.Event()
                self._thread = threading.Thread(target=self._run, args=(self._stop,), name=self.name, daemon=True)
                self._thread.start()
        return self._arrivals.take(timeout_s)

    def health(self) -> Health:
        failure = self._arrivals.failure
        if failure is not None:
            return Health(State(failure.code), failure.detail)
        if self._garbled >= GARBLED_AFTER:
            return Health(State.GARBLED, f"the last {self._garbled} codes could not be read (baud, end mark, charset?)")
        return Health(self._state, self._source.said)

    @property
    def unread(self) -> int:
        return self._unread

    def close(self) -> None:
        with self._lock:
            thread, self._thread = self._thread, None
            self._stop.set()
            self._source.close()
        if thread is not None:
            thread.join(POLL_S * 10)
        self._state, self._garbled, self._seen = State.UNKNOWN, 0, {}
        self._arrivals = Arrivals(KEPT, KEEP_S)

    def _run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                came = self._source.codes(POLL_S)
            except DeviceError as error:
                if not stop.is_set():
                    self._lost(error)
                continue
            except Exception as error:  # noqa: BLE001 - the edge of the thread
                if self._arrivals.failure is None:
                    # Without the error's own words, which may hold what was read.
                    where = "".join(format_tb(error.__traceback__))
                    log.error("%s: %s\n%s", self.name, type(error).__name__, where)
                self._lost(DeviceError(Code.DEVICE_FAULT, f"{self.name}: its driver failed, see the log"))
                stop.wait(1.0)
                continue
            if self._arrivals.failure is not None:
                self._arrivals.fail(None)
            if self._source.proven and self._state is State.UNKNOWN:
                self._state = State.READY
            # One by one, so that none is left in a name while the next is waited for.
            while came:
                self._take(came.pop(0))
        self._source.close()  # which may just have been opened anew

    def _lost(self, error: DeviceError) -> None:
        self._state, self._garbled = State.UNKNOWN, 0
        self._arrivals.fail(error)

    def _take(self, text: str | None) -> None:
        now = time.monotonic()
        if text is None:
            self._garbled += 1
            self._unread += now - self._unread_at >= self._again_s  # one that is held there is one
            self._unread_at = now
            return
        self._garbled, self._state = 0, State.READY
        known = hash(text)  # not the text: nothing of a card is remembered
        held = now - self._seen.get(known, -self._again_s) < self._again_s
        self._seen = {each: at for each, at in self._seen.items() if now - at < self._again_s} | {known: now}
        if not held:
            self._arrivals.put(Scan(text))
