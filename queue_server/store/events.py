"""The log of what happened: appended in the same transaction as the change, never rewritten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.ids import Actor
from queue_server.domain.ticket import EventKind, TicketEvent

from .instants import from_text, to_text


@dataclass(frozen=True, slots=True)
class Call:
    """A call or recall as the board announces it; `id` grows with each."""

    id: int
    ticket: int
    kind: EventKind
    number: str
    counter: int
    at: datetime


def add_for_ticket(sql: sqlite3.Connection, ticket_id: int, event: TicketEvent) -> None:
    _add(sql, ticket_id, event.data.get("counter"), event.at, event.by, event.kind, event.why, event.data)


def add_for_counter(
    sql: sqlite3.Connection, counter: int, at: datetime, by: Actor, kind: str, why: str | None = None
) -> None:
    _add(sql, None, counter, at, by, kind, why, {})


def last_id(sql: sqlite3.Connection) -> int:
    """The newest event's id: it grows with everything that happens."""
    row = sql.execute("SELECT MAX(id) FROM event").fetchone()
    return int(row[0] or 0)


def of_ticket(sql: sqlite3.Connection, ticket_id: int) -> list[TicketEvent]:
    """A ticket's history, oldest first."""
    rows = sql.execute("SELECT kind, at, actor, why, data FROM event WHERE ticket = ? ORDER BY id", (ticket_id,))
    return [_event(*row) for row in rows]


def last_call_reason(sql: sqlite3.Connection, ticket_id: int) -> tuple[str, Mapping[str, str | int]] | None:
    """Why the ticket was last called, as the code and the values that the words need."""
    row = sql.execute(
        "SELECT why, data FROM event WHERE ticket = ? AND kind = 'called' ORDER BY id DESC LIMIT 1", (ticket_id,)
    ).fetchone()
    if row is None or row[0] is None:
        return None
    return str(row[0]), json.loads(row[1])


FREEING = (
    *(EventKind.FINISHED, EventKind.STEP_FINISHED, EventKind.MISSED, EventKind.PARKED, EventKind.TRANSFERRED),
    *(EventKind.CANCELLED, "counter-opened"),
)
"""After one of these, logged at a counter, it has no ticket; unless it has called since."""


def free_since(sql: sqlite3.Connection, counter: int) -> datetime | None:
    """Since when a counter that is open and has no ticket has been so: since its last ticket left it, or since it was
    opened or went on after a pause. None where it never was."""
    kinds = ", ".join("?" * len(FREEING))
    row = sql.execute(
        f"SELECT at FROM event WHERE counter = ? AND kind IN ({kinds}) ORDER BY id DESC LIMIT 1", (counter, *FREEING)
    ).fetchone()
    return from_text(row[0]) if row else None


def counters_changed(sql: sqlite3.Connection, after: int) -> bool:
    """Whether a counter has been opened, paused or closed since the event `after`."""
    found = sql.execute("SELECT EXISTS (SELECT 1 FROM event WHERE id > ? AND ticket IS NULL)", (after,)).fetchone()
    return bool(found[0])


def last_parking_reason(sql: sqlite3.Connection, ticket_id: int) -> str | None:
    """What the clerk said when the ticket was last parked."""
    row = sql.execute(
        "SELECT why FROM event WHERE ticket = ? AND kind = 'parked' ORDER BY id DESC LIMIT 1", (ticket_id,)
    ).fetchone()
    return row[0] if row else None


def last_calls(sql: sqlite3.Connection, since: datetime, limit: int) -> list[Call]:
    """The newest calls and recalls from `since` on, the newest first: by id, as a clock may be put back."""
    rows = sql.execute(
        "SELECT event.id, ticket.id, event.kind, ticket.number, event.counter, event.at"
        " FROM event INDEXED BY event_call JOIN ticket ON ticket.id = event.ticket"
        " WHERE event.kind IN ('called', 'recalled') AND event.at >= ? ORDER BY event.id DESC LIMIT ?",
        (to_text(since), limit),
    )
    return [
        Call(ident, ticket, EventKind(kind), number, counter, from_text(at))
        for ident, ticket, kind, number, counter, at in rows
    ]


def _add(
    sql: sqlite3.Connection,
    ticket_id: int | None,
    counter: object,
    at: datetime,
    by: Actor,
    kind: str,
    why: str | None,
    data: Mapping[str, str | int | None],
) -> None:
    kept = {key: value for key, value in data.items() if value not in (None, "")}
    sql.execute(
        "INSERT INTO event (ticket, counter, at, actor, kind, why, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (ticket_id, counter, to_text(at), by, kind, why, json.dumps(kept, ensure_ascii=False)),
    )


def _event(kind: str, at: str, actor: str, why: str | None, data: str) -> TicketEvent:
    return TicketEvent(EventKind(kind), from_text(at), Actor(actor), why, json.loads(data))
