"""A clerk's screen as data."""

from __future__ import annotations

from queue_server.domain.counter import CounterState
from queue_server.domain.ticket import TicketState

from .base import Instant, LocalText, Wire


class QueueView(Wire):
    """One service of a counter: how many wait, the longest wait so far, how many are over target and how many are about
    to be, each by its own target."""

    service: str
    name: LocalText
    waiting: int
    longest_s: int
    target_s: int
    over_target: int
    at_risk: int = 0


class CounterTicket(Wire):
    """The ticket at a counter, or one parked there, with what its clerk needs. `waited_s`: till the call; `target_s`:
    its own, shorter with priority."""

    id: int
    number: str
    service: str
    service_name: LocalText
    priority: str | None
    priority_name: LocalText | None
    state: TicketState
    waited_s: int
    target_s: int
    queued_at: Instant
    called_at: Instant | None
    started_at: Instant | None
    recalls: int
    no_show_offered: bool
    then: tuple[str, ...]
    reason: str | None = None


class CounterView(Wire):
    """A clerk's screen as data. `holder`: who holds the counter; `mine`: it is the asker; `auto_call_at`: from when on
    the free counter calls by itself whoever waits for it, null where it does not."""

    id: int
    name: LocalText
    state: CounterState
    pause_reason: str | None
    holder: str | None
    mine: bool
    ticket: CounterTicket | None
    parked: tuple[CounterTicket, ...]
    missed: tuple[CounterTicket, ...]
    queues: tuple[QueueView, ...]
    waiting: int
    served_today: int
    now: Instant
    auto_call_at: Instant | None = None
