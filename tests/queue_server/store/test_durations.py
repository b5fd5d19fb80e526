"""The log of a hall at work gives the stays that ended in “finish”, with what is needed to judge each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from queue_server.domain.observation import Occupancy
from queue_server.service import day_end
from queue_server.service.call import NEXT
from queue_server.service.day_end import SYSTEM
from queue_server.store import durations
from tests.queue_server.house import House
from tests.queue_server.small_hall import NINE, SMALL_HALL


def stays(house: House, since: datetime = NINE, until: datetime = NINE + timedelta(days=2)) -> list[Occupancy]:
    with closing(sqlite3.connect(house.db.path)) as sql:
        return durations.finished(sql, since, until, SMALL_HALL.zone, NEXT, SYSTEM)


def seconds(stay: Occupancy) -> float:
    return (stay.finished_at - stay.called_at).total_seconds()


class Desk:
    """Counter 2 with its clerk, and a queue of three for copies."""

    def __init__(self, house: House) -> None:
        self.house, self.clerk = house, house.clerk_at(2)
        self.kiosk = house.token("kiosk")
        self.tickets = [house.issue(self.kiosk)["id"] for _ in range(3)]
        house.later(minutes=5)

    def call(self) -> int:
        """Call the next one; every press comes two minutes after the one before."""
        self.house.later(minutes=2)
        return self.house.call_next(self.clerk, 2)["id"]

    def press(self, ticket: int, verb: str, json: Any = None) -> None:
        self.house.later(minutes=2)
        self.house.act(self.clerk, ticket, verb, json)


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_a_service_pressed_by_hand(desk: Desk) -> None:
    ticket = desk.call()
    desk.press(ticket, "start")
    desk.press(ticket, "finish")
    (stay,) = stays(desk.house)
    assert (stay.service, stay.counter, seconds(stay)) == ("copy", 2, 240)
    assert stay.called_at.isoformat() == "2026-11-23T09:07:00+07:00"
    assert stay[4:] == (False, False, False, False, None)


def test_next_says_how_long_the_one_called_in_the_same_moment_had_waited(desk: Desk) -> None:
    first = desk.call()
    desk.call()
    desk.house.later(minutes=1)
    desk.press(desk.call(), "start")
    ident = desk.house.issue(desk.kiosk)["id"]
    assert desk.house.call_next(desk.clerk, 2)["id"] == ident
    assert [(seconds(stay), *stay[4:]) for stay in stays(desk.house)] == [
        (120, True, True, False, False, 540),
        (180, True, True, False, False, 720),
        (120, False, True, False, False, 0),
    ]
    assert first == desk.tickets[0]


def test_next_that_calls_nobody(desk: Desk) -> None:
    for _ in range(3):
        desk.call()
    desk.house.later(minutes=2)
    assert desk.house.post("/counters/2/next", desk.clerk).status_code == 204
    assert stays(desk.house)[-1].finished_by_next
    assert stays(desk.house)[-1].next_waited_s is None


def test_a_recall_is_told(desk: Desk) -> None:
    desk.press(desk.call(), "recall")
    desk.call()
    desk.call()
    assert [stay.recalled for stay in stays(desk.house)] == [True, False]


@pytest.mark.parametrize(
    "leave",
    [
        lambda desk, ticket: desk.press(ticket, "no-show"),
        lambda desk, ticket: desk.press(ticket, "park"),
        lambda desk, ticket: desk.press(ticket, "transfer", {"service": "home"}),
        lambda desk, ticket: desk.press(ticket, "cancel"),
    ],
    ids=["no-show", "parked", "transferred", "cancelled"],
)
def test_who_left_without_a_finish_is_not_among_them(desk: Desk, leave: Callable[[Desk, int], None]) -> None:
    leave(desk, desk.call())
    assert stays(desk.house) == []


def test_the_rest_after_a_parking_is_marked(desk: Desk) -> None:
    ticket = desk.call()
    desk.press(ticket, "park")
    desk.press(ticket, "resume", {"counter": 2})
    desk.press(ticket, "start")
    desk.press(ticket, "finish")
    assert [(seconds(stay), stay.parked_before) for stay in stays(desk.house)] == [(240, True)]


def test_each_step_of_a_visit_is_a_stay_for_its_own_service(house: House) -> None:
    clerk, other = house.clerk_at(1), house.clerk_at(2)
    house.issue(house.token("kiosk"), "birth", then=["copy"])
    for counter, who in ((1, clerk), (2, other)):
        ticket = house.call_next(who, counter)["id"]
        house.act(who, ticket, "start")
        house.later(minutes=counter)
        house.act(who, ticket, "finish")
    assert [(stay.service, stay.counter, seconds(stay)) for stay in stays(house)] == [
        ("birth", 1, 60),
        ("copy", 2, 120),
    ]


def test_what_the_server_finished_at_the_days_end_is_not_among_them(desk: Desk) -> None:
    desk.press(desk.call(), "start")
    desk.house.later(days=1)
    hall, now = desk.house.hall, desk.house.now
    desk.house.db.submit(lambda tx: day_end.close_past_days(tx, hall, now)).result()
    assert desk.house.rows("SELECT COUNT(*) FROM event WHERE kind = 'finished'") == [(1,)]
    assert stays(desk.house) == []


def test_only_calls_between_the_two_times_are_read(desk: Desk) -> None:
    for _ in range(3):
        desk.call()
    first = NINE + timedelta(minutes=7)
    assert [stay.called_at for stay in stays(desk.house, first)] == [first, first + timedelta(minutes=2)]
    assert [stay.called_at for stay in stays(desk.house, first + timedelta(seconds=1))] == [
        first + timedelta(minutes=2)
    ]
    assert stays(desk.house, until=first) == []
