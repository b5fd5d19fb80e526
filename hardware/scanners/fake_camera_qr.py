"""A camera that sees codes held under it, for tests and demonstrations: real pictures of codes, really decoded."""

from __future__ import annotations

import threading
import time
from typing import Any

from hardware.address import Address
from hardware.cameras.protocol import Frame
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.scanners.camera_qr import AGAIN_S, CameraSource
from hardware.scanners.fake import Fault
from hardware.scanners.reader import CodeScanner

MODULE = 5
"""Dots a module of the codes it sees."""
APART_S = 0.01


def open_fake_camera_qr(address: Address, timeout_s: float) -> FakeCameraScanner:
    address.only("fault", "again_s")
    if address.host or address.path not in {"", "/"}:
        raise address.bad("qr+fake:// has neither host nor path")
    scanner = FakeCameraScanner(again_s=address.number("again_s", 0, 60, AGAIN_S))
    if address.has("fault"):
        scanner.fault = Fault(address.choice("fault", list(Fault), ""))
    return scanner


class FakeCameraScanner(CodeScanner):
    """`show` holds a code under the lens; `fault` may be changed at any time."""

    def __init__(self, *, again_s: float = AGAIN_S) -> None:
        self._lens = Lens()
        super().__init__(CameraSource(self._lens), again_s)

    @property
    def fault(self) -> Fault | None:
        return self._lens.fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._lens.set_fault(None if fault is None else Fault(fault))

    def show(self, text: str) -> None:
        """Hold a code under the camera; lost while it is unplugged."""
        self._lens.show(text)


class Lens:
    """A Camera whose pictures are of the codes shown, each once."""

    name = "camera fake"

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self._pictures: list[Any] = []
        self._count = 0
        self._changed = threading.Condition()

    def set_fault(self, fault: Fault | None) -> None:
        with self._changed:
            self.fault = fault
            if fault in {Fault.UNPLUGGED, Fault.DENIED}:
                self._pictures.clear()
            self._changed.notify_all()

    def show(self, text: str) -> None:
        picture = drawn(text if self.fault is not Fault.GARBAGE else b"\xff\xfe\x01\x02\x81\x9d")
        with self._changed:
            if self.fault in {Fault.UNPLUGGED, Fault.DENIED}:
                return
            if self.fault is Fault.HALF:
                picture = picture[: len(picture) // 2]
            self._pictures.append(picture)
            self._changed.notify_all()

    def read(self, timeout_s: float) -> Frame | None:
        with self._changed:
            if self.fault in {Fault.UNPLUGGED, Fault.DENIED}:
                self._changed.wait(min(timeout_s, 0.05))
                code = Code.OFFLINE if self.fault is Fault.UNPLUGGED else Code.NOT_PERMITTED
                raise DeviceError(code, f"the fake camera is switched to {self.fault}")
            self._changed.wait_for(lambda: self._pictures or self.fault in {Fault.UNPLUGGED, Fault.DENIED}, timeout_s)
            if not self._pictures:
                return None
            if self.fault is Fault.SLOW:
                self._changed.wait(APART_S)
            self._count += 1
            return Frame(self._pictures.pop(0), time.monotonic(), self._count)

    def health(self) -> Health:
        return Health(State.READY)

    def close(self) -> None:
        with self._changed:
            self._pictures.clear()
            self._changed.notify_all()


def drawn(text: str | bytes, module: int = MODULE) -> Any:
    """A picture of the code: height x width x 3, grey paper and dark modules, with its quiet zone."""
    import numpy as np
    import segno

    made = segno.make_qr(text, error="m", encoding="utf-8" if isinstance(text, str) else None)
    dark = np.array([[bool(cell) for cell in row] for row in made.matrix_iter(border=4)])
    grey = np.where(dark, 40, 215).astype(np.uint8).repeat(module, 0).repeat(module, 1)
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, 2))
