"""The hall as it stands, read from the store: what a decision and a look ahead start from."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain.counter import CounterState
from queue_server.domain.dispatch import Busy, Queue, Situation, ahead_of, rules_of
from queue_server.domain.future import Present
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.lunch import at_work
from queue_server.domain.simulation import Roster
from queue_server.domain.ticket import Ticket
from queue_server.store import counters, queue, tickets
from queue_server.store.database import Tx

COMING_S = 1800.0
"""People are expected to go on coming as they did in the last so many seconds of the session ..."""
LEAST_COMING_S = 1200.0
"""... but a session that has just begun is not judged by its first rush."""


def situation(sql: sqlite3.Connection, hall: Hall, now: datetime) -> Situation:
    """All that a free counter's decision may look at."""
    day = hall.day_at(now)
    rules = rules_of(hall)
    opened = {ident for ident, status in counters.get_all(sql).items() if status.state is CounterState.OPEN}
    return Situation(
        queue=Queue(
            tickets.waiting(sql, day),
            queue.passed(sql, day.date),
            multiple=hall.calling.longest_multiple,
            slack=hall.calling.longest_slack,
        ),
        counters=tuple(counter for counter in hall.counters if counter.id in opened),
        rules=rules,
        durations=hall.durations,
        offered=hall.offered,
        now=day.reading(now),
        time=day.seconds(now),
        busy={each.counter: Busy(each.service, day.seconds(each.called_at)) for each in queue.busy(sql)},
        held=frozenset(counters.held(sql)),
        runs=counters.runs(sql),
    )


def present(sql: sqlite3.Connection, hall: Hall, now: datetime) -> Present:
    """All that a look ahead may know: who waits, what counters are doing, who is to be at work, and how many come."""
    hall_day = hall.day_at(now)
    at = situation(sql, hall, now)
    return Present(
        time=at.time,
        clock=hall_day.clock,
        rosters=_rosters(hall, at, now),
        rules=at.rules,
        durations=at.durations,
        waiting=tuple(at.queue),
        busy=at.busy,
        passed=queue.passed(sql, hall_day.date),
        runs=at.runs,
        held=frozenset(at.held),
        rates=_rates(sql, hall, now),
    )


def note_arrival(tx: Tx, hall: Hall, ticket: Ticket, now: datetime) -> None:
    """Write down how many a first-come hall would call before `ticket`, which begins to wait."""
    others = queue.waiting_by_service(tx.sql, hall.day_at(now).date, besides=ticket.id)
    queue.note_ahead(tx.sql, ticket.id, ahead_of(ticket.service, others, hall.counters))


def _rosters(hall: Hall, at: Situation, now: datetime) -> list[Roster]:
    """Counters that are open stay so until their lunch. A closed one is taken to open by the plan for what no open one
    can do, as somebody must serve it; it does not help out with the rest."""
    planned = at_work(hall, hall.day_at(now).date)
    open_now = {counter.id for counter in at.counters}
    served = {service for counter in at.counters for service in counter.able}
    rosters = []
    for each in hall.counters:
        is_open = each.id in open_now
        counter = each if is_open else replace(each, services=each.services - served, backup=each.backup - served)
        if counter.able:
            rosters.append(Roster(counter, _spans(planned[each.id], at.time, is_open=is_open)))
    return rosters


def _spans(planned: Sequence[tuple[float, float]], time: float, *, is_open: bool) -> tuple[tuple[float, float], ...]:
    """The rest of the day as planned; but an open counter is open, even at its lunch, and at the end of the day all
    who wait are served."""
    rest = [(max(opens, time), closes) for opens, closes in planned if closes > time]
    if not rest:
        return ((time, math.inf),)
    if is_open:
        rest[0] = (time, rest[0][1])
    return (*rest[:-1], (rest[-1][0], math.inf))


def _rates(sql: sqlite3.Connection, hall: Hall, now: datetime) -> dict[tuple[ServiceCode, bool], float]:
    day, time = hall.day_at(now), hall.day_at(now).seconds(now)
    began = max((opens for opens, _ in day.sessions if opens <= time), default=0.0)
    seen_s = min(COMING_S, time - began)
    issued = queue.issued_since(sql, day.date, now - timedelta(seconds=seen_s))
    return {kind: count / max(LEAST_COMING_S, seen_s) for kind, count in issued.items() if kind[0] in hall.offered}
