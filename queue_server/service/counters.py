"""Opening, pausing and closing a counter."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.counter import CounterStatus
from queue_server.domain.errors import ClerkElsewhere, CounterBusy
from queue_server.domain.hall import Hall
from queue_server.store import counters, events, tickets
from queue_server.store.database import Tx

from . import advice
from .principal import AT_COUNTERS, OVER_COUNTERS, Principal


def open_counter(tx: Tx, hall: Hall, who: Principal, counter_id: int, now: datetime) -> CounterStatus:
    """Take the counter, or go on after a pause. Raises CounterHeld, ClerkElsewhere, Forbidden, CounterUnknown."""
    status = _status(tx, hall, who, counter_id)
    opened = status.open(who.holder)
    if who.is_account:
        for other in counters.held_by(tx.sql, who.actor):
            if other.id != counter_id:
                raise ClerkElsewhere(counter=other.id)
    advice.note_opened(tx, hall, counter_id, who.actor, now)
    return _save(tx, status, opened, who, now, "counter-opened")


def pause_counter(tx: Tx, hall: Hall, who: Principal, counter_id: int, why: str, now: datetime) -> CounterStatus:
    """Call nobody for a while; the ticket being served may still be finished."""
    status = _status(tx, hall, who, counter_id)
    return _save(tx, status, status.pause(who.holder, why), who, now, "counter-paused", why)


def close_counter(tx: Tx, hall: Hall, who: Principal, counter_id: int, now: datetime) -> CounterStatus:
    """Give the counter up. Raises CounterBusy while a ticket is there; a manager may close for somebody else."""
    status = _status(tx, hall, who, counter_id)
    closed = status.close(who.actor, as_manager=who.role in OVER_COUNTERS)
    current = tickets.at_counter(tx.sql, counter_id)
    if current is not None:
        raise CounterBusy(counter=counter_id, number=current.number)
    return _save(tx, status, closed, who, now, "counter-closed")


def _status(tx: Tx, hall: Hall, who: Principal, counter_id: int) -> CounterStatus:
    who.need(*AT_COUNTERS)
    counter = hall.counter(counter_id)
    who.need_counter(counter.id)
    return counters.get(tx.sql, counter.id)


def _save(
    tx: Tx,
    before: CounterStatus,
    after: CounterStatus,
    who: Principal,
    now: datetime,
    kind: str,
    why: str | None = None,
) -> CounterStatus:
    if after != before:
        counters.save(tx.sql, after, now)
        events.add_for_counter(tx.sql, after.id, now, who.actor, kind, why)
        tx.nudge("counter", after.id)
    return after
