"""A recorded day as the simulator sees one: who came and for what, how long serving really took, who was on duty.

A ticket may come to counters more than once: for the next service of a visit, after a parking, after a transfer. Each
of these stays is one arrival, at the moment when its wait began.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from queue_server.domain.hall import Hall
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.simulation import Arrival, Roster
from queue_server.domain.ticket import AT_COUNTER, EventKind, TicketEvent, TicketState, apply, replay
from queue_server.service.day_end import DAY_ENDED
from queue_server.store import days

from .summary import Call, Summary, open_seconds, summarise

MOMENT_S = 1.0
"""A counter that nobody closed is taken to be open until just after the last thing that happened there."""


class Stay(NamedTuple):
    """A wait and, if it came to that, its call. `how`: what ended it; None while it goes on."""

    number: str
    service: ServiceCode
    priority: PriorityCode | None
    since: datetime
    called: datetime | None
    counter: CounterId | None
    ended: datetime | None
    how: EventKind | None
    why: str | None


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """`arrivals` for the simulator, `calls` as they were; `no_shows`: of these calls, how many nobody came to."""

    day: HallDay
    arrivals: tuple[Arrival, ...]
    calls: tuple[Call, ...]
    rosters: tuple[Roster, ...]
    no_shows: int
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
                event.why,
            )
        elif before.state is TicketState.WAITING and ticket.state is TicketState.CANCELLED:
            yield Stay(number, before.service, before.priority, since, None, None, event.at, event.kind, event.why)
        if ticket.state is TicketState.WAITING and before.state is not TicketState.WAITING:
            since = event.at
    if ticket.state in AT_COUNTER:
        yield Stay(number, called.service, called.priority, since, called.called_at, called.counter, None, None, None)
    elif ticket.state is TicketState.WAITING:
        yield Stay(number, ticket.service, ticket.priority, since, None, None, None, None, None)


def read_day(sql: sqlite3.Connection, hall: Hall, day: date) -> RecordedDay:
    """Read `day` as `hall` ran it. Raises HallError where the file names a service or counter that `hall` lacks."""
    hall_day = hall.day(day)
    next_midnight = hall.day(day + timedelta(days=1)).midnight
    found: list[Stay] = []
    last_at: dict[CounterId, datetime] = {}
    for ident, number, history in days.histories(sql, day):
        found += stays(ident, number, day, history)
        for event in history:
            counter = event.data.get("counter")
            if isinstance(counter, int) and event.at < next_midnight:
                last_at[CounterId(counter)] = max(event.at, last_at.get(CounterId(counter), event.at))
    changes = days.counter_events(sql, hall_day.midnight, next_midnight)
    for change in changes:
        last_at[change.counter] = max(change.at, last_at.get(change.counter, change.at))
    open_first = days.open_at(sql, hall_day.midnight)
    rosters = _rosters(hall, hall_day, open_first, changes, last_at)
    found.sort(key=lambda stay: stay.since)
    end = max([*last_at.values(), *(stay.since for stay in found)], default=hall_day.midnight)
    return _day(hall, hall_day, found, rosters, end)


def _day(hall: Hall, day: HallDay, found: Iterable[Stay], rosters: tuple[Roster, ...], end: datetime) -> RecordedDay:
    arrivals: list[Arrival] = []
    calls: list[Call] = []
    no_shows = left = unserved = 0
    for place, stay in enumerate(found, 1):
        came = day.seconds(stay.since)
        service = hall.service(stay.service)
        takes, patience = float(service.mean_s), None
        if stay.called is not None and stay.counter is not None:
            hall.counter(stay.counter)
            takes = max(0.0, ((stay.ended or end) - stay.called).total_seconds())
            has_priority = stay.priority is not None
            waited, called = day.between(stay.since, stay.called), day.seconds(stay.called)
            calls.append(Call(came, stay.service, has_priority, stay.counter, called, waited, takes))
            no_shows += stay.how is EventKind.MISSED
        elif stay.ended is not None and stay.why != DAY_ENDED:
            patience = day.between(stay.since, stay.ended)
            left += 1
        else:
            unserved += 1
        arrivals.append(Arrival(TicketId(place), stay.number, came, stay.service, stay.priority, takes, patience))
    calls.sort(key=lambda call: call.called_s)
    return RecordedDay(day, tuple(arrivals), tuple(calls), rosters, no_shows, left, unserved)


def _rosters(
    hall: Hall,
    day: HallDay,
    open_first: Iterable[CounterId],
    changes: Iterable[days.CounterEvent],
    last_at: Mapping[CounterId, datetime],
) -> tuple[Roster, ...]:
    """When each counter of the hall was open; what a pause or a closing ends, an opening begins."""
    since: dict[CounterId, float] = dict.fromkeys(open_first, 0.0)
    spans: dict[CounterId, list[tuple[float, float]]] = {}
    for change in changes:
        moment = day.seconds(change.at)
        if change.kind == "counter-opened":
            since.setdefault(change.counter, moment)
        elif change.counter in since:
            spans.setdefault(change.counter, []).append((since.pop(change.counter), moment))
    for counter, begun in since.items():
        if counter in last_at:
            spans.setdefault(counter, []).append((begun, day.seconds(last_at[counter]) + MOMENT_S))
    for ident in spans:
        hall.counter(ident)
    kept = {ident: tuple((begins, ends) for begins, ends in each if begins < ends) for ident, each in spans.items()}
    return tuple(Roster(counter, kept.get(counter.id, ())) for counter in hall.counters)
