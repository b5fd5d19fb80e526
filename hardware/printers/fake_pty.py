"""A simulated serial printer on a real pseudo-terminal, so that the serial driver is tried with the kernel's line.

Its device file is a link with a name that stays, as the links under /dev/serial/by-id do.
"""

from __future__ import annotations

import os
import pty
import select
import tempfile
import threading
import tty
from pathlib import Path
from types import TracebackType

from hardware.printers.fake_device import Answers, FakeDevice, Transmission

TICK_S = 0.02
QUIET_S = 0.15
"""A serial line has no end of transmission: after this silence what came is one job."""


class FakeSerialPrinter:
    """A printer behind `path`, the terminal's device file; use as a context manager or `close` it."""

    def __init__(self, device: FakeDevice | None = None) -> None:
        self.device = device or FakeDevice()
        self._folder = tempfile.TemporaryDirectory(prefix="motcua-printer-")
        self.path = str(Path(self._folder.name) / "ttyPrinter")
        self._answers = Answers()
        self._lock = threading.Lock()
        self._ends: tuple[int, int] | None = None
        self.plug()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=f"fake printer {self.path}", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"escpos+serial://{self.path}?baud=115200"

    def plug(self) -> None:
        """Plug the adapter in: a new terminal under the same name."""
        with self._lock:
            if self._ends is None:
                master, slave = pty.openpty()
                tty.setraw(slave)
                os.symlink(os.ttyname(slave), self.path)
                self._ends = master, slave

    def unplug(self) -> None:
        """Pull the adapter out: its file goes, and whoever has it open loses it."""
        with self._lock:
            if self._ends is not None:
                os.unlink(self.path)
                for end in self._ends:
                    os.close(end)
                self._ends = None
                self._answers.take()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        self.unplug()
        self._folder.cleanup()

    def __enter__(self) -> FakeSerialPrinter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        transmission = self.device.begin(self._answers)
        quiet_s = 0.0
        while not self._stopping.is_set():
            if self._ends is not None and transmission.hangs:
                self._stopping.wait(TICK_S)
                continue
            if self._moved(transmission):
                quiet_s = 0.0
                continue
            self._stopping.wait(TICK_S if self._ends is None else 0)
            quiet_s += TICK_S
            if quiet_s >= QUIET_S:
                transmission.end()
                transmission, quiet_s = self.device.begin(self._answers), 0.0
        transmission.end()

    def _moved(self, transmission: Transmission) -> bool:
        """Take what has come and answer it; False if nothing came for a moment."""
        with self._lock:
            if self._ends is None:
                return False
            master = self._ends[0]
            readable = bool(select.select((master,), (), (), TICK_S)[0])
            if readable:
                transmission.feed(os.read(master, 1024))
            if answer := self._answers.take():
                os.write(master, answer)
        return readable
