"""A call for help: one a kiosk, seen by all who can come, answered once."""

from __future__ import annotations

from datetime import timedelta

from queue_server.service import help_calls
from tests.queue_server.house import House


def test_a_call_is_seen_answered_and_over(house: House) -> None:
    kiosk, other, clerk = house.token("kiosk", "kiosk-1"), house.token("kiosk", "kiosk-2"), house.token("clerk", "lan")
    called = house.post("/help", kiosk, {"screen": "question"}).json()
    assert (called["device"], called["screen"], called["answered_at"]) == ("kiosk-1", "question", None)
    assert house.post("/help", kiosk, {"screen": "review"}).json() == called, "pressed again: the same call"
    second = house.post("/help", other, {"screen": "home"}).json()
    assert [each["id"] for each in house.get("/help", clerk).json()["calls"]] == [called["id"], second["id"]]
    assert [each["id"] for each in house.get("/help", kiosk).json()["calls"]] == [called["id"]]
    house.later(seconds=20)
    answered = house.post(f"/help/{called['id']}/answer", clerk).json()
    assert answered["answered_by"].endswith("lan")
    assert house.get("/help", kiosk).json()["calls"] == [answered], "the kiosk says that somebody is coming"
    house.later(seconds=30)
    later = house.post(f"/help/{called['id']}/answer", house.token("clerk", "minh")).json()
    assert later == answered, "the first to come is named"
    house.later(minutes=1)
    assert [each["id"] for each in house.get("/help", clerk).json()["calls"]] == [second["id"]]
    assert house.post("/help", kiosk, {"screen": "question"}).json()["id"] != called["id"]


def test_many_presses_at_once_are_one_call(house: House) -> None:
    press = {"token": house.token("kiosk"), "json": {"screen": "question"}}
    answers = house.at_once([("POST", "/help", press)] * 5)
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert house.rows("SELECT COUNT(*) FROM help_call") == [(1,)]


def test_a_call_that_nobody_answers_is_given_up_and_forgotten_in_time(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.token("clerk")
    first = house.post("/help", kiosk, {"screen": "question"}).json()
    house.now += help_calls.GIVEN_UP
    assert house.get("/help", clerk).json()["calls"] == []
    second = house.post("/help", kiosk, {"screen": "question"}).json()
    assert second["id"] != first["id"]
    assert [each["id"] for each in house.get("/help", clerk).json()["calls"]] == [second["id"]]
    house.db.submit(lambda tx: help_calls.forget(tx, house.now + timedelta(days=31))).result()
    assert house.rows("SELECT COUNT(*) FROM help_call") == [(0,)]


def test_a_call_that_is_not_there_cannot_be_answered(house: House) -> None:
    assert house.post("/help/7/answer", house.token("clerk")).json()["code"] == "help-unknown"


def test_nothing_but_the_screens_code_is_taken(house: House) -> None:
    kiosk = house.token("kiosk")
    assert house.post("/help", kiosk, {"screen": "Nguyễn Thị Hương"}).status_code == 422
    assert house.post("/help", kiosk, {"screen": "x", "typed": "1"}).status_code == 422
