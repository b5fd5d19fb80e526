"""Whom a counter calls, under every policy: only whom it may, never out of turn within a lane, and rails hold."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dispatch import (
    Candidate,
    PolicyName,
    Why,
    ahead_of,
    choose,
    may_call,
    run_after,
    upcoming,
)
from queue_server.domain.hall import Counter
from queue_server.domain.ids import CounterId, ServiceCode
from tests.queue_server.domain.dispatch.situations import ALL_HELD, situation, waits
from tests.queue_server.small_hall import BIRTH, COPY, HOME, SMALL_HALL, counter

POLICIES = st.sampled_from(PolicyName)
COUNTERS = st.sampled_from(SMALL_HALL.counters)
OFFERED = SMALL_HALL.offered


@st.composite
def queues(draw: st.DrawFn) -> list[Candidate]:
    """Up to a dozen who wait; arrival times may be equal."""
    return [
        waits(
            ident,
            draw(st.integers(0, 119)),
            draw(st.sampled_from([BIRTH, COPY, HOME])),
            priority=draw(st.booleans()),
            for_counter=draw(st.sampled_from([None, None, None, 1, 2, 3])),
        )
        for ident in range(1, draw(st.integers(0, 12)) + 1)
    ]


@given(queues(), COUNTERS, POLICIES, st.integers(-5, 5))
def test_a_counter_calls_whom_it_may_and_is_idle_only_when_there_is_none(
    waiting: list[Candidate], at: Counter, policy: PolicyName, run: int
) -> None:
    chosen = choose(at, situation(waiting, policy=policy, runs={at.id: run}))
    mine = {each.id: each for each in waiting if may_call(at, each, ALL_HELD, OFFERED)}
    assert (chosen is None) == (not mine)
    if chosen is not None:
        called = mine[chosen.ticket]
        assert called.for_counter in (None, at.id)
        assert called.for_counter is not None or called.service in at.services


@given(queues(), COUNTERS, POLICIES, st.integers(-5, 5), st.integers())
def test_the_choice_does_not_depend_on_the_order_in_which_tickets_are_listed(
    waiting: list[Candidate], at: Counter, policy: PolicyName, run: int, seed: int
) -> None:
    shuffled = list(waiting)
    random.Random(seed).shuffle(shuffled)
    runs = {at.id: run}
    assert choose(at, situation(waiting, policy=policy, runs=runs)) == choose(
        at, situation(shuffled, policy=policy, runs=runs)
    )


@given(queues(), COUNTERS, POLICIES, st.integers(-5, 5))
def test_within_its_lane_the_longest_waiting_goes_first(
    waiting: list[Candidate], at: Counter, policy: PolicyName, run: int
) -> None:
    chosen = choose(at, situation(waiting, policy=policy, runs={at.id: run}))
    if chosen is None:
        return
    called = next(each for each in waiting if each.id == chosen.ticket)
    like = [
        each
        for each in waiting
        if (each.service, each.priority, each.for_counter) == (called.service, called.priority, called.for_counter)
    ]
    assert (called.since, called.id) == min((each.since, each.id) for each in like)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20), POLICIES)
def test_with_one_service_and_no_priority_it_is_first_come_first_served(minutes: list[int], policy: PolicyName) -> None:
    waiting = [waits(n, minute) for n, minute in enumerate(minutes, 1)]
    order = []
    while (decision := choose(counter(2, COPY), situation(waiting, policy=policy))) is not None:
        order.append(decision.ticket)
        waiting = [each for each in waiting if each.id != decision.ticket]
    assert order == [n for _, n in sorted(zip(minutes, range(1, len(minutes) + 1), strict=True))]


@given(st.integers(1, 4), st.lists(st.booleans(), min_size=10, max_size=60))
def test_with_priority_always_waiting_ordinary_tickets_keep_their_share(bound: int, arrivals: list[bool]) -> None:
    """However priority tickets pour in: between two ordinary calls there are at most `bound` priority calls."""
    waiting = [waits(n) for n in range(1, 31)]
    ident, run, in_a_row = 100, 0, 0
    for arrives in arrivals:
        waiting += [waits(ident + n, priority=True) for n in range(2 if arrives else 0)]
        ident += 2
        decision = choose(counter(2, COPY), situation(waiting, runs={2: run}, priority_run=bound))
        if decision is None:
            break
        called = next(each for each in waiting if each.id == decision.ticket)
        waiting.remove(called)
        run = run_after(run, called)
        ordinary_waits = any(each.priority is None for each in waiting) or called.priority is None
        in_a_row = in_a_row + 1 if called.priority and ordinary_waits else 0
        assert in_a_row <= bound


def test_who_has_been_passed_over_as_often_as_may_be_goes_now() -> None:
    long, quick = waits(1, 0, BIRTH), waits(2, 0, COPY)
    at = SMALL_HALL.counter(3)
    assert choose(at, situation([long, quick], 5)).ticket == 2  # type: ignore[union-attr]
    held_back = situation([long, quick], 5, passed={long.id: 4}, longest_multiple=3, longest_slack=4)
    decision = choose(at, held_back)
    assert decision is not None
    assert (decision.ticket, decision.why, decision.params["passed"]) == (1, Why.LIMIT, 4)


def test_the_more_stood_before_one_on_arrival_the_more_may_pass() -> None:
    long, quick = waits(1, 0, BIRTH, ahead=2), waits(2, 0, COPY)
    rails = {"longest_multiple": 3, "longest_slack": 4}
    called = [
        choose(SMALL_HALL.counter(3), situation([long, quick], 5, passed={long.id: passed}, **rails)).ticket  # type: ignore[union-attr]
        for passed in (7, 8)
    ]
    assert called == [2, 1]


def test_a_backup_service_waits_until_nothing_of_the_counters_own_does() -> None:
    helper = replace(counter(1, BIRTH), backup=frozenset({COPY}))
    own, other = waits(1, 119, BIRTH), waits(2, 110)
    assert choose(helper, situation([own, other])).ticket == 1  # type: ignore[union-attr]
    alone = choose(helper, situation([other]))
    assert alone is not None
    assert (alone.ticket, alone.why) == (2, Why.BACKUP)


def test_a_backup_ticket_at_risk_goes_before_an_own_one_that_is_not() -> None:
    helper = replace(counter(1, BIRTH), backup=frozenset({COPY}))
    own, late = waits(1, 119, BIRTH), waits(2, 107)
    assert choose(helper, situation([own, late])).ticket == 2  # type: ignore[union-attr]
    both_late = situation([waits(1, 100, BIRTH), late])
    assert choose(helper, both_late).ticket == 1  # type: ignore[union-attr]


def test_a_ticket_sent_to_a_counter_waits_for_that_one_even_when_others_serve_it() -> None:
    sent = waits(1, for_counter=3)
    assert not may_call(SMALL_HALL.counter(2), sent, ALL_HELD, OFFERED)
    assert may_call(SMALL_HALL.counter(3), sent, ALL_HELD, OFFERED)
    assert choose(SMALL_HALL.counter(2), situation([sent])) is None


def test_a_ticket_sent_to_a_counter_that_has_closed_is_called_by_any_that_serves_it() -> None:
    sent, held = waits(1, for_counter=3), frozenset({CounterId(2)})
    assert may_call(SMALL_HALL.counter(2), sent, held, OFFERED)
    assert may_call(SMALL_HALL.counter(3), sent, held, OFFERED)


def test_a_ticket_for_what_the_hall_no_longer_offers_is_called_by_any_counter() -> None:
    orphan = waits(1, service=ServiceCode("no-longer"))
    for each in SMALL_HALL.counters:
        assert choose(each, situation([orphan])).ticket == 1  # type: ignore[union-attr]


@given(queues(), COUNTERS, POLICIES)
def test_who_comes_next_is_told_by_the_rule_that_calls_them(
    waiting: list[Candidate], at: Counter, policy: PolicyName
) -> None:
    now = situation(waiting, policy=policy, longest_slack=1000)
    told = [each.id for each in upcoming(at, now, 20)]
    called: list[int] = []
    run, left = 0, list(waiting)
    while (decision := choose(at, situation(left, policy=policy, runs={at.id: run}, longest_slack=1000))) is not None:
        called.append(decision.ticket)
        one = next(each for each in left if each.id == decision.ticket)
        left.remove(one)
        run = run_after(run, one)
    assert told == called
    assert [each.id for each in upcoming(at, now, 2)] == called[:2]


def test_who_stands_ahead_waits_for_a_counter_that_could_serve_the_newcomer() -> None:
    waiting = {BIRTH: 3, COPY: 4, HOME: 5}
    assert ahead_of(COPY, waiting, SMALL_HALL.counters) == 12
    assert ahead_of(COPY, waiting, [counter(2, COPY), counter(1, BIRTH)]) == 4
    assert ahead_of(HOME, waiting, [counter(2, COPY)]) == 0


@pytest.mark.parametrize(("run", "priority", "after"), [(0, True, 1), (2, True, 3), (-2, True, 1), (3, False, -1)])
def test_a_run_counts_calls_of_one_kind_in_a_row(run: int, priority: bool, after: int) -> None:
    assert run_after(run, waits(1, priority=priority)) == after
