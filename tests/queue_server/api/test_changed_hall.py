"""The hall's file changes between two starts, the day at midnight: nobody is stranded, no number is called twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from queue_server.domain.calendar import Hours, Session
from queue_server.domain.ids import ServiceCode
from tests.queue_server.house import House
from tests.queue_server.small_hall import COPY, SMALL_HALL

ALWAYS = Hours(week=((Session(time.min, time.min),),) * 7)


def test_a_counter_taken_out_of_the_file_frees_its_clerk_and_its_tickets(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        kiosk = house.token("kiosk")
        lan, mai = house.clerk_at(3, "lan"), house.clerk_at(2, "mai")
        called = house.issue(kiosk)["number"]
        house.call_next(lan, 3)
        house.issue(kiosk)
        sent = house.call_next(mai, 2)
        house.act(mai, sent["id"], "transfer", {"counter": 3})
    fewer = replace(SMALL_HALL, counters=tuple(each for each in SMALL_HALL.counters if each.id != 3))
    with House(tmp_path, hall=fewer) as house:
        assert house.post("/counters/2/close", mai).status_code == 200
        assert house.post("/counters/2/open", lan).status_code == 200
        numbers = [house.call_next(lan, 2)["number"] for _ in range(2)]
        assert numbers == [called, sent["number"]]
        assert house.get("/board").status_code == 200


def test_who_waits_for_a_service_taken_out_of_the_file_is_called_by_any_counter(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        waiting = house.issue(house.token("kiosk"))["number"]
    other = tuple(each.code for each in SMALL_HALL.services if each.code != COPY)
    without = replace(
        SMALL_HALL,
        services=tuple(each for each in SMALL_HALL.services if each.code != COPY),
        groups=tuple(
            replace(each, services=tuple(c for c in each.services if c != COPY)) for each in SMALL_HALL.groups
        ),
        counters=tuple(replace(each, services=frozenset(other)) for each in SMALL_HALL.counters),
    )
    with House(tmp_path, hall=without) as house:
        clerk = house.clerk_at(1, "lan")
        assert house.get("/counters/1", clerk).json()["waiting"] == 1
        ticket = house.call_next(clerk, 1)
        assert ticket["number"] == waiting
        moved = house.act(clerk, ticket["id"], "transfer", {"service": ServiceCode(other[0])})
        assert moved["state"] == "waiting"


def test_around_midnight_no_two_tickets_of_one_number_are_called(tmp_path: Path) -> None:
    before = datetime.fromisoformat("2026-11-23T16:59:00+00:00")  # 23:59 in the hall
    always = replace(SMALL_HALL, hours=ALWAYS)
    with House(tmp_path, hall=always, now=before) as house:
        kiosk, two, three = house.token("kiosk"), house.clerk_at(2, "lan"), house.clerk_at(3, "mai")
        old = house.issue(kiosk)
        house.later(minutes=2)
        new = house.issue(kiosk)
        assert old["number"] == new["number"]
        assert house.call_next(two, 2)["id"] == new["id"]
        assert house.post("/counters/3/next", three).status_code == 204
        assert house.get(f"/tickets/{old['id']}", kiosk).json()["state"] == "cancelled"
