"""What the server does by itself: closing past days, and forgetting on time."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.counter import CounterStatus
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.domain.ticket import TicketState
from queue_server.store import access, counters, devices, events, idempotency, tickets
from queue_server.store.database import Tx

SYSTEM = Actor("system")
DAY_ENDED = "day-ended"
REMOVED = "counter-removed"
LEFT_AFTER = timedelta(hours=4)
KEEP_KEYS = timedelta(days=7)
KEEP_FAILURES = timedelta(days=1)
KEEP_CHANGES = timedelta(days=400)
"""A year and a month: what broke last summer can still be seen."""


def close_past_days(tx: Tx, hall: Hall, now: datetime) -> int:
    """Close counters that were left open on an earlier day and cancel what still waits from then.

    Returns how many tickets were cancelled. A counter at work around midnight is left alone.
    """
    midnight = now.astimezone(hall.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for status in counters.untouched_since(tx.sql, min(midnight, now - LEFT_AFTER)):
        _leave(tx, status, now)
    left = tickets.left_over(tx.sql, midnight.date())
    for ticket in left:
        cancelled, event = ticket.cancel(now, SYSTEM, DAY_ENDED)
        tickets.save(tx.sql, cancelled, event)
        tx.nudge("ticket", cancelled.id)
    return len(left)


def fit_to_hall(tx: Tx, hall: Hall, now: datetime) -> None:
    """Close counters that the hall's file no longer has: whoever was called there waits again, at the old place."""
    known = {counter.id for counter in hall.counters}
    for ident, status in counters.get_all(tx.sql).items():
        if ident in known or status.holder is None:
            continue
        current = tickets.at_counter(tx.sql, ident)
        if current is not None and current.state is TicketState.CALLED:
            parked, event = current.park(now, SYSTEM, REMOVED)
            tickets.save(tx.sql, parked, event)
            waiting, event = parked.resume(now, SYSTEM, aside_s=0)  # they were in the hall all the time
            tickets.save(tx.sql, waiting, event)
        _leave(tx, status, now, REMOVED)


def _leave(tx: Tx, status: CounterStatus, now: datetime, why: str = DAY_ENDED) -> None:
    """Close a counter for a clerk who is not there; whoever was called did not come, whoever was served is done."""
    current = tickets.at_counter(tx.sql, status.id)
    if current is not None:
        called = current.state is TicketState.CALLED
        after, event = current.no_show(now, SYSTEM, why) if called else current.finish(now, SYSTEM, why)
        tickets.save(tx.sql, after, event)
        tx.nudge("ticket", after.id)
    counters.save(tx.sql, status.close(SYSTEM, as_manager=True), now)
    events.add_for_counter(tx.sql, status.id, now, SYSTEM, "counter-closed", why)
    tx.nudge("counter", status.id)


def forget(tx: Tx, now: datetime) -> None:
    """Drop ended sessions, old request keys, old failed sign-ins and what devices did long ago."""
    access.end_sessions_before(tx.sql, now)
    idempotency.forget(tx.sql, now - KEEP_KEYS)
    access.forget_login_failures(tx.sql, now - KEEP_FAILURES)
    devices.forget(tx.sql, now - KEEP_CHANGES)
