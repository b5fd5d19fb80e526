"""The manager is warned at once, and not by fits and starts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.alarm import CLEAR_AFTER_S, CLEAR_BELOW, Alarm

THRESHOLD = 0.2


def after(*shares: float, every_s: float = 60.0, over: float = 5.0) -> list[bool]:
    """Whether the alarm is raised after each of `shares`, seen one minute after the other."""
    alarm, raised = Alarm(), []
    for minute, share in enumerate(shares):
        alarm = alarm.after(share, over, THRESHOLD, minute * every_s)
        raised.append(alarm.is_raised)
    return raised


def test_it_is_raised_at_the_threshold_at_once() -> None:
    assert after(0.19, 0.2) == [False, True]


def test_a_share_of_next_to_nobody_raises_nothing() -> None:
    assert after(1.0, over=0.9) == [False]
    assert after(1.0, over=1.0) == [True]


def test_it_does_not_flap_around_the_threshold() -> None:
    assert after(0.2, 0.19, 0.15, 0.19, 0.15, 0.21) == [True] * 6


def test_it_is_cleared_after_five_calm_minutes_on_end() -> None:
    calm = 0.9 * CLEAR_BELOW * THRESHOLD
    assert after(0.2, *[calm] * 5) == [True] * 6
    assert after(0.2, *[calm] * 6) == [True] * 6 + [False]
    assert after(0.2, calm, calm, calm, 0.15, *[calm] * 5) == [True] * 10


def test_a_raised_alarm_with_nobody_left_is_cleared_too() -> None:
    alarm = Alarm(is_raised=True).after(1.0, 0.0, THRESHOLD, 0.0)
    assert alarm.is_raised
    assert not alarm.after(1.0, 0.0, THRESHOLD, CLEAR_AFTER_S).is_raised


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_once_raised_it_stands_for_five_minutes_at_least(shares: list[float]) -> None:
    raised = after(*shares)
    starts = [n for n, now in enumerate(raised) if now and (n == 0 or not raised[n - 1])]
    for start in starts:
        assert all(raised[start : start + 6])


@pytest.mark.parametrize("threshold", [0.05, 0.5])
def test_the_hall_chooses_the_threshold(threshold: float) -> None:
    assert Alarm().after(threshold, 3.0, threshold, 0.0).is_raised
    assert not Alarm().after(0.99 * threshold, 3.0, threshold, 0.0).is_raised
