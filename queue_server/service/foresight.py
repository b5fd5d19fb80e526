"""What is expected of the waits, for all who ask: one look ahead serves them until the hall has moved on."""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.forecast import Expectation, Outlook, forecast
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.ticket import Ticket
from queue_server.store import events

from .chance import seeded
from .present import present

GOOD_FOR = timedelta(seconds=15)
"""Even when nothing happens, people wait on and services last longer than expected."""
SHARE = 0.05
"""The part of the processor's time that looking ahead may take: in a rush the same outlook serves several tickets."""
LONGEST_REST_S = 5.0
STEP_S = 60


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait as people are told it: from `low_s` to `high_s`, whole minutes in seconds, with `ahead` people before."""

    low_s: int
    high_s: int
    ahead: int


@dataclass(frozen=True, slots=True)
class _Kept:
    outlook: Outlook
    hall: Hall
    at: datetime
    event: int
    rest_until: float


class Foresight:
    """Looks ahead when something has happened, but spends no more than `share` of the time on it; `timer`: seconds that
    only ever grow."""

    def __init__(self, share: float = SHARE, timer: Callable[[], float] = time.monotonic) -> None:
        self._share, self._timer = share, timer
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    def outlook(self, sql: sqlite3.Connection, hall: Hall, now: datetime) -> Outlook:
        """What is expected at `now`; in a rush what was expected a few seconds ago."""
        event = events.last_id(sql)
        kept = self._kept
        if kept is not None and self._serves(kept, hall, now, event):
            return kept.outlook
        if not self._lock.acquire(blocking=kept is None or kept.hall is not hall):
            assert kept is not None
            return kept.outlook  # somebody is looking just now: nobody waits for that
        try:
            kept = self._kept
            if kept is not None and self._serves(kept, hall, now, event):
                return kept.outlook
            begun = self._timer()
            outlook = forecast(present(sql, hall, now), seeded(event))
            ended = self._timer()
            rest_until = ended + min(LONGEST_REST_S, (ended - begun) / self._share)
            self._kept = _Kept(outlook, hall, now, event, rest_until)
            return outlook
        finally:
            self._lock.release()

    def lately(self, sql: sqlite3.Connection, hall: Hall, now: datetime) -> Outlook:
        """For boards: what was expected at most GOOD_FOR ago, whoever was called since, as no call may wait on its way
        to the board for a look ahead; looked at anew where counters have opened, paused or closed."""
        kept = self._kept
        is_recent = kept is not None and kept.hall is hall and timedelta(0) <= now - kept.at < GOOD_FOR
        if kept is not None and is_recent and not events.counters_changed(sql, kept.event):
            return kept.outlook
        return self.outlook(sql, hall, now)

    def of_ticket(self, sql: sqlite3.Connection, hall: Hall, ticket: Ticket, now: datetime) -> Wait:
        """For one who waits (`ticket` is in the state waiting)."""
        outlook = self.outlook(sql, hall, now)
        expected = outlook.tickets.get(ticket.id) or outlook.newcomers[ticket.service, ticket.priority is not None]
        return told(expected)

    def of_newcomer(self, sql: sqlite3.Connection, hall: Hall, service: ServiceCode, now: datetime) -> Wait:
        """For one without priority who would take a ticket now."""
        return told(self.outlook(sql, hall, now).newcomers[service, False])

    def _serves(self, kept: _Kept, hall: Hall, now: datetime, event: int) -> bool:
        if kept.hall is not hall or not timedelta(0) <= now - kept.at < GOOD_FOR:
            return False
        return kept.event == event or self._timer() < kept.rest_until


def told(expected: Expectation) -> Wait:
    """An expectation in whole minutes, never less than one at its far end."""
    low, high = math.floor(expected.low_s / STEP_S), math.ceil(expected.high_s / STEP_S)
    return Wait(low * STEP_S, max(1, high) * STEP_S, expected.ahead)
