"""What each counter is doing; a counter without a row has never been opened."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from queue_server.domain.counter import CounterState, CounterStatus
from queue_server.domain.ids import Actor, CounterId

from .instants import to_text

COLUMNS = "id, state, holder, pause_reason"


def get(sql: sqlite3.Connection, counter: CounterId) -> CounterStatus:
    row = sql.execute(f"SELECT {COLUMNS} FROM counter WHERE id = ?", (counter,)).fetchone()
    return CounterStatus(counter) if row is None else _status(*row)


def get_all(sql: sqlite3.Connection) -> dict[CounterId, CounterStatus]:
    rows = sql.execute(f"SELECT {COLUMNS} FROM counter")
    return {status.id: status for status in (_status(*row) for row in rows)}


def held(sql: sqlite3.Connection) -> set[CounterId]:
    """Counters that somebody holds: open or paused."""
    return {CounterId(row[0]) for row in sql.execute("SELECT id FROM counter WHERE state <> 'closed'")}


def held_by(sql: sqlite3.Connection, holder: Actor) -> list[CounterStatus]:
    return [_status(*row) for row in sql.execute(f"SELECT {COLUMNS} FROM counter WHERE holder = ?", (holder,))]


def save(sql: sqlite3.Connection, status: CounterStatus, at: datetime) -> None:
    sql.execute(
        "INSERT INTO counter (id, state, holder, pause_reason, touched_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET state = excluded.state, holder = excluded.holder,"
        " pause_reason = excluded.pause_reason, touched_at = excluded.touched_at,"
        # A new day, or a new clerk, owes nothing to those that were called before.
        " priority_run = CASE WHEN counter.state = 'closed' THEN 0 ELSE counter.priority_run END",
        (status.id, status.state, status.holder, status.pause_reason, to_text(at)),
    )


def untouched_since(sql: sqlite3.Connection, at: datetime) -> list[CounterStatus]:
    """Counters that are open or paused although nobody has opened, paused or called there since `at`."""
    rows = sql.execute(f"SELECT {COLUMNS} FROM counter WHERE state <> 'closed' AND touched_at < ?", (to_text(at),))
    return [_status(*row) for row in rows]


def runs(sql: sqlite3.Connection) -> dict[CounterId, int]:
    """For each open counter: how many priority calls in a row it has made last (above 0), or ordinary ones (below)."""
    rows = sql.execute("SELECT id, priority_run FROM counter WHERE state = 'open'")
    return {CounterId(ident): run for ident, run in rows}


def note_call(sql: sqlite3.Connection, counter: CounterId, at: datetime, *, priority: bool) -> None:
    sql.execute(
        "UPDATE counter SET touched_at = ?1,"
        " priority_run = CASE WHEN ?2 THEN MAX(priority_run, 0) + 1 ELSE MIN(priority_run, 0) - 1 END WHERE id = ?3",
        (to_text(at), priority, counter),
    )


def _status(ident: int, state: str, holder: str | None, pause_reason: str | None) -> CounterStatus:
    return CounterStatus(CounterId(ident), CounterState(state), Actor(holder) if holder else None, pause_reason)
