"""The hall is watched, the manager warned and advised, and what they do is kept and takes effect."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.api.context import Context
from tests.queue_server.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as running:
        yield running


def context(house: House) -> Context:
    found = house.app.state.context
    assert isinstance(found, Context)
    return found


def look(house: House) -> None:
    """What the server does by itself every few seconds."""
    now = context(house)
    house.run(now.watch.look(house.db, now.hall(house.now), house.now))


def crowd(house: House, people: int = 12) -> str:
    """A crowd for copies, which counter 2 serves while 1 is open for births; the token of the clerk at 1."""
    kiosk = house.token("kiosk")
    idle = house.clerk_at(1)
    house.clerk_at(2)
    for _ in range(people):
        house.issue(kiosk)
        house.later(seconds=40)
    look(house)
    return idle


def view(house: House, path: str = "/hall") -> dict[str, Any]:
    answer = house.get(path, house.token("manager"))
    assert answer.status_code == 200, answer.text
    return answer.json()


def offered(house: House, kind: str) -> dict[str, Any]:
    return next(each for each in view(house)["alert"]["advice"] if (each["kind"], each["fate"]) == (kind, "offered"))


def of_alerts(house: House, ident: int) -> dict[str, Any]:
    return next(each for alert in view(house, "/alerts")["alerts"] for each in alert["advice"] if each["id"] == ident)


def test_before_the_first_look_nothing_is_said_and_a_quiet_hall_has_no_alert(house: House) -> None:
    assert (view(house)["risk"], view(house)["alert"]) == (None, None)
    look(house)
    risk = view(house)["risk"]
    assert (risk["share"], risk["tickets"], risk["threshold"]) == (0, 0, 0.2)
    assert view(house)["alert"] is None
    assert view(house, "/alerts")["alerts"] == []


def test_a_crowd_raises_an_alert_with_advice_ranked_by_what_it_saves(house: House) -> None:
    crowd(house)
    said = view(house)
    assert said["risk"]["share"] >= 0.2
    assert [each["service"] for each in said["risk"]["services"]] == ["copy"]
    alert = said["alert"]
    assert said["advised"]
    assert alert["raised_at"] == house.now.isoformat().replace("+00:00", "Z")
    advice = alert["advice"]
    assert 1 <= len(advice) <= 3
    serving = [each["after"] for each in advice if each["kind"] != "offer-appointments"]
    assert serving == sorted(serving)
    assert all(each["before"] - each["after"] >= 0.5 for each in advice)
    opening = offered(house, "open-counter")
    before, after = round(opening["before"]), round(opening["after"])
    assert opening["what"]["vi"] == "Mở Counter 3 (vi) cho copy (vi)"
    assert opening["effect"]["vi"] == f"Dự kiến số lượt quá mức chờ trong 30 phút tới giảm từ {before} xuống {after}."
    assert opening["what"]["en"] == "Open Counter 3 (en) for copy (en)"


def test_a_second_look_repeats_nothing(house: House) -> None:
    crowd(house)
    before = house.rows("SELECT id FROM advice")
    house.later(seconds=10)
    look(house)
    assert house.rows("SELECT id FROM advice") == before
    assert len(house.rows("SELECT id FROM alert")) == 1


def test_a_counter_that_is_opened_has_taken_the_advice(house: House) -> None:
    crowd(house)
    opening = offered(house, "open-counter")
    house.clerk_at(opening["counter"], "clerk-lan")
    done = of_alerts(house, opening["id"])
    assert (done["fate"], done["by"], done["answered_at"]) == ("taken", "clerk-lan", view(house, "/alerts")["now"])
    assert opening["id"] not in [each["id"] for each in view(house)["in_force"]]


def test_a_counter_lent_to_a_service_calls_for_it_until_it_is_taken_back(house: House) -> None:
    idle = crowd(house)
    manager = house.session("minh", "manager")
    lend = offered(house, "add-service")
    assert lend["counter"] == 1
    assert house.post("/counters/1/next", idle).status_code == 204
    taken = house.post(f"/advice/{lend['id']}/take", json={"reason": "Quầy đang rảnh"}, session=manager)
    assert taken.status_code == 200, taken.text
    assert (taken.json()["fate"], taken.json()["by"], taken.json()["reason"]) == ("taken", "minh", "Quầy đang rảnh")
    assert [each["id"] for each in view(house)["in_force"]] == [lend["id"]]
    assert house.call_next(idle, 1)["service"] == "copy"
    assert house.post(f"/advice/{lend['id']}/take-back", session=manager).status_code == 200
    assert view(house)["in_force"] == []
    assert house.post("/counters/1/next", idle).status_code == 204
    assert of_alerts(house, lend["id"])["fate"] == "taken-back"


def test_what_was_taken_holds_after_a_restart_but_not_on_another_day(house: House) -> None:
    crowd(house)
    lend = offered(house, "add-service")
    house.post(f"/advice/{lend['id']}/take", house.token("manager"))
    house.__exit__()
    house.__enter__()
    now = house.now
    assert "copy" in context(house).hall(now).counter(lend["counter"]).services
    assert "copy" not in context(house).hall(now + timedelta(days=1)).counter(lend["counter"]).services


def test_what_was_declined_is_not_advised_again_so_soon(house: House) -> None:
    crowd(house)
    opening = offered(house, "open-counter")
    declined = house.post(
        f"/advice/{opening['id']}/decline", house.token("manager", "chief"), {"reason": "Thiếu người"}
    )
    assert (declined.json()["fate"], declined.json()["by"]) == ("declined", "chief")
    house.later(minutes=2)
    look(house)
    assert not [
        each
        for each in view(house)["alert"]["advice"]
        if (each["kind"], each["fate"], each["counter"]) == ("open-counter", "offered", opening["counter"])
    ]


def test_an_answer_is_given_once_but_may_be_repeated(house: House) -> None:
    crowd(house)
    opening = offered(house, "open-counter")
    manager, other = house.token("manager"), house.token("manager")
    assert house.post(f"/advice/{opening['id']}/take-back", manager).json()["code"] == "advice-answered"
    assert [house.post(f"/advice/{opening['id']}/take", manager).status_code for _ in range(2)] == [200, 200]
    assert house.rows("SELECT COUNT(*) FROM advice_answer WHERE advice = ?", opening["id"]) == [(1,)]
    for verb in ("take", "decline"):
        refused = house.post(f"/advice/{opening['id']}/{verb}", other)
        assert (refused.status_code, refused.json()["code"]) == (409, "advice-answered")
    assert house.post("/advice/9999/take", manager).json()["code"] == "advice-unknown"


def test_only_managers_see_and_answer_advice(house: House) -> None:
    crowd(house)
    opening = offered(house, "open-counter")
    for role in ("clerk", "kiosk", "board", "agent"):
        token = house.token(role)
        assert house.get("/alerts", token).status_code == 403
        assert house.post(f"/advice/{opening['id']}/take", token).status_code == 403
    assert house.get("/alerts").status_code == 401
    assert house.post(f"/advice/{opening['id']}/take", house.token("admin")).status_code == 200


def test_a_hall_that_is_calm_again_clears_the_alert_and_withdraws_advice(house: House) -> None:
    crowd(house, 6)
    clerk = house.token("manager")
    house.clerk_at(3)
    for row in house.rows("SELECT id FROM ticket WHERE state = 'waiting'"):
        house.act(clerk, row[0], "cancel", {"reason": "Hết việc"})
    house.later(minutes=31)
    look(house)
    assert view(house)["alert"] is not None
    house.later(minutes=5)
    look(house)
    assert view(house)["alert"] is None
    (alert,) = view(house, "/alerts")["alerts"]
    assert alert["cleared_at"] is not None
    assert "offered" not in {each["fate"] for each in alert["advice"]}


def test_an_alert_of_yesterday_does_not_stand_today(house: House) -> None:
    crowd(house)
    ident = offered(house, "open-counter")["id"]
    house.later(days=1)
    assert (view(house)["alert"], view(house)["risk"]) == (None, None)
    assert house.post(f"/advice/{ident}/take", house.token("manager")).json()["code"] == "advice-unknown"
    look(house)
    assert house.rows("SELECT COUNT(*) FROM alert WHERE cleared_at IS NULL") == [(0,)]


def test_alerts_advice_and_answers_are_never_rewritten(house: House) -> None:
    crowd(house)
    house.post(f"/advice/{offered(house, 'open-counter')['id']}/take", house.token("manager"))
    for statement in (
        "UPDATE alert SET share = 0",
        "DELETE FROM alert",
        "UPDATE advice SET after = 0",
        "DELETE FROM advice",
        "UPDATE advice_answer SET actor = 'user:x'",
        "DELETE FROM advice_answer",
        "INSERT INTO alert (day, raised_at, share, over, services) VALUES ('2026-11-23', '', 0.5, 1, '{}')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            house.rows(statement)
    assert house.faults() == []


def test_an_answer_that_cannot_be_is_found(house: House) -> None:
    crowd(house)
    ident = offered(house, "open-counter")["id"]
    house.post(f"/advice/{ident}/decline", house.token("manager"))
    house.rows("INSERT INTO advice_answer (advice, fate, at, actor) VALUES (?, 'taken', '', 'user:x')", ident)
    assert house.faults() == [f"advice id {ident}: taken cannot follow declined"]


def test_a_priority_ticket_is_judged_by_its_own_short_target(house: House) -> None:
    kiosk = house.token("kiosk")
    plain, first = house.issue(kiosk), house.issue(kiosk, priority="elderly")
    house.later(seconds=270)
    queue = next(each for each in view(house)["queues"] if each["service"] == "copy")
    assert (queue["over_target"], queue["at_risk"]) == (0, 1)
    house.later(seconds=60)
    queue = next(each for each in view(house)["queues"] if each["service"] == "copy")
    assert (queue["over_target"], queue["at_risk"]) == (1, 0)
    standings = [house.get(f"/tickets/{each['id']}", kiosk).json()["standing"] for each in (plain, first)]
    assert standings == ["within", "over"]
    clerk = house.clerk_at(2)
    house.call_next(clerk, 2)
    assert house.get("/counters/2", clerk).json()["ticket"]["target_s"] == 300


def test_advice_is_thought_over_as_soon_as_somebody_calls(house: House) -> None:
    """A crowd stands there before any counter is open: nobody is to be advised to open. A moment later one is."""
    kiosk = house.token("kiosk")
    for _ in range(40):
        house.issue(kiosk)
        house.later(seconds=5)
    look(house)
    assert view(house)["alert"] is not None
    assert "open-counter" not in {each["kind"] for each in view(house)["alert"]["advice"]}
    house.later(seconds=10)
    house.clerk_at(2)
    look(house)
    assert offered(house, "open-counter")["counter"] == 3
