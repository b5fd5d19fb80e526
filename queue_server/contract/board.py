"""What the public board shows: numbers and counters, nothing personal."""

from __future__ import annotations

from queue_server.domain.counter import CounterState
from queue_server.domain.ticket import TicketState

from .base import Instant, LocalText, Wire
from .hall import Hall, Opening


class Announcement(Wire):
    """One call to be shown and spoken, once each, in the order of `id`. `kind`: call or recall."""

    id: int
    kind: str
    number: str
    counter: int
    counter_name: LocalText
    at: Instant


class BoardCall(Wire):
    number: str
    counter: int
    counter_name: LocalText
    state: TicketState
    at: Instant


class BoardCounter(Wire):
    id: int
    name: LocalText
    state: CounterState
    number: str | None


class BoardQueue(Wire):
    """Who is next in one group of services: the first numbers to be called, and how many wait in all; the wait that a
    newcomer may expect, None while no counter is open."""

    code: str
    name: LocalText
    numbers: tuple[str, ...]
    waiting: int
    wait_low_s: int | None = None
    wait_high_s: int | None = None


class BoardReply(Wire):
    """All that the public board shows. No name, no id number, no reason for priority."""

    hall: Hall
    opening: Opening
    now: Instant
    announcements: tuple[Announcement, ...]
    calls: tuple[BoardCall, ...]
    counters: tuple[BoardCounter, ...]
    queues: tuple[BoardQueue, ...]
    notices: tuple[LocalText, ...]
