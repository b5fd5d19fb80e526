"""Keys that clients send so that a request repeated after a lost answer is carried out once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.ids import Actor

from .instants import to_text


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was asked under a key, and the ticket that came of it (None: nobody waited); `reply`: the whole answer as
    JSON, where one was kept."""

    request: str
    ticket: int | None
    reply: str | None = None


def recall(sql: sqlite3.Connection, actor: Actor, key: str) -> Remembered | None:
    row = sql.execute(
        "SELECT request, ticket, reply FROM idempotency WHERE actor = ? AND key = ?", (actor, key)
    ).fetchone()
    return None if row is None else Remembered(*row)


def remember(
    sql: sqlite3.Connection,
    actor: Actor,
    key: str,
    request: str,
    ticket: int | None,
    at: datetime,
    *,
    reply: str | None = None,
) -> None:
    sql.execute(
        "INSERT INTO idempotency (actor, key, request, ticket, at, reply) VALUES (?, ?, ?, ?, ?, ?)",
        (actor, key, request, ticket, to_text(at), reply),
    )


def forget(sql: sqlite3.Connection, before: datetime) -> None:
    sql.execute("DELETE FROM idempotency WHERE at < ?", (to_text(before),))
