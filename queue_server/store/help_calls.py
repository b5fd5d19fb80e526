"""Calls for help from kiosks: which one, at which screen, and who goes there."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.ids import Actor

from .instants import from_text, maybe_from_text, to_text

COLUMNS = "id, device, screen, called_at, answered_at, answered_by"


@dataclass(frozen=True, slots=True)
class Call:
    """`answered_by`: the actor who is on the way, or `system` for one that was given up."""

    id: int
    device: str
    screen: str
    called_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None


def add(sql: sqlite3.Connection, device: str, screen: str, now: datetime) -> Call:
    row = sql.execute(
        f"INSERT INTO help_call (device, screen, called_at) VALUES (?, ?, ?) RETURNING {COLUMNS}",
        (device, screen, to_text(now)),
    ).fetchone()
    return _call(*row)


def get(sql: sqlite3.Connection, ident: int) -> Call | None:
    row = sql.execute(f"SELECT {COLUMNS} FROM help_call WHERE id = ?", (ident,)).fetchone()
    return None if row is None else _call(*row)


def open_of(sql: sqlite3.Connection, device: str) -> Call | None:
    """The kiosk's call that nobody has answered."""
    row = sql.execute(f"SELECT {COLUMNS} FROM help_call WHERE device = ? AND answered_at IS NULL", (device,)).fetchone()
    return None if row is None else _call(*row)


def unanswered(sql: sqlite3.Connection) -> list[Call]:
    """Oldest first."""
    rows = sql.execute(f"SELECT {COLUMNS} FROM help_call WHERE answered_at IS NULL ORDER BY id")
    return [_call(*row) for row in rows]


def answered_since(sql: sqlite3.Connection, since: datetime) -> list[Call]:
    """Oldest first."""
    rows = sql.execute(f"SELECT {COLUMNS} FROM help_call WHERE answered_at >= ? ORDER BY id", (to_text(since),))
    return [_call(*row) for row in rows]


def answer(sql: sqlite3.Connection, ident: int, by: Actor, now: datetime) -> None:
    """Write down who goes; the first to say so stays."""
    sql.execute(
        "UPDATE help_call SET answered_at = ?, answered_by = ? WHERE id = ? AND answered_at IS NULL",
        (to_text(now), by, ident),
    )


def forget(sql: sqlite3.Connection, before: datetime) -> None:
    sql.execute("DELETE FROM help_call WHERE called_at < ?", (to_text(before),))


def _call(
    ident: int, device: str, screen: str, called_at: str, answered_at: str | None, answered_by: str | None
) -> Call:
    return Call(ident, device, screen, from_text(called_at), maybe_from_text(answered_at), answered_by)
