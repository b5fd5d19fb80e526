"""A camera's own thread: it opens, reads, loses and finds the camera again, and keeps only the newest picture."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from traceback import format_tb
from typing import TYPE_CHECKING, Any, Protocol

from hardware.address import Address
from hardware.arrivals import Arrivals
from hardware.cameras.protocol import Frame
from hardware.errors import Code, DeviceError
from hardware.health import Health, State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

DARK_BELOW = 12.0
"""Mean of all values, 0 to 255: the noise of a covered sensor stays below it."""
BROKEN = 20
"""So many unreadable pictures one after the other are no accident."""
EVERY = 8
"""Of a picture each such row and column is looked at."""


OPTIONS = ("fps", "stall_s")


@dataclass(frozen=True, slots=True)
class Pace:
    """`fps`: pictures a second at most. `stall_s`: pictures further apart are too seldom; `dark_s`: darkness this long
    is told. Lost, the camera is looked for after `first_s` seconds, then twice as long each time up to `longest_s`."""

    fps: float = 5.0
    stall_s: float = 10.0
    dark_s: float = 3.0
    first_s: float = 1.0
    longest_s: float = 30.0


def pace_of(address: Address) -> Pace:
    """What the URL's options ask for. Raises DeviceError `bad-url`."""
    usual = Pace()
    return Pace(
        fps=address.number("fps", 0.1, 60, usual.fps), stall_s=address.number("stall_s", 1, 3600, usual.stall_s)
    )


class Capture(Protocol):
    """An open camera, used by one thread."""

    def grab(self) -> bool:
        """Take the next picture in; may block, but not for ever. False: there is none, the camera is lost."""

    def image(self) -> NDArray[np.uint8] | Any | None:
        """The picture just grabbed: height x width x 3, BGR; None if it is broken."""

    def release(self) -> None: ...


class Source(Protocol):
    def open(self) -> Capture:
        """Open the camera. Ends in time. Raises DeviceError."""

    def lost(self) -> DeviceError:
        """Why an open camera gave no more pictures."""


class WatchedCamera:
    """A Camera over any source, a new one for each life. `patience_s`: how long `close` waits for a driver that hangs
    before it leaves it alone."""

    def __init__(self, name: str, sources: Callable[[], Source], pace: Pace, patience_s: float) -> None:
        self.name = name
        self._sources = sources
        self._pace = pace
        self._patience_s = patience_s
        self._watch: Watch | None = None
        self._lock = threading.Lock()

    def read(self, timeout_s: float) -> Frame | None:
        with self._lock:
            if self._watch is None:
                self._watch = Watch(self.name, self._sources(), self._pace)
            watch = self._watch
        return watch.arrivals.take(timeout_s)

    def health(self) -> Health:
        watch = self._watch
        return Health() if watch is None else watch.health()

    def close(self) -> None:
        with self._lock:
            watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop(self._patience_s)


class Watch:
    """One life of the thread. A driver that hangs keeps only its own Watch, never the camera."""

    def __init__(self, name: str, source: Source, pace: Pace) -> None:
        self._name = name
        self.arrivals: Arrivals[Frame] = Arrivals(1, pace.stall_s)
        self._source = source
        self._pace = pace
        self._stopping = threading.Event()
        self._since = time.monotonic()
        """When the thread last began to wait for its driver or got a picture."""
        self._last: float | None = None
        self._apart_s = 0.0
        self._dark_since: float | None = None
        self._grabbed = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def health(self) -> Health:
        now, failure = time.monotonic(), self.arrivals.failure
        if failure is not None:
            return Health(State(failure.code), failure.detail)
        silent_s = now - self._since
        if max(self._apart_s, silent_s) > self._pace.stall_s:
            return Health(State.STALLED, f"{self._name}: {max(self._apart_s, silent_s):.0f} s between pictures")
        if self._last is None:
            return Health(State.UNKNOWN, f"{self._name}: waiting for its first picture")
        if self._dark_since is not None and now - self._dark_since >= self._pace.dark_s:
            return Health(State.DARK, f"{self._name}: dark for {now - self._dark_since:.0f} s")
        return Health(State.READY)

    def stop(self, patience_s: float) -> None:
        self._stopping.set()
        self._thread.join(patience_s)
        if self._thread.is_alive():
            log.info("%s: still waits for a picture, and ends by itself later", self._name)

    def _run(self) -> None:
        pause = self._pace.first_s / 2
        while not self._stopping.is_set():
            grabbed = self._grabbed
            try:
                self._since = time.monotonic()
                self._look()
                continue
            except DeviceError as error:
                failure = error
            except Exception as error:  # noqa: BLE001 - the edge of the thread
                if self.arrivals.failure is None or self.arrivals.failure.code is not Code.DEVICE_FAULT:
                    # Without the error's own words, which may hold an address with its password.
                    where = "".join(format_tb(error.__traceback__))
                    log.error("%s: %s\n%s", self._name, type(error).__name__, where)
                failure = DeviceError(Code.DEVICE_FAULT, f"{self._name}: its driver failed, see the log")
            if self._stopping.is_set():
                return
            self.arrivals.fail(failure)
            self._apart_s, self._last, self._dark_since = 0.0, None, None
            pause = self._pace.first_s if self._grabbed > grabbed else min(pause * 2, self._pace.longest_s)
            self._stopping.wait(pause)

    def _look(self) -> None:
        """Open the camera and take its pictures until it is lost or not wanted any more."""
        capture = self._source.open()
        try:
            due, broken = 0.0, 0
            while not self._stopping.is_set():
                if not capture.grab():
                    raise self._source.lost()
                now = time.monotonic()
                self._grabbed += 1
                self._apart_s, self._since = now - self._since, now
                if now < due:
                    continue
                image = capture.image()
                if image is None:
                    broken += 1
                    if broken >= BROKEN:
                        raise DeviceError(Code.GARBLED, f"{self._name}: its pictures cannot be read")
                    continue
                broken = 0
                # Counted from when it was due, so that 5 a second stay 5 even if the camera's own rhythm does not fit.
                apart_s = 1 / self._pace.fps
                due = (due if now - due < apart_s else now) + apart_s
                self._take(image, now)
        finally:
            capture.release()

    def _take(self, image: Any, now: float) -> None:
        dark = float(image[::EVERY, ::EVERY].mean()) < DARK_BELOW
        self._dark_since = (self._dark_since or now) if dark else None
        self._last = now
        self.arrivals.fail(None)
        self.arrivals.put(Frame(image, now, self._grabbed))
