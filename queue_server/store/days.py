"""Recorded days, read back whole: what happened to each ticket and at each counter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from queue_server.domain.ids import Actor, CounterId, TicketId
from queue_server.domain.ticket import EventKind, TicketEvent

from .instants import from_text, to_text


class CounterEvent(NamedTuple):
    """`kind`: counter-opened, counter-paused or counter-closed."""

    counter: CounterId
    at: datetime
    kind: str
    by: Actor


def recorded(sql: sqlite3.Connection, limit: int) -> list[date]:
    """The newest days on which tickets were issued, the newest first."""
    rows = sql.execute("SELECT DISTINCT day FROM ticket ORDER BY day DESC LIMIT ?", (limit,))
    return [date.fromisoformat(day) for (day,) in rows]


def histories(sql: sqlite3.Connection, day: date) -> Iterator[tuple[TicketId, str, list[TicketEvent]]]:
    """Each ticket of `day` with its number and all its events, oldest first."""
    rows = sql.execute(
        "SELECT ticket.id, ticket.number, event.kind, event.at, event.actor, event.why, event.data"
        " FROM ticket JOIN event ON event.ticket = ticket.id WHERE ticket.day = ? ORDER BY ticket.id, event.id",
        (day.isoformat(),),
    )
    ident, number, events = None, "", list[TicketEvent]()
    for row_ident, row_number, kind, at, actor, why, data in rows:
        if row_ident != ident:
            if ident is not None:
                yield ident, number, events
            ident, number, events = TicketId(row_ident), str(row_number), []
        events.append(TicketEvent(EventKind(kind), from_text(at), Actor(actor), why, json.loads(data)))
    if ident is not None:
        yield ident, number, events


def counter_events(sql: sqlite3.Connection, since: datetime, until: datetime) -> list[CounterEvent]:
    """Openings, pauses and closings from `since` to before `until`, in their order."""
    rows = sql.execute(
        "SELECT counter, at, kind, actor FROM event WHERE ticket IS NULL AND kind LIKE 'counter-%'"
        " AND at >= ? AND at < ? ORDER BY id",
        (to_text(since), to_text(until)),
    )
    return [CounterEvent(CounterId(counter), from_text(at), kind, Actor(by)) for counter, at, kind, by in rows]


def open_at(sql: sqlite3.Connection, moment: datetime) -> set[CounterId]:
    """Counters that had been opened before `moment` and neither paused nor closed since."""
    rows = sql.execute(
        "SELECT counter, kind FROM event WHERE id IN (SELECT MAX(id) FROM event WHERE ticket IS NULL"
        " AND kind LIKE 'counter-%' AND at < ? GROUP BY counter)",
        (to_text(moment),),
    )
    return {CounterId(counter) for counter, kind in rows if kind == "counter-opened"}
