"""Counters over HTTP: one holder each, calling next, and what the clerk's screen is told."""

from __future__ import annotations

from queue_server.contract import CounterView, NextReply, RateView
from tests.queue_server.house import House


def code(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def test_two_clerks_cannot_hold_one_counter(house: House) -> None:
    lan = house.clerk_at(2, "lan")
    minh = house.token("clerk", "minh")
    answer = house.post("/counters/2/open", minh, language="en")
    assert code(answer) == (409, "counter-held")
    assert "lan" in answer.json()["detail"]
    assert house.post("/counters/2/open", lan).json()["mine"] is True
    assert house.post("/counters/2/close", lan).json()["holder"] is None
    assert house.post("/counters/2/open", minh).json()["holder"] == "minh"


def test_two_clerks_who_open_at_the_same_time_get_one_counter_between_them(house: House) -> None:
    clerks = [house.token("clerk") for _ in range(8)]
    answers = house.at_once([("POST", "/counters/2/open", {"token": clerk}) for clerk in clerks])
    assert sorted(a.status_code for a in answers) == [200] + [409] * 7


def test_an_account_holds_one_counter_at_a_time(house: House) -> None:
    lan = house.session("lan", "clerk")
    assert house.post("/counters/1/open", session=lan).status_code == 200
    assert code(house.post("/counters/2/open", session=lan)) == (409, "clerk-elsewhere")
    house.post("/counters/1/close", session=lan)
    assert house.post("/counters/2/open", session=lan).status_code == 200


def test_a_token_bound_to_a_counter_acts_at_that_one_only(house: House) -> None:
    bound = house.token("clerk", counter=2)
    assert house.post("/counters/2/open", bound).status_code == 200
    for path in ("open", "next", "close"):
        assert code(house.post(f"/counters/3/{path}", bound)) == (403, "counter-not-yours")
    assert code(house.post("/counters/3/pause", bound, {"reason": "x"})) == (403, "counter-not-yours")


def test_only_the_holder_acts_on_the_ticket_at_a_counter_or_a_manager(house: House) -> None:
    kiosk, lan, minh = house.token("kiosk"), house.clerk_at(2), house.clerk_at(3)
    ident = house.issue(kiosk)["id"]
    house.call_next(lan, 2)
    for verb in ("recall", "start", "no-show", "park", "cancel"):
        assert code(house.post(f"/tickets/{ident}/{verb}", minh)) == (403, "counter-not-yours")
    assert code(house.post(f"/tickets/{ident}/transfer", minh, {"counter": 3})) == (403, "counter-not-yours")
    assert house.act(house.token("manager"), ident, "start")["state"] == "serving"


def test_the_clerk_without_a_counter_can_call_nobody(house: House) -> None:
    lan, minh = house.clerk_at(2), house.token("clerk")
    assert code(house.post("/counters/3/next", lan)) == (409, "counter-not-open")
    assert code(house.post("/counters/2/next", minh)) == (403, "counter-not-yours")
    assert code(house.post("/counters/99/next", lan)) == (404, "counter-unknown")


def test_a_paused_counter_calls_nobody_but_finishes_what_it_has(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    ident = house.call_next(clerk, 2)["id"]
    view = house.post("/counters/2/pause", clerk, {"reason": "lunch"}).json()
    assert (view["state"], view["pause_reason"], view["ticket"]["id"]) == ("paused", "lunch", ident)
    assert code(house.post("/counters/2/next", clerk)) == (409, "counter-not-open")
    house.act(clerk, ident, "start")
    assert house.act(clerk, ident, "finish")["state"] == "finished"
    assert house.post("/counters/2/open", clerk).json()["pause_reason"] is None


def test_a_counter_with_a_ticket_is_not_closed(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    house.call_next(clerk, 2)
    answer = house.post("/counters/2/close", clerk, language="en")
    assert code(answer) == (409, "counter-busy")
    assert "B-001" in answer.json()["action"]


def test_a_manager_closes_the_counter_of_somebody_who_left(house: House) -> None:
    house.clerk_at(2)
    assert code(house.post("/counters/2/close", house.token("clerk"))) == (403, "counter-not-yours")
    assert house.post("/counters/2/close", house.token("manager")).json()["state"] == "closed"


def test_next_finishes_what_the_counter_has_and_says_why_whom_it_calls(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    first = house.issue(kiosk)["id"]
    house.later(minutes=3)
    house.issue(kiosk, priority="elderly")
    called = house.post("/counters/2/next", clerk, language="en").json()
    assert called["reason"] == "B-002 has priority; it has waited 0 min."
    NextReply.model_validate(called)
    assert house.call_next(clerk, 2)["id"] == first
    assert house.post("/counters/2/next", clerk).status_code == 204
    assert house.rows("SELECT state FROM ticket") == [("finished",), ("finished",)]


def test_next_repeated_with_its_key_calls_nobody_twice(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(3):
        house.issue(kiosk)
    once = [house.post("/counters/2/next", clerk, key="press-0001").json()["ticket"]["number"] for _ in range(3)]
    assert once == ["B-001"] * 3
    assert house.post("/counters/2/next", clerk, key="press-0002").json()["ticket"]["number"] == "B-002"
    assert code(house.post("/counters/3/next", clerk, key="press-0001")) == (422, "idempotency-key-reused")
    assert code(house.post("/counters/2/next", clerk, key="short")) == (400, "idempotency-key-missing")


def test_a_press_that_found_nobody_stays_so_when_repeated(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    assert house.post("/counters/2/next", clerk, key="press-0001").status_code == 204
    house.issue(kiosk)
    assert house.post("/counters/2/next", clerk, key="press-0001").status_code == 204
    assert house.post("/counters/2/next", clerk, key="press-0002").status_code == 200


def test_clerks_who_press_at_the_same_time_get_different_tickets(house: House) -> None:
    kiosk = house.token("kiosk")
    for _ in range(4):
        house.issue(kiosk)
    desks = [(2, house.clerk_at(2)), (3, house.clerk_at(3))]
    presses = [("POST", f"/counters/{desk}/next", {"token": clerk}) for desk, clerk in desks * 2]
    called = [answer.json()["ticket"]["id"] for answer in house.at_once(presses)]
    assert len(set(called)) == 4


def test_the_clerks_screen_shows_what_waits_for_this_counter(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2, "lan")
    for service in ("copy", "copy", "birth"):
        house.issue(kiosk, service)
    house.later(minutes=16)
    view = house.get("/counters/2", clerk).json()
    assert set(view) == set(CounterView.model_fields)
    assert (view["state"], view["holder"], view["mine"], view["waiting"]) == ("open", "lan", True, 2)
    assert [(q["service"], q["waiting"], q["longest_s"], q["over_target"]) for q in view["queues"]] == [
        ("copy", 2, 960, 2)
    ]
    first = house.served(clerk, 2)
    second = house.call_next(clerk, 2)
    house.act(clerk, second["id"], "park", {"reason": "photographs"})
    view = house.get("/counters/2", clerk, language="en").json()
    assert (view["served_today"], view["ticket"], [p["id"] for p in view["parked"]]) == (1, None, [second["id"]])
    assert first["number"] == "B-001"


def test_the_clerks_screen_says_why_this_ticket(house: House) -> None:
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    house.call_next(clerk, 2)
    said = {
        language: house.get("/counters/2", clerk, language=language).json()["ticket"]["reason"]
        for language in ("vi", "en")
    }
    assert said["en"] == "B-001 has waited longest: 0 min."
    assert said["vi"] != said["en"]
    assert "B-001" in said["vi"]


def test_the_rating_screen_asks_for_the_ticket_just_served_and_not_for_long(house: House) -> None:
    clerk, agent = house.clerk_at(2), house.token("agent", counter=2)
    assert house.get("/counters/2/rate", agent).json()["ticket_id"] is None
    ident = house.issue(house.token("kiosk"))["id"]
    house.served(clerk, 2)
    view = house.get("/counters/2/rate", agent).json()
    assert set(view) == set(RateView.model_fields)
    assert (view["ticket_id"], view["number"]) == (ident, "B-001")
    assert [level["code"] for level in view["scale"]] == ["good", "bad"]
    house.later(minutes=2)
    assert house.get("/counters/2/rate", agent).json()["ticket_id"] is None


def test_a_rated_ticket_is_not_asked_for_again(house: House) -> None:
    clerk, agent = house.clerk_at(2), house.token("agent", counter=2)
    ident = house.issue(house.token("kiosk"))["id"]
    house.served(clerk, 2)
    house.act(agent, ident, "rate", {"score": "bad"})
    assert house.get("/counters/2/rate", agent).json()["ticket_id"] is None


def test_resume_to_a_counter_needs_it_free_open_and_fit(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    first, second = house.issue(kiosk)["id"], house.issue(kiosk)["id"]
    house.call_next(clerk, 2)
    house.act(clerk, first, "park")
    house.call_next(clerk, 2)
    assert code(house.post(f"/tickets/{first}/resume", clerk, {"counter": 2})) == (409, "counter-busy")
    assert house.get(f"/tickets/{first}", clerk).json()["state"] == "parked"
    house.act(clerk, second, "no-show")
    assert code(house.post(f"/tickets/{first}/resume", clerk, {"counter": 99})) == (404, "counter-unknown")
    assert code(house.post(f"/tickets/{first}/resume", clerk, {"counter": 3})) == (409, "counter-not-open")
    wrong_desk = house.clerk_at(1)
    assert code(house.post(f"/tickets/{first}/resume", wrong_desk, {"counter": 1})) == (422, "counter-lacks-service")
    assert house.act(clerk, first, "resume", {"counter": 2})["state"] == "called"


def test_every_change_of_a_counter_leaves_its_event(house: House) -> None:
    clerk = house.clerk_at(2, "lan")
    house.post("/counters/2/open", clerk)
    house.post("/counters/2/pause", clerk, {"reason": "lunch"})
    house.post("/counters/2/close", clerk)
    house.post("/counters/2/close", clerk)
    assert house.rows("SELECT kind, actor, why FROM event WHERE counter = 2 ORDER BY id") == [
        ("counter-opened", "device:lan", None),
        ("counter-paused", "device:lan", "lunch"),
        ("counter-closed", "device:lan", None),
    ]


def test_the_desk_is_told_why_a_ticket_was_parked(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(3)
    ticket = house.issue(kiosk)
    house.call_next(clerk, 3)
    house.act(clerk, ticket["id"], "park", {"reason": "Bổ sung giấy tờ"})
    (parked,) = house.get("/counters/3", clerk).json()["parked"]
    assert (parked["number"], parked["reason"]) == (ticket["number"], "Bổ sung giấy tờ")
