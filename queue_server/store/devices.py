"""What each part of each machine last said of itself, since when machines are silent, and what changed lately.

The changes are bounded, and those of a device that changes all the time are one row: it does not push out its own past.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from .instants import from_text, to_text

KEPT_OF_PART = 300
KEPT_OF_MACHINE = 3000
"""A machine that names its parts anew each time is bounded by this."""
WHOLE = ""
"""The name that stands for the whole machine among the changes."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A device that has a token. `heard_at`: as written down, so up to some minutes too old."""

    id: int
    name: str
    role: str
    counter: int | None
    heard_at: datetime | None
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of machine `device` last said. `since`: when it came into `state`; `failing_since`: since when it has
    been unable to work, whatever words it found for that and if it was well for a moment in between; `written_at`: when
    this row was written; `last_error`: the newest state in which it could not work; `changes`: how many there have been
    since `changing_since`, each soon after the one before."""

    device: int
    part: str
    kind: str
    counter: int | None
    state: str
    detail: str
    since: datetime
    failing_since: datetime | None
    written_at: datetime
    last_error: str | None = None
    last_error_at: datetime | None = None
    changing_since: datetime | None = None
    changes: int = 1

    def by(self, now: datetime) -> Part:
        """The same with no time later than `now`: a clock that is put back leaves such behind."""
        return replace(
            self,
            since=min(self.since, now),
            failing_since=_by(self.failing_since, now),
            written_at=min(self.written_at, now),
            last_error_at=_by(self.last_error_at, now),
            changing_since=_by(self.changing_since, now),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A part, or with no name the whole machine, came into a state; or many `times` into some, from `since` to `at`."""

    machine: str
    part: str
    kind: str
    state: str
    detail: str
    at: datetime
    since: datetime | None = None
    times: int = 1


def machine(sql: sqlite3.Connection, ident: int) -> Machine | None:
    row = sql.execute(f"{_MACHINES} WHERE id = ?", (ident,)).fetchone()
    return None if row is None else _machine(*row)


def machines(sql: sqlite3.Connection) -> list[Machine]:
    """Those that have ever reported, by name."""
    return [_machine(*row) for row in sql.execute(f"{_MACHINES} WHERE heard_at IS NOT NULL ORDER BY name")]


def parts(sql: sqlite3.Connection) -> list[Part]:
    return [_part(*row) for row in sql.execute("SELECT * FROM device_part ORDER BY device, part")]


def parts_of(sql: sqlite3.Connection, device: int) -> dict[str, Part]:
    """By name."""
    rows = sql.execute("SELECT * FROM device_part WHERE device = ?", (device,))
    return {part.part: part for part in (_part(*row) for row in rows)}


def put(sql: sqlite3.Connection, part: Part) -> None:
    sql.execute(
        "INSERT OR REPLACE INTO device_part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(part.device, part.part, part.kind, part.counter, part.state, part.detail),
            *(to_text(part.since), _text(part.failing_since), to_text(part.written_at)),
            *(part.last_error, _text(part.last_error_at), _text(part.changing_since), part.changes),
        ),
    )


def remove(sql: sqlite3.Connection, device: int, part: str) -> None:
    sql.execute("DELETE FROM device_part WHERE device = ? AND part = ?", (device, part))


def put_heard(sql: sqlite3.Connection, device: int, at: datetime) -> None:
    """The machine was heard from, so it is not silent."""
    sql.execute("UPDATE device SET heard_at = ?, silent_since = NULL WHERE id = ?", (to_text(at), device))


def put_silent(sql: sqlite3.Connection, device: int, heard_at: datetime, since: datetime) -> None:
    sql.execute(
        "UPDATE device SET heard_at = ?, silent_since = ? WHERE id = ?", (to_text(heard_at), to_text(since), device)
    )


def add_change(sql: sqlite3.Connection, change: Change) -> None:
    """Write down a change, and drop what is then one too many for the part and for the machine."""
    sql.execute(
        "INSERT INTO device_change (machine, part, kind, state, detail, at, since, times)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(change.machine, change.part, change.kind, change.state, change.detail),
            *(to_text(change.at), _text(change.since), change.times),
        ),
    )
    for where, which, most in (
        ("machine = ? AND part = ?", (change.machine, change.part), KEPT_OF_PART),
        ("machine = ?", (change.machine,), KEPT_OF_MACHINE),
    ):
        sql.execute(
            f"DELETE FROM device_change WHERE {where} AND id <="
            f" (SELECT id FROM device_change WHERE {where} ORDER BY id DESC LIMIT 1 OFFSET {most})",
            (*which, *which),
        )


def condense(sql: sqlite3.Connection, change: Change) -> None:
    """Write down `change` in place of all that its part did from its `since` to its `at`."""
    if change.since is not None:
        sql.execute(
            "DELETE FROM device_change WHERE machine = ? AND part = ? AND at BETWEEN ? AND ?",
            (change.machine, change.part, to_text(change.since), to_text(change.at)),
        )
    add_change(sql, change)


def changes(sql: sqlite3.Connection, most: int, name: str | None = None, part: str | None = None) -> list[Change]:
    """The newest first, by id, as a clock may be put back. `name`: of one machine alone; `part`: of that part, and what
    befell its whole machine."""
    where, which = [], []
    if name is not None:
        where, which = ["machine = ?"], [name]
        if part is not None:
            where.append(f"part IN (?, '{WHOLE}')")
            which.append(part)
    rows = sql.execute(
        "SELECT machine, part, kind, state, detail, at, since, times FROM device_change"
        f"{' WHERE ' + ' AND '.join(where) if where else ''} ORDER BY id DESC LIMIT ?",
        (*which, most),
    )
    return [_change(*row) for row in rows]


def forget(sql: sqlite3.Connection, before: datetime) -> None:
    sql.execute("DELETE FROM device_change WHERE at < ?", (to_text(before),))


_MACHINES = "SELECT id, name, role, counter, heard_at, silent_since FROM device"


def _machine(
    ident: int, name: str, role: str, counter: int | None, heard_at: str | None, silent_since: str | None
) -> Machine:
    return Machine(ident, name, role, counter, _when(heard_at), _when(silent_since))


def _part(
    device: int,
    part: str,
    kind: str,
    counter: int | None,
    state: str,
    detail: str,
    since: str,
    failing_since: str | None,
    written_at: str,
    last_error: str | None,
    last_error_at: str | None,
    changing_since: str | None,
    changes: int,
) -> Part:
    times = from_text(since), _when(failing_since), from_text(written_at)
    error = last_error, _when(last_error_at)
    return Part(device, part, kind, counter, state, detail, *times, *error, _when(changing_since), changes)


def _change(
    machine: str, part: str, kind: str, state: str, detail: str, at: str, since: str | None, times: int
) -> Change:
    return Change(machine, part, kind, state, detail, from_text(at), _when(since), times)


def _by(at: datetime | None, now: datetime) -> datetime | None:
    return None if at is None else min(at, now)


def _when(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def _text(at: datetime | None) -> str | None:
    return None if at is None else to_text(at)
