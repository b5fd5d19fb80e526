"""Hours, lunch, holidays, the moment issuing stops, midnight; always in the hall's own zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import Holiday, Hours, OpeningReason, Session, opening
from tests.queue_server.small_hall import text

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 0))
WEEK = ((MORNING, AFTERNOON),) * 5 + ((MORNING,), ())
TET = Holiday(date(2027, 2, 5), date(2027, 2, 9), text("Tết"))
HOURS = Hours(week=WEEK, holidays=(TET,), issuing_stops_min=15)
R = OpeningReason
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001 - the tests put the zone to them


def local(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "reason", "opens_at"),
    [
        (local(23, 6), R.BEFORE_OPENING, local(23, 7, 30)),
        (local(23, 7, 30), R.OPEN, None),
        (local(23, 11, 29), R.OPEN, None),
        (local(23, 11, 30), R.LUNCH, local(23, 13, 30)),
        (local(23, 13, 30), R.OPEN, None),
        (local(23, 16, 44), R.OPEN, None),
        (local(23, 16, 45), R.ISSUING_STOPPED, local(24, 7, 30)),
        (local(23, 17), R.AFTER_CLOSING, local(24, 7, 30)),
        (local(27, 18), R.AFTER_CLOSING, local(28, 7, 30)),
        (local(28, 11, 20), R.ISSUING_STOPPED, local(30, 7, 30)),
        (local(29, 9), R.DAY_OFF, local(30, 7, 30)),
        (local(5, 9, month=2, year=2027), R.HOLIDAY, local(10, 7, 30, month=2, year=2027)),
        (local(9, 23, month=2, year=2027), R.HOLIDAY, local(10, 7, 30, month=2, year=2027)),
        (local(4, 17, month=2, year=2027), R.AFTER_CLOSING, local(10, 7, 30, month=2, year=2027)),
    ],
)
def test_what_is_said_at_each_moment_of_the_week(now: datetime, reason: R, opens_at: datetime | None) -> None:
    answer = opening(HOURS, now)
    assert (answer.reason, answer.issuing, answer.opens_at) == (reason, reason is R.OPEN, opens_at)


def test_an_open_hall_says_until_when_tickets_are_issued() -> None:
    assert opening(HOURS, local(23, 9)).closes_at == local(23, 16, 45)


def test_a_holiday_is_called_by_its_name() -> None:
    assert opening(HOURS, local(6, 9, month=2, year=2027)).note == TET.name


def test_tickets_may_be_issued_during_lunch_where_the_hall_wants_it() -> None:
    hours = Hours(week=WEEK, issue_during_lunch=True)
    assert opening(hours, local(23, 12)).issuing
    assert not opening(hours, local(23, 7)).issuing


def test_a_hall_that_closes_at_midnight_is_open_till_the_last_second() -> None:
    hours = Hours(week=((Session(time(18, 0), time.min),),) * 7)
    assert opening(hours, local(23, 23, 59)).closes_at == local(24, 0)
    assert opening(hours, local(24, 0)).reason is R.BEFORE_OPENING
    assert opening(hours, local(24, 0)).opens_at == local(24, 18)


def test_a_hall_that_never_closes_is_open_at_midnight() -> None:
    hours = Hours(week=((Session(time.min, time.min),),) * 7)
    assert opening(hours, local(24, 0)).issuing
    assert opening(hours, local(23, 23, 59)).issuing


def test_a_hall_without_hours_has_no_next_opening() -> None:
    answer = opening(Hours(week=((),) * 7), local(23, 9))
    assert (answer.reason, answer.opens_at) == (R.DAY_OFF, None)


def test_a_day_too_short_to_issue_anything_is_not_announced_as_the_next_opening() -> None:
    week = ((MORNING, AFTERNOON),) * 5 + ((Session(time(8), time(9)),), ())
    hours = Hours(week=week, issuing_stops_min=60)
    assert opening(hours, local(27, 18)).opens_at == local(30, 7, 30)


@pytest.mark.parametrize(
    "sessions",
    [
        (AFTERNOON, MORNING),
        (Session(time(9), time(8)),),
        (Session(time(9), time(9)),),
        (MORNING, Session(time(11), time(12))),
        (Session(time(9), time.min), Session(time(10), time(11))),
    ],
)
def test_sessions_that_overlap_or_end_before_they_begin_are_refused(sessions: tuple[Session, ...]) -> None:
    with pytest.raises(ValueError, match="overlap or end before they begin"):
        Hours(week=(sessions,) * 7)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven days"):
        Hours(week=((MORNING,),) * 6)


def test_a_holiday_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Holiday(date(2027, 2, 9), date(2027, 2, 5), text("Tết"))


@given(MOMENTS)
def test_what_is_announced_comes_true(naive: datetime) -> None:
    now = naive.replace(tzinfo=HANOI)
    answer = opening(HOURS, now)
    if answer.issuing:
        assert answer.closes_at is not None
        assert answer.closes_at > now
        assert not opening(HOURS, answer.closes_at).issuing
        # From now till the announced end the only break is lunch.
        half_way = now + (answer.closes_at - now) / 2
        assert opening(HOURS, half_way).reason in (R.OPEN, R.LUNCH)
    else:
        assert answer.opens_at is not None
        assert answer.opens_at > now
        assert opening(HOURS, answer.opens_at).issuing
        assert not opening(HOURS, answer.opens_at - timedelta(microseconds=1)).issuing


@given(MOMENTS)
def test_the_zone_decides_not_the_clock_in_utc(naive: datetime) -> None:
    """Việt Nam has no summer time: local time is UTC + 7 all year, so the answer must agree with plain arithmetic."""
    in_hanoi = naive.replace(tzinfo=ZoneInfo("UTC")).astimezone(HANOI)
    assert in_hanoi.replace(tzinfo=None) == naive + timedelta(hours=7)
    moved = opening(HOURS, in_hanoi)
    assert moved == opening(HOURS, (naive + timedelta(hours=7)).replace(tzinfo=HANOI))
