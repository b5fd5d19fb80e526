"""Whom a counter calls next, and why that one.

The first discipline: among the tickets that the counter may call, those with priority go ahead, the longest
waiting first; but after a run of priority calls an ordinary ticket gets its turn, so that ordinary tickets still
move. One function decides, so that a better discipline can take its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from .hall import Calling, Counter
from .ids import CounterId, PriorityCode, ServiceCode, TicketId
from .text import N_
from .ticket import Ticket


class Why(StrEnum):
    """The grounds of a call; stored with it, put into words by `REASONS`."""

    LONGEST_WAIT = "longest-wait"
    PRIORITY = "priority"
    ORDINARY_TURN = "ordinary-turn"
    RETURNED = "returned"


REASONS = {
    Why.LONGEST_WAIT: N_("{number} has waited longest: {minutes} min."),
    Why.PRIORITY: N_("{number} has priority; it has waited {minutes} min."),
    Why.ORDINARY_TURN: N_("{number} goes now after {run} priority calls in a row; it has waited {minutes} min."),
    Why.RETURNED: N_("{number} is back at the counter."),
}


class Candidate(NamedTuple):
    """One who waits, with only what the decision needs; a tuple, as hundreds are made for each call."""

    id: TicketId
    number: str
    service: ServiceCode
    priority: PriorityCode | None
    queued_at: datetime
    for_counter: CounterId | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Which ticket is called and why; `params` fill the words of `REASONS[why]`."""

    ticket: TicketId
    why: Why
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a counter is free. `waiting`: those who wait, in any order; `held`: counters open or paused;
    `offered`: all services that some counter of the hall serves;
    `priority_run`: how many priority calls this counter has made since its last ordinary one."""

    waiting: Sequence[Candidate]
    held: Collection[CounterId]
    offered: Collection[ServiceCode]
    priority_run: int
    rules: Calling
    now: datetime


def choose(counter: Counter, situation: Situation) -> Decision | None:
    """The ticket that `counter` calls next, or None when nobody waits for it. The same input gives the same answer."""
    mine = [ticket for ticket in situation.waiting if may_call(counter, ticket, situation.held, situation.offered)]
    priority = min((ticket for ticket in mine if ticket.priority is not None), key=_seniority, default=None)
    ordinary = min((ticket for ticket in mine if ticket.priority is None), key=_seniority, default=None)
    if priority is not None and (ordinary is None or situation.priority_run < situation.rules.priority_run):
        return _decision(priority, Why.PRIORITY, situation)
    if ordinary is not None:
        return _decision(ordinary, Why.ORDINARY_TURN if priority else Why.LONGEST_WAIT, situation)
    return None


def upcoming(counter: Counter, situation: Situation, most: int) -> list[Candidate]:
    """Who would be called next, one after the other, by a counter that had nothing else to do; at most `most`."""
    order: list[Candidate] = []
    waiting, run = {candidate.id: candidate for candidate in situation.waiting}, situation.priority_run
    while len(order) < most:
        decision = choose(counter, replace(situation, waiting=tuple(waiting.values()), priority_run=run))
        if decision is None:
            break
        order.append(waiting.pop(decision.ticket))
        run = run + 1 if order[-1].priority is not None else 0
    return order


def may_call(
    counter: Counter,
    ticket: Candidate | Ticket,
    held: Collection[CounterId],
    offered: Collection[ServiceCode],
) -> bool:
    """Whether `counter` may call `ticket`.

    One sent to a counter waits for that one only, unless it has closed. One that waits for what the hall no longer
    offers may be called by any: its holder must hear it from somebody.
    """
    if ticket.service not in offered:
        return True
    if ticket.for_counter is not None and (ticket.for_counter == counter.id or ticket.for_counter in held):
        return ticket.for_counter == counter.id
    return ticket.service in counter.services


def _seniority(ticket: Candidate) -> tuple[datetime, int]:
    return ticket.queued_at, ticket.id


def _decision(ticket: Candidate, why: Why, situation: Situation) -> Decision:
    minutes = max(0, int((situation.now - ticket.queued_at).total_seconds() // 60))
    params: dict[str, str | int] = {"number": ticket.number, "minutes": minutes}
    if why is Why.ORDINARY_TURN:
        params["run"] = situation.priority_run
    return Decision(ticket.id, why, params)
