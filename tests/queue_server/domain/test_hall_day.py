"""Moments become hall time: what is counted as a wait before opening, through lunch, after closing and at midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import Holiday, Hours, Session
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.hall_day import HallDay, hall_day
from tests.queue_server.small_hall import DAY, NINE, SMALL_HALL, text

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 0))
HOURS = Hours(week=((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()))
H = 3600.0


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI)


def minutes(day: HallDay, since: datetime, until: datetime) -> float:
    return day.between(since, until) / 60


@pytest.mark.parametrize(
    ("since", "until", "waited"),
    [
        (at(8), at(8, 20), 20),
        (at(7), at(7, 40), 10),
        (at(6), at(7, 15), 0),
        (at(11, 20), at(13, 40), 20),
        (at(12), at(13, 30), 0),
        (at(12), at(13, 45), 15),
        (at(7), at(17), 4 * 60 + 3.5 * 60),
        (at(16, 50), at(17, 30), 40),
        (at(23, 50), at(0, 10, day=24), 20),
        (at(8, 20), at(8), 0),
    ],
)
def test_the_clock_stands_still_while_the_hall_is_not_at_work(since: datetime, until: datetime, waited: float) -> None:
    assert minutes(hall_day(HOURS, DAY, HANOI), since, until) == waited
    assert minutes(hall_day(HOURS, DAY, HANOI), since.astimezone(UTC), until.astimezone(UTC)) == waited


def test_a_day_has_its_sessions_in_seconds_after_midnight() -> None:
    day = hall_day(HOURS, DAY, HANOI)
    assert day.midnight == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert day.sessions == ((7.5 * H, 11.5 * H), (13.5 * H, 17 * H))
    assert day.clock == HallClock(7.5 * H, ((11.5 * H, 13.5 * H),))
    assert day.seconds(NINE) == 9 * H
    saturday = hall_day(HOURS, date(2026, 11, 28), HANOI)
    assert (saturday.sessions, saturday.clock) == (((7.5 * H, 11.5 * H),), HallClock(7.5 * H))


def test_sessions_without_a_gap_make_no_break() -> None:
    hours = Hours(week=((MORNING, Session(time(11, 30), time(17))),) * 7)
    assert hall_day(hours, DAY, HANOI).clock == HallClock(7.5 * H)


def test_a_day_off_or_a_holiday_counts_whole() -> None:
    holiday = Holiday(DAY, DAY, text("Founding day"))
    for day in (
        hall_day(HOURS, date(2026, 11, 29), HANOI),
        hall_day(replace(HOURS, holidays=(holiday,)), DAY, HANOI),
    ):
        assert (day.sessions, day.clock) == ((), HallClock())
        assert day.reading(day.midnight + timedelta(hours=5)) == 5 * H


def test_a_hall_that_never_closes_counts_every_second_also_past_midnight() -> None:
    day = SMALL_HALL.day(DAY)
    assert (day.sessions, day.clock) == (((0.0, 24 * H),), HallClock())
    assert minutes(day, at(0, 0), at(0, 30)) == 30
    assert minutes(day, at(23, 50), at(0, 10, day=24)) == 20


def test_the_halls_own_day_is_told_by_its_zone() -> None:
    assert SMALL_HALL.day_at(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)).date == date(2026, 11, 22)
    assert SMALL_HALL.day_at(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)).date == DAY


def test_on_a_day_when_the_clocks_are_changed_the_seconds_are_those_that_pass() -> None:
    """Not in Việt Nam; but a wrong zone must not make a wait of an hour out of nothing."""
    berlin = ZoneInfo("Europe/Berlin")
    always = Hours(week=((Session(time.min, time.min),),) * 7)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert hall_day(always, spring, berlin).sessions == ((0.0, 23 * H),)
    assert hall_day(always, autumn, berlin).sessions == ((0.0, 25 * H),)
    sunday = Hours(week=((MORNING, AFTERNOON),) * 7)
    day = hall_day(sunday, autumn, berlin)
    opened = datetime(2026, 10, 25, 7, 30, tzinfo=berlin)
    assert day.reading(opened) == day.clock.opens_s == 8.5 * H
    assert day.between(opened, opened.astimezone(UTC) + timedelta(minutes=10)) == 600


@given(st.tuples(*[st.integers(0, 30 * 60)] * 3))
def test_a_wait_is_the_sum_of_its_parts_and_never_longer_than_on_the_wall(parts: tuple[int, int, int]) -> None:
    day = hall_day(HOURS, DAY, HANOI)
    a, b, c = (day.midnight + timedelta(minutes=each) for each in sorted(parts))
    assert day.between(a, c) == day.between(a, b) + day.between(b, c)
    assert 0 <= day.between(a, c) <= (c - a).total_seconds()
