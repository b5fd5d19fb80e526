"""A screen without a monitor: an X server of our own, a finger on it, and pictures of what it shows."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

START_S = 60.0
STOP_S = 10.0
TOUCH_S = 0.06
"""How long a finger rests on the glass."""
FOREIGN = ("SDL_", "KIVY_", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")


class ScreenFailedError(Exception):
    """There is no X server, or it did not start; the text says which."""


def guarded(command: list[str]) -> list[str]:
    """`command`, ended by the kernel when the process that started it is killed."""
    return ["setpriv", "--pdeathsig", "KILL", "--", *command] if shutil.which("setpriv") else command


def end(process: subprocess.Popen[bytes], wait_s: float = STOP_S) -> int:
    """Ask the process to end, insist after `wait_s` seconds; its exit code."""
    process.terminate()
    try:
        return process.wait(wait_s)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@dataclass(frozen=True)
class VirtualScreen:
    """`display`: as in the variable DISPLAY; `size`: width and height in pixels."""

    display: str
    size: tuple[int, int]

    def environment(self) -> dict[str, str]:
        """The variables for a program that is to open its window here, and on no other screen."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return {**kept, "DISPLAY": self.display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}

    def touch(self, x: int, y: int) -> None:
        """A finger down and up at a point, in pixels from the top left."""
        finger = ["mousemove", str(x), str(y), "mousedown", "1", "sleep", str(TOUCH_S), "mouseup", "1"]
        self.xdotool(*finger)

    def xdotool(self, *arguments: str) -> str:
        """What xdotool answers on this screen. Raises ScreenFailedError."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment(), capture_output=True, text=True, timeout=START_S
        )
        if done.returncode:
            raise ScreenFailedError(f"xdotool {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def picture(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")


@contextmanager
def virtual_screen(size: tuple[int, int], log: Path) -> Iterator[VirtualScreen]:
    """An X server on a free display, stopped at the end. `log`: where its complaints go."""
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        raise ScreenFailedError("Xvfb and xdotool are needed: make setup says how to install them")
    reading, writing = os.pipe()
    geometry = f"{size[0]}x{size[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-nolisten", "tcp", "-noreset"]
    with log.open("ab") as said:
        process = subprocess.Popen(
            guarded(command),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            pass_fds=(writing,),
            start_new_session=True,  # Ctrl-C is for us: we end it in its turn
        )
    os.close(writing)
    try:
        yield VirtualScreen(f":{_number(reading, log)}", size)
    finally:
        os.close(reading)
        end(process)


def _number(reading: int, log: Path) -> str:
    """The display's number, which the X server writes with a line end once it is ready."""
    said, deadline = b"", time.monotonic() + START_S
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(reading, 16) if ready else b""
        if not part:
            raise ScreenFailedError(f"Xvfb did not start: {log.read_text(errors='replace')[-500:]}")
        said += part
    return said.decode().strip()
