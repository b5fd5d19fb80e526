"""From starting the kiosk's process to its first frame, and to a start screen that takes touches.

A new process each time, but the files are in the system's cache: after a boot the disk comes on top of it, for the
empty window as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from .display import Screen, virtual_screen
from .figures import Against, Row, duration, ratios
from .guard import ended, guarded
from .hall import Hall, measured_hall
from .kiosk import SIZE, KioskStuckError, running_kiosk
from .plan import Plan

WAIT_S = 60.0
LOOK_S = 0.002
CLEARED_S = 0.5
EMPTY = "an empty Kivy window: first frame"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """In turn an empty window and the kiosk; the first pair only warms the caches."""
    empty: list[float] = []
    first: list[float] = []
    ready: list[float] = []
    with measured_hall(folder) as hall, virtual_screen(*SIZE) as screen:
        for _ in range(plan.starts + 1):
            empty.append(_empty(screen))
            seen, touchable = _kiosk(folder, screen, hall)
            first.append(seen)
            ready.append(touchable)
    reference = duration(EMPTY, [empty[1:]])
    return [
        Row("ms", duration(name, [ours[1:]]), (Against(reference, ratios(ours[1:], empty[1:])),))
        for name, ours in (("kiosk: first frame", first), ("kiosk: start screen filled, takes touches", ready))
    ]


def _empty(screen: Screen) -> float:
    blank = _blank(screen)
    command = guarded(sys.executable, "-m", "bench.empty_window", *map(str, SIZE))
    environment = {**os.environ, "DISPLAY": screen.name}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with ended(process):
        return _changed(screen, blank) - began


def _kiosk(folder: Path, screen: Screen, hall: Hall) -> tuple[float, float]:
    blank = _blank(screen)
    began = time.perf_counter()
    with running_kiosk(folder, screen, hall.url, hall.kiosk, "fake://") as kiosk:
        seen = _changed(screen, blank) - began
        kiosk.at("attract")
        return seen, time.perf_counter() - began


def _blank(screen: Screen) -> tuple[bytes, ...]:
    """The screen once it is free of the last window."""
    deadline = time.monotonic() + WAIT_S
    while len(set(blank := screen.sample())) > 1 and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    time.sleep(CLEARED_S)
    return screen.sample() or blank


def _changed(screen: Screen, blank: tuple[bytes, ...]) -> float:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if screen.sample() != blank:
            return time.perf_counter()
        time.sleep(LOOK_S)
    raise KioskStuckError("no frame was seen")
