"""A simulated serial printer on a real pseudo-terminal, so that the serial driver is tried with the kernel's line."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from types import TracebackType

from hardware.printers.fake_device import FakeDevice

TICK_S = 0.02
QUIET_S = 0.15
"""A serial line has no end of transmission: after this silence what came is one job."""


class FakeSerialPrinter:
    """A printer behind `path`, the terminal's device file; use as a context manager or `close` it."""

    def __init__(self, device: FakeDevice | None = None) -> None:
        self.device = device or FakeDevice()
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=f"fake printer {self.path}", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"escpos+serial://{self.path}?baud=115200"

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        os.close(self._master)
        os.close(self._slave)

    def __enter__(self) -> FakeSerialPrinter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        transmission = self.device.begin()
        while not self._stopping.is_set():
            if transmission.hangs:
                self._stopping.wait(TICK_S)
                continue
            if select.select((self._master,), (), (), QUIET_S)[0]:
                answer = transmission.feed(os.read(self._master, 1024))
                if answer:
                    os.write(self._master, answer)
            else:
                transmission.end()
                transmission = self.device.begin()
        transmission.end()
