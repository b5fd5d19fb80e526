"""Appointments: a code, a service and a time; nobody's name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.appointment import AppointmentState
from queue_server.domain.ids import Actor, TicketId

from .instants import from_text, to_text

SELECT = (
    "SELECT a.id, a.code, a.service, a.at, a.state, t.id, t.number FROM appointment a LEFT JOIN ticket t"
    " ON t.id = a.ticket"
)


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment as it stands; `ticket` and its `number` once whoever has it is here."""

    id: int
    code: str
    service: str
    at: datetime
    state: AppointmentState
    ticket: int | None = None
    number: str | None = None


def add(sql: sqlite3.Connection, code: str, service: str, at: datetime, now: datetime, by: Actor) -> int:
    """Write down a new one; gives its id."""
    row = sql.execute(
        "INSERT INTO appointment (code, service, at, state, booked_at, booked_by) VALUES (?, ?, ?, 'booked', ?, ?)"
        " RETURNING id",
        (code, service, to_text(at), to_text(now), by),
    ).fetchone()
    return int(row[0])


def get(sql: sqlite3.Connection, ident: int) -> Booked | None:
    return _one(sql.execute(f"{SELECT} WHERE a.id = ?", (ident,)))


def by_code(sql: sqlite3.Connection, code: str) -> Booked | None:
    return _one(sql.execute(f"{SELECT} WHERE a.code = ?", (code,)))


def between(sql: sqlite3.Connection, since: datetime, until: datetime) -> list[Booked]:
    """All from `since` to before `until`, in the order of their times."""
    rows = sql.execute(f"{SELECT} WHERE a.at >= ? AND a.at < ? ORDER BY a.at, a.id", (to_text(since), to_text(until)))
    return [_booked(row) for row in rows]


def booked(sql: sqlite3.Connection, since: datetime, until: datetime) -> dict[datetime, int]:
    """How many places are taken at each time from `since` to before `until`; who cancelled takes none."""
    rows = sql.execute(
        "SELECT at, COUNT(*) FROM appointment WHERE at >= ? AND at < ? AND state <> 'cancelled' GROUP BY at",
        (to_text(since), to_text(until)),
    )
    return {from_text(at): count for at, count in rows}


def before(sql: sqlite3.Connection, at: datetime) -> Sequence[int]:
    """Those still booked for a time before `at`."""
    rows = sql.execute("SELECT id FROM appointment WHERE state = 'booked' AND at < ?", (to_text(at),))
    return [int(ident) for (ident,) in rows]


def put(sql: sqlite3.Connection, ident: int, state: AppointmentState, ticket: TicketId | None = None) -> None:
    sql.execute("UPDATE appointment SET state = ?, ticket = ? WHERE id = ?", (state, ticket, ident))


def forget(sql: sqlite3.Connection, before: datetime) -> None:
    sql.execute("DELETE FROM appointment WHERE at < ?", (to_text(before),))


def _one(cursor: sqlite3.Cursor) -> Booked | None:
    row = cursor.fetchone()
    return None if row is None else _booked(row)


def _booked(row: tuple[int, str, str, str, str, int | None, str | None]) -> Booked:
    ident, code, service, at, state, ticket, number = row
    return Booked(ident, code, service, from_text(at), AppointmentState(state), ticket, number)
