"""When appointments are given, and when whoever has one may check in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.appointment import (
    EARLIEST,
    LATEST,
    LENGTH,
    LETTERS,
    AppointmentEarly,
    AppointmentLate,
    AppointmentOver,
    AppointmentRules,
    AppointmentState,
    SlotClosed,
    SlotFull,
    check_arrival,
    check_booking,
    code_of,
    free,
    queued_at,
    slots,
)
from queue_server.domain.calendar import Holiday, Hours, Session
from queue_server.domain.text import LocalText

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)
OFFICE = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17)))
HOURS = Hours(
    week=(OFFICE,) * 5 + ((),) * 2,
    holidays=(Holiday(date(2026, 11, 25), date(2026, 11, 25), LocalText("Nghỉ", "Holiday")),),
    issuing_stops_min=15,
)
RULES = AppointmentRules()


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def test_a_day_has_slots_within_its_sessions_and_none_in_which_no_number_is_given() -> None:
    found = slots(HOURS, RULES, MONDAY, ZONE)
    assert found[0] == at(7, 30)
    assert at(11) in found
    assert at(11, 30) not in found
    assert found[-1] == at(16)  # the slot from 16:30 to 17:00 reaches into the last quarter of an hour


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 25)], ids=["Sunday", "holiday"])
def test_a_day_on_which_the_hall_is_closed_has_none(day: date) -> None:
    assert slots(HOURS, RULES, day, ZONE) == ()


def test_a_hall_that_never_closes_has_slots_all_day() -> None:
    always = Hours(week=((Session(time.min, time.min),),) * 7)
    assert len(slots(always, RULES, MONDAY, ZONE)) == 48


def test_only_what_is_still_to_come_can_be_booked_and_not_too_far_ahead() -> None:
    now = at(9, 30)
    today = free(HOURS, RULES, MONDAY, now, {at(10): 2, at(10, 30): 1})
    assert today[:3] == ((at(10), 0), (at(10, 30), 1), (at(11), 2))
    assert free(HOURS, RULES, MONDAY - timedelta(days=3), now, {}) == ()
    assert free(HOURS, RULES, MONDAY + timedelta(days=14), now, {})
    assert free(HOURS, RULES, MONDAY + timedelta(days=15), now, {}) == ()


@pytest.mark.parametrize(
    "wanted",
    [at(9, 30), at(9), at(10, 10), at(12), at(10, day=date(2026, 11, 29)), at(8, day=date(2027, 1, 4))],
    ids=["now", "past", "between two", "lunch", "Sunday", "too far"],
)
def test_a_time_that_is_no_free_slot_is_refused(wanted: datetime) -> None:
    with pytest.raises(SlotClosed):
        check_booking(HOURS, RULES, wanted, at(9, 30), {})


def test_a_slot_takes_no_more_than_the_hall_says() -> None:
    wanted = at(10).astimezone(UTC)
    check_booking(HOURS, RULES, wanted, at(9, 30), {wanted: 1})
    with pytest.raises(SlotFull):
        check_booking(HOURS, RULES, wanted, at(9, 30), {wanted: 2})
    with pytest.raises(SlotClosed):
        check_booking(HOURS, AppointmentRules(per_slot=0), wanted, at(9, 30), {})


@given(st.integers(-120, 120))
def test_check_in_is_open_from_half_an_hour_before_to_a_quarter_after(minutes: int) -> None:
    appointed, now = at(10), at(10) + timedelta(minutes=minutes)
    if minutes < -30:
        with pytest.raises(AppointmentEarly) as early:
            check_arrival(AppointmentState.BOOKED, appointed, now)
        assert early.value.params == {"at": "10:00", "opens": "09:30"}
    elif minutes > 15:
        with pytest.raises(AppointmentLate) as late:
            check_arrival(AppointmentState.BOOKED, appointed, now)
        assert late.value.params == {"at": "10:00", "closed": "10:15"}
    else:
        check_arrival(AppointmentState.BOOKED, appointed.astimezone(UTC), now)


def test_one_on_another_day_is_said_with_its_date() -> None:
    with pytest.raises(AppointmentEarly) as early:
        check_arrival(AppointmentState.BOOKED, at(10, day=MONDAY + timedelta(days=1)), at(10))
    assert early.value.params["at"] == "10:00 24/11/2026"


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (AppointmentState.ARRIVED, AppointmentOver),
        (AppointmentState.CANCELLED, AppointmentOver),
        (AppointmentState.MISSED, AppointmentLate),
    ],
)
def test_one_that_is_over_cannot_be_used_again(state: AppointmentState, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_arrival(state, at(10), at(10))


@given(st.integers(-int(EARLIEST.total_seconds()), int(LATEST.total_seconds())), st.integers(60, 3600))
def test_at_the_appointed_time_the_wait_has_reached_its_target(offset_s: int, target_s: int) -> None:
    appointed = at(10)
    now = appointed + timedelta(seconds=offset_s)
    since = queued_at(appointed, now, target_s)
    assert since <= now
    assert since <= appointed - timedelta(seconds=target_s)


@given(st.integers(0, len(LETTERS) ** LENGTH - 1))
def test_each_number_has_a_code_of_its_own_without_letters_taken_for_one_another(number: int) -> None:
    code = code_of(number)
    assert len(code) == LENGTH
    assert not set(code) & set("0O1I2Z5S8B")
    back = sum(LETTERS.index(letter) * len(LETTERS) ** place for place, letter in enumerate(code))
    assert back == number
