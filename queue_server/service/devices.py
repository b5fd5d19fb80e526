"""Machines say how they and their devices are, and one that says nothing any more is noticed.

Most reports say what the one before said: they cost no write. What changes is written at once.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

from hardware.health import Severity, State, severity
from queue_server.contract import DeviceReport, PartReport, Role
from queue_server.store import devices as store
from queue_server.store.database import Tx

from .errors import Forbidden
from .principal import Principal

WRITE_EVERY = timedelta(minutes=10)
"""So often it is written down that a machine was heard from, if nothing else is to be written."""
DETAIL_EVERY = timedelta(minutes=1)
"""Words that change while the state stays, as a camera's frame rate does, are written no more often than this."""
CALM = timedelta(minutes=2)
"""A part that has been well for so long is well; one that has not changed for so long is steady again."""
FEW_CHANGES = 5
"""More than so many, each within `CALM` of the one before, are one line of the history: the part is unsteady."""
DEAF = timedelta(seconds=60)
"""With a longer gap between two looks nobody was listening: the PC slept, or its clock was put on."""


ALTERNATING = timedelta(minutes=5)
"""A program's run that is heard again after another one's, so soon, is no restart: two of them have the same token."""
MOST_PARTS = 128
"""So many parts are kept of a machine whose token two use: each names up to 64."""


class Heard:
    """When machines were last heard from while this process runs, and since when it has been listening."""

    def __init__(self) -> None:
        self._at: dict[int, datetime] = {}
        self._runs: dict[int, dict[str, datetime]] = {}
        self._doubled: dict[int, datetime] = {}
        self._listening_since: datetime | None = None
        self._looked_at: datetime | None = None

    def note(self, device: int, run: str | None, now: datetime) -> None:
        """`run`: which run of its program it is, if it says so."""
        self._at[device] = now
        if run is None:
            return
        before = self._runs.get(device, {})
        runs = {old: at for old, at in before.items() if timedelta() <= now - at < ALTERNATING}
        if run in runs and list(runs)[-1] != run:
            self._doubled[device] = now
        runs.pop(run, None)
        self._runs[device] = {**dict(list(runs.items())[-7:]), run: now}

    def is_doubled(self, device: int, now: datetime) -> bool:
        """Do two runs report with the token of `device` in turns?"""
        at = self._doubled.get(device)
        return at is not None and timedelta() <= now - at < ALTERNATING

    def at(self, machine: store.Machine) -> datetime | None:
        """The newest word of `machine`; None: never."""
        known = [at for at in (self._at.get(machine.id), machine.heard_at) if at is not None]
        return max(known, default=None)

    def listening(self, now: datetime) -> datetime:
        """A look at `now`: since when there has been one after the other without a gap."""
        looked = self._looked_at
        if self._listening_since is None or looked is None or not timedelta() <= now - looked <= DEAF:
            self._listening_since = now
        self._looked_at = now
        return self._listening_since


def report(tx: Tx, who: Principal, said: DeviceReport, heard: Heard, now: datetime) -> None:
    """Keep the newest word of each part of a machine. Raises Forbidden for people."""
    who.need(Role.KIOSK, Role.BOARD, Role.AGENT)
    machine = store.machine(tx.sql, who.device_id) if who.device_id is not None else None
    if machine is None:
        raise Forbidden(role=who.role)
    known = store.parts_of(tx.sql, machine.id)
    named = {part.part: part for part in said.parts}
    changed = machine.silent_since is not None
    if changed:
        _note(tx, machine, State.READY, now)
    # Two that share a token do not take each other's parts away.
    doubled = heard.is_doubled(machine.id, now) and len(known | named) <= MOST_PARTS
    for name in () if doubled else known.keys() - named.keys():
        store.remove(tx.sql, machine.id, name)
        changed = True
    for part in named.values():
        changed |= _take(tx, machine, known.get(part.part), part, now)
    if changed or machine.heard_at is None or not timedelta() <= now - machine.heard_at < WRITE_EVERY:
        store.put_heard(tx.sql, machine.id, now)
    if changed:
        tx.nudge("device", machine.id)


def overdue(
    sql: sqlite3.Connection, heard: Heard, since: datetime, after_s: float, now: datetime
) -> list[store.Machine]:
    """Machines not yet called silent but not heard from for `after_s` seconds of listening, which began at `since`."""

    def is_overdue(machine: store.Machine) -> bool:
        if machine.silent_since is not None:
            return machine.silent_since > now  # the clock was put back: it is silent from now
        last = heard.at(machine)
        return (now - (since if last is None or last > now else max(last, since))).total_seconds() >= after_s

    return [machine for machine in store.machines(sql) if is_overdue(machine)]


def call_silent(tx: Tx, heard: Heard, since: datetime, after_s: float, now: datetime) -> None:
    """Write down which machines have become silent."""
    for machine in overdue(tx.sql, heard, since, after_s, now):
        store.put_silent(tx.sql, machine.id, min(heard.at(machine) or since, now), now)
        if machine.silent_since is None:
            _note(tx, machine, State.SILENT, now)
        tx.nudge("device", machine.id)


def is_unsteady(part: store.Part, now: datetime) -> bool:
    """Does it go from one state into the other and back all the time?"""
    return part.changes > FEW_CHANGES and now - part.since < CALM


def _take(tx: Tx, machine: store.Machine, written: store.Part | None, said: PartReport, now: datetime) -> bool:
    """Keep what a part says if it is worth a write; whether something is now shown otherwise that matters."""
    fails = severity(said.state) is Severity.FAILED
    fresh = store.Part(machine.id, said.part, said.kind, said.counter, said.state, said.detail, now, None, now)
    known = None if written is None else written.by(now)
    moved = known is None or known.state != said.state
    if known is not None:
        fresh = replace(fresh, last_error=known.last_error, last_error_at=known.last_error_at)
        if now - known.since < CALM or not moved:
            run = known.changing_since or known.since
            fresh = replace(fresh, changing_since=run, changes=known.changes + moved)
        if now - known.since < CALM or severity(known.state) is Severity.FAILED:
            fresh = replace(fresh, failing_since=known.failing_since)
    if fails:
        fresh = replace(fresh, failing_since=fresh.failing_since or now)
    if known is not None and not moved:
        fresh = replace(fresh, since=known.since)
        same_place = (known.kind, known.counter) == (fresh.kind, fresh.counter)
        same_words = known.detail == fresh.detail or now - known.written_at < DETAIL_EVERY
        if known == written and same_place and same_words:
            return False
    elif fails:
        fresh = replace(fresh, last_error=said.state, last_error_at=now)
    if moved:
        fresh = replace(fresh, changing_since=fresh.changing_since or now)
        _tell(tx, machine, fresh, now)
    store.put(tx.sql, fresh)
    return True


def _tell(tx: Tx, machine: store.Machine, part: store.Part, now: datetime) -> None:
    """A line of the history; the same line again while the part is unsteady."""
    change = store.Change(machine.name, part.part, part.kind, part.state, part.detail, now)
    if is_unsteady(part, now):
        detail = f"now {part.state}" + (f": {part.detail}" if part.detail else "")
        unsteady = replace(change, state=State.UNSTEADY, detail=detail, since=part.changing_since, times=part.changes)
        store.condense(tx.sql, unsteady)
    else:
        store.add_change(tx.sql, change)


def _note(tx: Tx, machine: store.Machine, state: State, now: datetime) -> None:
    """What befell the whole machine: one line, however many parts it has."""
    store.add_change(tx.sql, store.Change(machine.name, store.WHOLE, machine.role, state, "", now))
