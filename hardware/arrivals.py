"""What a device's own thread brings, waiting for whoever uses the device: a slow or hanging device holds up nobody."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Generic, TypeVar

from hardware.deadline import Deadline
from hardware.errors import DeviceError

T = TypeVar("T")


class Arrivals(Generic[T]):
    """The newest `most` things, each for `keep_s` seconds at most, and why no more come, if so."""

    def __init__(self, most: int, keep_s: float) -> None:
        self._things: deque[tuple[float, T]] = deque(maxlen=most)
        self._keep_s = keep_s
        self._failure: DeviceError | None = None
        self._told = True
        self._changed = threading.Condition()

    @property
    def failure(self) -> DeviceError | None:
        return self._failure

    def put(self, thing: T) -> None:
        with self._changed:
            self._things.append((time.monotonic(), thing))
            self._changed.notify_all()

    def fail(self, failure: DeviceError | None) -> None:
        """The device is lost, or (None) is there again. Of a loss that goes on each call tells only at its end."""
        with self._changed:
            self._told = self._told if failure and self._failure else failure is None
            self._failure = failure
            self._changed.notify_all()

    def take(self, timeout_s: float) -> T | None:
        """The oldest thing; None if none came in `timeout_s` seconds. Raises DeviceError: at once if the device is lost
        meanwhile, at the end of the time if it stays lost, so that nobody who asks again and again turns in circles."""
        deadline = Deadline.after(timeout_s)
        with self._changed:
            while True:
                while self._things:
                    came_at, thing = self._things.popleft()
                    if time.monotonic() - came_at <= self._keep_s:
                        return thing
                if self._failure and (deadline.passed or not self._told):
                    self._told = True
                    raise DeviceError(self._failure.code, self._failure.detail)
                if deadline.passed:
                    return None
                self._changed.wait(deadline.left)
