"""Room on the disk that is kept free for the hall: when something fills the disk, it is given up, and people can still
be called until the technician comes."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

log = logging.getLogger(__name__)
FILE = "reserve"
ROOM = 8 * 1024 * 1024
"""In bytes: some thousands of calls."""
AND_MORE = 4
"""It is taken again only where so many times as much is free: nothing else is to be starved by it."""


class Reserve:
    """A file of `room` bytes in `folder`; with no room it is none."""

    def __init__(self, folder: Path, room: int) -> None:
        self._path = folder / FILE
        self._room = room
        self.given_up = False
        """Whether the hall lives on its last room now."""
        self.take()

    def take(self) -> None:
        """Take the room, or take it again; where there is too little left on the disk, it stays given up."""
        if not self._room or self._is_there():
            self.given_up = False
            return
        self.given_up = True
        try:
            if shutil.disk_usage(self._path.parent).free < AND_MORE * self._room:
                return
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._room)
        except OSError:
            self._path.unlink(missing_ok=True)
            return
        self.given_up = False

    def give_up(self) -> None:
        """Blocking. Called when a change found no room."""
        if self._room and not self.given_up:
            log.error("the disk is full: the room kept free for the hall is given up, uploads are refused")
            self.given_up = True
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                log.exception("the room kept free for the hall could not be given up")

    def _is_there(self) -> bool:
        try:
            return self._path.stat().st_size >= self._room
        except OSError:
            return False
