"""The camera's thread against drivers that hang, fail and hurry."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from hardware.cameras.scene import scene
from hardware.cameras.watched import Pace, WatchedCamera
from hardware.errors import Code, DeviceError
from hardware.health import State
from tests.waiting import until

PACE = Pace(fps=60, stall_s=0.2, first_s=0.01, longest_s=0.05)


class Driver:
    """`grabs`: what happens at each grab; `decoded` counts the pictures that were decoded."""

    def __init__(self, grabs: Callable[[int], bool]) -> None:
        self.grabs = grabs
        self.count = self.opened = self.released = self.decoded = 0

    def open(self) -> Driver:
        self.opened += 1
        return self

    def lost(self) -> DeviceError:
        return DeviceError(Code.OFFLINE, "lost")

    def grab(self) -> bool:
        self.count += 1
        return self.grabs(self.count)

    def image(self) -> Any:
        self.decoded += 1
        return scene(self.count)

    def release(self) -> None:
        self.released += 1


def test_a_hanging_driver_hangs_nobody() -> None:
    go_on = threading.Event()
    driver = Driver(lambda count: count < 3 or go_on.wait(30))
    camera = WatchedCamera("camera", lambda: driver, PACE, 0.05)
    while camera.read(0.5) is not None:
        pass
    until(lambda: camera.health().state is State.STALLED)
    camera.close()
    assert camera.health().state is State.UNKNOWN
    assert driver.released == 0
    go_on.set()
    until(lambda: driver.released == 1)


def test_a_camera_whose_driver_hung_can_be_opened_again() -> None:
    go_on = threading.Event()
    drivers = [Driver(lambda count: go_on.wait(30)), Driver(lambda count: not go_on.wait(0.01))]
    left = list(drivers)
    camera = WatchedCamera("camera", lambda: left.pop(0), PACE, 0.05)
    assert camera.read(0.05) is None
    camera.close()
    assert camera.read(5) is not None
    camera.close()
    go_on.set()
    until(lambda: drivers[0].released == 1)


def test_pictures_above_the_limit_are_not_decoded() -> None:
    pause = threading.Event()
    driver = Driver(lambda count: not pause.wait(0.005))
    camera = WatchedCamera("camera", lambda: driver, Pace(fps=10), 1.0)
    frames = [camera.read(5) for _ in range(6)]
    camera.close()
    assert all(frames)
    assert driver.decoded <= driver.count / 2
    taken_s = frames[-1].at - frames[0].at
    assert len(frames) - 1 <= taken_s * 10 + 1


def test_the_driver_that_raises_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    words = "rtsp://admin:" + "".join("secret") + "@10.0.0.9"

    def fails(count: int) -> bool:
        raise RuntimeError(words)

    driver = Driver(fails)
    camera = WatchedCamera("camera", lambda: driver, PACE, 1.0)
    with pytest.raises(DeviceError) as caught:
        camera.read(5)
    until(lambda: driver.opened >= 3)
    camera.close()
    assert caught.value.code is Code.DEVICE_FAULT
    assert driver.released == driver.opened
    assert "RuntimeError" in caplog.text
    assert words not in caplog.text
    assert caplog.text.count("camera: RuntimeError") == 1, "told once, not at each try"


def test_whoever_does_not_read_gets_the_newest_picture_later() -> None:
    pause = threading.Event()
    driver = Driver(lambda count: not pause.wait(0.005))
    camera = WatchedCamera("camera", lambda: driver, PACE, 1.0)
    first = camera.read(5)
    until(lambda: driver.count > 60)
    later = camera.read(5)
    camera.close()
    assert first is not None
    assert later is not None
    assert later.number > first.number + 30
