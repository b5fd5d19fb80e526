"""Whom a counter calls: never a service it lacks, first come first served, and ordinary tickets keep moving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dispatch import REASONS, Situation, Why, choose, may_call, upcoming
from queue_server.domain.errors import fill
from queue_server.domain.hall import Calling
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.ticket import Ticket
from tests.queue_server.small_hall import BIRTH, COPY, ELDERLY, HOME, NINE, SMALL_HALL, candidate, counter, ticket

NOW = NINE + timedelta(hours=2)


@st.composite
def queues(draw: st.DrawFn) -> list[Ticket]:
    """Tickets with distinct ids; arrival times may be equal."""
    size = draw(st.integers(0, 12))
    return [
        ticket(
            ident,
            NINE + timedelta(minutes=draw(st.integers(0, 30))),
            service=draw(st.sampled_from([BIRTH, COPY, HOME])),
            priority=draw(st.sampled_from([None, ELDERLY])),
            for_counter=draw(st.sampled_from([None, None, None, CounterId(1), CounterId(2), CounterId(3)])),
        )
        for ident in range(1, size + 1)
    ]


OFFERED = SMALL_HALL.offered
HELD = frozenset(counter.id for counter in SMALL_HALL.counters)


def situation(waiting: Sequence[Ticket], run: int = 0, bound: int = 2) -> Situation:
    return Situation([candidate(each) for each in waiting], HELD, OFFERED, run, Calling(priority_run=bound), NOW)


COUNTERS = st.sampled_from(SMALL_HALL.counters)


@given(queues(), COUNTERS, st.integers(0, 5))
def test_a_counter_calls_whom_it_may_and_is_idle_only_when_there_is_none(
    waiting: list[Ticket], at: object, run: int
) -> None:
    chosen = choose(at, situation(waiting, run))  # type: ignore[arg-type]
    mine = {t.id: t for t in waiting if may_call(at, t, HELD, OFFERED)}  # type: ignore[arg-type]
    assert (chosen is None) == (not mine)
    if chosen is not None:
        called = mine[chosen.ticket]
        assert called.for_counter in (None, at.id)  # type: ignore[attr-defined]
        assert called.for_counter is not None or called.service in at.services  # type: ignore[attr-defined]


@given(queues(), COUNTERS, st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_in_which_tickets_are_listed(
    waiting: list[Ticket], at: object, run: int, chance: object
) -> None:
    shuffled = list(waiting)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(at, situation(waiting, run)) == choose(at, situation(shuffled, run))  # type: ignore[arg-type]


@given(queues(), COUNTERS, st.integers(0, 5))
def test_within_its_kind_the_longest_waiting_goes_first(waiting: list[Ticket], at: object, run: int) -> None:
    chosen = choose(at, situation(waiting, run))  # type: ignore[arg-type]
    if chosen is None:
        return
    called = next(t for t in waiting if t.id == chosen.ticket)
    rivals = [
        t for t in waiting if may_call(at, t, HELD, OFFERED) and (t.priority is None) == (called.priority is None)
    ]  # type: ignore[arg-type]
    assert all((called.queued_at, called.id) <= (t.queued_at, t.id) for t in rivals)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20))
def test_with_one_service_and_no_priority_it_is_first_come_first_served(minutes: list[int]) -> None:
    waiting = [ticket(n, NINE + timedelta(minutes=m)) for n, m in enumerate(minutes, 1)]
    order = []
    while (decision := choose(counter(2, COPY), situation(waiting))) is not None:
        order.append(decision.ticket)
        waiting = [t for t in waiting if t.id != decision.ticket]
    assert order == [n for _, n in sorted(zip(minutes, range(1, len(minutes) + 1), strict=True))]


@given(st.integers(1, 4), st.lists(st.booleans(), min_size=10, max_size=60))
def test_with_priority_always_waiting_ordinary_tickets_keep_their_turn(bound: int, arrivals: list[bool]) -> None:
    """However priority tickets pour in: between two ordinary calls there are at most `bound` priority calls."""
    waiting = [ticket(n, NINE) for n in range(1, 31)]
    ident, run, since_ordinary = 100, 0, 0
    for arrives in arrivals:
        waiting += [ticket(ident + n, NOW, priority=ELDERLY) for n in range(2 if arrives else 0)]
        ident += 2
        decision = choose(counter(2, COPY), situation(waiting, run, bound))
        if decision is None:
            break
        called = next(t for t in waiting if t.id == decision.ticket)
        waiting.remove(called)
        run = run + 1 if called.priority else 0
        ordinary_waits = any(t.priority is None for t in waiting) or called.priority is None
        since_ordinary = since_ordinary + 1 if called.priority and ordinary_waits else 0
        assert since_ordinary <= bound


def test_each_reason_is_said_in_words() -> None:
    ordinary, elderly = ticket(1, NINE), ticket(2, NINE + timedelta(hours=1), priority=ELDERLY)
    desk = counter(2, COPY)
    first = choose(desk, situation([ordinary, elderly]))
    assert first is not None
    assert (first.ticket, first.why) == (2, Why.PRIORITY)
    assert fill(REASONS[first.why], first.params) == "B-002 has priority; it has waited 60 min."
    turn = choose(desk, situation([ordinary, elderly], run=2))
    assert turn is not None
    assert (turn.ticket, turn.why) == (1, Why.ORDINARY_TURN)
    said = "B-001 goes now after 2 priority calls in a row; it has waited 120 min."
    assert fill(REASONS[turn.why], turn.params) == said
    alone = choose(desk, situation([ordinary]))
    assert alone is not None
    assert fill(REASONS[alone.why], alone.params) == "B-001 has waited longest: 120 min."
    assert set(REASONS) == set(Why)


def test_a_ticket_sent_to_a_counter_waits_for_that_one_even_when_others_serve_it() -> None:
    sent = ticket(1, for_counter=CounterId(3))
    assert not may_call(SMALL_HALL.counter(2), sent, HELD, OFFERED)
    assert may_call(SMALL_HALL.counter(3), sent, HELD, OFFERED)
    assert choose(SMALL_HALL.counter(2), situation([sent])) is None


def test_a_ticket_sent_to_a_counter_that_has_closed_is_called_by_any_that_serves_it() -> None:
    sent = ticket(1, for_counter=CounterId(3))
    assert may_call(SMALL_HALL.counter(2), sent, frozenset({CounterId(2)}), OFFERED)
    assert may_call(SMALL_HALL.counter(3), sent, frozenset({CounterId(2)}), OFFERED)


def test_a_transferred_ticket_goes_by_its_arrival_not_by_its_transfer() -> None:
    early = replace(ticket(9, NINE), service=COPY)
    late = ticket(1, NINE + timedelta(minutes=1))
    decision = choose(SMALL_HALL.counter(2), situation([late, early]))
    assert decision is not None
    assert decision.ticket == 9


def test_a_ticket_for_what_the_hall_no_longer_offers_is_called_by_any_counter() -> None:
    orphan = ticket(1, service=ServiceCode("no-longer"))
    assert all(may_call(each, orphan, HELD, OFFERED) for each in SMALL_HALL.counters)


def test_who_comes_next_is_told_by_the_rule_that_calls_them() -> None:
    desk = counter(2, COPY)
    waiting = [ticket(n, priority=ELDERLY if n % 2 else None) for n in range(1, 7)]
    now = situation(waiting, run=1, bound=2)
    told = [each.id for each in upcoming(desk, now, 10)]
    called: list[int] = []
    run, left = 1, list(waiting)
    while (decision := choose(desk, situation(left, run, 2))) is not None:
        called.append(decision.ticket)
        one = next(each for each in left if each.id == decision.ticket)
        left.remove(one)
        run = run + 1 if one.priority else 0
    assert told == called
    assert [each.id for each in upcoming(desk, now, 2)] == called[:2]
