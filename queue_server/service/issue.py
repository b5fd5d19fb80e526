"""A citizen takes a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from queue_server.contract import Role, TicketRequest
from queue_server.domain.calendar import opening
from queue_server.domain.errors import HallClosed, NumbersExhausted
from queue_server.domain.hall import Hall
from queue_server.domain.ids import PriorityCode, ServiceCode
from queue_server.domain.ticket import Ticket, issue
from queue_server.store import idempotency, tickets
from queue_server.store.database import Tx

from .day_end import close_past_days
from .errors import IdempotencyKeyMissing, IdempotencyKeyReused
from .present import note_arrival
from .principal import OVER_COUNTERS, Principal

KEY = re.compile(r"[\x21-\x7e]{8,100}")
LAST_SEQUENCE = 999_999


def issue_ticket(
    tx: Tx,
    hall: Hall,
    who: Principal,
    request: TicketRequest,
    key: str | None,
    now: datetime,
    new_token: Callable[[], str],
) -> Ticket:
    """Give the next number of the service's group; the same `key` gives the same ticket again.

    `new_token` makes the unguessable part of the ticket's address. Raises Forbidden, ServiceUnknown,
    PriorityUnknown, HallClosed, IdempotencyKeyMissing, IdempotencyKeyReused.
    """
    who.need(Role.KIOSK, Role.CLERK, *OVER_COUNTERS)
    if key is None or not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    fingerprint = " ".join((request.service, request.priority or "-", *request.then))
    known = idempotency.recall(tx.sql, who.actor, key)
    if known is not None:
        if known.request != fingerprint or known.ticket is None:
            raise IdempotencyKeyReused
        return tickets.get(tx.sql, known.ticket)
    services = tuple(ServiceCode(code) for code in (request.service, *request.then))
    ticket = give_number(tx, hall, who, services, request.priority, now, new_token)
    idempotency.remember(tx.sql, who.actor, key, fingerprint, ticket.id, now)
    return ticket


def give_number(
    tx: Tx,
    hall: Hall,
    who: Principal,
    services: Sequence[ServiceCode],
    priority: str | None,
    now: datetime,
    new_token: Callable[[], str],
    queued_at: datetime | None = None,
) -> Ticket:
    """The next number for the first of `services`, the others to follow; for use cases that answer for repetition
    themselves. `queued_at`: when the wait is taken to have begun, for who has an appointment.

    Raises ServiceUnknown, PriorityUnknown, HallClosed, NumbersExhausted.
    """
    for code in services:
        hall.service(code)
    if priority is not None:
        hall.priority(priority)
    local = now.astimezone(hall.zone)
    state = opening(hall.hours, local)
    if not state.issuing:
        raise HallClosed(opens_at=f"{state.opens_at:%H:%M %d/%m/%Y}" if state.opens_at else "–")
    service, *then = services
    prefix = hall.group_of(service).prefix
    if tickets.is_first_of_day(tx.sql, local.date()):
        close_past_days(tx, hall, now)  # so that no number of yesterday's is still to be called
    sequence = tickets.next_sequence(tx.sql, local.date(), prefix, hall.numbering.start)
    if sequence > LAST_SEQUENCE:
        raise NumbersExhausted(prefix=prefix)
    ticket, event = issue(
        tickets.reserve_id(tx.sql),
        hall.numbering.format(prefix, sequence),
        local.date(),
        service,
        now,
        who.actor,
        PriorityCode(priority) if priority is not None else None,
        tuple(then),
        queued_at,
    )
    tickets.add(tx.sql, ticket, event, prefix, sequence, new_token())
    note_arrival(tx, hall, ticket, now)
    tx.nudge("ticket", ticket.id)
    return ticket
