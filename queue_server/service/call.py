"""A counter calls: the next ticket, or one that is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain.dispatch import Decision, Why, pick, policy_of
from queue_server.domain.errors import CounterBusy, CounterLacksService
from queue_server.domain.hall import Counter, Hall
from queue_server.domain.ids import Actor, CounterId
from queue_server.domain.ticket import EventKind, Ticket, TicketState
from queue_server.store import counters, events, idempotency, queue, tickets
from queue_server.store.database import Tx

from .errors import IdempotencyKeyMissing, IdempotencyKeyReused
from .issue import KEY
from .present import situation
from .principal import AT_COUNTERS, Principal
from .views import target_s

NEXT = "next"
"""Why a ticket was finished without a press of “finish”: its clerk called the next one."""
AUTO_CALL = Actor("system:auto-call")
"""Who calls where nobody pressed."""
UNSEEN = timedelta(seconds=3)
"""So long after a counter has called by itself, or at its clerk's other hand, a press means that same call: its clerk
had not seen it yet."""


def call_next(tx: Tx, hall: Hall, who: Principal, counter_id: int, key: str | None, now: datetime) -> Ticket | None:
    """Finish what the counter has, choose who goes next and call them; None when nobody waits.

    With a `key`, a repeated request gives the same ticket and calls nobody twice; a press while the counter calls by
    itself, or at the clerk's other hand, gives the ticket that was called. Raises Forbidden, CounterUnknown,
    CounterNotOpen, CounterNotYours, IdempotencyKeyReused.
    """
    who.need(*AT_COUNTERS)
    counter = hall.counter(counter_id)
    who.need_counter(counter.id)
    fingerprint = f"next {counter.id}"
    if key is not None:
        if not KEY.fullmatch(key):
            raise IdempotencyKeyMissing
        known = idempotency.recall(tx.sql, who.actor, key)
        if known is not None:
            if known.request != fingerprint:
                raise IdempotencyKeyReused
            return tickets.get(tx.sql, known.ticket) if known.ticket is not None else None
    counters.get(tx.sql, counter.id).check_open(who.holder)
    called = _called_unseen(tx, who.actor, counter.id, now)
    if called is None:
        _finish_current(tx, who, counter.id, now)
        called = call_chosen(tx, hall, who.actor, counter, now)
    if key is not None:
        idempotency.remember(tx.sql, who.actor, key, fingerprint, called.id if called else None, now)
    return called


def call_chosen(tx: Tx, hall: Hall, by: Actor, counter: Counter, now: datetime) -> Ticket | None:
    """At a free, open counter: choose who goes next and call them; None when nobody waits for it."""
    at = situation(tx.sql, hall, now)
    choice = pick(counter, at, policy_of(at))
    if choice is None:
        return None
    called = _call(tx, hall, by, counter, choice.decision(), now)
    queue.note_passed(tx.sql, at.queue.passed_by(choice.ticket, choice.lanes))
    return called


def call_back(tx: Tx, hall: Hall, who: Principal, ticket: Ticket, counter_id: int, now: datetime) -> Ticket:
    """Call a ticket that waits again straight to a free counter. Raises CounterBusy, CounterLacksService and others."""
    counter = hall.counter(counter_id)
    who.need_counter(counter.id)
    counters.get(tx.sql, counter.id).check_open(who.holder)
    current = tickets.at_counter(tx.sql, counter.id)
    if current is not None:
        raise CounterBusy(counter=counter.id, number=current.number)
    if ticket.service not in counter.able:
        raise CounterLacksService(counter=counter.id, service=ticket.service)
    return _call(tx, hall, who.actor, counter, Decision(ticket.id, Why.RETURNED, {"number": ticket.number}), now)


def _call(tx: Tx, hall: Hall, by: Actor, counter: Counter, decision: Decision, now: datetime) -> Ticket:
    ticket = tickets.get(tx.sql, decision.ticket)
    waited_s = ticket.waited_s(hall.day(ticket.day), now)
    called, event = ticket.call(counter.id, now, by, decision.why, waited_s=waited_s)
    # The target of this very call: hall file and priority may change later, what the call was judged by does not.
    data = {**event.data, "target_s": target_s(hall, ticket), **decision.params}
    tickets.save(tx.sql, called, replace(event, data=data))
    counters.note_call(tx.sql, counter.id, now, priority=called.priority is not None)
    tx.nudge("ticket", called.id)
    tx.nudge("counter", counter.id)
    return called


def _called_unseen(tx: Tx, by: Actor, counter: CounterId, now: datetime) -> Ticket | None:
    """The ticket that somebody else has called a moment ago, with which nothing has been done yet: the counter by
    itself, or its clerk's other hand."""
    current = tickets.at_counter(tx.sql, counter)
    # Either of the two may have read its clock first and reached the store last.
    if current is None or current.called_at is None or abs(now - current.called_at) >= UNSEEN:
        return None
    last = events.of_ticket(tx.sql, current.id)[-1]
    return current if last.kind is EventKind.CALLED and last.by != by else None


def _finish_current(tx: Tx, who: Principal, counter: CounterId, now: datetime) -> None:
    current = tickets.at_counter(tx.sql, counter)
    if current is None:
        return
    if current.state is TicketState.CALLED:
        current, event = current.start(now, who.actor, NEXT)
        tickets.save(tx.sql, current, event)
    done, event = current.finish(now, who.actor, NEXT)
    tickets.save(tx.sql, done, event)
    tx.nudge("ticket", done.id)
    tx.nudge("counter", counter)
