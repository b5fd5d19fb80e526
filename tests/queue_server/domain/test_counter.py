"""A counter has one holder: who may open, pause and close it."""

from __future__ import annotations

import pytest

from queue_server.domain.counter import CounterState, CounterStatus
from queue_server.domain.errors import CounterHeld, CounterNotOpen, CounterNotYours
from queue_server.domain.ids import Actor, CounterId

LAN, MINH = Actor("user:lan"), Actor("device:minh")
CLOSED = CounterStatus(CounterId(3))
OPEN = CLOSED.open(LAN)
PAUSED = OPEN.pause(LAN, "lunch")


def test_a_closed_counter_is_opened_by_anybody_and_held_by_them() -> None:
    assert (OPEN.state, OPEN.holder, OPEN.pause_reason) == (CounterState.OPEN, LAN, None)
    assert OPEN.open(LAN) == OPEN


@pytest.mark.parametrize("status", [OPEN, PAUSED])
def test_a_held_counter_is_not_opened_by_another(status: CounterStatus) -> None:
    with pytest.raises(CounterHeld) as refusal:
        status.open(MINH)
    assert refusal.value.params == {"counter": 3, "holder": "lan"}


def test_a_pause_keeps_the_holder_and_ends_by_opening() -> None:
    assert (PAUSED.state, PAUSED.holder, PAUSED.pause_reason) == (CounterState.PAUSED, LAN, "lunch")
    assert PAUSED.open(LAN) == OPEN
    with pytest.raises(CounterNotOpen):
        PAUSED.pause(LAN, "again")
    with pytest.raises(CounterNotOpen):
        CLOSED.pause(LAN, "lunch")
    with pytest.raises(CounterNotYours):
        OPEN.pause(MINH, "lunch")


@pytest.mark.parametrize("status", [OPEN, PAUSED])
def test_only_the_holder_or_a_manager_closes(status: CounterStatus) -> None:
    assert status.close(LAN) == CLOSED
    with pytest.raises(CounterNotYours):
        status.close(MINH)
    assert status.close(MINH, as_manager=True) == CLOSED


def test_closing_a_closed_counter_changes_nothing() -> None:
    assert CLOSED.close(MINH) == CLOSED


def test_acting_at_a_counter_needs_holding_it_and_calling_needs_it_open() -> None:
    OPEN.check_open(LAN)
    PAUSED.check_mine(LAN)
    with pytest.raises(CounterNotOpen):
        PAUSED.check_open(LAN)
    with pytest.raises(CounterNotOpen):
        CLOSED.check_mine(LAN)
    with pytest.raises(CounterNotYours):
        OPEN.check_mine(MINH)
