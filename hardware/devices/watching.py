"""Looks at devices again and again and tells each change, until it is stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from hardware.devices.looking import Look
from hardware.health import Health, State

_log = logging.getLogger(__name__)
Told = Callable[[datetime, Look, Health], None]


class Watch:
    """Each device has a thread of its own, so that one that does not answer holds no other up. `told` is called for the
    first state of each and then for every change, one call at a time."""

    def __init__(self, looks: Sequence[Look], every_s: float, told: Told) -> None:
        self._every_s = every_s
        self._told = told
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(look,), name=f"watch {look.shown}", daemon=True) for look in looks
        ]
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float | None) -> None:
        """Until `seconds` have passed; None: without end."""
        self._stopping.wait(seconds)

    def close(self) -> None:
        """Let go of all devices; what is stuck in a driver is left behind."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(2.0)

    def _run(self, look: Look) -> None:
        last: Health | None = None
        try:
            while not self._stopping.is_set():
                health = self._look(look)
                if last is None or health.state is not last.state:
                    with self._lock:
                        self._told(datetime.now().astimezone(), look, health)
                last = health
                self._stopping.wait(self._every_s)
        finally:
            look.close()

    def _look(self, look: Look) -> Health:
        try:
            return look.health()
        except Exception:  # noqa: BLE001 - the thread's edge
            _log.exception("%s", look.shown)
            return Health(State.DEVICE_FAULT, "its program failed, see the log")
