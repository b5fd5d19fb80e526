"""Only what can be done now is tried out, and never much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import Break, Hours, Session
from queue_server.domain.dispatch import Candidate, rules_of
from queue_server.domain.future import Present
from queue_server.domain.hall import Hall, Lunch
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.lunch import at_work, lunches
from queue_server.domain.measure import MeasureKind
from queue_server.domain.options import READY_S, Option, options
from queue_server.domain.simulation import Roster
from tests.queue_server.domain.dispatch.situations import waits
from tests.queue_server.small_hall import BIRTH, COPY, DAY, HOME, SMALL_HALL, counter

H = 3600.0
NOON = replace(
    SMALL_HALL,
    hours=Hours(week=((Session(time(7, 30), time(17)),),) * 7),
    lunch=Lunch(Break(time(11, 30), time(13, 30)), 60),
)


def present(hall: Hall, opened: Sequence[int], at: float = 9.5 * H, waiting: Sequence[Candidate] = ()) -> Present:
    planned = at_work(hall, DAY)
    rosters = [Roster(each, planned[each.id]) for each in hall.counters if each.id in opened]
    return Present(
        time=at,
        clock=hall.day(DAY).clock,
        rosters=rosters,
        rules=rules_of(hall),
        durations=hall.durations,
        waiting=waiting,
        rates={(COPY, False): 1 / 300, (COPY, True): 1 / 3000, (BIRTH, False): 1 / 600},
    )


def found(hall: Hall, opened: Sequence[int], over: dict[ServiceCode, float], at: float = 9.5 * H) -> list[Option]:
    return options(present(hall, opened, at), hall, hall.day(DAY), over)


def kinds(tried: list[Option], kind: MeasureKind) -> list[Option]:
    return [option for option in tried if option.measure.kind is kind]


def test_a_hall_in_which_nobody_is_late_needs_nothing() -> None:
    assert found(SMALL_HALL, [1, 2], {}) == []
    assert found(SMALL_HALL, [1, 2], {COPY: 0.1}) == []


def test_closed_counters_that_serve_what_is_late_may_open() -> None:
    opened = kinds(found(SMALL_HALL, [1], {COPY: 5.0, HOME: 2.0}), MeasureKind.OPEN_COUNTER)
    assert [option.measure.counter for option in opened] == [3, 2, 4]
    assert opened[0].measure.services == (COPY, HOME)
    roster = opened[0].then.rosters[-1]
    assert roster.open[0][0] == 9.5 * H + READY_S
    assert 3 in opened[0].then.held


def test_nothing_opens_after_the_hall_has_closed() -> None:
    assert kinds(found(NOON, [1], {COPY: 5.0}, 17.5 * H), MeasureKind.OPEN_COUNTER) == []


def test_an_open_counter_may_take_what_it_lacks() -> None:
    lent = kinds(found(SMALL_HALL, [1, 2, 4], {COPY: 5.0}), MeasureKind.ADD_SERVICE)
    assert {(option.measure.counter, option.measure.services) for option in lent} == {(1, (COPY,)), (4, (COPY,))}
    for option in lent:
        able = {roster.counter.id: roster.counter.services for roster in option.then.rosters}
        assert COPY in able[option.measure.counter or CounterId(0)]


def test_a_lunch_is_put_off_only_if_it_is_near_and_nobody_is_left_alone() -> None:
    first = [ident for ident, at in lunches(NOON, DAY).breaks.items() if at.begins == time(11, 30)]
    over = {BIRTH: 5.0, COPY: 3.0, HOME: 2.0}
    assert kinds(found(NOON, [1, 2, 3, 4], over, 10.9 * H), MeasureKind.SHIFT_LUNCH) == []
    plan = lunches(NOON, DAY)
    for option in kinds(found(NOON, [1, 2, 3, 4], over, 11.2 * H), MeasureKind.SHIFT_LUNCH):
        assert option.measure.counter in first
        assert option.measure.was == plan.breaks[option.measure.counter]
        assert option.measure.lunch == Break(time(12, 30), time(13, 30))


def test_a_lunch_that_is_put_off_leaves_the_counter_open_until_then() -> None:
    own = replace(counter(1, COPY), lunch=Break(time(11, 30), time(12)))
    hall = replace(NOON, lunch=None, counters=(own, counter(2, COPY, BIRTH, HOME)))
    (moved,) = kinds(found(hall, [1, 2], {COPY: 5.0}, 11.2 * H), MeasureKind.SHIFT_LUNCH)
    assert moved.measure.lunch == Break(time(12), time(12, 30))
    roster = next(each for each in moved.then.rosters if each.counter.id == 1)
    assert roster.open == ((7.5 * H, 12 * H), (12.5 * H, 17 * H))


def test_appointments_halve_the_newcomers_of_that_service_only() -> None:
    (option,) = kinds(found(SMALL_HALL, [1, 2], {COPY: 5.0}), MeasureKind.OFFER_APPOINTMENTS)
    assert option.then.rates == {(COPY, False): 1 / 600, (COPY, True): 1 / 6000, (BIRTH, False): 1 / 600}


@given(
    st.sets(st.integers(1, 40), max_size=40),
    st.dictionaries(st.sampled_from([BIRTH, COPY, HOME]), st.floats(0, 50)),
    st.floats(7 * H, 18 * H),
)
def test_never_more_than_twelve_and_never_twice_the_same(
    opened: set[int], over: dict[ServiceCode, float], at: float
) -> None:
    counters = tuple(counter(n, *([BIRTH, COPY, HOME][: 1 + n % 3])) for n in range(1, 41))
    hall = replace(NOON, counters=counters)
    tried = options(present(hall, sorted(opened), at, [waits(1, 1)]), hall, hall.day(DAY), over)
    keys = [option.measure.key for option in tried]
    assert len(keys) <= 12
    assert len(set(keys)) == len(keys)
    for option in tried:
        if option.measure.kind is MeasureKind.OPEN_COUNTER:
            assert option.measure.counter not in opened
        elif option.measure.counter is not None:
            assert option.measure.counter in opened
