"""An open counter that has been free for a while calls the next one by itself, where the hall wants it so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from queue_server.domain.counter import CounterState
from queue_server.domain.dispatch import policy_of
from queue_server.domain.hall import Counter, Hall
from queue_server.domain.lunch import at_work
from queue_server.domain.ticket import Ticket
from queue_server.store import counters, events, tickets
from queue_server.store.database import Tx

from .call import AUTO_CALL, call_chosen
from .present import situation


class Turn(NamedTuple):
    """`counter`, open and free, calls by itself from `at` on, as soon as somebody waits for it."""

    counter: Counter
    at: datetime


def auto_call(tx: Tx, hall: Hall, now: datetime) -> list[Ticket]:
    """Call at every counter whose turn has come, each as if its clerk had pressed; the tickets called."""
    due = [turn.counter for turn in turns(tx.sql, hall, hall.counters, now) if turn.at <= now]
    if not due:
        return []
    order = policy_of(situation(tx.sql, hall, now)).serving_order(due)
    called = (call_chosen(tx, hall, AUTO_CALL, counter, now) for counter in order)
    return [ticket for ticket in called if ticket is not None]


def turns(sql: sqlite3.Connection, hall: Hall, among: Iterable[Counter], now: datetime) -> list[Turn]:
    """When each of those counters `among` that are open and have no ticket calls by itself today.

    The pause runs from when the counter became free: its last ticket was finished, sent on, parked or cancelled or did
    not come, or the counter was opened. It runs anew from the beginning of a session and from the end of the counter's
    planned lunch, as a counter calls by itself only at work. None has a turn where the hall wants no pause.
    """
    if not hall.calling.auto_call_s:
        return []
    pause, day = timedelta(seconds=hall.calling.auto_call_s), hall.day_at(now)
    planned, time = at_work(hall, day.date), day.seconds(now)
    statuses, busy = counters.get_all(sql), tickets.at_counters(sql)
    found = []
    for counter in among:
        status = statuses.get(counter.id)
        span = next((span for span in planned[counter.id] if time < span[1]), None)
        if span is None or status is None or status.state is not CounterState.OPEN or counter.id in busy:
            continue
        free = events.free_since(sql, counter.id)
        if free is not None:
            found.append(Turn(counter, max(free, day.midnight + timedelta(seconds=span[0])) + pause))
    return found


def counting_down(sql: sqlite3.Connection, hall: Hall, counter: Counter, now: datetime) -> datetime | None:
    """When `counter` calls by itself, or has been ready to; None where its pause does not run or there is none."""
    pause = timedelta(seconds=hall.calling.auto_call_s)
    return next((turn.at for turn in turns(sql, hall, [counter], now) if turn.at - now <= pause), None)
