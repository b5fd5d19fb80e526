"""Machines report, go silent and come back; what is out of order is shown, said once and kept."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.contract import DevicesReply
from queue_server.domain.calendar import Hours, Session
from queue_server.domain.hall import DeviceRules, Hall
from queue_server.service import day_end
from queue_server.service.device_watch import DeviceWatch
from queue_server.service.devices import CALM, DEAF, FEW_CHANGES, Heard
from queue_server.store import devices as store
from tests.queue_server.house import House
from tests.queue_server.small_hall import NINE, SMALL_HALL

LOOK_S = 30


def part(name: str = "printer", state: str = "ready", kind: str = "printer", **more: Any) -> dict[str, Any]:
    return {"part": name, "kind": kind, "state": state, **more}


def say(house: House, token: str, *parts: dict[str, Any]) -> None:
    answer = house.post("/devices/report", token, {"parts": list(parts)})
    assert answer.status_code == 204, answer.text


def shown(house: House, **query: str) -> DevicesReply:
    manager = house.token("manager", "the-manager")
    answer = house.get("/devices", manager, params=query)
    assert answer.status_code == 200, answer.text
    return DevicesReply.model_validate(answer.json())


def states(reply: DevicesReply) -> dict[tuple[str, str], str]:
    return {(view.name, view.part): view.state for view in reply.devices}


def history(reply: DevicesReply) -> list[tuple[str, str, str]]:
    """Oldest first."""
    return [(change.name, change.part, change.state) for change in reversed(reply.changes)]


def disk(house: House) -> int:
    """How many rows have been changed since the file was opened."""
    return house.db.submit(lambda tx: tx.sql.total_changes).result()


class Clock:
    """The hall's time with looks at the devices as it goes by, as the server's loop makes them."""

    def __init__(self, house: House) -> None:
        self.house, self.watch = house, DeviceWatch()
        self.context = house.app.state.context
        self.heard: Heard = self.context.heard
        self.look()

    def look(self) -> None:
        house = self.house
        house.run(self.watch.look(house.db, house.hub, house.hall, self.heard, house.now))

    def runs(self, seconds: float) -> None:
        until = self.house.now + timedelta(seconds=seconds)
        while self.house.now < until:
            self.house.now = min(self.house.now + timedelta(seconds=LOOK_S), until)
            self.look()


def test_a_report_names_all_parts_and_what_is_no_longer_named_is_gone(house: House) -> None:
    agent = house.token("agent", "box-1", counter=2)
    say(house, agent, part(), part("led", "offline", "display", counter=3), part("box-1", kind="agent"))
    reply = shown(house)
    assert [(d.part, d.kind, d.counter, d.severity) for d in reply.devices] == [
        ("led", "display", 3, "failed"),
        ("box-1", "agent", 2, "ok"),
        ("printer", "printer", 2, "ok"),
    ]
    assert reply.devices[0].what.en == "The device cannot be reached."
    assert reply.devices[0].do.vi.startswith("Vui lòng") or reply.devices[0].do.vi
    say(house, agent, part())
    assert states(shown(house)) == {("box-1", "printer"): "ready"}


def test_a_part_keeps_since_when_it_is_so_and_what_was_wrong_last(house: House) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    say(house, kiosk, part())
    began = house.now
    house.later(minutes=1)
    say(house, kiosk, part())
    (view,) = shown(house).devices
    assert (view.since, view.at, view.last_error) == (began, house.now, None)
    house.later(minutes=1)
    broke = house.now
    say(house, kiosk, part(state="paper-out", detail="tray 1"))
    house.later(minutes=1)
    say(house, kiosk, part(state="paper-near-end"))
    (view,) = shown(house).devices
    assert (view.since, view.last_error, view.last_error_at) == (house.now, "paper-out", broke)
    assert history(shown(house)) == [("kiosk-1", "printer", each) for each in ("ready", "paper-out", "paper-near-end")]


def test_an_unchanged_report_costs_no_write(house: House) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    say(house, kiosk, part())
    before, version = disk(house), house.hub.version
    for _ in range(9):
        house.later(minutes=1)
        say(house, kiosk, part())
    assert (disk(house), house.hub.version) == (before, version)
    assert shown(house).devices[0].at == house.now, "when it was last heard from is known all the same"
    house.later(minutes=1)
    say(house, kiosk, part())
    after = disk(house)
    assert after > before, "now and then it is written down"


def test_words_that_change_all_the_time_are_written_seldom(house: House) -> None:
    agent = house.token("agent", "box-1")
    say(house, agent, part("hall", kind="camera", detail="12 frames/s"))
    before = disk(house)
    for n in range(5):
        house.later(seconds=10)
        say(house, agent, part("hall", kind="camera", detail=f"{n} frames/s"))
    assert disk(house) == before
    house.later(seconds=10)
    say(house, agent, part("hall", kind="camera", detail="7 frames/s"))
    assert shown(house).devices[0].detail == "7 frames/s"
    assert len(history(shown(house))) == 1


def test_a_change_is_nudged_at_once(house: House) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    say(house, kiosk, part())
    version = house.hub.version
    say(house, kiosk, part(state="paper-out"))
    assert house.hub.version == version + 1


def test_what_is_not_heard_from_is_silent_with_all_its_parts_until_it_reports(house: House) -> None:
    agent, kiosk = house.token("agent", "box-1"), house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    say(house, agent, part("led", kind="display"), part("box-1", kind="agent"))
    heard = house.now
    for _ in range(4):
        say(house, kiosk, part())
        clock.runs(60)
    reply = shown(house)
    assert states(reply) == {
        ("box-1", "box-1"): "silent",
        ("box-1", "led"): "silent",
        ("kiosk-1", "printer"): "ready",
    }
    silent = reply.devices[0]
    assert (silent.at, silent.since) == (heard, heard + timedelta(seconds=180))
    assert silent.what.en == "The machine with the devices has not been heard from lately."
    assert history(reply)[-1] == ("box-1", "", "silent"), "one line, however many parts"
    house.later(seconds=1)
    say(house, agent, part("led", "offline", "display"), part("box-1", kind="agent"))
    reply = shown(house)
    assert states(reply)["box-1", "led"] == "offline"
    assert history(reply)[-2:] == [("box-1", "", "ready"), ("box-1", "led", "offline")]


def test_what_never_reported_is_not_silent(house: House) -> None:
    house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    clock.runs(600)
    assert shown(house).devices == shown(house).changes == ()


def test_after_a_restart_nothing_is_silent_before_it_had_time_to_report(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        say(house, house.token("kiosk", "kiosk-1"), part())
        later = house.now + timedelta(hours=1)
    with House(tmp_path, now=later) as house:
        clock = Clock(house)
        clock.runs(150)
        assert states(shown(house)) == {("kiosk-1", "printer"): "ready"}
        clock.runs(30)
        assert states(shown(house)) == {("kiosk-1", "printer"): "silent"}
    with House(tmp_path, now=later + timedelta(hours=1)) as house:
        assert states(shown(house)) == {("kiosk-1", "printer"): "silent"}, "a restart is no sign of life"


@pytest.mark.parametrize("jump", [timedelta(hours=9), -timedelta(hours=9), DEAF + timedelta(seconds=1)])
def test_a_clock_that_is_put_right_silences_nobody(house: House, jump: timedelta) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    say(house, kiosk, part())
    clock.runs(60)
    house.now += jump
    clock.look()
    clock.runs(90)
    assert states(shown(house)) == {("kiosk-1", "printer"): "ready"}


def test_a_failure_that_lasts_raises_an_alert_said_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    caplog.set_level(logging.INFO, "queue_server.service.device_watch")
    for state in ("paper-out", "cover-open", "paper-out", "offline", "paper-out"):
        say(house, kiosk, part(state=state), part("hall", "dark", "camera"))
        assert not any(view.alert for view in shown(house).devices)
        clock.runs(60)
    version = house.hub.version
    say(house, kiosk, part(state="paper-out"), part("hall", "dark", "camera"))
    assert [(view.part, view.alert) for view in shown(house).devices] == [("printer", True), ("hall", False)]
    clock.runs(120)
    assert [record.message for record in caplog.records if record.levelno == logging.WARNING] == [
        f"device alert: kiosk-1, printer: paper-out since {NINE + timedelta(minutes=4):%Y-%m-%dT%H:%M:%S+00:00}"
    ]
    assert "motcua_device_alerts 1.0" in house.get("/metrics").text
    say(house, kiosk, part(), part("hall", "dark", "camera"))
    clock.look()
    assert caplog.records[-1].message == "device alert over: kiosk-1, printer"
    assert house.hub.version > version
    assert "motcua_device_alerts 0.0" in house.get("/metrics").text


def test_alerts_come_first_then_what_is_worst(house: House) -> None:
    agent, kiosk = house.token("agent", "a-box"), house.token("kiosk", "kiosk-1")
    say(house, kiosk, part(state="offline"))
    clock = Clock(house)
    for _ in range(5):
        clock.runs(60)
        say(house, kiosk, part(state="offline"))
        say(house, agent, part("ok", kind="agent"), part("u", "unknown", "display"), part("w", "dark", "camera"))
    say(
        house,
        agent,
        *(part("ok", kind="agent"), part("u", "unknown", "display"), part("w", "dark", "camera")),
        part("f", "no-sound", "speaker"),
    )
    assert [view.part for view in shown(house).devices] == ["printer", "f", "w", "u", "ok"]


def day_hall() -> Hall:
    morning, afternoon = Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17))
    return replace(SMALL_HALL, hours=Hours(week=((morning, afternoon),) * 5 + ((),) * 2))


def at(hour: int, minute: int, days: int = 0) -> datetime:
    local = NINE.astimezone(SMALL_HALL.zone).replace(hour=hour, minute=minute, second=0)
    return local + timedelta(days=days)


@pytest.mark.parametrize(
    ("now", "alert"),
    [
        (at(17, 30), False),
        (at(23, 0), False),
        (at(7, 29, 1), False),
        (at(7, 34, 1), False),
        (at(7, 35, 1), True),
        (at(11, 29, 1), True),
        (at(12, 30, 1), False),
        (at(13, 34, 1), False),
        (at(13, 35, 1), True),
        (at(9, 0, 5), False),
    ],
)
def test_machines_that_are_off_at_night_raise_no_alert(house: House, now: datetime, alert: bool) -> None:
    house.hall = day_hall()
    house.now = at(17, 0)
    kiosk = house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    say(house, kiosk, part())
    clock.runs(240)
    house.now = now
    (view,) = shown(house).devices
    assert (view.state, view.alert) == ("silent", alert)


def test_a_hall_that_never_closes_keeps_its_alert_over_midnight(house: House) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    house.now = at(23, 30)
    clock = Clock(house)
    say(house, kiosk, part())
    clock.runs(240)
    for minutes in (10, 26, 27, 40):
        house.now = at(23, 34) + timedelta(minutes=minutes)
        assert shown(house).devices[0].alert


def test_the_hall_says_how_long_is_too_long(house: House) -> None:
    house.hall = replace(SMALL_HALL, devices=DeviceRules(alert_after_s=0, silent_after_s=120))
    kiosk = house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    say(house, kiosk, part())
    clock.runs(120)
    reply = shown(house)
    assert (reply.alert_after_s, reply.silent_after_s) == (0, 120)
    assert [(view.state, view.alert) for view in reply.devices] == [("silent", True)]


def test_figures_for_prometheus_are_one_a_part(house: House) -> None:
    say(house, house.token("kiosk", "kiosk-1"), part(state="paper-out"), part("kiosk", kind="kiosk"))
    lines = house.get("/metrics").text.splitlines()
    assert 'motcua_device_state{kind="printer",machine="kiosk-1",part="printer",severity="failed"} 1.0' in lines
    assert sum(line.startswith("motcua_device_state{") for line in lines) == 2


def flap(house: House, token: str, times: int, every_s: float) -> None:
    for n in range(times):
        say(house, token, part("led", ("offline", "ready")[n % 2], "display", detail=f"port {n}"))
        house.later(seconds=every_s)


def test_a_device_that_flaps_is_unsteady_and_leaves_its_past_alone(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        agent = house.token("agent", "box-1")
        flap(house, agent, 4, 3600)
        began = house.now
        flap(house, agent, FEW_CHANGES, 1)
        assert [view.state for view in shown(house).devices] == ["offline"]
        flap(house, agent, 60, 0.2)
        later = house.now
    with House(tmp_path, now=later) as house:
        reply = shown(house)
        (view,) = reply.devices
        assert (view.state, view.severity, view.since, view.changes) == ("unsteady", "warning", began, 64)
        assert history(reply) == [("box-1", "led", s) for s in ("offline", "ready", "offline", "ready", "unsteady")]
        newest = reply.changes[0]
        assert (newest.since, newest.times, newest.detail) == (began, 64, "now ready: port 59")
        assert (later - newest.at).total_seconds() == pytest.approx(0.2)
        house.now = newest.at + CALM
        assert [(view.state, view.changes) for view in shown(house).devices] == [("ready", None)]
        flap(house, agent, 1, 1)
        assert history(shown(house))[-2:] == [("box-1", "led", "unsteady"), ("box-1", "led", "offline")]


@pytest.mark.parametrize("every_s", [0.5, 10, 50])
def test_a_device_that_flaps_raises_its_alert(house: House, every_s: float) -> None:
    agent = house.token("agent", "box-1")
    flap(house, agent, int(290 / every_s), every_s)
    assert not any(view.alert for view in shown(house).devices)
    flap(house, agent, 2 + int(20 / every_s), every_s)
    assert [view.alert for view in shown(house).devices] == [True]
    house.later(seconds=CALM.total_seconds())
    say(house, agent, part("led", kind="display"))
    assert [view.alert for view in shown(house).devices] == [False]
    house.later(seconds=CALM.total_seconds())
    flap(house, agent, 1, 1)
    assert [view.alert for view in shown(house).devices] == [False], "it was well in between"


def test_two_machines_with_one_token_are_told_and_leave_each_other_alone(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    token = house.token("agent", "box-1")
    clock = Clock(house)

    def says(run: str, *names: str) -> dict[tuple[str, str], str]:
        parts = [part("box-1", kind="agent"), *(part(name, kind="display") for name in names)]
        assert house.post("/devices/report", token, {"parts": parts, "run": run * 8}).status_code == 204
        clock.runs(60)
        return states(shown(house))

    says("a", "led-1")
    assert says("b", "led-2") == {("box-1", "box-1"): "ready", ("box-1", "led-2"): "ready"}, "a restart, as it seems"
    told = len(shown(house).changes)
    for run, name in (("a", "led-1"), ("b", "led-2"), ("a", "led-1")):
        both = says(run, name)
    assert both == {("box-1", "box-1"): "doubled", ("box-1", "led-1"): "ready", ("box-1", "led-2"): "ready"}
    assert len(shown(house).changes) == told + 1
    for run in "bcbc":
        says(run, "led-1")
    warned = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert warned == ["box-1: two machines or programs report with this token"]
    for _ in range(6):
        alone = says("c", "led-1")
    assert alone == {("box-1", "box-1"): "ready", ("box-1", "led-1"): "ready"}


def test_a_failure_that_began_in_the_future_begins_now(house: House) -> None:
    kiosk, silent = house.token("kiosk", "kiosk-1"), house.token("kiosk", "kiosk-2")
    clock = Clock(house)
    say(house, silent, part())
    clock.runs(240)
    say(house, kiosk, part(state="paper-out"))
    house.now -= timedelta(days=1)
    clock.look()
    assert all(view.since == view.at == house.now for view in shown(house).devices)
    for _ in range(6):
        say(house, kiosk, part(state="paper-out"))
        clock.runs(60)
    views = {view.name: view for view in shown(house).devices}
    assert [(view.alert, view.since) for view in views.values()] == [(True, NINE - timedelta(days=1, seconds=-240))] * 2
    assert [change.state for change in shown(house).changes] == ["paper-out", "silent", "ready"], "said once"


def test_a_machine_that_names_its_parts_anew_is_bounded_too(house: House) -> None:
    agent = house.token("agent", "box-1")
    for n in range(store.KEPT_OF_MACHINE // 64 + 3):
        say(house, agent, *(part(f"p{n}-{m}") for m in range(64)))
    assert house.rows("SELECT COUNT(*) FROM device_change") == [(store.KEPT_OF_MACHINE,)]
    assert house.rows("SELECT COUNT(*) FROM device_part") == [(64,)]


def test_what_happened_long_ago_is_forgotten_and_nothing_else(house: House) -> None:
    kiosk = house.token("kiosk", "kiosk-1")
    say(house, kiosk, part(state="paper-out"))
    house.later(days=300)
    say(house, kiosk, part())
    house.now += day_end.KEEP_CHANGES - timedelta(days=200)
    house.db.submit(lambda tx: day_end.forget(tx, house.now)).result()
    assert history(shown(house)) == [("kiosk-1", "printer", "ready")]
    assert shown(house).devices[0].last_error == "paper-out"


def test_the_history_can_be_asked_for_one_part(house: House) -> None:
    agent, kiosk = house.token("agent", "box-1"), house.token("kiosk", "kiosk-1")
    clock = Clock(house)
    say(house, kiosk, part())
    say(house, agent, part("led", kind="display"), part("box-1", kind="agent"))
    clock.runs(240)
    assert history(shown(house, machine="box-1", part="led")) == [("box-1", "led", "ready"), ("box-1", "", "silent")]
    assert {name for name, _, _ in history(shown(house, machine="kiosk-1"))} == {"kiosk-1"}
    assert shown(house, machine="nobody").changes == ()


def test_what_befell_a_machine_stays_known_when_its_token_is_taken_away(house: House) -> None:
    from queue_server.store import access

    say(house, house.token("kiosk", "kiosk-1"), part(state="paper-out"))
    house.db.submit(lambda tx: access.remove_device(tx.sql, "kiosk-1")).result()
    reply = shown(house)
    assert (reply.devices, history(reply)) == ((), [("kiosk-1", "printer", "paper-out")])


def test_a_word_of_a_newer_version_is_shown_as_it_is(house: House) -> None:
    say(house, house.token("agent", "box-1"), part(state="haunted"))
    (view,) = shown(house).devices
    assert (view.state, view.severity, view.what.en) == ("haunted", "unknown", "haunted")


def test_people_do_not_report(house: House) -> None:
    answer = house.post("/devices/report", session=house.session("lan", "admin"), json={"parts": [part()]})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
