"""What a surface shows of the whole hall: the kiosk's list, the public board, a clerk's screen, the manager's."""

from __future__ import annotations

import sqlite3
from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from queue_server import contract
from queue_server.domain.calendar import opening
from queue_server.domain.counter import KEYPAD, CounterState, CounterStatus
from queue_server.domain.dispatch import Candidate, Situation, may_call, rules_of, upcoming
from queue_server.domain.forecast import Outlook
from queue_server.domain.hall import Counter, Group, Hall
from queue_server.domain.ids import Actor, CounterId
from queue_server.domain.targets import Standing, standing
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.locale import translator
from queue_server.store import counters, events, reports, tickets

from .auto_call import counting_down
from .device_views import parts_view
from .devices import Heard
from .foresight import Foresight, told
from .people import full_name
from .present import situation
from .views import counter_name, hall_info, no_show_offered, service_name, target_s, wire_text
from .words import reason

ANNOUNCED = 60
"""More calls than the busiest hall makes in the two minutes that a board may have missed."""
SHOWN_CALLS = 8
NEXT_NUMBERS = 5


def opening_view(hall: Hall, now: datetime) -> contract.Opening:
    state = opening(hall.hours, now.astimezone(hall.zone))
    return contract.Opening(
        issuing=state.issuing,
        reason=state.reason,
        opens_at=state.opens_at,
        closes_at=state.closes_at,
        note=wire_text(state.note) if state.note else None,
    )


def services_view(
    sql: sqlite3.Connection, hall: Hall, foresight: Foresight, now: datetime, catalogue: str = ""
) -> contract.ServicesReply:
    """All that a kiosk needs, with the present queues. `catalogue`: the version of the catalogue in force."""
    waiting = Tally(candidate.service for candidate in tickets.waiting(sql, hall.day_at(now)))
    opened = {ident for ident, status in counters.get_all(sql).items() if status.state is CounterState.OPEN}

    def service(code: str) -> contract.Service:
        each = hall.service(code)
        wait = foresight.of_newcomer(sql, hall, each.code, now)
        return contract.Service(
            code=each.code,
            name=wire_text(each.name),
            target_s=each.target_s,
            papers=tuple(wire_text(paper) for paper in each.papers),
            duration=wire_text(each.duration) if each.duration else None,
            fee=wire_text(each.fee) if each.fee else None,
            waiting=waiting[each.code],
            ahead=wait.ahead,
            counters=sum(1 for counter in hall.counters if counter.id in opened and each.code in counter.able),
            wait_low_s=wait.low_s,
            wait_high_s=wait.high_s,
        )

    return contract.ServicesReply(
        hall=hall_info(hall),
        opening=opening_view(hall, now),
        groups=tuple(
            contract.ServiceGroup(
                code=group.code,
                prefix=group.prefix,
                name=wire_text(group.name),
                services=tuple(service(code) for code in group.services),
            )
            for group in hall.groups
        ),
        priorities=tuple(
            contract.PriorityCategory(
                code=category.code,
                name=wire_text(category.name),
                proof=wire_text(category.proof) if category.proof else None,
                min_age=category.min_age,
            )
            for category in hall.priorities
        ),
        idle_s=hall.kiosk.idle_s,
        ticket_s=hall.kiosk.ticket_s,
        self_service=hall.kiosk.self_service,
        catalogue=catalogue,
        now=now,
    )


def board_view(sql: sqlite3.Connection, hall: Hall, foresight: Foresight, now: datetime) -> contract.BoardReply:
    """The public board: numbers and counters, nothing else."""
    midnight = now.astimezone(hall.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    statuses = counters.get_all(sql)
    at_counters = tickets.at_counters(sql)
    calls = events.last_calls(sql, midnight, ANNOUNCED)
    at = situation(sql, hall, now)
    outlook = foresight.lately(sql, hall, now) if at.counters else None
    shown: dict[int, contract.BoardCall] = {}
    for call in calls:
        if call.ticket not in shown and len(shown) < SHOWN_CALLS:
            current = at_counters.get(call.counter)
            is_there = current is not None and current.id == call.ticket
            shown[call.ticket] = contract.BoardCall(
                number=call.number,
                counter=call.counter,
                counter_name=counter_name(hall, call.counter),
                state=current.state if current is not None and is_there else TicketState.FINISHED,
                at=call.at,
            )
    return contract.BoardReply(
        hall=hall_info(hall),
        opening=opening_view(hall, now),
        now=now,
        announcements=tuple(
            contract.Announcement(
                id=call.id,
                kind="recall" if call.kind == "recalled" else "call",
                number=call.number,
                counter=call.counter,
                counter_name=counter_name(hall, call.counter),
                at=call.at,
            )
            for call in reversed(calls)
        ),
        calls=tuple(shown.values()),
        counters=tuple(
            contract.BoardCounter(
                id=counter.id,
                name=wire_text(counter.name),
                state=_status(statuses, counter).state,
                number=at_counters[counter.id].number if counter.id in at_counters else None,
            )
            for counter in hall.counters
        ),
        queues=tuple(_board_queue(group, at, outlook) for group in hall.groups),
        notices=tuple(wire_text(notice) for notice in hall.notices),
    )


def counter_view(
    sql: sqlite3.Connection, hall: Hall, counter_id: int, asker: Actor, now: datetime, language: str
) -> contract.CounterView:
    """A clerk's screen. Raises CounterUnknown."""
    counter = hall.counter(counter_id)
    view = _counter_view(sql, hall, counter, counters.get(sql, counter.id), asker, now, language)
    return view.model_copy(update={"auto_call_at": counting_down(sql, hall, counter, now)})


def manager_view(
    sql: sqlite3.Connection, hall: Hall, heard: Heard, asker: Actor, now: datetime, language: str
) -> contract.HallView:
    """The manager's screen: every counter, every queue, today's figures, the devices."""
    day = now.astimezone(hall.zone).date()
    statuses = counters.get_all(sql)
    waiting = tickets.waiting(sql, hall.day(day))
    midnight = now.astimezone(hall.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    figures = reports.of_day(sql, day, midnight, {service.code: service.target_s for service in hall.services})
    return contract.HallView(
        hall=hall_info(hall),
        opening=opening_view(hall, now),
        counters=tuple(
            _counter_view(sql, hall, counter, _status(statuses, counter), asker, now, language)
            for counter in hall.counters
        ),
        queues=_queues(hall, [service.code for service in hall.services], waiting, now),
        waiting=len(waiting),
        served_today=figures.served,
        no_show_today=figures.no_show,
        mean_wait_s=figures.mean_wait_s,
        over_target_today=figures.over_target,
        ratings_today={level.code: figures.ratings.get(level.code, 0) for level in hall.scale},
        devices=parts_view(sql, hall, heard, now),
        now=now,
    )


def _counter_view(
    sql: sqlite3.Connection,
    hall: Hall,
    counter: Counter,
    status: CounterStatus,
    asker: Actor,
    now: datetime,
    language: str,
) -> contract.CounterView:
    day = now.astimezone(hall.zone).date()
    current = tickets.at_counter(sql, counter.id)
    held = counters.held(sql)
    aside = [
        ticket
        for ticket in tickets.in_state(sql, (TicketState.PARKED, TicketState.NO_SHOW), day)
        if may_call(counter, ticket, held, hall.offered)
    ]
    waiting = waiting_for(sql, hall, counter, now)
    call = events.last_call_reason(sql, current.id) if current else None
    codes = [service.code for service in hall.services if service.code in counter.services]
    return contract.CounterView(
        id=counter.id,
        name=wire_text(counter.name),
        state=status.state,
        pause_reason=_pause_reason(status, language),
        holder=full_name(sql, status.holder) if status.holder else None,
        mine=status.holder == asker,
        ticket=_counter_ticket(hall, current, now, reason(*call, language) if call else None) if current else None,
        parked=tuple(
            _counter_ticket(hall, t, now, events.last_parking_reason(sql, t.id))
            for t in aside
            if t.state is TicketState.PARKED
        ),
        missed=tuple(_counter_ticket(hall, t, now) for t in aside if t.state is TicketState.NO_SHOW),
        queues=_queues(hall, codes, waiting, now),
        waiting=len(waiting),
        served_today=reports.served_by(sql, counter.id, day),
        now=now,
    )


def waiting_for(sql: sqlite3.Connection, hall: Hall, counter: Counter, now: datetime) -> list[Candidate]:
    """Who waits and may be called to `counter`."""
    held = counters.held(sql)
    return [each for each in tickets.waiting(sql, hall.day_at(now)) if may_call(counter, each, held, hall.offered)]


def _pause_reason(status: CounterStatus, language: str) -> str | None:
    """As its clerk gave it; a keypad gives none."""
    return translator(language).gettext("At the keypad") if status.pause_reason == KEYPAD else status.pause_reason


def _counter_ticket(hall: Hall, ticket: Ticket, now: datetime, why: str | None = None) -> contract.CounterTicket:
    priority = next((each for each in hall.priorities if each.code == ticket.priority), None)
    return contract.CounterTicket(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        service_name=wire_text(service_name(hall, ticket.service)),
        priority=ticket.priority,
        priority_name=wire_text(priority.name) if priority else None,
        state=ticket.state,
        waited_s=ticket.waited_s(hall.day(ticket.day), now),
        target_s=target_s(hall, ticket),
        queued_at=ticket.queued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        recalls=ticket.recalls,
        no_show_offered=no_show_offered(hall, ticket),
        then=ticket.then,
        reason=why,
    )


def _queues(
    hall: Hall, codes: Iterable[str], waiting: Iterable[Candidate], now: datetime
) -> tuple[contract.QueueView, ...]:
    waits: dict[str, list[int]] = {code: [] for code in codes}
    standings: dict[tuple[str, Standing], int] = {}
    rules = rules_of(hall)
    reading = hall.day_at(now).reading(now)
    for ticket in waiting:
        wait = max(0, int(reading - ticket.since))
        waits.setdefault(ticket.service, []).append(wait)
        target = rules.target_s(ticket.service, has_priority=ticket.priority is not None)
        stands = ticket.service, standing(wait, target)
        standings[stands] = standings.get(stands, 0) + 1
    return tuple(
        contract.QueueView(
            service=code,
            name=wire_text(service_name(hall, code)),
            waiting=len(each),
            longest_s=max(each, default=0),
            target_s=_target(hall, code),
            over_target=standings.get((code, Standing.OVER), 0),
            at_risk=standings.get((code, Standing.AT_RISK), 0),
        )
        for code, each in waits.items()
    )


def _board_queue(group: Group, at: Situation, outlook: Outlook | None) -> contract.BoardQueue:
    """Who is next in `group`, by the rule that calls them, and how long a newcomer would wait for what an open
    counter serves; no `outlook`: nobody is there to call."""
    services = frozenset(group.services)
    mine = replace(at, queue=at.queue.only(services), held=(), offered=services)
    run = next((at.runs[each.id] for each in at.counters if each.id in at.runs and each.services & services), 0)
    anyone = Counter(CounterId(0), group.name, services)
    order = upcoming(anyone, replace(mine, runs={anyone.id: run}), NEXT_NUMBERS)
    served = [code for code in group.services if any(code in counter.able for counter in at.counters)]
    waits = [told(outlook.newcomers[code, False]) for code in served] if outlook is not None else []
    return contract.BoardQueue(
        code=group.code,
        name=wire_text(group.name),
        numbers=tuple(candidate.number for candidate in order),
        waiting=len(mine.queue),
        wait_low_s=min((wait.low_s for wait in waits), default=None),
        wait_high_s=max((wait.high_s for wait in waits), default=None),
    )


def _status(statuses: dict[CounterId, CounterStatus], counter: Counter) -> CounterStatus:
    return statuses.get(counter.id) or CounterStatus(counter.id)


def _target(hall: Hall, code: str) -> int:
    return next((service.target_s for service in hall.services if service.code == code), 15 * 60)
