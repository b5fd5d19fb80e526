"""A simulated input device: a named pipe that carries the kernel's key events, under a name that stays."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import threading
from pathlib import Path

ROOM = 1 << 20
"""Bytes: a card's key presses are 20,000."""


class FakeInput:
    """`place`: its path. A pipe, unlike a terminal, holds all the key presses of a card at once."""

    def __init__(self, name: str = "usb-Scanner-event-kbd") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="motcua-input-")
        self.place = str(Path(self._folder.name) / name)
        self._file: int | None = None
        self._lock = threading.Lock()
        self.plug()

    def plug(self) -> None:
        with self._lock:
            if self._file is None:
                os.mkfifo(self.place)
                self._file = os.open(self.place, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
                fcntl.fcntl(self._file, fcntl.F_SETPIPE_SZ, ROOM)

    def unplug(self) -> None:
        """Its file goes, and whoever has it open reads its end."""
        with self._lock:
            if self._file is not None:
                os.unlink(self.place)
                os.close(self._file)
                self._file = None

    def send(self, data: bytes) -> None:
        """Key events; lost while it is unplugged, or when nobody reads for long."""
        with self._lock, contextlib.suppress(BlockingIOError):
            if self._file is not None:
                os.write(self._file, data)

    def close(self) -> None:
        self.unplug()
        self._folder.cleanup()
