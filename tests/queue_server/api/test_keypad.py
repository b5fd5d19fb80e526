"""A clerk without a PC: every key in every state of a counter, twice, at once, and whose counter it is."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.contract import KeyReply
from tests.queue_server.house import House


def pressed(house: House, agent: str, key: str, counter: int = 2, **more: Any) -> httpx.Response:
    named = more.pop("name", None) or secrets.token_hex(8)
    return house.post(f"/counters/{counter}/press", agent, {"key": key, **more}, key=named)


def done(house: House, agent: str, key: str, counter: int = 2, **more: Any) -> KeyReply:
    answer = pressed(house, agent, key, counter, **more)
    assert answer.status_code == 200, answer.text
    return KeyReply.model_validate(answer.json())


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def told(reply: KeyReply) -> tuple[str, str | None, int, str]:
    return reply.outcome, reply.number, reply.waiting, reply.state


@pytest.fixture
def agent(house: House) -> str:
    return house.token("agent", "box")


def events(house: House) -> list[tuple[str, str]]:
    return house.rows("SELECT kind, actor FROM event WHERE kind <> 'issued' ORDER BY id")


def holder(house: House, counter: int = 2) -> str | None:
    return house.rows("SELECT holder FROM counter WHERE id = ?", counter)[0][0]


def test_a_whole_day_without_a_pc(house: House, agent: str) -> None:
    kiosk = house.token("kiosk")
    house.clerk_at(3)
    for _ in range(4):
        house.issue(kiosk)
    assert told(done(house, agent, "next")) == ("called", "B-001", 3, "open")
    assert holder(house) == "keypad:box"
    house.later(minutes=1)
    assert told(done(house, agent, "recall")) == ("recalled", "B-001", 3, "open")
    assert told(done(house, agent, "finish")) == ("finished", "B-001", 3, "open")
    assert told(done(house, agent, "next")) == ("called", "B-002", 2, "open")
    assert told(done(house, agent, "no-show")) == ("no-show", "B-002", 2, "open")
    house.later(minutes=1)
    assert told(done(house, agent, "next")) == ("called", "B-003", 1, "open")
    assert told(done(house, agent, "transfer", to_counter=3)) == ("transferred", "B-003", 1, "open")
    house.later(minutes=1)
    assert told(done(house, agent, "next")) == ("called", "B-004", 0, "open")
    assert told(done(house, agent, "pause")) == ("paused", "B-004", 0, "paused")
    assert told(done(house, agent, "pause")) == ("opened", "B-004", 0, "open")
    house.later(minutes=1)
    assert told(done(house, agent, "next")) == ("nobody", None, 0, "open")
    actors = {actor for (actor,) in house.rows("SELECT actor FROM event WHERE counter = 2")}
    assert actors == {"device:box"}, "the log says which device did it"


def test_next_finishes_whom_the_counter_has(house: House, agent: str) -> None:
    kiosk = house.token("kiosk")
    for _ in range(2):
        house.issue(kiosk)
    done(house, agent, "next")
    house.later(minutes=5)
    assert done(house, agent, "next").number == "B-002"
    assert house.rows("SELECT state FROM ticket ORDER BY id") == [("finished",), ("called",)]


def test_nobody_waits_but_the_counter_is_open(house: House, agent: str) -> None:
    assert told(done(house, agent, "next")) == ("nobody", None, 0, "open")


@pytest.mark.parametrize("key", ["recall", "finish", "no-show", "transfer"])
@pytest.mark.parametrize("state", ["never opened", "closed", "open", "paused"])
def test_a_key_for_a_ticket_without_one(house: House, agent: str, key: str, state: str) -> None:
    if state != "never opened":
        clerk = house.clerk_at(2)
        if state == "closed":
            house.post("/counters/2/close", clerk)
        if state == "paused":
            house.post("/counters/2/pause", clerk, {"reason": "x"})
    before = len(events(house))
    assert code(pressed(house, agent, key, to_counter=3)) == (409, "counter-idle")
    assert len(events(house)) == before


@pytest.mark.parametrize(
    ("key", "called", "serving"),
    [
        ("recall", "recalled", None),
        ("finish", "finished", "finished"),
        ("no-show", "no-show", None),
        ("transfer", "transferred", "transferred"),
    ],
)
@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("served", [False, True])
def test_a_key_for_the_ticket_that_is_there(
    house: House, agent: str, key: str, called: str | None, serving: str | None, paused: bool, served: bool
) -> None:
    clerk = house.clerk_at(2, "lan")
    house.issue(house.token("kiosk"))
    ticket = house.call_next(clerk, 2)
    if served:
        house.act(clerk, ticket["id"], "start")
    if paused:
        assert house.post("/counters/2/pause", clerk, {"reason": "x"}).status_code == 200
    outcome = serving if served else called
    answer = pressed(house, agent, key, **({"to_counter": 3} if key == "transfer" else {}))
    if outcome is None:
        assert code(answer) == (409, "illegal-transition")
    else:
        reply = KeyReply.model_validate(answer.json())
        assert (reply.outcome, reply.number, reply.state) == (outcome, "B-001", "paused" if paused else "open")
    assert holder(house) == "device:lan", "the counter stays its clerk's"


@pytest.mark.parametrize(("state", "outcome"), [("closed", "opened"), ("open", "paused"), ("paused", "opened")])
def test_the_pause_key_stops_and_starts_the_counter(house: House, agent: str, state: str, outcome: str) -> None:
    if state != "closed":
        done(house, agent, "pause")
    if state == "paused":
        done(house, agent, "pause")
    assert done(house, agent, "pause").outcome == outcome


def test_a_paused_counter_is_opened_before_it_calls(house: House, agent: str) -> None:
    clerk = house.clerk_at(2, "lan")
    house.issue(house.token("kiosk"))
    house.post("/counters/2/pause", clerk, {"reason": "lunch"})
    assert told(done(house, agent, "next")) == ("called", "B-001", 0, "open")
    assert holder(house) == "device:lan"


def test_a_pause_at_the_keypad_is_said_in_words(house: House, agent: str) -> None:
    clerk = house.clerk_at(2, "lan")
    done(house, agent, "pause")
    assert house.get("/counters/2", clerk, language="en").json()["pause_reason"] == "At the keypad"


def test_the_clerk_may_take_over_at_a_pc_what_was_begun_at_the_keypad(house: House, agent: str) -> None:
    for _ in range(2):
        house.issue(house.token("kiosk"))
    done(house, agent, "next")
    session = house.session("lan", "clerk")
    assert code(house.post("/counters/2/next", session=session)) == (403, "counter-not-yours")
    assert house.post("/counters/2/open", session=session).json()["holder"] == "lan"
    house.later(minutes=1)
    assert done(house, agent, "next").number == "B-002"
    assert holder(house) == "user:lan"
    other = house.session("minh", "clerk")
    assert code(house.post("/counters/2/open", session=other)) == (409, "counter-held")


def test_both_hands_press_next_for_the_same_person(house: House, agent: str) -> None:
    clerk = house.clerk_at(2, "lan")
    for _ in range(3):
        house.issue(house.token("kiosk"))
    assert house.call_next(clerk, 2)["number"] == "B-001"
    house.later(seconds=1)
    assert done(house, agent, "next").number == "B-001", "the clerk cannot have seen the other call yet"
    house.later(seconds=5)
    assert done(house, agent, "next").number == "B-002"
    house.later(seconds=1)
    assert house.call_next(clerk, 2)["number"] == "B-002"


def test_a_press_while_the_counter_calls_by_itself_is_that_call(house: House, agent: str) -> None:
    from queue_server.service.auto_call import auto_call

    house.hall = replace(house.hall, calling=replace(house.hall.calling, auto_call_s=20))
    done(house, agent, "pause")
    for _ in range(2):
        house.issue(house.token("kiosk"))
    house.later(seconds=30)
    house.db.submit(lambda tx: auto_call(tx, house.hall, house.now)).result()
    house.later(seconds=1)
    assert done(house, agent, "next").number == "B-001"


@pytest.mark.parametrize("key", ["next", "recall", "finish", "no-show", "transfer", "pause"])
def test_the_same_press_twice_is_done_once_also_across_a_restart(tmp_path: Path, key: str) -> None:
    with House(tmp_path) as house:
        agent = house.token("agent", "box")
        for _ in range(3):
            house.issue(house.token("kiosk"))
        if key != "next":
            done(house, agent, "next")
        more = {"to_counter": 3} if key == "transfer" else {}
        first = pressed(house, agent, key, name="press-0001", **more)
        assert first.status_code == 200
        seen = events(house)
        house.later(minutes=1)
        assert pressed(house, agent, key, name="press-0001", **more).json() == first.json()
        later = house.now
    with House(tmp_path, now=later) as house:
        assert pressed(house, agent, key, name="press-0001", **more).json() == first.json()
        assert events(house) == seen
        other = "pause" if key == "next" else "next"
        assert code(pressed(house, agent, other, name="press-0001")) == (422, "idempotency-key-reused")
        assert code(pressed(house, agent, key, 3, name="press-0001", **more)) == (422, "idempotency-key-reused")
        assert house.faults() == []


@pytest.mark.parametrize("name", [None, "short", "with space 0", "x" * 101])
def test_a_press_needs_its_own_key(house: House, agent: str, name: str | None) -> None:
    answer = house.post("/counters/2/press", agent, {"key": "next"}, key=name)
    assert code(answer) == (400, "idempotency-key-missing")


@pytest.mark.parametrize(("late_s", "outcome"), [(-1, "called"), (0, "called"), (1, "press-expired")])
def test_a_press_that_comes_too_late_is_not_carried_out(house: House, agent: str, late_s: float, outcome: str) -> None:
    house.issue(house.token("kiosk"))
    until = house.now.astimezone(timezone(timedelta(hours=7))) - timedelta(seconds=late_s)
    answer = pressed(house, agent, "next", expires_at=until.isoformat()).json()
    assert (answer.get("outcome") or answer.get("code")) == outcome
    assert house.rows("SELECT state FROM ticket") == [("called" if outcome == "called" else "waiting",)]


def test_a_late_repeat_of_a_press_gets_its_answer_and_a_new_limit_makes_it_wanted_again(
    house: House, agent: str
) -> None:
    def limited(name: str) -> httpx.Response:
        return pressed(house, agent, "next", name=name, expires_at=until)

    until = house.now.isoformat()
    first = limited("press-0001")
    house.later(minutes=1)
    assert limited("press-0001").json() == first.json()
    assert code(limited("press-0002")) == (409, "press-expired")
    until = house.now.isoformat()
    assert limited("press-0002").status_code == 200
    until = "2026-03-02T09:00:00"
    assert code(limited("press-0003")) == (422, "invalid-request")


def test_a_refused_press_may_be_repeated_with_its_key(house: House, agent: str) -> None:
    assert code(pressed(house, agent, "finish", name="press-0001")) == (409, "counter-idle")
    house.issue(house.token("kiosk"))
    done(house, agent, "next")
    assert done(house, agent, "finish", name="press-0001").outcome == "finished"


@pytest.mark.parametrize(
    ("to_counter", "expected"),
    [
        (None, (422, "transfer-nowhere")),
        (2, (422, "transfer-nowhere")),
        (1, (422, "counter-lacks-service")),
        (77, (404, "counter-unknown")),
    ],
)
def test_a_transfer_to_where_nobody_can_serve(
    house: House, agent: str, to_counter: int | None, expected: tuple[int, str]
) -> None:
    house.issue(house.token("kiosk"))
    done(house, agent, "next")
    more = {} if to_counter is None else {"to_counter": to_counter}
    assert code(pressed(house, agent, "transfer", **more)) == expected
    assert house.rows("SELECT state FROM ticket") == [("called",)]


def test_a_bound_agent_serves_its_counter_only(house: House) -> None:
    bound = house.token("agent", "box-2", counter=2)
    assert done(house, bound, "next").outcome == "nobody"
    assert code(pressed(house, bound, "next", 3)) == (403, "counter-not-yours")
    assert code(pressed(house, house.token("agent"), "next", 77)) == (404, "counter-unknown")


def test_two_keypads_at_once_never_call_the_same_person(house: House, agent: str) -> None:
    kiosk, other = house.token("kiosk"), house.token("agent", "box-3")
    for _ in range(6):
        house.issue(kiosk)

    def at(counter: int, token: str, name: str) -> tuple[str, str, dict[str, Any]]:
        return "POST", f"/counters/{counter}/press", {"token": token, "key": name, "json": {"key": "next"}}

    replies = house.at_once([at(2, agent, "press-at-2"), at(3, other, "press-at-3"), at(2, agent, "press-at-2")])
    numbers = [reply.json()["number"] for reply in replies]
    assert numbers[0] == numbers[2]
    assert sorted(set(numbers)) == ["B-001", "B-002"]


@pytest.fixture(autouse=True)
def _sound(house: House) -> Iterator[None]:
    yield
    assert house.rows("SELECT counter FROM ticket WHERE state = 'called' GROUP BY counter HAVING COUNT(*) > 1") == []
