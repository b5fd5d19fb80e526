"""A camera without a lens, for tests and demonstrations: it sees an empty hall and fails on request."""

from __future__ import annotations

import threading
from typing import Any

from hardware.address import Address
from hardware.cameras.fault import Fault
from hardware.cameras.scene import scene
from hardware.cameras.watched import OPTIONS, Pace, WatchedCamera, pace_of
from hardware.errors import Code, DeviceError

FPS = 10.0
SLOW_S = 60.0


def open_fake(address: Address, timeout_s: float, pace: Pace | None = None) -> FakeCamera:
    address.only(*OPTIONS, "fault")
    if address.host or address.path not in {"", "/"}:
        raise address.bad("camera+fake:// has neither host nor path")
    camera = FakeCamera(pace or pace_of(address), timeout_s)
    if address.has("fault"):
        camera.fault = Fault(address.choice("fault", list(Fault), ""))
    return camera


class FakeCamera(WatchedCamera):
    """`fault` may be changed at any time. `slow_s`: seconds between pictures under `slow`; `fps`: pictures a second."""

    def __init__(self, pace: Pace, timeout_s: float, slow_s: float = SLOW_S, fps: float = FPS) -> None:
        self._stage = Stage(timeout_s, slow_s, fps)
        super().__init__("camera fake", lambda: self._stage, pace, timeout_s)

    @property
    def fault(self) -> Fault | None:
        return self._stage.fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._stage.set_fault(None if fault is None else Fault(fault))


class Stage:
    """What is before the fake, as a source and a capture in one."""

    def __init__(self, timeout_s: float, slow_s: float, fps: float) -> None:
        self.fault: Fault | None = None
        self._timeout_s = timeout_s
        self._slow_s = slow_s
        self._fps = fps
        self._count = 0
        self._changed = threading.Condition()

    def set_fault(self, fault: Fault | None) -> None:
        with self._changed:
            self.fault = fault
            self._changed.notify_all()

    def open(self) -> Stage:
        with self._changed:
            if self.fault is Fault.SILENT:
                self._changed.wait_for(lambda: self.fault is not Fault.SILENT, self._timeout_s)
            if self.fault is Fault.SILENT:
                raise DeviceError(Code.TIMEOUT, "the fake camera does not answer")
            if self.fault is Fault.DENIED:
                raise DeviceError(Code.NOT_PERMITTED, "the fake camera refuses the password")
            if self.fault is Fault.GONE:
                raise self.lost()
        return self

    def lost(self) -> DeviceError:
        return DeviceError(Code.OFFLINE, "the fake camera is gone")

    def grab(self) -> bool:
        with self._changed:
            if self.fault in {Fault.SILENT, Fault.SLOW}:
                fault, wait_s = self.fault, self._slow_s if self.fault is Fault.SLOW else self._timeout_s
                self._changed.wait_for(lambda: self.fault is not fault, wait_s)
                if self.fault is Fault.SILENT:
                    return False
            self._changed.wait(1 / self._fps)
            self._count += 1
            return self.fault is not Fault.GONE

    def image(self) -> Any | None:
        return None if self.fault is Fault.GARBAGE else scene(self._count, dark=self.fault is Fault.DARK)

    def release(self) -> None:
        """Nothing is held."""
