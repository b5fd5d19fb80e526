"""The rule for waits, fed from the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.domain.counter import CounterState
from queue_server.domain.estimate import Estimate, Waiting, estimate
from queue_server.domain.hall import Hall
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.ticket import Ticket
from queue_server.store import counters, tickets


@dataclass(frozen=True, slots=True)
class Present:
    """The hall at one moment: how many wait for each service, which counters are open, which of these are free."""

    queues: Mapping[ServiceCode, Waiting]
    opened: frozenset[CounterId]
    free: frozenset[CounterId]


def present(sql: sqlite3.Connection) -> Present:
    """Everybody who waits; read once, it serves the estimates of all services."""
    return _present(sql, tickets.queue_counts(sql))


def for_ticket(sql: sqlite3.Connection, hall: Hall, ticket: Ticket) -> Estimate:
    """For one who waits already (`ticket` is in the state waiting)."""
    if ticket.priority is not None:
        before = tickets.priority_before(sql, ticket.queued_at)
    else:
        before = tickets.queue_counts(sql, ticket.queued_at)
    return _estimate(hall, _present(sql, before), ticket.service, ticket.priority is not None)


def for_newcomer(hall: Hall, now: Present, service: ServiceCode) -> Estimate:
    """For one without priority who would take a ticket now."""
    return _estimate(hall, now, service, False)


def _present(sql: sqlite3.Connection, queues: Mapping[ServiceCode, Waiting]) -> Present:
    opened = frozenset(ident for ident, status in counters.get_all(sql).items() if status.state is CounterState.OPEN)
    return Present(queues, opened, opened - tickets.busy_counters(sql))


def _estimate(hall: Hall, now: Present, service: ServiceCode, has_priority: bool) -> Estimate:
    known = {each.code for each in hall.services}
    before = {code: waiting for code, waiting in now.queues.items() if code in known}
    return estimate(hall, service, has_priority, before, now.opened, now.free)
