"""The search with hindsight: its schedules hold before the judge, and it finds what is known to be best."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bench.days import OPENS, Day, generate, roster
from bench.hindsight import search
from bench.schedule import Call, calls_of, cost, faults
from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import Arrival, simulate

STEPS = 100_000


def first_come(day: Day) -> tuple[Call, ...]:
    rules = day.rules(PolicyName.FIRST_COME)
    return calls_of(simulate(day.rosters, day.clock, day.arrivals, rules, day.durations))


@pytest.mark.parametrize("load", [0.7, 0.9])
def test_what_it_finds_is_valid_cheaper_and_costs_what_it_says(load: float) -> None:
    day = generate(1001, load)
    first = first_come(day)
    found = search(day, first, STEPS)
    assert faults(day, found.calls) == []
    assert cost(day, found.calls) == pytest.approx(found.cost, abs=1e-9)
    assert found.cost < 0.8 * cost(day, first)


def test_no_steps_give_the_first_schedule_back() -> None:
    day = generate(1002, 0.8)
    first = first_come(day)
    assert search(day, first, 0).cost == pytest.approx(cost(day, first))


def test_the_same_seed_gives_the_same_schedule_and_another_another() -> None:
    day = generate(1003, 0.8)
    first = first_come(day)
    assert search(day, first, STEPS).calls == search(day, first, STEPS).calls
    assert search(day, first, STEPS).calls != search(day, first, STEPS, seed=2).calls


def test_it_starts_from_nothing_as_well() -> None:
    day = generate(1004, 0.7)
    found = search(day, (), STEPS)
    assert faults(day, found.calls) == []
    assert len(found.calls) > 0.9 * len(day.arrivals)


def test_it_finds_the_best_order_of_a_few_people_at_one_counter() -> None:
    services = [900.0, 60.0, 400.0, 1500.0, 200.0, 700.0]
    day = one_counter(services)
    best = min(cost(day, in_order(day, order)) for order in permutations(range(len(services))))
    assert search(day, (), STEPS).cost == pytest.approx(best)


def test_it_keeps_a_counter_free_for_somebody_who_is_about_to_come() -> None:
    """A long ticket waits, one with priority comes a minute later: no policy could know, hindsight does."""
    day = one_counter([3000.0, 60.0])
    service = day.arrivals[0].service
    soon = Arrival(2, "2", OPENS + 60, service, "priority", 60.0)
    day = replace(day, arrivals=(day.arrivals[0], soon))
    assert [call.id for call in search(day, (), STEPS).calls] == [2, 1]


def one_counter(services_s: list[float]) -> Day:
    """All wait from the opening on."""
    day = generate(1000, 0.8)
    service = next(iter(day.targets))
    people = tuple(Arrival(n, str(n), OPENS, service, None, takes) for n, takes in enumerate(services_s, 1))
    return replace(day, rosters=(roster(1, (service,)),), arrivals=people, targets={service: 900.0})


def in_order(day: Day, order: tuple[int, ...]) -> list[Call]:
    t, calls = OPENS, []
    for n in order:
        arrival = day.arrivals[n]
        calls.append(Call(arrival.id, 1, t, t + arrival.service_s))
        t += arrival.service_s
    return calls
