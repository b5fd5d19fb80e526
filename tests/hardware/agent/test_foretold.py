"""What a key's answer foretells of its counter holds until a board that was asked for later."""

from __future__ import annotations

import pytest

from hardware.agent.foretold import Foretold, of_reply, overlaid, still
from queue_server.contract import CounterState, KeyOutcome, KeyReply
from tests.hardware.agent.boards import board

GONE = {KeyOutcome.NOBODY, KeyOutcome.FINISHED, KeyOutcome.NO_SHOW, KeyOutcome.TRANSFERRED}


@pytest.mark.parametrize("outcome", KeyOutcome)
def test_the_number_is_there_after_a_call_and_gone_after_the_end(outcome: KeyOutcome) -> None:
    reply = KeyReply(outcome=outcome, number="A-025", waiting=0, state=CounterState.OPEN)
    assert of_reply(reply, 1.0) == Foretold(CounterState.OPEN, None if outcome in GONE else "A-025", 1.0)


def test_only_the_foretold_counter_changes() -> None:
    before = board({1: (CounterState.CLOSED, None), 2: (CounterState.OPEN, "A-001")})
    after = overlaid(before, {1: Foretold(CounterState.OPEN, "A-002", 1.0)})
    assert [(each.state, each.number) for each in after.counters] == [
        (CounterState.OPEN, "A-002"),
        (CounterState.OPEN, "A-001"),
    ]
    assert overlaid(before, {}) is before


def test_a_board_asked_for_before_the_answer_does_not_take_it_back() -> None:
    foretold = {1: Foretold(CounterState.OPEN, "A-002", 10.0)}
    assert still(foretold, 9.9) == foretold
    assert still(foretold, 10.1) == {}
