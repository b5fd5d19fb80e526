"""What the server does by itself: closing past days, and forgetting on time."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.store import access, idempotency, tickets
from queue_server.store.database import Tx

SYSTEM = Actor("system")
KEEP_KEYS = timedelta(days=7)
KEEP_FAILURES = timedelta(days=1)


def close_past_days(tx: Tx, hall: Hall, now: datetime) -> int:
    """Cancel what still waits from earlier days; returns how many tickets that were."""
    left = tickets.left_over(tx.sql, now.astimezone(hall.zone).date())
    for ticket in left:
        cancelled, event = ticket.cancel(now, SYSTEM, "day-ended")
        tickets.save(tx.sql, cancelled, event)
        tx.nudge("ticket", cancelled.id)
    return len(left)


def forget(tx: Tx, now: datetime) -> None:
    """Drop ended sessions, old request keys and old failed sign-ins."""
    access.end_sessions_before(tx.sql, now)
    idempotency.forget(tx.sql, now - KEEP_KEYS)
    access.forget_login_failures(tx.sql, now - KEEP_FAILURES)
