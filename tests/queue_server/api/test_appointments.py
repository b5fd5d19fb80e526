"""An appointment from its booking to the call, and what is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from queue_server.domain.appointment import AppointmentRules
from queue_server.service import appointments
from tests.queue_server.house import House
from tests.queue_server.small_hall import NINE, SMALL_HALL

TEN = NINE + timedelta(hours=1)


def book(house: House, clerk: str, at: datetime = TEN, service: str = "copy") -> Any:
    return house.post("/appointments", clerk, {"service": service, "at": at.isoformat()})


def check_in(house: House, kiosk: str, code: str, key: str = "key-00001", **more: Any) -> Any:
    return house.post("/appointments/check-in", kiosk, {"code": code, **more}, key=key)


def test_from_booking_to_the_call(house: House) -> None:
    clerk, kiosk = house.clerk_at(2), house.token("kiosk")
    booked = book(house, clerk)
    assert booked.status_code == 201
    code = booked.json()["code"]
    house.now = TEN - timedelta(minutes=20)
    first = house.issue(kiosk)
    answer = check_in(house, kiosk, code.lower())
    assert answer.status_code == 201
    ticket = answer.json()
    assert (ticket["number"], ticket["service"], ticket["state"]) == ("B-002", "copy", "waiting")
    assert check_in(house, kiosk, code).json()["id"] == ticket["id"], "the same key, the same ticket"
    (listed,) = house.get("/appointments", clerk).json()["appointments"]
    assert (listed["state"], listed["ticket_number"]) == ("arrived", "B-002")
    assert house.call_next(clerk, 2)["id"] == first["id"]
    assert house.faults() == []


def test_who_has_an_appointment_is_called_about_its_time_before_those_who_came_later(house: House) -> None:
    """The target is 15 minutes: by the appointed time the wait has reached it, as for one who came at 9:45."""
    clerk, kiosk = house.clerk_at(2), house.token("kiosk")
    code = book(house, clerk).json()["code"]
    house.now = TEN - timedelta(minutes=8)
    house.issue(kiosk)
    house.now = TEN
    mine = check_in(house, kiosk, code).json()
    assert mine["ahead"] == 0
    assert datetime.fromisoformat(mine["queued_at"]) == TEN - timedelta(minutes=15)
    assert datetime.fromisoformat(mine["issued_at"]) == TEN
    assert house.call_next(clerk, 2)["id"] == mine["id"]
    assert house.faults() == [], "the history gives the same place in the queue"


def test_too_early_too_late_unknown_and_used(house: House) -> None:
    clerk, kiosk = house.token("clerk"), house.token("kiosk")
    code = book(house, clerk).json()["code"]
    early = check_in(house, kiosk, code)
    assert (early.status_code, early.json()["code"]) == (409, "appointment-early")
    assert "09:30" in early.json()["action"]
    assert check_in(house, kiosk, "AAAAAA").json()["code"] == "appointment-unknown"
    house.now = TEN + timedelta(minutes=16)
    late = check_in(house, kiosk, code)
    assert (late.json()["code"], "10:15" in late.json()["detail"]) == ("appointment-late", True)
    house.now = TEN
    assert check_in(house, kiosk, code, priority="elderly").json()["priority"] == "elderly"
    used = check_in(house, kiosk, code, key="key-00002")
    assert used.json()["code"] == "appointment-over"
    assert "đã được dùng" in used.json()["detail"]
    other = check_in(house, kiosk, code)
    assert other.json()["code"] == "idempotency-key-reused", "the same key without the priority"
    assert check_in(house, kiosk, code, key="short").json()["code"] == "idempotency-key-missing"


def test_a_slot_is_never_overbooked_however_many_book_at_once(house: House) -> None:
    house.hall = replace(SMALL_HALL, appointments=AppointmentRules(per_slot=3))
    clerk = house.token("clerk")
    wanted = {"token": clerk, "json": {"service": "copy", "at": TEN.isoformat()}}
    answers = house.at_once([("POST", "/appointments", wanted)] * 8)
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    assert len({answer.json()["code"] for answer in answers if answer.status_code == 201}) == 3
    slots = house.get("/appointments/slots", clerk).json()["slots"]
    assert next(slot["free"] for slot in slots if datetime.fromisoformat(slot["at"]) == TEN) == 0


def test_who_cancels_gives_the_place_back(house: House) -> None:
    house.hall = replace(SMALL_HALL, appointments=AppointmentRules(per_slot=1))
    clerk, kiosk = house.token("clerk"), house.token("kiosk")
    booked = book(house, clerk).json()
    assert book(house, clerk).json()["code"] == "slot-full"
    for _ in range(2):
        assert house.post(f"/appointments/{booked['id']}/cancel", clerk).json()["state"] == "cancelled"
    other = book(house, clerk).json()
    house.now = TEN
    assert check_in(house, kiosk, booked["code"]).json()["code"] == "appointment-over"
    check_in(house, kiosk, other["code"])
    assert house.post(f"/appointments/{other['id']}/cancel", clerk).json()["code"] == "appointment-over"
    assert house.post("/appointments/999/cancel", clerk).json()["code"] == "appointment-unknown"


def test_what_cannot_be_booked_is_refused(house: House) -> None:
    clerk = house.token("clerk")
    assert book(house, clerk, NINE - timedelta(minutes=30)).json()["code"] == "slot-closed"
    assert book(house, clerk, service="none").json()["code"] == "service-unknown"
    assert book(house, clerk, TEN.replace(tzinfo=None)).status_code == 422


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_a_time_that_no_calendar_reaches_is_refused(house: House, year: int) -> None:
    clerk = house.token("clerk")
    assert book(house, clerk, TEN.replace(year=year)).status_code == 422
    for address in ("/appointments", "/appointments/slots"):
        assert house.get(f"{address}?day={year:04}-11-23", clerk).status_code == 422


def test_the_tidy_marks_who_did_not_come(house: House) -> None:
    clerk = house.token("clerk")
    book(house, clerk)
    house.now = TEN + timedelta(minutes=15)
    house.db.submit(lambda tx: appointments.tidy(tx, house.now)).result()
    assert house.rows("SELECT state FROM appointment") == [("booked",)]
    house.later(seconds=1)
    house.db.submit(lambda tx: appointments.tidy(tx, house.now)).result()
    assert house.rows("SELECT state FROM appointment") == [("missed",)]
    house.later(days=401)
    house.db.submit(lambda tx: appointments.tidy(tx, house.now)).result()
    assert house.rows("SELECT state FROM appointment") == []
