"""The rule for waits, fed from the store."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from queue_server.domain.counter import CounterState
from queue_server.domain.estimate import Estimate, Waiting, estimate
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.ticket import Ticket
from queue_server.store import counters, tickets


def for_ticket(sql: sqlite3.Connection, hall: Hall, ticket: Ticket) -> Estimate:
    """For one who waits already (`ticket` is in the state waiting)."""
    has_priority = ticket.priority is not None
    if has_priority:
        before = tickets.priority_before(sql, ticket.queued_at)
    else:
        before = tickets.queue_counts(sql, ticket.queued_at)
    return _estimate(sql, hall, ticket.service, has_priority, before)


def for_newcomer(
    sql: sqlite3.Connection, hall: Hall, service: ServiceCode, has_priority: bool, now: datetime
) -> Estimate:
    """For one who would take a ticket at `now`."""
    return _estimate(sql, hall, service, has_priority, tickets.queue_counts(sql, now))


def _estimate(
    sql: sqlite3.Connection,
    hall: Hall,
    service: ServiceCode,
    has_priority: bool,
    before: dict[ServiceCode, Waiting],
) -> Estimate:
    known = {each.code for each in hall.services}
    opened = [ident for ident, status in counters.get_all(sql).items() if status.state is CounterState.OPEN]
    busy = tickets.busy_counters(sql)
    return estimate(
        hall,
        service,
        has_priority,
        {code: waiting for code, waiting in before.items() if code in known},
        opened,
        [ident for ident in opened if ident not in busy],
    )
