"""A simulated serial line on a real pseudo-terminal that can be unplugged, plugged in again, disturbed and cut short.

Its device file is a link with a name that stays, as the links under /dev/serial/by-id do.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import tempfile
import threading
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

Answer = Callable[[bytes], bytes]
"""What the device at the other end does: bytes that came from the driver in, its answer out."""

TICK_S = 0.02


def several(*answers: Answer) -> Answer:
    """Several devices on one line: each hears all, and those that are meant answer."""
    return lambda data: b"".join(answer(data) for answer in answers)


class FarEnd(ABC):
    """The devices' end of a line; use as a context manager.

    `answer`: the simulated device; called on the line's thread. `came`: all bytes from the driver. `garble`: what
    happens to every byte string on its way, in both directions, as with noise or a wrong baud rate.
    """

    def __init__(self, answer: Answer | None, name: str) -> None:
        self.answer = answer
        self.garble: Callable[[bytes], bytes] | None = None
        self.came = bytearray()
        self.changed = threading.Condition()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self.plug()
        self._thread = threading.Thread(target=self._serve, name=f"fake line {name}", daemon=True)
        self._thread.start()

    @property
    @abstractmethod
    def place(self) -> str:
        """What stands in a URL after `serial://` or `tcp://`."""

    @abstractmethod
    def plug(self) -> None:
        """Put the device in."""

    @abstractmethod
    def unplug(self) -> None:
        """Pull the device out: whoever has it open loses it."""

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Bytes from the device to the driver; lost while it is unplugged."""

    @abstractmethod
    def _take(self) -> bytes:
        """Bytes from the driver, if any; waits a moment at most."""

    def wait_for(self, came: Callable[[bytes], bool], timeout_s: float = 5.0) -> bytes:
        """All that came once `came` holds of it. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: came(bytes(self.came)), timeout_s):
                raise TimeoutError(f"only {bytes(self.came)[-200:]!r} came within {timeout_s} s")
            return bytes(self.came)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        self.unplug()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            data = self._take()
            if not data:
                continue
            if self.garble:
                data = self.garble(data)
            reply = self.answer(data) if self.answer else b""
            with self.changed:
                self.came += data
                self.changed.notify_all()
            if reply:
                self.send(reply)


class FakeLine(FarEnd):
    def __init__(self, answer: Answer | None = None, *, folder: Path | None = None, name: str = "line") -> None:
        self._folder = None if folder else tempfile.TemporaryDirectory(prefix="motcua-line-")
        self.path = str((folder or Path(self._folder.name if self._folder else "")) / name)
        self._master: int | None = None
        self._slave: int | None = None
        # A file that somebody waits for is not closed before the wait is over, so the waiting has to stop for a moment.
        self._waiting = threading.Lock()
        self._pulling = threading.Event()
        super().__init__(answer, name)

    @property
    def place(self) -> str:
        return self.path

    def plug(self) -> None:
        """A new terminal under the same name."""
        with self._lock:
            if self._master is not None:
                return
            self._master, self._slave = pty.openpty()
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path)
            os.symlink(os.ttyname(self._slave), self.path)

    def unplug(self) -> None:
        """Its file goes, and whoever has it open loses it."""
        self._pulling.set()
        with self._waiting, self._lock:
            self._pulling.clear()
            if self._master is None or self._slave is None:
                return
            os.unlink(self.path)
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = None

    def send(self, data: bytes) -> None:
        with self._lock:
            if self._master is not None:
                # A driver that does not read leaves the line's buffer full: what does not fit is lost, as on a wire.
                with contextlib.suppress(BlockingIOError):
                    os.write(self._master, self.garble(data) if self.garble else data)

    def close(self) -> None:
        super().close()
        if self._folder:
            self._folder.cleanup()

    def _take(self) -> bytes:
        with self._lock:
            master = self._master
        if master is None or self._pulling.is_set():
            self._stopping.wait(TICK_S)
            return b""
        try:
            with self._waiting:
                if not select.select((master,), (), (), TICK_S)[0]:
                    return b""
            with self._lock:
                return os.read(master, 4096) if master == self._master else b""
        except (OSError, ValueError):  # pulled out meanwhile, or nobody has it open
            self._stopping.wait(TICK_S)
            return b""
