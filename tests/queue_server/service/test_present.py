"""What a look ahead may count on: the counters that are open, and somebody for what none of them can do."""

from __future__ import annotations

from typing import Any

from queue_server.service.foresight import Foresight
from queue_server.service.present import present
from tests.queue_server.house import House
from tests.queue_server.small_hall import COPY


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
