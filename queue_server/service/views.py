"""What a surface shows of one ticket: its holder's, its phone page's, the rating screen's."""

from __future__ import annotations

import math
import sqlite3
from datetime import datetime, timedelta

from queue_server import contract
from queue_server.domain.dispatch import rules_of
from queue_server.domain.errors import ServiceUnknown, TicketUnknown
from queue_server.domain.hall import Hall
from queue_server.domain.targets import standing
from queue_server.domain.text import LocalText
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.store import tickets

from .foresight import Foresight
from .rate import still_open

RATE_SCREEN = timedelta(minutes=1)
"""How long after service the screen at the counter asks for a rating."""
TRACK_DAYS = 2
"""A ticket's page is forgotten after this many days, or when it can no longer be rated."""


def wire_text(text: LocalText) -> contract.LocalText:
    return contract.LocalText(vi=text.vi, en=text.en)


def hall_info(hall: Hall) -> contract.Hall:
    return contract.Hall(agency=wire_text(hall.agency), name=wire_text(hall.name), timezone=hall.timezone)


def service_name(hall: Hall, code: str) -> LocalText:
    """A service's name; one that the hall no longer offers is shown by its code."""
    try:
        return hall.service(code).name
    except ServiceUnknown:
        return LocalText(code, code)


def scale(hall: Hall) -> tuple[contract.RatingLevel, ...]:
    return tuple(
        contract.RatingLevel(code=level.code, name=wire_text(level.name), value=level.value) for level in hall.scale
    )


def ticket_view(
    sql: sqlite3.Connection, hall: Hall, foresight: Foresight, ticket: Ticket, base_url: str | None, now: datetime
) -> contract.Ticket:
    """The ticket on the wire; `base_url` is where phones reach the server, None for who may not know its page."""
    wait = None
    if ticket.state is TicketState.WAITING and ticket.service in hall.offered:
        wait = foresight.of_ticket(sql, hall, ticket, now)
    return contract.Ticket(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        priority=ticket.priority,
        state=ticket.state,
        issued_at=ticket.issued_at,
        ahead=wait.ahead if wait else None,
        wait_low_s=wait.low_s if wait else None,
        wait_high_s=wait.high_s if wait else None,
        track_url=None if base_url is None else f"{base_url}/t/{tickets.track_token(sql, ticket.id)}",
        then=ticket.then,
        queued_at=ticket.queued_at,
        counter=ticket.counter,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        finished_at=ticket.finished_at,
        recalls=ticket.recalls,
        no_show_offered=no_show_offered(hall, ticket),
        rating=ticket.rating,
        standing=standing(ticket.waited_s(hall.day(ticket.day), now), target_s(hall, ticket)),
    )


def target_s(hall: Hall, ticket: Ticket) -> int:
    """The wait aimed at for this very ticket."""
    return round(rules_of(hall).target_s(ticket.service, has_priority=ticket.priority is not None))


def no_show_offered(hall: Hall, ticket: Ticket) -> bool:
    return ticket.state is TicketState.CALLED and ticket.recalls >= hall.calling.recalls_before_no_show


def track_view(
    sql: sqlite3.Connection, hall: Hall, foresight: Foresight, token: str, now: datetime
) -> contract.TrackView:
    """A ticket's own page. Raises TicketUnknown, also when its day is long past."""
    ticket = tickets.by_track_token(sql, token)
    kept = max(TRACK_DAYS, 1 + math.ceil(hall.rating_open_h / 24))
    if now.astimezone(hall.zone).date() - ticket.day >= timedelta(days=kept):
        raise TicketUnknown
    view = ticket_view(sql, hall, foresight, ticket, None, now)
    at_counter = ticket.counter is not None and ticket.state in (TicketState.CALLED, TicketState.SERVING)
    return contract.TrackView(
        number=ticket.number,
        service_name=wire_text(service_name(hall, ticket.service)),
        state=ticket.state,
        ahead=view.ahead,
        wait_low_s=view.wait_low_s,
        wait_high_s=view.wait_high_s,
        counter_name=counter_name(hall, ticket.counter or 0) if at_counter else None,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        rateable=_rateable(hall, ticket, now),
        rating=ticket.rating,
        scale=scale(hall),
        hall=hall_info(hall),
        now=now,
    )


def rate_view(sql: sqlite3.Connection, hall: Hall, counter_id: int, now: datetime) -> contract.RateView:
    """The rating screen of a counter. Raises CounterUnknown."""
    counter = hall.counter(counter_id)
    ticket = tickets.last_finished(sql, counter.id, now - RATE_SCREEN)
    asked = ticket if ticket is not None and _rateable(hall, ticket, now) else None
    return contract.RateView(
        counter=counter.id,
        counter_name=wire_text(counter.name),
        ticket_id=asked.id if asked else None,
        number=asked.number if asked else None,
        scale=scale(hall),
        hall=hall_info(hall),
        now=now,
    )


def counter_name(hall: Hall, counter: int) -> contract.LocalText:
    """A counter's name; one that was removed today is shown by its number."""
    for each in hall.counters:
        if each.id == counter:
            return wire_text(each.name)
    return contract.LocalText(vi=f"Quầy {counter}", en=f"Counter {counter}")


def _rateable(hall: Hall, ticket: Ticket, now: datetime) -> bool:
    return ticket.state is TicketState.FINISHED and ticket.rating is None and still_open(hall, ticket, now)
