"""Due dates: the 15:00 rule, holidays, Saturdays, lunch, the year's end; by an independent count as well."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import Holiday, Hours, Session
from queue_server.domain.due import due, extended_due
from queue_server.domain.procedure import TimeRule
from queue_server.domain.text import LocalText

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 0))
NAME = LocalText("Nghỉ", "Off")
TET = Holiday(date(2027, 2, 5), date(2027, 2, 9), NAME)
NEW_YEAR = Holiday(date(2027, 1, 1), date(2027, 1, 1), NAME)
HOURS = Hours(week=((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()), holidays=(NEW_YEAR, TET))
NO_SATURDAY = Hours(week=((MORNING, AFTERNOON),) * 5 + ((), ()), holidays=(NEW_YEAR, TET))
SAME_DAY = TimeRule(0, time(15, 0))


def local(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("received", "due_at"),
    [
        (local(11, 23, 7, 0), local(11, 23, 17)),
        (local(11, 23, 12, 0), local(11, 23, 17)),
        (local(11, 23, 14, 59), local(11, 23, 17)),
        (local(11, 23, 15, 0), local(11, 24, 17)),
        (local(11, 27, 15, 0), local(11, 28, 11, 30)),
        (local(11, 28, 9, 0), local(11, 28, 11, 30)),
        (local(11, 28, 11, 30), local(11, 30, 17)),
        (local(11, 29, 9, 0), local(11, 30, 17)),
        (local(12, 31, 16, 0), local(1, 2, 11, 30, 2027)),
        (local(2, 4, 15, 30, 2027), local(2, 10, 17, year=2027)),
        (local(2, 7, 9, 0, 2027), local(2, 10, 17, year=2027)),
    ],
)
def test_the_same_day_or_from_15_00_the_next_working_day(received: datetime, due_at: datetime) -> None:
    assert due(HOURS, SAME_DAY, received) == due_at


@pytest.mark.parametrize(
    ("days", "received", "due_at"),
    [
        (3, local(11, 23, 9), local(11, 26, 17)),
        (3, local(11, 26, 9), local(12, 1, 17)),
        (7, local(11, 23, 9), local(12, 2, 17)),
        (7, local(11, 23, 17), local(12, 3, 17)),
        (3, local(12, 30, 9), local(1, 5, 17, year=2027)),
        (1, local(2, 4, 9, 0, 2027), local(2, 10, 17, year=2027)),
        (3, local(11, 28, 9), local(12, 3, 17)),
    ],
)
def test_working_days_after_the_day_of_receipt(days: int, received: datetime, due_at: datetime) -> None:
    assert due(NO_SATURDAY, TimeRule(days), received) == due_at


def test_a_hall_that_never_closes_gives_the_days_last_minute() -> None:
    always = Hours(week=((Session(time.min, time.min),),) * 7)
    assert due(always, TimeRule(0), local(11, 23, 23, 58)) == local(11, 23, 23, 59)
    assert due(always, SAME_DAY, local(12, 31, 23)) == local(1, 1, 23, 59, 2027)


def test_a_hall_that_never_opens_promises_nothing() -> None:
    assert due(Hours(week=((),) * 7), TimeRule(3), local(11, 23, 9)) is None


def test_a_promise_is_put_off_by_working_days() -> None:
    assert extended_due(NO_SATURDAY, TimeRule(0, None, 3), local(11, 26, 17)) == local(12, 1, 17)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001 - the tests put the zone to them


def is_working(day: date) -> bool:
    off = (TET, NEW_YEAR)
    return day.weekday() < 6 and not any(holiday.first <= day <= holiday.last for holiday in off)


@given(MOMENTS, st.integers(0, 30), st.sampled_from([None, time(15), time(10)]))
def test_so_many_working_days_lie_between(moment: datetime, days: int, cutoff: time | None) -> None:
    received = moment.replace(tzinfo=HANOI)
    found = due(HOURS, TimeRule(days, cutoff), received)
    assert found is not None
    assert found > received
    assert is_working(found.date())
    assert found.time() == (time(11, 30) if found.weekday() == 5 else time(17))
    begun = received.date()
    closes = time(11, 30) if begun.weekday() == 5 else time(17)
    counts_today = is_working(begun) and received.time() < closes and (cutoff is None or received.time() < cutoff)
    after = [begun + timedelta(days=n) for n in range(1, (found.date() - begun).days + 1)]
    assert sum(map(is_working, after)) == days + (0 if counts_today else 1)


@given(MOMENTS, MOMENTS, st.integers(0, 20))
def test_who_comes_later_never_gets_it_earlier(first: datetime, second: datetime, days: int) -> None:
    early, late = sorted((first.replace(tzinfo=HANOI), second.replace(tzinfo=HANOI)))
    rule = TimeRule(days, time(15))
    sooner, later = due(HOURS, rule, early), due(HOURS, rule, late)
    assert sooner is not None
    assert later is not None
    assert sooner <= later
