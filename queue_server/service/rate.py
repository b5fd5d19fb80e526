"""A citizen rates the service, once: from the phone page or on the screen at the counter."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.contract import Role
from queue_server.domain.errors import RatingClosed
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.domain.ticket import Ticket
from queue_server.store import tickets
from queue_server.store.database import Tx

from .principal import Principal

CITIZEN = Actor("citizen")
AT_COUNTER_FOR = timedelta(minutes=15)
"""A person who has left the counter rates on the phone; a screen in the hall rates nobody else's ticket."""


def rate_at_counter(tx: Tx, hall: Hall, who: Principal, ticket_id: int, score: str, now: datetime) -> Ticket:
    """From a device in the hall; staff may not rate, as the word is the citizen's. Raises Forbidden, AlreadyRated."""
    who.need(Role.AGENT, Role.KIOSK)
    ticket = tickets.get(tx.sql, ticket_id)
    if ticket.counter is not None:
        who.need_counter(ticket.counter)
    if ticket.finished_at is not None and now - ticket.finished_at > AT_COUNTER_FOR:
        raise RatingClosed(number=ticket.number)
    return _rate(tx, hall, ticket, score, now)


def rate_by_phone(tx: Tx, hall: Hall, track_token: str, score: str, now: datetime) -> Ticket:
    """From the ticket's own page: knowing its address is the right to rate. Raises TicketUnknown, AlreadyRated."""
    return _rate(tx, hall, tickets.by_track_token(tx.sql, track_token), score, now)


def still_open(hall: Hall, ticket: Ticket, now: datetime) -> bool:
    """Whether a finished ticket may still be rated."""
    return ticket.finished_at is not None and now - ticket.finished_at <= timedelta(hours=hall.rating_open_h)


def _rate(tx: Tx, hall: Hall, ticket: Ticket, score: str, now: datetime) -> Ticket:
    level = hall.level(score)
    rated, event = ticket.rate(level.code, now, CITIZEN)
    if not still_open(hall, ticket, now):
        raise RatingClosed(number=ticket.number)
    tickets.save(tx.sql, rated, event)
    tx.nudge("ticket", rated.id)
    return rated
