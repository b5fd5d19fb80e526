"""A screen without a monitor whose pixels can be read and touched without starting a process for each touch.

Xvfb keeps the picture in a file that we map into memory; touches go through the XTEST extension, the same way that
xdotool takes, so that the moment of a touch is known to a fraction of a millisecond.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .guard import ended, guarded

HEADER, WIDE, COLOURS = 0, 12, 19
"""Places of the header's length, the bytes of a line and the number of colours in an XWD header, in 4-byte words."""
COLOUR_BYTES = 12
HELD_S = 0.08
"""How long a finger stays down."""
GRID = 24


class NoScreenError(Exception):
    """Xvfb, or a library for touches, is missing or did not start."""


class Screen:
    """One virtual screen: its pixels, and a finger."""

    def __init__(self, name: str, picture: Path, size: tuple[int, int]) -> None:
        self.name = name
        self.size = size
        with picture.open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">20I", self._pixels[:80])
        self._start = head[HEADER] + head[COLOURS] * COLOUR_BYTES
        self._row = head[WIDE]
        self._x11: Any = ctypes.CDLL("libX11.so.6")
        self._xtst: Any = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        opened = self._x11.XOpenDisplay(name.encode())
        if not opened:
            raise NoScreenError(f"no X server at {name}")
        self._display = ctypes.c_void_p(opened)

    def touch(self, x: int, y: int) -> float:
        """Put a finger there and lift it; returns the moment of lifting (perf_counter): a button acts on it."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x11.XSync(self._display, 0)
        time.sleep(HELD_S)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 0, 0)
        lifted = time.perf_counter()
        self._x11.XFlush(self._display)
        return lifted

    def sample(self) -> tuple[bytes, ...]:
        """The colours at a grid over the whole screen."""
        width, height = self.size
        found = []
        for row in range(GRID):
            line = self._start + (height * (2 * row + 1) // (2 * GRID)) * self._row
            for column in range(GRID):
                at = line + 4 * (width * (2 * column + 1) // (2 * GRID))
                found.append(self._pixels[at : at + 3])
        return tuple(found)

    def band(self) -> bytes:
        """Every fourth line of the upper half, below the hall's name and clock: where a question stands."""
        first, last = self.size[1] // 8, self.size[1] // 2
        lines = (self._start + line * self._row for line in range(first, last, 4))
        return b"".join(self._pixels[at : at + self._row] for at in lines)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)
        self._pixels.close()


@contextmanager
def virtual_screen(width: int, height: int) -> Iterator[Screen]:
    """An Xvfb of that size. Raises NoScreenError."""
    hear, say = os.pipe()
    with tempfile.TemporaryDirectory(prefix="bench-screen-") as folder:
        command = ["Xvfb", "-displayfd", str(say), "-screen", "0", f"{width}x{height}x24", "-br", "-nolisten", "tcp"]
        try:
            server = subprocess.Popen(
                guarded(*command, "-fbdir", folder), pass_fds=[say], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise NoScreenError("Xvfb is not installed") from error
        finally:
            os.close(say)
        with ended(server), os.fdopen(hear) as said:
            number = said.readline().strip()
            if not number:
                raise NoScreenError("Xvfb did not start")
            screen = Screen(f":{number}", Path(folder) / "Xvfb_screen0", (width, height))
            try:
                yield screen
            finally:
                screen.close()
