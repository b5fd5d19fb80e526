"""What the kiosk, the board, the manager, the phone and the devices are told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

from queue_server.contract import BoardReply, HallView, ServicesReply, TrackView
from queue_server.domain.calendar import Hours, Session
from tests.queue_server.house import House
from tests.queue_server.small_hall import SMALL_HALL

PAPER_OUT = {"part": "printer", "kind": "printer", "state": "paper-out", "detail": "tray 1"}
WORDS_ABOUT_PEOPLE = ("elderly", "priority", "user:", "device:", "holder", "lan")


def test_the_kiosk_learns_all_it_needs_in_one_answer(house: House) -> None:
    kiosk = house.token("kiosk")
    house.clerk_at(2)
    for _ in range(3):
        house.issue(kiosk)
    reply = ServicesReply.model_validate(house.get("/services").json())
    assert reply.opening.issuing
    assert [(g.prefix, [s.code for s in g.services]) for g in reply.groups] == [
        ("A", ["birth"]),
        ("B", ["copy", "home"]),
    ]
    copy = reply.groups[1].services[0]
    assert (copy.waiting, copy.counters, copy.target_s) == (3, 1, 900)
    assert copy.wait_low_s <= copy.wait_high_s
    assert [(p.code, p.min_age) for p in reply.priorities] == [("elderly", 60)]


def test_a_closed_hall_says_when_it_opens(house: House) -> None:
    morning = Session(time(7, 30), time(11, 30))
    house.hall = replace(SMALL_HALL, hours=Hours(week=((morning,),) * 7))
    house.later(hours=5)
    opening = house.get("/services").json()["opening"]
    assert (opening["issuing"], opening["reason"]) == (False, "after-closing")
    assert opening["opens_at"] == "2026-11-24T07:30:00+07:00"
    answer = house.post("/tickets", house.token("kiosk"), {"service": "copy"}, key="key-00001", language="en")
    assert "07:30 24/11/2026" in answer.json()["action"]


def test_the_board_shows_numbers_and_counters_and_nothing_about_people(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2, "lan")
    house.issue(kiosk, priority="elderly")
    for _ in range(7):
        house.issue(kiosk)
    house.issue(kiosk, "birth")
    house.call_next(clerk, 2)
    answer = house.get("/board")
    board = BoardReply.model_validate(answer.json())
    assert [(c.number, c.counter, c.state) for c in board.calls] == [("B-001", 2, "called")]
    assert [(a.kind, a.number) for a in board.announcements] == [("call", "B-001")]
    assert [(q.code, q.numbers, q.waiting) for q in board.queues] == [
        ("civil", ("A-001",), 1),
        ("paper", ("B-002", "B-003", "B-004", "B-005", "B-006"), 7),
    ]
    assert {c.id: c.number for c in board.counters} == {1: None, 2: "B-001", 3: None, 4: None}
    assert not [word for word in WORDS_ABOUT_PEOPLE if word in answer.text]


def test_a_recall_is_announced_again(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    ident = house.call_next(clerk, 2)["id"]
    house.later(seconds=30)
    house.act(clerk, ident, "recall")
    board = BoardReply.model_validate(house.get("/board").json())
    assert [a.kind for a in board.announcements] == ["call", "recall"]
    assert [c.number for c in board.calls] == ["B-001"]


def test_announcements_come_in_the_order_of_their_ids_even_when_the_clock_is_put_back(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(3):
        house.issue(kiosk)
    for minutes in (10, -5, 1):
        house.later(minutes=minutes)
        house.call_next(clerk, 2)
    board = BoardReply.model_validate(house.get("/board").json())
    ids = [announcement.id for announcement in board.announcements]
    assert ids == sorted(ids)
    assert [a.number for a in board.announcements] == ["B-001", "B-002", "B-003"]
    assert board.calls[0].number == "B-003"


def test_yesterdays_calls_are_not_announced_today(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    house.call_next(clerk, 2)
    house.later(days=1)
    assert house.get("/board").json()["announcements"] == []


def test_the_manager_sees_counters_queues_and_the_days_figures(house: House) -> None:
    kiosk, clerk, agent = house.token("kiosk"), house.clerk_at(2, "lan"), house.token("agent", "screen-2")
    first = house.issue(kiosk)["id"]
    for _ in range(2):
        house.issue(kiosk)
    house.later(minutes=20)
    house.served(clerk, 2)
    house.act(agent, first, "rate", {"score": "good"})
    missed = house.call_next(clerk, 2)["id"]
    house.act(clerk, missed, "no-show")
    house.post("/devices/report", agent, {"parts": [PAPER_OUT]})
    view = HallView.model_validate(house.get("/hall", house.token("manager")).json())
    assert (view.waiting, view.served_today, view.no_show_today) == (1, 1, 1)
    assert (view.mean_wait_s, view.over_target_today) == (1200, 2), "who was missed had waited as well"
    assert view.ratings_today == {"good": 1, "bad": 0}
    assert [(c.id, c.state, c.holder) for c in view.counters if c.state == "open"] == [(2, "open", "lan")]
    assert [(d.name, d.part, d.state, d.severity, d.detail) for d in view.devices] == [
        ("screen-2", "printer", "paper-out", "failed", "tray 1")
    ]
    assert {q.service: q.over_target for q in view.queues} == {"birth": 0, "copy": 1, "home": 0}


def test_a_priority_tickets_own_target_counts_before_the_call_and_after(house: House) -> None:
    kiosk, clerk, manager = house.token("kiosk"), house.clerk_at(2), house.token("manager")
    house.issue(kiosk, priority="elderly")
    house.issue(kiosk)
    house.later(minutes=7)
    waiting = HallView.model_validate(house.get("/hall", manager).json())
    assert {q.service: q.over_target for q in waiting.queues}["copy"] == 1, "seven minutes are too many only for one"
    assert waiting.over_target_today == 0
    assert house.call_next(clerk, 2)["priority"] == "elderly"
    house.call_next(clerk, 2)
    called = HallView.model_validate(house.get("/hall", manager).json())
    assert called.over_target_today == 1
    house.hall = replace(house.hall, calling=replace(house.hall.calling, priority_target_s=600.0))
    assert house.get("/hall", manager).json()["over_target_today"] == 1, "a call is judged by what was aimed at then"


def test_a_call_logged_without_its_target_is_judged_by_the_services(house: House) -> None:
    kiosk, clerk, manager = house.token("kiosk"), house.clerk_at(2), house.token("manager")
    house.issue(kiosk, priority="elderly")
    house.later(minutes=7)
    house.issue(kiosk, priority="elderly")
    house.call_next(clerk, 2)
    house.later(minutes=16)
    house.call_next(clerk, 2)
    assert house.get("/hall", manager).json()["over_target_today"] == 2
    house.rows("DROP TRIGGER event_is_final")
    house.rows("UPDATE event SET data = json_remove(data, '$.target_s') WHERE kind = 'called'")
    assert house.get("/hall", manager).json()["over_target_today"] == 1


def test_the_phone_page_follows_the_ticket_and_shows_nothing_personal(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2, "lan")
    house.issue(kiosk)
    ticket = house.issue(kiosk, priority="elderly")
    address = "/track/" + ticket["track_url"].rpartition("/")[2]
    waiting = house.get(address)
    view = TrackView.model_validate(waiting.json())
    assert (view.number, view.state, view.ahead, view.rateable) == ("B-002", "waiting", 0, False)
    assert set(waiting.json()) == set(TrackView.model_fields)
    assert not [word for word in WORDS_ABOUT_PEOPLE if word in json.dumps(waiting.json())]
    house.call_next(clerk, 2)
    called = TrackView.model_validate(house.get(address).json())
    assert called.counter_name is not None
    assert (called.state, called.counter_name.en, called.ahead) == ("called", "Counter 2 (en)", None)
    house.act(clerk, ticket["id"], "start")
    house.act(clerk, ticket["id"], "finish")
    assert house.get(address).json()["rateable"] is True
    rated = house.post(f"{address}/rate", json={"score": "good"})
    assert (rated.status_code, rated.json()["rating"], rated.json()["rateable"]) == (200, "good", False)
    again = house.post(f"{address}/rate", json={"score": "bad"})
    assert (again.status_code, again.json()["code"]) == (409, "already-rated")
    assert house.rows("SELECT actor FROM event WHERE kind = 'rated'") == [("citizen",)]


def test_a_ticket_is_not_rated_by_phone_before_it_is_served(house: House) -> None:
    ticket = house.issue(house.token("kiosk"))
    address = "/track/" + ticket["track_url"].rpartition("/")[2]
    assert house.post(f"{address}/rate", json={"score": "good"}).json()["code"] == "illegal-transition"


def test_an_address_that_was_never_given_is_unknown_and_an_old_one_is_forgotten(house: House) -> None:
    ticket = house.issue(house.token("kiosk"))
    address = "/track/" + ticket["track_url"].rpartition("/")[2]
    for wrong in ("/track/" + "A" * 22, address[:-1] + ("A" if address[-1] != "A" else "B")):
        answer = house.get(wrong)
        assert (answer.status_code, answer.json()["code"]) == (404, "ticket-unknown")
    house.later(days=2)
    assert house.get(address).status_code == 404


def test_addresses_of_tickets_are_long_and_all_different(house: House) -> None:
    kiosk = house.token("kiosk")
    tokens = {house.issue(kiosk)["track_url"].rpartition("/")[2] for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {22}


def test_the_tickets_address_is_the_halls_public_one_where_it_has_one(house: House) -> None:
    house.hall = replace(SMALL_HALL, public_url="https://motcua.example.vn")
    assert house.issue(house.token("kiosk"))["track_url"].startswith("https://motcua.example.vn/t/")


def test_what_changes_all_the_time_is_not_cached(house: House) -> None:
    ticket = house.issue(house.token("kiosk"))
    for path in ("/services", "/board", "/track/" + ticket["track_url"].rpartition("/")[2]):
        assert house.get(path).headers["cache-control"] == "no-store"


def test_health_and_figures_for_prometheus(house: House) -> None:
    kiosk = house.token("kiosk")
    house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    assert house.get("/healthz").json() == {"status": "ok"}
    figures = house.get("/metrics").text
    for line in (
        'motcua_waiting{service="copy"} 2.0',
        'motcua_counters{state="open"} 1.0',
        'motcua_tickets_today{state="waiting"} 2.0',
        "motcua_listeners 0.0",
    ):
        assert line in figures.splitlines()
