"""A recorded day as the simulator sees one: who came and for what, how long serving really took, who was on duty.

A ticket may come to counters more than once: for the next service of a visit, after a parking, after a transfer. Each
of these stays is one arrival, at the moment when its wait began. Where nobody pressed “finish”, the log does not say
how long serving took: such a stay is cut to the mean, by the rule that also keeps it out of what the hall learns.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from queue_server.domain.hall import Hall
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.observation import LONGEST_S
from queue_server.domain.simulation import Arrival, Roster
from queue_server.domain.ticket import AT_COUNTER, EventKind, TicketEvent, TicketState, apply, replay
from queue_server.service.day_end import SYSTEM
from queue_server.store import days

from .summary import Call, Summary, open_seconds, summarise

MOMENT_S = 1.0
"""A counter that nobody closed is taken to be open until just after the last thing that happened there."""
DAY_S = 86_400.0
Acts = dict[CounterId, list[float]]
"""When each counter can last have been open, by what somebody did there, in seconds after midnight."""


class Stay(NamedTuple):
    """A wait and, if it came to that, its call. `how`: what ended it; None while it goes on.
    `by_server`: nobody ended it, but the server, at the end of the day or when a counter was removed."""

    number: str
    service: ServiceCode
    priority: PriorityCode | None
    since: datetime
    called: datetime | None
    counter: CounterId | None
    ended: datetime | None
    how: EventKind | None
    by_server: bool


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """`arrivals` for the simulator, `calls` as they were; `no_shows`: of these calls, how many nobody came to;
    `cut`: how many were not ended in any way that could be true, and are taken to last for the mean."""

    day: HallDay
    arrivals: tuple[Arrival, ...]
    calls: tuple[Call, ...]
    rosters: tuple[Roster, ...]
    no_shows: int
    cut: int
    left: int
    unserved: int

    def summary(self, targets: Mapping[ServiceCode, float]) -> Summary:
        return summarise(
            self.calls, targets, open_seconds(self.rosters, self.day.clock.breaks), self.left, self.unserved
        )


def stays(ident: TicketId, number: str, day: date, history: Sequence[TicketEvent]) -> Iterator[Stay]:
    """A ticket's stays in their order. Raises what `apply` raises where the history could not have happened."""
    ticket = replay(ident, number, day, history[:1])
    since, called = history[0].at, ticket
    for event in history[1:]:
        before, ticket = ticket, apply(ticket, event)
        if ticket.state is TicketState.CALLED and before.state is TicketState.WAITING:
            called = ticket
        elif before.state in AT_COUNTER and ticket.state not in AT_COUNTER:
            yield Stay(
                number,
                called.service,
                called.priority,
                since,
                called.called_at,
                called.counter,
                event.at,
                event.kind,
                event.by == SYSTEM,
            )
        elif before.state is TicketState.WAITING and ticket.state is TicketState.CANCELLED:
            by_server = event.by == SYSTEM
            yield Stay(number, before.service, before.priority, since, None, None, event.at, event.kind, by_server)
        if ticket.state is TicketState.WAITING and before.state is not TicketState.WAITING:
            since = event.at
    if ticket.state in AT_COUNTER:
        yield Stay(number, called.service, called.priority, since, called.called_at, called.counter, None, None, False)
    elif ticket.state is TicketState.WAITING:
        yield Stay(number, ticket.service, ticket.priority, since, None, None, None, None, False)


def read_day(sql: sqlite3.Connection, hall: Hall, day: date) -> RecordedDay:
    """Read `day` as `hall` ran it. Raises HallError where the file names a service or counter that `hall` lacks."""
    hall_day = hall.day(day)
    next_midnight = hall.day(day + timedelta(days=1)).midnight
    found: list[Stay] = []
    acts: Acts = {}
    for ident, number, history in days.histories(sql, day):
        found += stays(ident, number, day, history)
        for event in history:
            counter = event.data.get("counter")
            if isinstance(counter, int) and event.at < next_midnight and event.by != SYSTEM:
                acts.setdefault(CounterId(counter), []).append(hall_day.seconds(event.at) + MOMENT_S)
    changes = days.counter_events(sql, hall_day.midnight, next_midnight)
    for change in changes:
        if change.by != SYSTEM:
            acts.setdefault(change.counter, []).append(hall_day.seconds(change.at) + MOMENT_S)
    for stay in found:
        if stay.called is not None and stay.counter is not None and _forgotten(stay, hall_day):
            acts.setdefault(stay.counter, []).append(hall_day.seconds(stay.called) + _busy_s(stay, hall, hall_day))
    rosters = _rosters(hall, hall_day, days.open_at(sql, hall_day.midnight), changes, acts)
    found.sort(key=lambda stay: stay.since)
    return _day(hall, hall_day, found, rosters)


def _forgotten(stay: Stay, day: HallDay) -> bool:
    """Whether its end says nothing (domain/observation.py): none, the server's, one after the hall opened again, on
    another day, or after more hours than anybody is served."""
    if stay.called is None:
        return False
    if stay.ended is None or stay.by_server:
        return True
    called, ended = day.seconds(stay.called), day.seconds(stay.ended)
    again = [ends for _, ends in day.clock.breaks]
    return ended - called > LONGEST_S or ended >= DAY_S > called or any(called < at <= ended for at in again)


def _busy_s(stay: Stay, hall: Hall, day: HallDay) -> float:
    """How long it kept the counter, in seconds; the mean where that was forgotten, but no longer than until its end.
    Also the mean for who was never called."""
    mean = hall.durations.mean_s(hall.service(stay.service).code, stay.counter)
    if stay.called is None or stay.ended is None:
        return mean
    took = max(0.0, (stay.ended - stay.called).total_seconds())
    return min(mean, took) if _forgotten(stay, day) else took


def _day(hall: Hall, day: HallDay, found: Iterable[Stay], rosters: tuple[Roster, ...]) -> RecordedDay:
    arrivals: list[Arrival] = []
    calls: list[Call] = []
    no_shows = cut = left = unserved = 0
    for place, stay in enumerate(found, 1):
        came, takes, patience = day.seconds(stay.since), _busy_s(stay, hall, day), None
        if stay.called is not None and stay.counter is not None:
            hall.counter(stay.counter)
            has_priority = stay.priority is not None
            waited, called = day.between(stay.since, stay.called), day.seconds(stay.called)
            calls.append(Call(came, stay.service, has_priority, stay.counter, called, waited, takes))
            no_shows += stay.how is EventKind.MISSED
            cut += _forgotten(stay, day)
        elif stay.ended is not None and not stay.by_server:
            patience = day.between(stay.since, stay.ended)
            left += 1
        else:
            unserved += 1
        arrivals.append(Arrival(TicketId(place), stay.number, came, stay.service, stay.priority, takes, patience))
    calls.sort(key=lambda call: call.called_s)
    return RecordedDay(day, tuple(arrivals), tuple(calls), rosters, no_shows, cut, left, unserved)


def _rosters(
    hall: Hall, day: HallDay, open_first: Iterable[CounterId], changes: Iterable[days.CounterEvent], acts: Acts
) -> tuple[Roster, ...]:
    """When each counter of the hall was open; what a pause or a closing ends, an opening begins. Where the server
    closed, or nobody did, it is until the last act there, and never where there was none."""
    since: dict[CounterId, float] = dict.fromkeys(open_first, 0.0)
    spans: dict[CounterId, list[tuple[float, float]]] = {}

    def end(counter: CounterId, until: float) -> None:
        begun = since.pop(counter)
        there = [at for at in acts.get(counter, ()) if begun + MOMENT_S < at <= until]  # more than opening
        if there:
            spans.setdefault(counter, []).append((begun, max(there)))

    for change in changes:
        moment = day.seconds(change.at)
        if change.kind == "counter-opened":
            since.setdefault(change.counter, moment)
        elif change.counter in since and change.by == SYSTEM:
            end(change.counter, moment)
        elif change.counter in since:
            spans.setdefault(change.counter, []).append((since.pop(change.counter), moment))
    for counter in list(since):
        end(counter, math.inf)
    for ident in spans:
        hall.counter(ident)
    kept = {ident: tuple((begins, ends) for begins, ends in each if begins < ends) for ident, each in spans.items()}
    return tuple(Roster(counter, kept.get(counter.id, ())) for counter in hall.counters)
