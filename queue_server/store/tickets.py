"""Tickets and their numbers: reading and writing, with the event of each change beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from queue_server.domain.dispatch import Candidate
from queue_server.domain.errors import TicketUnknown
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.ticket import Ticket, TicketEvent, TicketState

from . import events
from .instants import from_text, maybe_from_text, maybe_to_text, to_text

COLUMNS = (
    "id, number, day, service, issued_at, queued_at, state, priority, steps, for_counter, counter,"
    " called_at, started_at, finished_at, recalls, rating, aside_since, aside_s"
)


def next_sequence(sql: sqlite3.Connection, day: date, prefix: str, start: int) -> int:
    """Take the day's next number of `prefix`; inside the transaction that issues it, so none is lost or given twice."""
    row = sql.execute(
        "INSERT INTO sequence (day, prefix, first, last) VALUES (?1, ?2, ?3, ?3)"
        " ON CONFLICT (day, prefix) DO UPDATE SET last = last + 1 RETURNING last",
        (day.isoformat(), prefix, start),
    ).fetchone()
    return int(row[0])


def is_first_of_day(sql: sqlite3.Connection, day: date) -> bool:
    """Whether no number of the day has been given yet."""
    return sql.execute("SELECT 1 FROM sequence WHERE day = ?", (day.isoformat(),)).fetchone() is None


def reserve_id(sql: sqlite3.Connection) -> TicketId:
    """The id that the next ticket will get; valid only inside the transaction that inserts it."""
    row = sql.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'").fetchone()
    return TicketId((row[0] if row else 0) + 1)


def add(
    sql: sqlite3.Connection, ticket: Ticket, event: TicketEvent, prefix: str, sequence: int, track_token: str
) -> None:
    """Insert a new ticket and its first event."""
    sql.execute(
        "INSERT INTO ticket (id, number, day, prefix, sequence, service, state, priority, issued_at, queued_at, steps,"
        " track_token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ticket.id,
            ticket.number,
            ticket.day.isoformat(),
            prefix,
            sequence,
            ticket.service,
            ticket.state,
            ticket.priority,
            to_text(ticket.issued_at),
            to_text(ticket.queued_at),
            ",".join(ticket.then),
            track_token,
        ),
    )
    events.add_for_ticket(sql, ticket.id, event)


def save(sql: sqlite3.Connection, ticket: Ticket, event: TicketEvent) -> None:
    """Write the ticket after a transition, and the transition's event."""
    sql.execute(
        "UPDATE ticket SET service = ?, state = ?, priority = ?, queued_at = ?, steps = ?, for_counter = ?,"
        " counter = ?, called_at = ?, started_at = ?, finished_at = ?, recalls = ?, rating = ?, aside_since = ?,"
        " aside_s = ? WHERE id = ?",
        (
            ticket.service,
            ticket.state,
            ticket.priority,
            to_text(ticket.queued_at),
            ",".join(ticket.then),
            ticket.for_counter,
            ticket.counter,
            maybe_to_text(ticket.called_at),
            maybe_to_text(ticket.started_at),
            maybe_to_text(ticket.finished_at),
            ticket.recalls,
            ticket.rating,
            maybe_to_text(ticket.aside_since),
            ticket.aside_s,
            ticket.id,
        ),
    )
    events.add_for_ticket(sql, ticket.id, event)


def get(sql: sqlite3.Connection, ticket_id: int) -> Ticket:
    """Raises TicketUnknown."""
    return _one(sql.execute(f"SELECT {COLUMNS} FROM ticket WHERE id = ?", (ticket_id,)))


def by_number(sql: sqlite3.Connection, day: date, number: str) -> Ticket | None:
    """The day's ticket of this number."""
    row = sql.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE day = ? AND number = ?", (day.isoformat(), number)
    ).fetchone()
    return None if row is None else _ticket(row)


def by_track_token(sql: sqlite3.Connection, token: str) -> Ticket:
    """Raises TicketUnknown."""
    return _one(sql.execute(f"SELECT {COLUMNS} FROM ticket WHERE track_token = ?", (token,)))


def track_token(sql: sqlite3.Connection, ticket_id: int) -> str:
    """Raises TicketUnknown."""
    row = sql.execute("SELECT track_token FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is None:
        raise TicketUnknown
    return str(row[0])


def waiting(sql: sqlite3.Connection, day: HallDay) -> list[Candidate]:
    """All who wait with a ticket of `day`, in the order of arrival; `since` is on the hall's clock."""
    rows = sql.execute(
        "SELECT id, number, service, priority, queued_at, aside_s, for_counter, ahead FROM ticket"
        " WHERE state = 'waiting' AND day = ? ORDER BY queued_at, id",
        (day.date.isoformat(),),
    )
    return [
        Candidate(ident, number, service, priority, day.reading(from_text(queued_at)) + aside_s, for_counter, ahead)
        for ident, number, service, priority, queued_at, aside_s, for_counter, ahead in rows
    ]


def at_counter(sql: sqlite3.Connection, counter: int) -> Ticket | None:
    """The ticket that `counter` has called or is serving."""
    row = sql.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE counter = ? AND state IN ('called', 'serving')", (counter,)
    ).fetchone()
    return None if row is None else _ticket(row)


def at_counters(sql: sqlite3.Connection) -> dict[int, Ticket]:
    """Each busy counter's ticket."""
    rows = sql.execute(f"SELECT {COLUMNS} FROM ticket WHERE state IN ('called', 'serving')")
    return {int(ticket.counter or 0): ticket for ticket in map(_ticket, rows)}


def in_state(sql: sqlite3.Connection, states: Sequence[TicketState], day: date) -> list[Ticket]:
    """The day's tickets in one of `states`, the oldest first."""
    marks = ", ".join("?" * len(states))
    rows = sql.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE state IN ({marks}) AND day = ? ORDER BY id", (*states, day.isoformat())
    )
    return [_ticket(row) for row in rows]


def left_over(sql: sqlite3.Connection, before: date) -> list[Ticket]:
    """Tickets of earlier days that still wait or are parked."""
    rows = sql.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE state IN ('waiting', 'parked') AND day < ?",
        (before.isoformat(),),
    )
    return [_ticket(row) for row in rows]


def last_finished(sql: sqlite3.Connection, counter: int, since: datetime) -> Ticket | None:
    """The ticket that `counter` finished last, if it was after `since`."""
    row = sql.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE state = 'finished' AND counter = ? AND finished_at >= ?"
        " ORDER BY finished_at DESC LIMIT 1",
        (counter, to_text(since)),
    ).fetchone()
    return None if row is None else _ticket(row)


def _one(cursor: sqlite3.Cursor) -> Ticket:
    row = cursor.fetchone()
    if row is None:
        raise TicketUnknown
    return _ticket(row)


def _ticket(row: tuple[object, ...]) -> Ticket:
    (
        ident,
        number,
        day,
        service,
        issued_at,
        queued_at,
        state,
        priority,
        steps,
        for_counter,
        counter,
        called_at,
        started_at,
        finished_at,
        recalls,
        rating,
        aside_since,
        aside_s,
    ) = row
    return Ticket(
        id=TicketId(_whole(ident)),
        number=str(number),
        day=date.fromisoformat(str(day)),
        service=ServiceCode(str(service)),
        issued_at=from_text(str(issued_at)),
        queued_at=from_text(str(queued_at)),
        state=TicketState(str(state)),
        priority=None if priority is None else PriorityCode(str(priority)),
        then=tuple(ServiceCode(code) for code in str(steps).split(",") if code),
        for_counter=None if for_counter is None else CounterId(_whole(for_counter)),
        counter=None if counter is None else CounterId(_whole(counter)),
        called_at=maybe_from_text(called_at if called_at is None else str(called_at)),
        started_at=maybe_from_text(started_at if started_at is None else str(started_at)),
        finished_at=maybe_from_text(finished_at if finished_at is None else str(finished_at)),
        recalls=_whole(recalls),
        rating=None if rating is None else str(rating),
        aside_since=maybe_from_text(aside_since if aside_since is None else str(aside_since)),
        aside_s=_whole(aside_s),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"the database holds {value!r} where a whole number belongs")
    return value
