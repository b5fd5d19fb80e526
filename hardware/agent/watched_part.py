"""Devices whose health alone is told: printers that another program prints on, scanners, cameras."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from hardware.agent.reporter import Part, Reporter
from hardware.cameras.protocol import Camera
from hardware.errors import DeviceError
from hardware.health import Health
from hardware.scanners.protocol import Scanner

READ_S = 1.0


class WatchedPart:
    """One device; `turn` is its thread's work. `look`: takes what it gives and throws it away; `health`: asks it;
    `every_s`: between two looks."""

    def __init__(
        self,
        part: Part,
        health: Callable[[], Health],
        reporter: Reporter,
        stopping: threading.Event,
        every_s: float,
        look: Callable[[], object] | None,
    ) -> None:
        self.parts = [part]
        self._health = health
        self._reporter = reporter
        self._stopping = stopping
        self._every_s = every_s
        self._look = look

    def turn(self) -> None:
        """Look once, and tell how it is."""
        if self._look is not None:
            # While it is lost, its health says so.
            with contextlib.suppress(DeviceError):
                self._look()
        self._reporter.tell(self.parts[0], self._health())
        self._stopping.wait(self._every_s)


def seen(camera: Camera) -> Callable[[], object]:
    """Take one picture, and keep nothing of it."""
    return lambda: camera.read(READ_S) is not None


def heard(scanner: Scanner) -> Callable[[], object]:
    """Let the scanner say that it is there; what it read is a citizen's, and is dropped unseen."""
    return lambda: scanner.read(READ_S) is not None
