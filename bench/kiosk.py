"""A real kiosk in a real window, walked by real touches."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.hall_server import MOTCUA

from .display import Screen
from .guard import ended, guarded

SIZE = (1080, 1920)
WAIT_S = 90.0
LOOK_S = 0.005
WAY = (
    ("attract", "start"),
    ("language", "language:vi"),
    ("way", "way:number"),
    ("group", "group:ho-tich"),
    ("service", "service:1.001193"),
    ("priority", "priority:none"),
)
"""From screen to screen by a button of each, to the one that asks for confirmation."""


class KioskStuckError(Exception):
    """The window did not come to the screen that was expected."""


class Kiosk:
    """The running window. `layout`: the file in which it says what it shows."""

    def __init__(self, process: subprocess.Popen[bytes], screen: Screen, layout: Path) -> None:
        self.pid = process.pid
        self._process = process
        self._screen = screen
        self._layout = layout

    def at(self, screen: str) -> dict[str, Any]:
        """Wait until `screen` is shown and takes touches. Raises KioskStuckError."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline and self._process.poll() is None:
            shown = self._shown()
            if shown["screen"] == screen:
                return shown
            time.sleep(LOOK_S)
        raise KioskStuckError(f"not at {screen} but at {self._shown()}")

    def touch(self, screen: str, button: str) -> float:
        """Touch `button` of `screen` once it is shown; returns the moment the finger was lifted."""
        place = self.at(screen)["buttons"][button]
        return self._screen.touch(place["x"], place["y"])

    def choose(self) -> None:
        """From the start to the last question."""
        for screen, button in WAY:
            self.touch(screen, button)
        self.at("confirm")

    def confirm(self) -> float:
        return self.touch("confirm", "confirm")

    def leave(self) -> None:
        """Away from the issued ticket, back to the start."""
        self.touch("ticket", "home")
        self.at("attract")

    def _shown(self) -> dict[str, Any]:
        try:
            shown: dict[str, Any] = json.loads(self._layout.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"screen": None}
        return shown


@contextmanager
def running_kiosk(folder: Path, screen: Screen, server: str, token: str, printer: str) -> Iterator[Kiosk]:
    """`motcua kiosk` on `screen`; its words go to a log in `folder`."""
    layout = folder / "layout.json"
    layout.unlink(missing_ok=True)
    size = f"{SIZE[0]}x{SIZE[1]}"
    command = [MOTCUA, "kiosk", "--server", server, "--printer", printer, "--spool", str(folder / "spool")]
    command += ["--size", size, "--layout-file", str(layout)]
    environment = {**os.environ, "DISPLAY": screen.name, "MOTCUA_TOKEN": token}
    with (folder / "kiosk.log").open("ab") as log:
        process = subprocess.Popen(guarded(*command), env=environment, stdout=log, stderr=log)
    with ended(process):
        yield Kiosk(process, screen, layout)
