"""Whether it is time to say something again: a log that tells the same trouble at every call hides all others."""

from __future__ import annotations

import time
from collections.abc import Callable


class Seldom:
    """Lets one in `every_s` seconds through. `clock` gives seconds that never go back."""

    def __init__(self, every_s: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._every_s = every_s
        self._clock = clock
        self._last: float | None = None
        self._kept_back = 0

    def now(self) -> int | None:
        """None if it is too early; else how many were kept back since the last one."""
        at = self._clock()
        if self._last is not None and at - self._last < self._every_s:
            self._kept_back += 1
            return None
        kept_back, self._kept_back, self._last = self._kept_back, 0, at
        return kept_back
