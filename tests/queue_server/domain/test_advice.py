"""Advice says what a simulation of this very hall has found, and nothing that chance alone could have."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

import pytest

from queue_server.domain.advice import LEAST_SPARED_S, RUNS, SHOWN, Advice, advise
from queue_server.domain.dispatch import Candidate, Rules
from queue_server.domain.forecast import Toll, tolls
from queue_server.domain.future import Present
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId
from queue_server.domain.measure import Measure, MeasureKey, MeasureKind
from queue_server.domain.options import Option
from queue_server.domain.simulation import Roster
from tests.queue_server.domain.dispatch.situations import NINE_S, TARGETS, waits
from tests.queue_server.small_hall import COPY, SMALL_HALL, counter


def seeded(seed: int = 1) -> Callable[[str], random.Random]:
    return lambda name: random.Random(f"{seed}/{name}")


def roster(ident: int, *services: str, since: float = 0.0) -> Roster:
    return Roster(counter(ident, *services), ((since, 1e9),))


def hall(people: int, *, first: float = 1.0) -> Present:
    """`people` wait for copies at one counter, the first since minute `first` past nine; it is 9:15."""
    waiting: list[Candidate] = [waits(n, first + 14 * n / people, COPY) for n in range(people)]
    return Present(
        time=NINE_S + 15 * 60,
        clock=HallClock(),
        rosters=[roster(2, COPY)],
        rules=Rules(TARGETS),
        durations=SMALL_HALL.durations,
        waiting=waiting,
        rates={(COPY, False): 1 / 400},
    )


def opening(now: Present, ident: int, count: int = 1) -> Option:
    """To open `count` more counters."""
    more = [roster(ident + 100 * n, COPY) for n in range(count)]
    measure = Measure(MeasureKind.OPEN_COUNTER, CounterId(ident), (COPY,))
    return Option(measure, replace(now, rosters=[*now.rosters, *more]))


def advised(now: Present, tried: list[Option], standing: Collection[MeasureKey] = ()) -> list[Advice]:
    return advise(tolls(now, seeded(), RUNS), tried, seeded(), standing)


def test_another_counter_saves_tickets_and_two_save_more() -> None:
    now = hall(8)
    advice = advised(now, [opening(now, 5), opening(now, 6, count=2)])
    assert [each.measure.counter for each in advice] == [6, 5]
    assert advice[0].before == advice[1].before
    assert advice[0].saved > advice[1].saved > 1
    assert all(each.spares_tickets for each in advice)


def test_what_changes_nothing_is_not_advised() -> None:
    now = hall(8)
    idle = Option(Measure(MeasureKind.OPEN_COUNTER, CounterId(4)), now)
    late = Option(Measure(MeasureKind.OPEN_COUNTER, CounterId(7)), opening(now, 7).then)
    late = replace(late, then=replace(now, rosters=[*now.rosters, roster(7, COPY, since=NINE_S + 7200)]))
    assert advised(now, [idle, late]) == []


def test_what_does_harm_is_not_advised() -> None:
    now = hall(8)
    shut = Option(Measure(MeasureKind.SHIFT_LUNCH, CounterId(2)), replace(now, rosters=[roster(2, COPY, since=1e8)]))
    assert advised(now, [shut]) == []


@pytest.mark.parametrize(("tickets", "late_s"), [(1, 900.0), (0, 900.0)], ids=["tickets", "time"])
def test_what_helps_only_in_one_future_of_all_may_be_chance(tickets: int, late_s: float) -> None:
    option = opening(hall(8), 5)
    then = tolls(option.then, seeded(), RUNS)

    def without(counts: Iterable[int]) -> list[Toll]:
        """The hall as it is, when the measure saves so many times `tickets` and `late_s` in each future."""
        return [
            Toll({COPY: toll.over + n * tickets}, toll.judged, toll.late_s + n * late_s)
            for toll, n in zip(then, counts, strict=True)
        ]

    once, always = [len(RUNS), *[0] * (len(RUNS) - 1)], [1] * len(RUNS)
    assert advise(without(once), [option], seeded()) == []
    (sure,) = advise(without(always), [option], seeded())
    assert sure.late_before_s - sure.late_after_s == pytest.approx(late_s), "the mean is the same"


def test_at_most_three_are_shown_and_those_that_stand_stay() -> None:
    now = hall(8)
    equal = [opening(now, ident) for ident in (5, 6, 7, 8, 9)]
    assert len(advised(now, equal)) == SHOWN
    standing = equal[4].measure.key
    assert advised(now, equal, {standing})[0].measure.key == standing


def test_a_queue_too_long_to_save_anybody_is_told_in_minutes() -> None:
    now = replace(hall(60, first=-40.0), rates={})
    (advice,) = advised(now, [opening(now, 5)])
    assert not advice.spares_tickets
    assert advice.late_after_s <= advice.late_before_s - LEAST_SPARED_S


def test_who_is_there_is_served_before_others_are_sent_home() -> None:
    now = hall(8)
    home = Measure(MeasureKind.OFFER_APPOINTMENTS, None, (COPY,))
    nobody = Option(home, replace(now, waiting=[], rates={}))
    advice = advised(now, [nobody, opening(now, 5)])
    assert [each.measure.kind for each in advice] == [MeasureKind.OPEN_COUNTER, MeasureKind.OFFER_APPOINTMENTS]
    assert advice[1].saved > advice[0].saved


def test_both_halls_meet_the_same_chance() -> None:
    now = hall(8)
    assert tolls(now, seeded(), range(12)) == tolls(
        replace(now, rosters=[*now.rosters, roster(4, "home")]), seeded(), range(12)
    )
    assert tolls(now, seeded(), range(12)) != tolls(now, seeded(2), range(12))


def test_the_same_moment_gives_the_same_advice() -> None:
    now = hall(8)
    tried = [opening(now, 5)]
    assert advised(now, tried) == advised(now, tried)
