"""What a stay at a counter says about a service's length, and what it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.domain.calendar import Hours, Session
from queue_server.domain.ids import CounterId
from queue_server.domain.observation import IDLE_S, LONGEST_S, SHORTEST_S, Observation, Occupancy, observe
from tests.queue_server.small_hall import COPY, always_open

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WITH_LUNCH = Hours(week=((Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17))),) * 7)


@dataclass(frozen=True)
class Said:
    """How a stay of `minutes` from `at` on is read."""

    at: str = "09:00"
    minutes: float = 10

    def by(self, hours: Hours = WITH_LUNCH, **more: object) -> Observation | None:
        called = datetime.combine(datetime(2026, 11, 23, tzinfo=ZONE), time.fromisoformat(self.at), ZONE)
        stay = Occupancy(COPY, CounterId(2), called, called + timedelta(minutes=self.minutes))
        return observe(stay._replace(**more), hours)


def test_a_stay_that_ended_with_finish_is_taken_as_it_is() -> None:
    seen = Said("15:20").by()
    assert seen == Observation(COPY, CounterId(2), datetime(2026, 11, 23, tzinfo=ZONE).date(), 15, 600.0, False)


@pytest.mark.parametrize(
    ("waited_s", "at_most"), [(None, False), (0, True), (IDLE_S - 1, True), (IDLE_S, False), (900, False)]
)
def test_next_is_an_upper_bound_only_where_the_counter_may_have_been_idle(waited_s: int | None, at_most: bool) -> None:
    seen = Said().by(started_by_next=True, finished_by_next=True, next_waited_s=waited_s)
    assert seen is not None
    assert seen.at_most is at_most


def test_finish_pressed_by_hand_is_exact_whoever_is_called_in_the_same_moment() -> None:
    seen = Said().by(next_waited_s=0)
    assert seen is not None
    assert not seen.at_most


def test_who_was_called_again_and_passed_over_was_not_served() -> None:
    assert Said().by(recalled=True, started_by_next=True, finished_by_next=True) is None
    assert Said().by(recalled=True, finished_by_next=True) is not None


def test_the_rest_of_a_service_after_a_parking_is_no_service() -> None:
    assert Said().by(parked_before=True) is None


@pytest.mark.parametrize(
    ("at", "minutes", "counts"),
    [
        ("11:20", 9, True),
        ("11:20", 60, True),
        ("11:20", 129, True),
        ("11:20", 130, False),
        ("13:30", 10, True),
        ("07:10", 30, True),
    ],
    ids=["before lunch", "into lunch", "to the end of lunch", "over lunch", "after lunch", "before the opening"],
)
def test_a_stay_over_the_lunch_break_was_forgotten(at: str, minutes: float, counts: bool) -> None:
    assert (Said(at, minutes).by() is not None) is counts


def test_a_stay_over_midnight_was_forgotten() -> None:
    assert Said("23:50", 15).by(always_open()) is None
    assert Said("23:30", 15).by(always_open()) is not None


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(-60, False), (SHORTEST_S - 1, False), (SHORTEST_S, True), (LONGEST_S, True), (LONGEST_S + 1, False)],
)
def test_what_is_too_short_or_too_long_for_a_service_does_not_count(seconds: float, counts: bool) -> None:
    assert (Said("01:00", seconds / 60).by(always_open()) is not None) is counts
