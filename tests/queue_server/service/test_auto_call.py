"""A free counter calls by itself: when its pause is over, once, and only while its clerk is to be there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from queue_server.catalogue.load import SAMPLE_HALL
from queue_server.contract import IDEMPOTENCY_HEADER
from queue_server.domain.calendar import Break, Holiday, Hours, Session
from queue_server.domain.hall import Hall
from queue_server.domain.ticket import Ticket
from queue_server.service.auto_call import auto_call, counting_down
from queue_server.service.call import AUTO_CALL, UNSEEN
from tests.hall_server import running_hall
from tests.queue_server.house import House
from tests.queue_server.small_hall import DAY, SMALL_HALL, text

PAUSE_S = 30
BY_ITSELF = replace(SMALL_HALL, calling=replace(SMALL_HALL.calling, auto_call_s=PAUSE_S))
"""Given to the rule by hand: the house itself has it off, so that nothing is called but what a test asks for."""
OFFICE = Hours(week=((Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 0))),) * 7)


def step(house: House, hall: Hall = BY_ITSELF) -> list[Ticket]:
    now = house.now
    return house.db.submit(lambda tx: auto_call(tx, hall, now)).result()


def called(tickets: Sequence[Ticket]) -> list[tuple[str, int | None]]:
    return [(ticket.number, ticket.counter) for ticket in tickets]


def left_s(house: House, counter: int = 2, hall: Hall = BY_ITSELF) -> float | None:
    """Seconds until the counter calls by itself, as its clerk is told."""
    now = house.now
    at = house.db.submit(lambda tx: counting_down(tx.sql, hall, hall.counter(counter), now)).result()
    return None if at is None else (at - now).total_seconds()


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=SMALL_HALL.zone).astimezone(UTC)


def test_an_open_counter_calls_when_its_pause_is_over_and_logs_the_call_like_a_press(house: House) -> None:
    house.issue(house.token("kiosk"))
    house.clerk_at(2)
    house.later(seconds=PAUSE_S - 1)
    assert (step(house), left_s(house)) == ([], 1)
    house.later(seconds=1)
    assert called(step(house)) == [("B-001", 2)]
    [(by, why, data)] = house.rows("SELECT actor, why, data FROM event WHERE kind = 'called'")
    assert (by, why, "waited_s" in data) == (AUTO_CALL, "longest-wait", True)
    board = house.get("/board").json()
    assert [(each["kind"], each["number"], each["counter"]) for each in board["announcements"]] == [
        ("call", "B-001", 2)
    ]


def test_one_who_comes_to_a_counter_that_has_long_been_free_is_called_at_once(house: House) -> None:
    house.clerk_at(2)
    house.later(minutes=10)
    assert step(house) == []
    house.issue(house.token("kiosk"))
    assert called(step(house)) == [("B-001", 2)]


@pytest.mark.parametrize("state", ["called", "serving"])
def test_nobody_is_called_while_the_last_one_is_still_there(house: House, state: str) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    ident = house.call_next(clerk, 2)["id"]
    if state == "serving":
        house.act(clerk, ident, "start")
    house.later(hours=1)
    assert (step(house), left_s(house)) == ([], None)


@pytest.mark.parametrize(
    ("verbs", "body"),
    [
        (["start", "finish"], None),
        (["no-show"], None),
        (["park"], None),
        (["cancel"], None),
        (["transfer"], {"service": "home"}),
        (["start", "finish"], {"next_service": "home"}),
    ],
)
def test_the_pause_runs_from_when_the_last_ticket_left_the_counter(
    house: House, verbs: list[str], body: dict[str, Any] | None
) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    ident = house.call_next(clerk, 2)["id"]
    house.later(minutes=5)
    for verb in verbs:
        house.act(clerk, ident, verb, body if verb == verbs[-1] else None)
    house.later(seconds=PAUSE_S - 1)
    assert step(house) == []
    house.later(seconds=1)
    assert called(step(house)) == [("B-002", 2)]


@pytest.mark.parametrize("verb", ["pause", "close"])
def test_a_counter_that_is_paused_or_closed_calls_nobody_and_begins_anew_when_it_opens(house: House, verb: str) -> None:
    house.issue(house.token("kiosk"))
    clerk = house.clerk_at(2)
    house.later(seconds=PAUSE_S)
    house.post(f"/counters/2/{verb}", clerk, {"reason": "Họp"} if verb == "pause" else None)
    assert (step(house), left_s(house)) == ([], None)
    house.later(minutes=5)
    house.post("/counters/2/open", clerk)
    assert (step(house), left_s(house)) == ([], PAUSE_S)
    house.later(seconds=PAUSE_S)
    assert called(step(house)) == [("B-001", 2)]


def test_a_hall_that_does_not_want_it_never_calls_by_itself(house: House) -> None:
    house.issue(house.token("kiosk"))
    house.clerk_at(2)
    house.later(hours=1)
    assert (step(house, SMALL_HALL), left_s(house, hall=SMALL_HALL)) == ([], None)


def test_a_counter_calls_only_what_it_serves_and_two_never_call_the_same(house: House) -> None:
    kiosk = house.token("kiosk")
    house.issue(kiosk)
    for counter in (1, 2, 3):
        house.clerk_at(counter)
    house.later(minutes=1)
    assert called(step(house)) == [("B-001", 2)]
    assert step(house) == []
    house.issue(kiosk, "birth")
    house.issue(kiosk, "home")
    assert called(step(house)) == [("A-001", 1), ("B-002", 3)]


def test_lunch_and_the_hours_of_the_hall_are_kept_and_the_pause_begins_anew_after_them(house: House) -> None:
    kiosk = house.token("kiosk")
    house.issue(kiosk)
    hall = replace(BY_ITSELF, hours=OFFICE)
    house.now = at(7, 0)
    house.clerk_at(2)
    house.now = at(7, 29, 59)
    assert (step(house, hall), left_s(house, hall=hall)) == ([], None)
    house.now = at(7, 30, 1)
    assert (step(house, hall), left_s(house, hall=hall)) == ([], PAUSE_S - 1)
    for gap in (at(11, 30), at(13, 29, 59), at(17, 0), at(20)):
        house.now = gap
        assert (step(house, hall), left_s(house, hall=hall)) == ([], None)
    house.now = at(13, 30, PAUSE_S)
    assert called(step(house, hall)) == [("B-001", 2)]


def test_a_counter_at_its_own_lunch_calls_nobody_while_the_others_do(house: House) -> None:
    one, two, *others = BY_ITSELF.counters
    hall = replace(BY_ITSELF, counters=(one, replace(two, lunch=Break(time(11), time(12))), *others))
    kiosk = house.token("kiosk")
    house.now = at(10, 50)
    for counter in (2, 3):
        house.clerk_at(counter)
    house.now = at(11, 10)
    for _ in range(2):
        house.issue(kiosk)
    assert called(step(house, hall)) == [("B-001", 3)]
    house.now = at(12, 0, PAUSE_S)
    assert called(step(house, hall)) == [("B-002", 2)]


def test_on_a_holiday_nobody_is_called_by_itself(house: House) -> None:
    hours = replace(SMALL_HALL.hours, holidays=(Holiday(DAY, DAY, text("Founding day")),))
    house.issue(house.token("kiosk"))
    house.clerk_at(2)
    house.later(hours=1)
    assert step(house, replace(BY_ITSELF, hours=hours)) == []


@pytest.mark.parametrize("off_s", [0.0, 1.0, -0.5])
def test_a_press_in_the_moment_of_the_call_is_that_call(house: House, off_s: float) -> None:
    """The clerk saw an empty counter: the ticket just called must not be taken for served, nor another be called."""
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    house.later(minutes=1)
    [ticket] = step(house)
    house.later(seconds=off_s)
    assert house.call_next(clerk, 2)["id"] == ticket.id
    assert house.rows("SELECT number, state FROM ticket ORDER BY id") == [("B-001", "called"), ("B-002", "waiting")]
    house.later(seconds=UNSEEN.total_seconds() + 1)
    assert house.call_next(clerk, 2)["number"] == "B-002"


def test_once_the_called_person_has_come_a_press_is_for_the_next(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    house.later(minutes=1)
    [ticket] = step(house)
    house.act(clerk, ticket.id, "start")
    assert house.call_next(clerk, 2)["number"] == "B-002"


def test_a_press_before_the_turn_leaves_nothing_to_call(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(2):
        house.issue(kiosk)
    house.later(minutes=1)
    house.call_next(clerk, 2)
    assert step(house) == []


def test_many_turns_and_presses_at_once_call_each_ticket_once(house: House) -> None:
    kiosk, clerk = house.token("kiosk"), house.clerk_at(2)
    for _ in range(6):
        house.issue(kiosk)
    house.clerk_at(3)
    house.later(minutes=1)
    now = house.now
    steps = [house.db.submit(lambda tx: auto_call(tx, BY_ITSELF, now)) for _ in range(4)]
    answers = house.at_once([("POST", "/counters/2/next", {"token": clerk}) for _ in range(3)])
    numbers = [number for each in steps for number, _ in called(each.result())]
    assert sorted(numbers) == ["B-001", "B-002"]
    assert {answer.json()["ticket"]["counter"] for answer in answers} == {2}
    assert len({answer.json()["ticket"]["number"] for answer in answers}) == 1
    assert house.rows("SELECT COUNT(*) FROM event WHERE kind = 'called'") == [(2,)]


def test_the_desk_is_told_when_the_counter_calls_by_itself(house: House) -> None:
    clerk = house.clerk_at(2)
    assert house.get("/counters/2", clerk).json()["auto_call_at"] is None
    house.hall = BY_ITSELF
    told = datetime.fromisoformat(house.get("/counters/2", clerk).json()["auto_call_at"])
    assert told == house.now + timedelta(seconds=PAUSE_S)


def test_a_running_server_calls_by_itself_once(tmp_path: Path) -> None:
    own = tmp_path / "hall.toml"
    own.write_text(SAMPLE_HALL.read_text(encoding="utf-8").replace("[calling]", "[calling]\nauto_call_s = 5"), "utf-8")
    with running_hall(tmp_path, hall=own) as running:
        with running.client(running.token("clerk", "lan")) as clerk:
            clerk.post("/api/v1/counters/1/open").raise_for_status()
            service = clerk.get("/api/v1/counters/1").json()["queues"][0]["service"]
            with running.client(running.token("kiosk", "kiosk-1")) as kiosk:
                for key in ("first-press", "second-press"):
                    issued = kiosk.post("/api/v1/tickets", json={"service": service}, headers={IDEMPOTENCY_HEADER: key})
                    issued.raise_for_status()
            shown = wait_for(lambda: clerk.get("/api/v1/counters/1").json(), lambda desk: desk["ticket"] is not None)
        assert (shown["ticket"]["state"], shown["waiting"]) == ("called", 1)
        assert shown["ticket"]["number"] in shown["ticket"]["reason"]
        assert running.check().returncode == 0


def wait_for(ask: Callable[[], dict[str, Any]], is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = monotonic() + 60
    while not is_so(answer := ask()):
        assert monotonic() < deadline, answer
        sleep(0.2)
    return answer
