"""The hall on a virtual clock: lawful under every policy, blind to the future, right where theory knows the answer."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dispatch import PolicyName, Rules
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Calling, Counter
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId, TicketId
from queue_server.domain.simulation import Arrival, Roster, simulate
from tests.queue_server.domain.simulated import AFTER, CODES, LUNCH, Day, days, people, person
from tests.queue_server.small_hall import text


@given(days())
def test_every_call_is_lawful(day: Day) -> None:
    outcome = day.run()
    arrivals = {each.id: each for each in day.arrivals}
    rosters = {roster.counter.id: roster for roster in day.rosters}
    assert len({each.id for each in outcome.served}) == len(outcome.served)
    for each in outcome.served:
        came, roster = arrivals[each.id], rosters[each.counter]
        assert came.service in roster.counter.able
        assert each.called_s >= came.at
        assert roster.is_open(each.called_s)
        assert not LUNCH <= each.called_s < AFTER
        assert each.finished_s == each.called_s + came.service_s
        assert each.waited_s == day.clock.at(each.called_s) - day.clock.at(came.at)
        assert came.patience_s is None or each.waited_s <= came.patience_s
        assert each.decision is not None
        assert each.decision.ticket == each.id
    for ident in rosters:
        mine = sorted((each for each in outcome.served if each.counter == ident), key=lambda each: each.called_s)
        assert all(one.finished_s <= other.called_s for one, other in pairwise(mine))


@given(days())
def test_everybody_is_served_or_lost_once(day: Day) -> None:
    outcome = day.run()
    assert sorted([each.id for each in (*outcome.served, *outcome.lost)]) == sorted(each.id for each in day.arrivals)
    patience = {each.id: each.patience_s for each in day.arrivals}
    for lost in outcome.lost:
        if lost.left:
            assert lost.waited_s == pytest.approx(patience[lost.id])


@given(days())
def test_no_counter_is_idle_while_somebody_waits_for_it(day: Day) -> None:
    """Nobody waits through a moment at which a counter that serves them, as its own, calls a junior or sits free."""
    outcome = day.run()
    arrivals = {each.id: each for each in day.arrivals}
    ends = {each.id: each.called_s for each in outcome.served}
    for lost in outcome.lost:
        came = arrivals[lost.id]
        ends[lost.id] = day.clock.when(day.clock.at(came.at) + lost.waited_s)
    for roster in day.rosters:
        mine = sorted((each for each in outcome.served if each.counter == roster.counter.id), key=lambda e: e.called_s)
        busy = [(each.called_s, each.finished_s) for each in mine]
        for opens, closes in roster.open:
            for ident, came in arrivals.items():
                if came.service not in roster.counter.services:
                    continue
                at = max(opens, came.at)
                at = AFTER if LUNCH <= at < AFTER else at
                if at < min(closes, ends[ident]):
                    assert any(begins <= at < until for begins, until in busy), (ident, at, roster.counter.id)


@given(days(), st.data())
def test_what_happens_later_changes_no_earlier_call(day: Day, data: st.DataObject) -> None:
    """The future of the file is redrawn: who comes from T on, and how long whatever runs at T or later takes."""
    t = data.draw(st.integers(0, 2500))
    before = day.run()
    running = {each.id for each in before.served if each.finished_s >= t}
    past = [
        arrival._replace(
            service_s=arrival.service_s
            if arrival.id not in running and arrival.id in {each.id for each in before.served}
            else arrival.service_s + 1000.0,
            patience_s=arrival.patience_s,
        )
        for arrival in day.arrivals
        if arrival.at < t
    ]
    changed = replace(day, arrivals=(*past, *data.draw(people(first=1000, earliest=t))))
    early = [each for each in before.served if each.called_s < t]
    after = [each for each in changed.run().served if each.called_s < t]
    assert [(e.id, e.counter, e.called_s, e.decision) for e in early] == [
        (e.id, e.counter, e.called_s, e.decision) for e in after
    ]


@given(days(st.just(PolicyName.LATENESS)))
def test_nobody_is_called_after_more_than_the_stated_multiple_of_those_ahead(day: Day) -> None:
    """Counted from outside: the calls of juniors before a ticket's own, by counters that could have made it."""
    day = replace(day, arrivals=tuple(each._replace(patience_s=None) for each in day.arrivals))
    outcome = day.run()
    arrivals = {each.id: each for each in day.arrivals}
    counters = {roster.counter.id: roster.counter for roster in day.rosters}
    order = {each.id: place for place, each in enumerate(outcome.served)}
    since = {ident: (day.clock.at(came.at), ident) for ident, came in arrivals.items()}
    coming = sorted(arrivals.values(), key=lambda came: came.at)
    for ident, came in arrivals.items():
        if ident not in order:
            continue
        shared = {code for c in counters.values() if came.service in c.able for code in c.able}
        called_before_coming = {each.id for each in outcome.served if each.called_s < came.at}
        ahead = sum(
            1
            for other in coming[: coming.index(came)]
            if other.id not in called_before_coming and other.service in shared
        )
        junior = sum(
            1
            for each in outcome.served[: order[ident]]
            if since[each.id] > since[ident] and came.service in counters[each.counter].able
        )
        calling = day.rules.calling
        assert junior <= max(0, math.ceil((calling.longest_multiple - 1) * ahead + calling.longest_slack))


@given(days(), st.integers(0, 3))
def test_the_same_day_gives_the_same_calls_in_whatever_order_it_is_listed(day: Day, turn: int) -> None:
    spread = tuple(each._replace(at=each.at + each.id / 1000) for each in day.arrivals)
    one = replace(day, arrivals=spread).run()
    assert replace(day, arrivals=(*spread[turn:], *spread[:turn])).run() == one


@given(days(), st.sampled_from(PolicyName))
def test_with_one_service_and_no_priority_every_policy_is_first_come(day: Day, policy: PolicyName) -> None:
    plain = replace(
        day,
        arrivals=tuple(each._replace(service=CODES[0], priority=None) for each in day.arrivals),
        rosters=tuple(
            replace(roster, counter=replace(roster.counter, services=frozenset(CODES[:1]), backup=frozenset()))
            for roster in day.rosters
        ),
        rules=replace(day.rules, calling=replace(day.rules.calling, policy=policy)),
    )
    called = [each.id for each in plain.run().served]
    came = {each.id: (plain.clock.at(each.at), each.id) for each in plain.arrivals}
    assert called == sorted(called, key=lambda ident: came[ident])


@given(days())
def test_a_call_is_the_same_whether_or_not_it_is_explained(day: Day) -> None:
    told, untold = day.run(), day.run(explain=False)
    assert [each._replace(decision=None) for each in told.served] == list(untold.served)


def test_one_whose_patience_ends_in_the_moment_of_the_call_is_called() -> None:
    desk = Counter(CounterId(1), text("Counter"), frozenset(CODES))
    takes = [person(1, 0.0, CODES[0], 100.0, False, None), person(2, 0.0, CODES[0], 10.0, False, 100.0)]
    rules = Rules(dict.fromkeys(CODES, 900.0))
    durations = Durations({(code, None, None): 60.0 for code in CODES})
    outcome = simulate([Roster(desk, ((0.0, 1e6),))], HallClock(), takes, rules, durations)
    assert [(each.id, each.called_s) for each in outcome.served] == [(1, 0.0), (2, 100.0)]


def test_the_counter_that_serves_least_takes_the_newcomer() -> None:
    """Both are free: the flexible one is kept for what only it can serve, which comes a moment later."""
    flexible = Counter(CounterId(1), text("Counter"), frozenset(CODES))
    narrow = Counter(CounterId(2), text("Counter"), frozenset(CODES[:1]))
    come = [person(1, 10.0, CODES[0], 100.0, False, None), person(2, 11.0, CODES[1], 100.0, False, None)]
    rules = Rules(dict.fromkeys(CODES, 900.0))
    durations = Durations({(code, None, None): 60.0 for code in CODES})
    rosters = [Roster(flexible, ((0.0, 1e6),)), Roster(narrow, ((0.0, 1e6),))]
    outcome = simulate(rosters, HallClock(), come, rules, durations)
    assert [(each.id, each.counter, each.waited_s) for each in outcome.served] == [(1, 2, 0.0), (2, 1, 0.0)]


def erlang_c_wait_s(arrivals_per_s: float, mean_s: float, counters: int) -> float:
    """Mean wait of M/M/c (Erlang 1917)."""
    load = arrivals_per_s * mean_s
    tail = load**counters / math.factorial(counters) * counters / (counters - load)
    waiting = tail / (sum(load**n / math.factorial(n) for n in range(counters)) + tail)
    return waiting * mean_s / (counters - load)


@pytest.mark.parametrize("policy", [PolicyName.FIRST_COME, PolicyName.LATENESS])
@pytest.mark.parametrize(("counters", "load"), [(1, 0.6), (3, 0.8), (8, 0.85)])
def test_the_mean_wait_is_that_of_erlang_c(policy: PolicyName, counters: int, load: float) -> None:
    """Thirty independent long days; theory must lie within the 99.9 % confidence interval of their mean."""
    mean_s, rate = 300.0, load * counters / 300.0
    rules = Rules({CODES[0]: 900.0}, Calling(policy=policy))
    rosters = [
        Roster(Counter(CounterId(n), text("Counter"), frozenset(CODES[:1])), ((0.0, math.inf),))
        for n in range(1, counters + 1)
    ]
    means = []
    for seed in range(30):
        chance = random.Random(seed)
        at, arrivals = 0.0, []
        for ident in range(1700):
            at += chance.expovariate(rate)
            arrivals.append(Arrival(TicketId(ident), "", at, CODES[0], None, chance.expovariate(1 / mean_s)))
        outcome = simulate(
            rosters, HallClock(), arrivals, rules, Durations({(CODES[0], None, None): mean_s}), explain=False
        )
        waits = [each.waited_s for each in outcome.served if each.id >= 500]  # the hall starts empty
        means.append(mean(waits))
    margin = 3.66 * stdev(means) / math.sqrt(len(means))  # Student's t, 29 degrees of freedom
    assert abs(mean(means) - erlang_c_wait_s(rate, mean_s, counters)) <= margin
