"""A ticket's way over HTTP, and that every step leaves its event beside the change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.contract import Ticket
from queue_server.domain.calendar import Hours
from queue_server.domain.hall import Numbering
from tests.queue_server.house import House
from tests.queue_server.small_hall import SMALL_HALL


def kinds(house: House, ticket: int) -> list[str]:
    return [row[0] for row in house.rows("SELECT kind FROM event WHERE ticket = ? ORDER BY id", ticket)]


def test_a_ticket_says_all_that_the_kiosk_prints(house: House) -> None:
    kiosk = house.token("kiosk")
    first = house.post("/tickets", kiosk, {"service": "copy", "priority": "elderly"}, key="key-00001")
    assert first.status_code == 201
    told = first.json()
    assert set(told) == set(Ticket.model_fields)
    assert (told["number"], told["service"], told["priority"], told["state"]) == ("B-001", "copy", "elderly", "waiting")
    assert (told["ahead"], told["wait_low_s"]) == (0, 0)
    assert told["issued_at"] == told["queued_at"] == "2026-11-23T02:00:00Z"
    assert told["track_url"].startswith("http://hall.test/t/")
    second = house.issue(kiosk)
    assert (second["number"], second["ahead"]) == ("B-002", 1)
    assert house.issue(kiosk, "birth")["number"] == "A-001"


def test_the_same_key_gives_the_same_ticket_also_after_a_restart(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        kiosk = house.token("kiosk")
        first = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
        again = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
    with House(tmp_path) as house:
        after = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
        assert house.rows("SELECT COUNT(*) FROM ticket") == [(1,)]
        assert house.issue(kiosk)["number"] == "B-002"
    assert first.json() == again.json() == after.json()
    assert {first.status_code, again.status_code, after.status_code} == {201}


def test_the_same_key_sent_many_times_at_once_gives_one_ticket(house: House) -> None:
    kiosk = house.token("kiosk")
    how = {"token": kiosk, "key": "key-00001", "json": {"service": "copy"}}
    answers = house.at_once([("POST", "/tickets", how)] * 30)
    assert {(a.status_code, a.json()["number"]) for a in answers} == {(201, "B-001")}
    assert house.rows("SELECT COUNT(*) FROM ticket") == [(1,)]


def test_two_kiosks_may_come_upon_the_same_key(house: House) -> None:
    numbers = [
        house.post("/tickets", house.token("kiosk"), {"service": "copy"}, key="key-00001").json()["number"]
        for _ in range(2)
    ]
    assert numbers == ["B-001", "B-002"]


def test_a_key_is_good_for_one_request_only(house: House) -> None:
    kiosk = house.token("kiosk")
    house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
    answer = house.post("/tickets", kiosk, {"service": "birth"}, key="key-00001")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")


@pytest.mark.parametrize("key", [None, "short", "x" * 101, "with space", "phím-số-một"])
def test_a_key_is_needed_and_has_a_form(house: House, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    answer = house.post("/tickets", house.token("kiosk"), {"service": "copy"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")
    assert house.rows("SELECT COUNT(*) FROM ticket") == [(0,)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"service": "visa"}, "service-unknown"),
        ({"service": "copy", "then": ["visa"]}, "service-unknown"),
        ({"service": "copy", "priority": "rich"}, "priority-unknown"),
    ],
)
def test_what_the_hall_does_not_offer_costs_no_number(house: House, body: dict[str, Any], code: str) -> None:
    kiosk = house.token("kiosk")
    answer = house.post("/tickets", kiosk, body, key="key-00001")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert house.issue(kiosk)["number"] == "B-001"


def test_numbers_start_anew_at_midnight_in_the_halls_zone(house: House) -> None:
    kiosk = house.token("kiosk")
    house.now = house.now.replace(hour=16, minute=59, second=59)
    assert house.issue(kiosk)["number"] == "B-001"
    assert house.issue(kiosk)["number"] == "B-002"
    house.later(seconds=1)
    assert house.issue(kiosk)["number"] == "B-001"
    assert house.rows("SELECT day, COUNT(*) FROM ticket GROUP BY day") == [("2026-11-23", 2), ("2026-11-24", 1)]


def test_a_closed_hall_issues_nothing_but_remembers_what_it_issued(house: House) -> None:
    kiosk = house.token("kiosk")
    before = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
    house.hall = replace(SMALL_HALL, hours=Hours(week=((),) * 7))
    answer = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00002")
    assert (answer.status_code, answer.json()["code"]) == (409, "hall-closed")
    assert house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001").json() == before.json()


def test_numbers_that_are_used_up_are_said_so_and_lose_nothing(house: House) -> None:
    kiosk = house.token("kiosk")
    house.hall = replace(SMALL_HALL, numbering=Numbering(start=999_999))
    assert house.issue(kiosk)["number"] == "B-999999"
    answer = house.post("/tickets", kiosk, {"service": "copy"}, key="key-00001")
    assert (answer.status_code, answer.json()["code"]) == (409, "numbers-exhausted")
    assert house.rows("SELECT last FROM sequence WHERE prefix = 'B'") == [(999999,)]


def test_one_ticket_from_the_kiosk_to_the_rating(house: House) -> None:
    kiosk, agent, clerk = house.token("kiosk"), house.token("agent"), house.clerk_at(2)
    ident = house.issue(kiosk)["id"]
    house.later(minutes=12)
    called = house.post("/counters/2/next", clerk, language="en").json()
    assert called["reason"] == "B-001 has waited longest: 12 min."
    ticket = called["ticket"]
    assert (ticket["id"], ticket["state"], ticket["counter"]) == (ident, "called", 2)
    assert (ticket["ahead"], ticket["wait_low_s"], ticket["wait_high_s"]) == (None, None, None)
    assert house.act(clerk, ident, "recall")["recalls"] == 1
    assert house.act(clerk, ident, "start")["state"] == "serving"
    house.later(minutes=5)
    done = house.act(clerk, ident, "finish")
    assert (done["state"], done["finished_at"]) == ("finished", "2026-11-23T02:17:00Z")
    assert house.act(agent, ident, "rate", {"score": "good"})["rating"] == "good"
    assert house.get(f"/tickets/{ident}", kiosk).json()["rating"] == "good"
    assert kinds(house, ident) == ["issued", "called", "recalled", "started", "finished", "rated"]
    who = house.rows("SELECT actor FROM event WHERE ticket = ? ORDER BY id", ident)
    assert [row[0].partition(":")[0] for row in who] == ["device"] * 5 + ["citizen"]
    data = house.rows("SELECT why, data FROM event WHERE kind = 'called'")[0]
    assert (data[0], json.loads(data[1])["minutes"]) == ("longest-wait", 12)


def test_no_show_is_offered_after_enough_recalls(house: House) -> None:
    clerk = house.clerk_at(2)
    ident = house.issue(house.token("kiosk"))["id"]
    assert house.call_next(clerk, 2)["no_show_offered"] is False
    assert house.act(clerk, ident, "recall")["no_show_offered"] is False
    assert house.act(clerk, ident, "recall")["no_show_offered"] is True
    missed = house.act(clerk, ident, "no-show", {"reason": "called three times"})
    assert (missed["state"], missed["no_show_offered"], missed["counter"]) == ("no-show", False, None)
    back = house.act(clerk, ident, "resume", {"counter": 2})
    assert (back["state"], back["counter"], back["recalls"]) == ("called", 2, 0)
    assert house.rows("SELECT why FROM event WHERE kind = 'missed'") == [("called three times",)]


def test_a_parked_ticket_comes_back_at_its_old_place(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    early = house.issue(kiosk)
    house.later(minutes=1)
    house.issue(kiosk)
    house.call_next(clerk, 2)
    parked = house.act(clerk, early["id"], "park", {"reason": "photographs"})
    assert (parked["state"], parked["counter"]) == ("parked", None)
    waiting = house.act(clerk, early["id"], "resume")
    assert (waiting["state"], waiting["queued_at"], waiting["ahead"]) == ("waiting", early["queued_at"], 0)
    assert house.call_next(clerk, 2)["id"] == early["id"]


def test_a_transfer_keeps_the_arrival_time_and_goes_ahead_of_later_ones(house: House) -> None:
    kiosk, clerk, other = house.token("kiosk"), house.clerk_at(1), house.clerk_at(2)
    early = house.issue(kiosk, "birth")
    house.later(minutes=10)
    house.issue(kiosk, "copy")
    house.call_next(clerk, 1)
    moved = house.act(clerk, early["id"], "transfer", {"service": "copy", "reason": "wrong desk"})
    assert (moved["service"], moved["number"], moved["queued_at"]) == ("copy", "A-001", early["queued_at"])
    assert house.call_next(other, 2)["number"] == "A-001"


def test_a_transfer_to_a_counter_is_called_there_and_nowhere_else(house: House) -> None:
    kiosk, clerk, third = house.token("kiosk"), house.clerk_at(2), house.clerk_at(3)
    ident = house.issue(kiosk)["id"]
    house.call_next(clerk, 2)
    house.act(clerk, ident, "transfer", {"counter": 3})
    assert house.post("/counters/2/next", clerk).status_code == 204
    assert house.call_next(third, 3)["id"] == ident


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "transfer-nowhere"),
        ({"service": "copy"}, 422, "transfer-nowhere"),
        ({"service": "visa"}, 422, "service-unknown"),
        ({"counter": 99}, 404, "counter-unknown"),
        ({"counter": 1}, 422, "counter-lacks-service"),
        ({"service": "birth", "counter": 2}, 422, "counter-lacks-service"),
    ],
)
def test_a_transfer_must_lead_somewhere(house: House, body: dict[str, Any], status: int, code: str) -> None:
    clerk = house.clerk_at(2)
    ident = house.issue(house.token("kiosk"))["id"]
    house.call_next(clerk, 2)
    answer = house.post(f"/tickets/{ident}/transfer", clerk, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert kinds(house, ident) == ["issued", "called"]


def test_a_visit_of_two_services_keeps_one_ticket(house: House) -> None:
    kiosk, one, two = house.token("kiosk"), house.clerk_at(1), house.clerk_at(2)
    ident = house.issue(kiosk, "birth", then=["copy"])["id"]
    house.later(minutes=5)
    onward = house.served(one, 1)
    assert (onward["id"], onward["state"], onward["service"], onward["then"]) == (ident, "waiting", "copy", [])
    assert onward["queued_at"] == "2026-11-23T02:05:00Z"
    done = house.served(two, 2)
    assert (done["id"], done["number"], done["state"]) == (ident, "A-001", "finished")


def test_the_clerk_sends_a_visit_on(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    ident = house.call_next(clerk, 2)["id"]
    house.act(clerk, ident, "start")
    answer = house.post(f"/tickets/{ident}/finish", clerk, {"next_service": "visa"})
    assert answer.json()["code"] == "service-unknown"
    onward = house.act(clerk, ident, "finish", {"next_service": "home"})
    assert (onward["state"], onward["service"], onward["counter"]) == ("waiting", "home", None)


def test_priority_is_granted_and_withdrawn_with_a_reason(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    house.issue(kiosk)
    ident = house.issue(kiosk)["id"]
    granted = house.act(clerk, ident, "priority", {"priority": "elderly", "reason": "card seen"})
    assert (granted["priority"], granted["ahead"]) == ("elderly", 0)
    for body, code in (
        ({"priority": "elderly", "reason": "again"}, "priority-unchanged"),
        ({"priority": "rich", "reason": "x"}, "priority-unknown"),
        ({"priority": None}, "invalid-request"),
        ({"priority": None, "reason": "  "}, "invalid-request"),
    ):
        assert house.post(f"/tickets/{ident}/priority", clerk, body).json()["code"] == code
    assert house.act(clerk, ident, "priority", {"priority": None, "reason": "mistake"})["priority"] is None
    whys = house.rows("SELECT kind, why FROM event WHERE kind LIKE 'priority%' ORDER BY id")
    assert whys == [("priority-granted", "card seen"), ("priority-withdrawn", "mistake")]


def test_a_cancelled_ticket_is_gone_and_its_number_is_not_given_again(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    ident = house.issue(kiosk)["id"]
    assert house.act(clerk, ident, "cancel", {"reason": "left"})["state"] == "cancelled"
    assert house.post("/counters/2/next", clerk).status_code == 204
    assert house.issue(kiosk)["number"] == "B-002"


@pytest.mark.parametrize("verb", ["recall", "start", "finish", "no-show", "park", "resume", "cancel"])
def test_an_act_out_of_turn_is_refused_and_leaves_no_trace(house: House, verb: str) -> None:
    clerk = house.clerk_at(2)
    ident = house.issue(house.token("kiosk"))["id"]
    house.act(clerk, ident, "cancel")
    answer = house.post(f"/tickets/{ident}/{verb}", clerk, language="en")
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal-transition")
    assert "B-001 is cancelled" in answer.json()["detail"]
    assert kinds(house, ident) == ["issued", "cancelled"]


def test_a_ticket_is_rated_once_by_a_level_of_the_scale_and_not_for_ever(house: House) -> None:
    kiosk, agent, clerk = house.token("kiosk"), house.token("agent"), house.clerk_at(2)
    first, second = house.issue(kiosk)["id"], house.issue(kiosk)["id"]

    def rate(ident: int, score: str = "good") -> tuple[int, str | None]:
        answer = house.post(f"/tickets/{ident}/rate", agent, {"score": score})
        return answer.status_code, answer.json().get("code")

    assert rate(first) == (409, "illegal-transition")
    house.served(clerk, 2)
    assert rate(first, "superb") == (422, "rating-unknown")
    assert rate(first) == (200, None)
    assert rate(first) == (409, "already-rated")
    house.served(clerk, 2)
    house.later(hours=25)
    assert rate(second) == (409, "rating-closed")


def test_a_bound_rating_screen_rates_only_what_its_counter_served(house: House) -> None:
    clerk = house.clerk_at(2)
    ident = house.issue(house.token("kiosk"))["id"]
    house.served(clerk, 2)
    answer = house.post(f"/tickets/{ident}/rate", house.token("agent", counter=3), {"score": "good"})
    assert (answer.status_code, answer.json()["code"]) == (403, "counter-not-yours")
    assert house.act(house.token("agent", counter=2), ident, "rate", {"score": "good"})["rating"] == "good"


def test_an_unknown_ticket_is_said_to_be_unknown(house: House) -> None:
    clerk = house.token("clerk")
    assert house.get("/tickets/999", clerk).json()["code"] == "ticket-unknown"
    assert house.post("/tickets/999/start", clerk).status_code == 404
    for ident in ("0", "-1", "x", "9" * 30):
        assert house.get(f"/tickets/{ident}", clerk).json()["code"] == "invalid-request"


def test_only_the_device_that_issues_is_told_where_the_ticket_is_rated(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(3)
    ticket = house.issue(kiosk)
    assert ticket["track_url"]
    assert house.get(f"/tickets/{ticket['id']}", kiosk).json()["track_url"] == ticket["track_url"]
    assert house.get(f"/tickets/{ticket['id']}", clerk).json()["track_url"] is None
    assert house.post("/counters/3/next", clerk).json()["ticket"]["track_url"] is None
    assert house.act(clerk, ticket["id"], "start")["track_url"] is None
