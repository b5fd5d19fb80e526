"""The judge of schedules: it finds each fault, and counts cost as the issue states it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.days import BREAK, CLOSES, LAST_CALL, OPENS, Day, generate
from bench.schedule import Call, calls_of, cost, faults, waits
from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import Arrival, simulate


@pytest.fixture(scope="module")
def day() -> Day:
    return generate(1000, 0.9)


@pytest.fixture(scope="module")
def calls(day: Day) -> list[Call]:
    outcome = simulate(day.rosters, day.clock, day.arrivals, day.rules(PolicyName.FIRST_COME), day.durations)
    return list(calls_of(outcome))


@pytest.mark.parametrize("policy", PolicyName)
def test_the_simulators_days_are_valid_and_their_waits_agree(day: Day, policy: PolicyName) -> None:
    outcome = simulate(day.rosters, day.clock, day.arrivals, day.rules(policy), day.durations)
    assert faults(day, calls_of(outcome)) == []
    waited = waits(day, calls_of(outcome))
    simulated = {one.id: one.waited_s for one in (*outcome.served, *outcome.lost)}
    assert waited == pytest.approx(simulated, abs=1e-6)


def test_each_fault_is_found(day: Day, calls: list[Call]) -> None:
    people = {arrival.id: arrival for arrival in day.arrivals}
    call = calls[50]
    arrival = people[call.id]
    unable = next(r.counter.id for r in day.rosters if arrival.service not in r.counter.services)
    another = next(one for one in calls if one.counter == call.counter and one.called_s > call.called_s)

    def told(*changed: Call) -> str:
        kept = [one for one in calls if one.id not in {each.id for each in changed}]
        return "; ".join(faults(day, [*kept, *changed]))

    def at(moment: float) -> Call:
        return call._replace(called_s=moment, finished_s=moment + arrival.service_s)

    assert "is called before it has come" in told(at(arrival.at - 1))
    assert "is served without the skill" in told(call._replace(counter=unable))
    assert "is called while the counter is closed" in told(at(LAST_CALL))
    assert "is called in the break" in told(at(BREAK[0]))
    assert "is not served as long as it takes" in told(call._replace(finished_s=call.finished_s - 1))
    assert f"calls {another.id} before" in told(another._replace(called_s=call.called_s + 0.5))
    assert "is called twice" in "; ".join(faults(day, [*calls, call]))
    left = next(one for one in day.arrivals if one.patience_s is not None and one.at < 30000)
    late = Call(left.id, calls[0].counter, CLOSES, CLOSES + left.service_s)
    assert f"ticket {left.id} has left before" in told(late)


def test_the_cost_is_weight_times_the_square_of_wait_over_target_over_all_who_came(day: Day) -> None:
    service = day.rosters[0].counter.services and sorted(day.rosters[0].counter.services)[0]
    people = (
        Arrival(1, "1", OPENS - 500, service, None, 100.0),  # waits 60 from opening
        Arrival(2, "2", BREAK[0] - 100, service, "priority", 100.0),  # 100 before the break, 50 after it
        Arrival(3, "3", OPENS, service, None, 100.0, 400.0),  # gives up
        Arrival(4, "4", CLOSES, service, None, 100.0),  # is never called
    )
    small = replace(day, arrivals=people, targets={**day.targets, service: 1000.0})
    calls = [Call(1, 1, OPENS + 60, OPENS + 160), Call(2, 1, BREAK[1] + 50, BREAK[1] + 150)]
    assert waits(small, calls) == {1: 60.0, 2: 150.0, 3: 400.0, 4: LAST_CALL - CLOSES}
    assert cost(small, calls) == pytest.approx((0.06**2 + 4 * 0.15**2 + 0.4**2 + 5.4**2) / 4)
