"""A thread that no fault ends: whatever goes wrong in a device's driver, the other devices and the next turn go on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

LOG = logging.getLogger("motcua.agent")


class Steady(threading.Thread):
    """Takes turn after turn until `stopping`; a turn ends within a second or two. `failed` is told what was raised,
    and the next turn begins `pause_s` seconds later.

    A daemon: a driver that hangs in the kernel must not keep the process from ending.
    """

    def __init__(
        self,
        name: str,
        turn: Callable[[], None],
        stopping: threading.Event,
        pause_s: float,
        failed: Callable[[Exception], None] = lambda error: None,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._turn = turn
        self._stopping = stopping
        self._failed = failed
        self._pause_s = pause_s

    def run(self) -> None:
        while not self._stopping.is_set():
            self._guarded()

    def _guarded(self) -> None:
        """The thread's edge."""
        try:
            self._turn()
        except Exception as error:
            LOG.exception("%s: its turn failed", self.name)
            self._failed(error)
            self._stopping.wait(self._pause_s)
