"""A hall learns from its own days, and on no morning knows more than that morning could."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

from queue_server.domain.durations import Durations
from queue_server.domain.hall import Hall
from queue_server.domain.learning import learn as from_observations
from queue_server.service import learn
from tests.queue_server.house import House
from tests.queue_server.small_hall import COPY, DAY, HOME, SMALL_HALL

CATALOGUE = from_observations(SMALL_HALL.services, [], DAY)


def known_on(house: House, day: date, hall: Hall = SMALL_HALL) -> Durations:
    with closing(sqlite3.connect(house.db.path)) as sql:
        return learn.durations(sql, hall, day)


def serve(house: House, count: int, minutes: float) -> None:
    """Copies at counter 2, each `minutes` long, all waiting from the start; the last one finished by hand."""
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(count):
        house.issue(kiosk)
    for _ in range(count):
        ticket = house.call_next(clerk, 2)["id"]
        house.later(minutes=minutes)
    house.act(clerk, ticket, "start")
    house.act(clerk, ticket, "finish")
    assert house.post("/counters/2/close", clerk).status_code == 200


def test_a_day_of_work_is_known_the_next_morning_and_not_before(house: House) -> None:
    serve(house, 20, 15)
    assert known_on(house, DAY) == CATALOGUE
    tomorrow = known_on(house, DAY + timedelta(days=1))
    assert 8 * 60 < tomorrow.mean_s(COPY) < 16 * 60
    assert tomorrow.mean_s(COPY, SMALL_HALL.counters[1].id) > tomorrow.mean_s(COPY)
    assert tomorrow.mean_s(HOME) == CATALOGUE.mean_s(HOME)


def test_what_is_older_than_the_window_is_forgotten(house: House) -> None:
    serve(house, 3, 15)
    last = DAY + timedelta(days=90)
    assert known_on(house, last) != CATALOGUE
    assert known_on(house, last + timedelta(days=1)) == CATALOGUE


def test_a_replay_of_a_day_knows_what_was_known_that_morning(house: House) -> None:
    serve(house, 5, 15)
    then = known_on(house, DAY + timedelta(days=1))
    house.later(days=1)
    serve(house, 5, 2)
    assert known_on(house, DAY + timedelta(days=1)) == then
    assert known_on(house, DAY + timedelta(days=2)).mean_s(COPY) < then.mean_s(COPY)


def test_the_days_are_those_of_the_hall(house: House) -> None:
    """Half past midnight in Hà Nội is still the day before in UTC."""
    house.now = house.now.replace(day=22, hour=17, minute=30)
    serve(house, 5, 15)
    assert known_on(house, DAY) == CATALOGUE
    assert known_on(house, DAY + timedelta(days=1)) != CATALOGUE


def test_a_service_that_the_hall_dropped_is_ignored(house: House) -> None:
    serve(house, 5, 15)
    without = replace(
        SMALL_HALL,
        services=tuple(each for each in SMALL_HALL.services if each.code != COPY),
        groups=tuple(replace(each, services=tuple(set(each.services) - {COPY})) for each in SMALL_HALL.groups),
        counters=tuple(replace(each, services=each.services - {COPY}) for each in SMALL_HALL.counters),
    )
    assert known_on(house, DAY + timedelta(days=1), without) == from_observations(without.services, [], DAY)


def test_newcomers_called_at_once_make_upper_bounds_that_hardly_move_anything(house: House) -> None:
    """The counter stood idle until each of them came: two hours from call to call are no two hours of service."""
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(6):
        house.issue(kiosk)
        house.call_next(clerk, 2)
        house.later(hours=2)
    known = known_on(house, DAY + timedelta(days=1))
    assert abs(known.mean_s(COPY) / CATALOGUE.mean_s(COPY) - 1) < 0.05
