"""What the choice of the next ticket and the look ahead need beside those who wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from queue_server.domain.ids import CounterId, ServiceCode, TicketId

from .instants import from_text, to_text


class BusyRow(NamedTuple):
    """What a counter has called and not finished."""

    counter: CounterId
    service: ServiceCode
    called_at: datetime


def busy(sql: sqlite3.Connection) -> list[BusyRow]:
    """What counters are doing."""
    rows = sql.execute("SELECT counter, service, called_at FROM ticket WHERE state IN ('called', 'serving')")
    return [BusyRow(CounterId(counter), ServiceCode(service), from_text(at)) for counter, service, at in rows]


def passed(sql: sqlite3.Connection, day: date) -> dict[TicketId, int]:
    """How often each who waits has been passed over: a counter that could have called them called somebody junior."""
    rows = sql.execute(
        "SELECT id, passed FROM ticket WHERE state = 'waiting' AND day = ? AND passed > 0", (day.isoformat(),)
    )
    return {TicketId(ident): times for ident, times in rows}


def waiting_by_service(sql: sqlite3.Connection, day: date, besides: TicketId | None = None) -> dict[ServiceCode, int]:
    """How many wait for each service; the ticket `besides` is not counted."""
    rows = sql.execute(
        "SELECT service, COUNT(*) FROM ticket WHERE state = 'waiting' AND day = ? AND id <> ? GROUP BY service",
        (day.isoformat(), besides or 0),
    )
    return {ServiceCode(service): count for service, count in rows}


def issued_since(sql: sqlite3.Connection, day: date, since: datetime) -> dict[tuple[ServiceCode, bool], int]:
    """How many have come with a ticket of `day` since then, by service and whether they have priority."""
    rows = sql.execute(
        "SELECT service, priority IS NOT NULL AS has_priority, COUNT(*) FROM ticket"
        " WHERE day = ? AND issued_at >= ? GROUP BY service, has_priority",
        (day.isoformat(), to_text(since)),
    )
    return {(ServiceCode(service), bool(has_priority)): count for service, has_priority, count in rows}


def note_ahead(sql: sqlite3.Connection, ticket: TicketId, ahead: int) -> None:
    """`ticket` begins to wait with `ahead` people before it."""
    sql.execute("UPDATE ticket SET ahead = ?, passed = 0 WHERE id = ?", (ahead, ticket))


def note_passed(sql: sqlite3.Connection, tickets: Iterable[TicketId]) -> None:
    """A counter that could have called them has called somebody junior."""
    sql.executemany("UPDATE ticket SET passed = passed + 1 WHERE id = ?", [(ident,) for ident in tickets])
