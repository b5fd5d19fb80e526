"""What a clerk does with a ticket: start, finish, recall, no-show, park, resume, transfer, cancel, priority."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.errors import CounterLacksService
from queue_server.domain.hall import Hall
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode
from queue_server.domain.ticket import AT_COUNTER, Ticket, TicketState, Transition
from queue_server.store import counters, tickets
from queue_server.store.database import Tx

from .call import call_back
from .present import note_arrival
from .principal import AT_COUNTERS, OVER_COUNTERS, Principal


def start(tx: Tx, who: Principal, ticket_id: int, now: datetime) -> Ticket:
    return _save(tx, _mine(tx, who, ticket_id).start(now, who.actor))


def finish(tx: Tx, hall: Hall, who: Principal, ticket_id: int, next_service: str | None, now: datetime) -> Ticket:
    """End the service, or send the person on to `next_service` with the same ticket."""
    onward = hall.service(next_service).code if next_service is not None else None
    after = _save(tx, _mine(tx, who, ticket_id).finish(now, who.actor, next_service=onward))
    if after.state is TicketState.WAITING:
        note_arrival(tx, hall, after, now)
    return after


def recall(tx: Tx, who: Principal, ticket_id: int, now: datetime) -> Ticket:
    return _save(tx, _mine(tx, who, ticket_id).recall(now, who.actor))


def no_show(tx: Tx, who: Principal, ticket_id: int, why: str | None, now: datetime) -> Ticket:
    return _save(tx, _mine(tx, who, ticket_id).no_show(now, who.actor, why))


def park(tx: Tx, who: Principal, ticket_id: int, why: str | None, now: datetime) -> Ticket:
    return _save(tx, _mine(tx, who, ticket_id).park(now, who.actor, why))


def resume(tx: Tx, hall: Hall, who: Principal, ticket_id: int, counter: int | None, now: datetime) -> Ticket:
    """Back into the queue, the wait going on where it stood at the call; with `counter`, called there at once."""
    aside = _mine(tx, who, ticket_id)
    resumed = _save(tx, aside.resume(now, who.actor, aside_s=aside.stood_aside_s(hall.day(aside.day), now)))
    return resumed if counter is None else call_back(tx, hall, who, resumed, counter, now)


def transfer(
    tx: Tx,
    hall: Hall,
    who: Principal,
    ticket_id: int,
    service: str | None,
    counter: int | None,
    why: str | None,
    now: datetime,
) -> Ticket:
    """To another service, another counter, or both; the wait goes on from where it stood at the call. Raises
    CounterLacksService."""
    ticket = _mine(tx, who, ticket_id)
    to_service = ServiceCode(hall.service(service).code) if service is not None else None
    to_counter: CounterId | None = None
    if counter is not None:
        target = hall.counter(counter)
        if (to_service or ticket.service) not in target.able:
            raise CounterLacksService(counter=counter, service=to_service or ticket.service)
        to_counter = target.id
    aside_s = ticket.stood_aside_s(hall.day(ticket.day), now)
    return _save(tx, ticket.transfer(now, who.actor, to_service, to_counter, why, aside_s=aside_s))


def cancel(tx: Tx, who: Principal, ticket_id: int, why: str | None, now: datetime) -> Ticket:
    return _save(tx, _mine(tx, who, ticket_id).cancel(now, who.actor, why))


def set_priority(
    tx: Tx, hall: Hall, who: Principal, ticket_id: int, category: str | None, why: str, now: datetime
) -> Ticket:
    """Grant a category, or withdraw it with None; always with a reason."""
    who.need(*AT_COUNTERS)
    code: PriorityCode | None = hall.priority(category).code if category is not None else None
    return _save(tx, tickets.get(tx.sql, ticket_id).set_priority(code, now, who.actor, why))


def _mine(tx: Tx, who: Principal, ticket_id: int) -> Ticket:
    """The ticket, if `who` may act on it: one at a counter belongs to the counter's holder (or a manager)."""
    who.need(*AT_COUNTERS)
    ticket = tickets.get(tx.sql, ticket_id)
    if ticket.state in AT_COUNTER and ticket.counter is not None:
        who.need_counter(ticket.counter)
        if who.role not in OVER_COUNTERS:
            counters.get(tx.sql, ticket.counter).check_mine(who.holder)
    return ticket


def _save(tx: Tx, transition: Transition) -> Ticket:
    ticket, event = transition
    tickets.save(tx.sql, ticket, event)
    tx.nudge("ticket", ticket.id)
    counter = ticket.counter or event.data.get("counter")
    if isinstance(counter, int):
        tx.nudge("counter", counter)
    return ticket
