"""What a look ahead may count on: the counters that are open, and somebody for what none of them can do."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from queue_server.domain.calendar import Hours, Session
from queue_server.service.foresight import Foresight
from queue_server.service.present import present
from tests.queue_server.house import House
from tests.queue_server.small_hall import COPY, NINE, SMALL_HALL


def reach(house: House) -> dict[int, set[str]]:
    hall, now = house.hall, house.now
    rosters = house.db.submit(lambda tx: present(tx.sql, hall, now)).result().rosters
    return {roster.counter.id: set(roster.counter.able) for roster in rosters}


def board(house: House) -> dict[str, Any]:
    return {each["code"]: each for each in house.get("/board").json()["queues"]}


def test_a_closed_counter_is_counted_on_only_for_what_no_open_one_can_do(house: House) -> None:
    assert reach(house) == {1: {"birth"}, 2: {"copy"}, 3: {"birth", "copy", "home"}, 4: {"home"}}
    house.clerk_at(2)
    assert reach(house) == {1: {"birth"}, 2: {"copy"}, 3: {"birth", "home"}, 4: {"home"}}
    house.clerk_at(3)
    assert reach(house) == {2: {"copy"}, 3: {"birth", "copy", "home"}}


def test_a_newcomer_is_told_the_wait_for_the_counters_that_are_open(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(5):
        house.issue(kiosk)
    house.call_next(clerk, 2)
    house.later(minutes=1)
    hall, now = house.hall, house.now
    told = house.db.submit(lambda tx: Foresight().of_newcomer(tx.sql, hall, COPY, now)).result()
    assert told.ahead == 4
    assert told.low_s >= 10 * 60


def test_the_board_tells_no_wait_for_a_group_that_no_open_counter_serves(house: House) -> None:
    house.clerk_at(2)
    shown = board(house)
    assert shown["civil"]["wait_high_s"] is None
    assert shown["paper"]["wait_high_s"] == 60


def test_a_call_does_not_wait_for_a_look_ahead_on_its_way_to_the_board(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(5):
        house.issue(kiosk)
    foresight, hall, began = Foresight(share=1e9), house.hall, house.now

    def lately(later_s: float) -> object:
        now = began + timedelta(seconds=later_s)
        return house.db.submit(lambda tx: foresight.lately(tx.sql, hall, now)).result()

    first = lately(0)
    house.call_next(clerk, 2)
    assert lately(14) is first
    assert (second := lately(15)) is not first
    house.clerk_at(3, "minh")
    assert lately(16) is not second, "another counter makes other waits"


def coming(house: House) -> float:
    """People a minute who are expected to come for copies."""
    hall, now = house.hall, house.now
    rates = house.db.submit(lambda tx: present(tx.sql, hall, now)).result().rates
    return 60 * rates.get((COPY, False), 0.0)


def issue_each_minute(house: House, minutes: int) -> None:
    kiosk = house.token("kiosk", f"kiosk-{house.now:%H%M}")
    for _ in range(minutes):
        house.issue(kiosk)
        house.later(minutes=1)


@pytest.mark.parametrize(("hour", "minute"), [(7, 30), (13, 30)])
def test_people_are_expected_to_come_as_in_the_session_so_far(house: House, hour: int, minute: int) -> None:
    """The same after lunch as in the morning: neither the break nor the other session is counted."""
    sessions = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17)))
    house.hall = replace(SMALL_HALL, hours=Hours(week=(sessions,) * 7, issue_during_lunch=True))
    house.now = NINE.replace(hour=hour - 7, minute=minute)
    assert coming(house) == 0
    issue_each_minute(house, 10)
    assert coming(house) == pytest.approx(10 / 20)
    issue_each_minute(house, 15)
    assert coming(house) == pytest.approx(1.0, rel=0.05)
    house.later(minutes=28.5)
    assert 0 < coming(house) < 0.1
    house.later(minutes=5)
    assert coming(house) == 0


def test_in_the_live_hall_nobody_is_passed_over_for_ever(house: House) -> None:
    """Births take longest, so quick copies go first, until the birth has been passed over as often as may be."""
    rails = replace(SMALL_HALL.calling, longest_multiple=1, longest_slack=3)
    house.hall = replace(SMALL_HALL, calling=rails)
    kiosk, clerk = house.token("kiosk"), house.clerk_at(3)
    slow = house.issue(kiosk, "birth")
    house.later(seconds=1)
    for _ in range(8):
        house.issue(kiosk)
    called = [house.call_next(clerk, 3)["number"] for _ in range(5)]
    assert called.index(slow["number"]) == 3
