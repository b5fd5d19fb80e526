"""What a year is measured against: Ciw's hall is ours, ticket by ticket; a full hall decides."""

from __future__ import annotations

import pytest

from bench import ciw_hall
from bench.days import generate
from bench.full_hall import COUNTERS, full_hall
from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import simulate


@pytest.mark.parametrize("load", [0.7, 0.9, 1.1])
def test_ciw_calls_everybody_when_we_do(load: float) -> None:
    day = ciw_hall.common(generate(1007, load))
    outcome = simulate(day.rosters, day.clock, day.arrivals, day.rules(PolicyName.FIRST_COME), day.durations)
    ours = [one.called_s for one in sorted(outcome.served, key=lambda one: one.id)]
    theirs = ciw_hall.calls(ciw_hall.run(ciw_hall.network(day)))
    assert len(ours) == len(day.arrivals)
    assert theirs == pytest.approx(ours, abs=1e-6)
    assert sum(one.waited_s > 60 for one in outcome.served) > 20, "people do wait in this hall"


def test_each_counter_of_the_full_hall_has_somebody_to_call() -> None:
    nth = full_hall(0)
    called = {}
    for n in range(COUNTERS):
        counter, decide = nth(n)
        decision = decide(counter)
        assert decision is not None
        called[counter.id] = decision.ticket
    assert len(called) == COUNTERS
    assert len(set(called.values())) > 3, "they do not all call the same one"
