"""What a device's thread brings: the newest things, not too old, and losses told once at once and then in time."""

from __future__ import annotations

import threading
import time

import pytest

from hardware.arrivals import Arrivals
from hardware.errors import Code, DeviceError

LOST = DeviceError(Code.OFFLINE, "lost")


def test_things_come_in_order_and_the_oldest_give_way() -> None:
    arrivals: Arrivals[int] = Arrivals(3, 60)
    for number in range(5):
        arrivals.put(number)
    assert [arrivals.take(0) for _ in range(4)] == [2, 3, 4, None]


def test_what_has_become_old_is_thrown_away() -> None:
    arrivals: Arrivals[str] = Arrivals(3, 0.0)
    arrivals.put("a card of a while ago")
    threading.Event().wait(0.01)
    assert arrivals.take(0) is None


def test_a_loss_wakes_who_waits_and_then_takes_its_time() -> None:
    arrivals: Arrivals[str] = Arrivals(1, 60)
    threading.Timer(0.05, arrivals.fail, [LOST]).start()
    with pytest.raises(DeviceError):
        arrivals.take(60)
    arrivals.fail(DeviceError(Code.TIMEOUT, "still lost"))
    waited_from = time.monotonic()
    with pytest.raises(DeviceError, match="still lost"):
        arrivals.take(0.2)
    assert time.monotonic() - waited_from >= 0.2, "or whoever asks in a loop would never rest"


def test_what_came_before_the_loss_is_still_given_and_a_return_is_silent() -> None:
    arrivals: Arrivals[str] = Arrivals(2, 60)
    arrivals.put("before")
    arrivals.fail(LOST)
    assert arrivals.take(0) == "before"
    with pytest.raises(DeviceError):
        arrivals.take(0)
    arrivals.fail(None)
    assert arrivals.failure is None
    assert arrivals.take(0) is None
    arrivals.fail(LOST)
    with pytest.raises(DeviceError):
        arrivals.take(60)
