"""What is shown of the devices: each part's state in words, what has been out of order too long, the history."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from hardware.advice import explain
from hardware.health import Severity, State, severity
from queue_server import contract
from queue_server.domain.hall import Hall
from queue_server.store import devices as store

from .devices import Heard, is_unsteady

SHOWN_CHANGES = 100
PROGRAMS = frozenset({contract.Kind.KIOSK, contract.Kind.BOARD, contract.Kind.AGENT})
_RANK = (Severity.FAILED, Severity.WARNING, Severity.UNKNOWN, Severity.OK)


def devices_view(
    sql: sqlite3.Connection,
    hall: Hall,
    heard: Heard,
    now: datetime,
    machine: str | None = None,
    part: str | None = None,
) -> contract.DevicesReply:
    """The devices' page as data; with `machine`, and `part`, only their changes are told."""
    return contract.DevicesReply(
        devices=parts_view(sql, hall, heard, now),
        changes=tuple(_change(each) for each in store.changes(sql, SHOWN_CHANGES, machine, part)),
        alert_after_s=hall.devices.alert_after_s,
        silent_after_s=hall.devices.silent_after_s,
        now=now,
    )


def parts_view(sql: sqlite3.Connection, hall: Hall, heard: Heard, now: datetime) -> tuple[contract.DeviceView, ...]:
    """Every part of every machine: alerts first, then what is worst, each by name."""
    machines = {machine.id: machine for machine in store.machines(sql)}
    expected = _expected_since(hall, now)
    views = [
        _part(machines[part.device], part.by(now), hall, heard, expected, now)
        for part in store.parts(sql)
        if part.device in machines
    ]
    return tuple(sorted(views, key=lambda each: (not each.alert, _RANK.index(each.severity), each.name, each.part)))


def _part(
    machine: store.Machine, part: store.Part, hall: Hall, heard: Heard, expected: datetime | None, now: datetime
) -> contract.DeviceView:
    silent = None if machine.silent_since is None else min(machine.silent_since, now)
    kind, state, since = contract.Kind(part.kind), part.state, part.since
    unsteady = silent is None and is_unsteady(part, now)
    doubled = heard.is_doubled(machine.id, now) and kind in PROGRAMS
    if silent is not None:
        state, since = State.SILENT.value, silent
    elif doubled:
        state, unsteady = State.DOUBLED.value, False
    elif unsteady:
        state, since = State.UNSTEADY.value, part.changing_since or since
    return contract.DeviceView(
        name=machine.name,
        role=contract.Role(machine.role),
        part=part.part,
        kind=kind,
        counter=part.counter if part.counter is not None else machine.counter,
        state=state,
        severity=severity(state),
        detail=part.detail,
        since=since,
        changes=part.changes if unsteady else None,
        at=min(heard.at(machine) or part.since, now),
        last_error=part.last_error,
        last_error_at=part.last_error_at,
        last_error_what=_what(part.last_error, kind) if part.last_error is not None else None,
        what=_what(state, kind),
        do=contract.LocalText(vi=explain(state, kind, "vi").do, en=explain(state, kind, "en").do),
        alert=_is_alert(part, silent, hall, expected, now),
    )


def _is_alert(part: store.Part, silent: datetime | None, hall: Hall, expected: datetime | None, now: datetime) -> bool:
    """Has it been out of order for longer than the hall allows? A machine that is switched off at night is not: its
    silence counts from when the hall opened."""
    begun = part.failing_since if severity(part.state) is Severity.FAILED or is_unsteady(part, now) else None
    if silent is not None:
        begun = None if expected is None else max(silent, expected)
    return begun is not None and now - begun >= timedelta(seconds=hall.devices.alert_after_s)


def _expected_since(hall: Hall, now: datetime) -> datetime | None:
    """Since when machines are to be switched on: when this session began; None outside the hall's hours."""
    day = hall.day_at(now)
    time = day.seconds(now)
    opened = next((opens for opens, closes in day.sessions if opens <= time < closes), None)
    if opened is None:
        return None
    # A hall that is open at midnight has been so before.
    return day.midnight + timedelta(seconds=opened) - (timedelta(days=1) if opened == 0 else timedelta())


def _change(change: store.Change) -> contract.DeviceChange:
    kind = contract.Kind(change.kind)
    return contract.DeviceChange(
        name=change.machine,
        part=change.part,
        kind=kind,
        state=change.state,
        severity=severity(change.state),
        detail=change.detail,
        at=change.at,
        since=change.since,
        times=change.times,
        what=_what(change.state, kind),
    )


def _what(state: str, kind: contract.Kind) -> contract.LocalText:
    return contract.LocalText(vi=explain(state, kind, "vi").what, en=explain(state, kind, "en").what)
