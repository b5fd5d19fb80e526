"""What a manager has taken holds in the hall as it is that day, and changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from queue_server.domain.calendar import Break, Hours, Session
from queue_server.domain.hall import Lunch
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.lunch import lunches
from queue_server.domain.measure import Measure, MeasureKind, changed
from tests.queue_server.small_hall import BIRTH, COPY, DAY, HOME, SMALL_HALL

AT_NOON = replace(
    SMALL_HALL,
    hours=Hours(week=((Session(time(7, 30), time(17)),),) * 7),
    lunch=Lunch(Break(time(11, 30), time(13, 30)), 60),
)


def lend(counter: int, service: str) -> Measure:
    return Measure(MeasureKind.ADD_SERVICE, CounterId(counter), (ServiceCode(service),))


def test_a_counter_takes_a_service_besides() -> None:
    hall = changed(SMALL_HALL, DAY, [lend(1, COPY), lend(1, HOME)])
    assert hall.counter(1).services == {BIRTH, COPY, HOME}
    assert hall.counters[1:] == SMALL_HALL.counters[1:]


def test_what_it_only_helped_out_with_becomes_its_own() -> None:
    helping = replace(SMALL_HALL.counters[0], backup=frozenset({COPY}))
    hall = changed(replace(SMALL_HALL, counters=(helping, *SMALL_HALL.counters[1:])), DAY, [lend(1, COPY)])
    assert (hall.counter(1).services, hall.counter(1).backup) == ({BIRTH, COPY}, frozenset())


def test_what_the_file_no_longer_has_is_left_out() -> None:
    assert changed(SMALL_HALL, DAY, [lend(9, COPY), lend(1, "gone")]) == SMALL_HALL


def test_what_changes_no_rule_leaves_the_very_same_hall() -> None:
    opening = Measure(MeasureKind.OPEN_COUNTER, CounterId(3), (COPY,))
    assert changed(SMALL_HALL, DAY, [opening, Measure(MeasureKind.OFFER_APPOINTMENTS, None, (COPY,))]) is SMALL_HALL


def test_a_lunch_that_is_moved_leaves_the_others_where_they_were() -> None:
    before = lunches(AT_NOON, DAY).breaks
    first = next(ident for ident, at in before.items() if at.begins == time(11, 30))
    later = Break(time(12, 30), time(13, 30))
    after = lunches(
        changed(AT_NOON, DAY, [Measure(MeasureKind.SHIFT_LUNCH, first, (), later, before[first])]), DAY
    ).breaks
    assert after == {**before, first: later}


def test_measures_are_the_same_by_what_is_done_not_by_for_whom() -> None:
    opening = Measure(MeasureKind.OPEN_COUNTER, CounterId(3), (COPY,))
    assert opening.key == replace(opening, services=(BIRTH, COPY)).key
    assert lend(1, COPY).key != lend(1, HOME).key != lend(2, HOME).key
