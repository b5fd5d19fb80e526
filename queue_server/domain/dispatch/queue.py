"""Those who wait, in lanes: within a lane the first to come is the first to go, under every policy."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from queue_server.domain.hall import Counter
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.ticket import Ticket


class Candidate(NamedTuple):
    """One who waits, with only what a decision needs; a tuple, as hundreds are made for each call.

    `since`: the hall clock when the wait began, later by what was spent at a counter or aside.
    `ahead`: how many a first-come hall would have called earlier, counted on arrival."""

    id: TicketId
    number: str
    service: ServiceCode
    priority: PriorityCode | None
    since: float
    for_counter: CounterId | None = None
    ahead: int = 0


class Lane(NamedTuple):
    """Tickets between which only seniority decides."""

    service: ServiceCode
    has_priority: bool
    for_counter: CounterId | None


def may_call(
    counter: Counter,
    ticket: Candidate | Ticket | Lane,
    held: Collection[CounterId],
    offered: Collection[ServiceCode],
) -> bool:
    """Whether `counter` may call `ticket`, as one of its own services or as a back-up.

    One sent to a counter waits for that one only, unless it has closed. One that waits for what the hall no longer
    offers may be called by any: its holder must hear it from somebody.
    """
    if ticket.service not in offered:
        return True
    if ticket.for_counter is not None and (ticket.for_counter == counter.id or ticket.for_counter in held):
        return ticket.for_counter == counter.id
    return ticket.service in counter.services or ticket.service in counter.backup


class Queue:
    """All who wait. It changes as people come and are called; a decision only reads it.

    `multiple`, `slack`: one before whom n people stood may be passed over (multiple - 1) x n + slack times, so that
    at most multiple x n + slack people are called before them."""

    __slots__ = ("_passed", "due", "lanes", "multiple", "slack")

    def __init__(
        self,
        candidates: Iterable[Candidate] = (),
        passed: Mapping[TicketId, int] | None = None,
        *,
        multiple: float = math.inf,
        slack: int = 0,
    ) -> None:
        """`passed`: how often a counter that could have called the ticket has called somebody junior instead."""
        self.multiple, self.slack = multiple, slack
        self.lanes: dict[Lane, list[Candidate]] = {}
        self.due: dict[TicketId, Candidate] = {}
        self._passed: dict[TicketId, int] = {}
        for candidate in candidates:
            self.lanes.setdefault(lane_of(candidate), []).append(candidate)
            self._count(candidate, passed.get(candidate.id, 0) if passed else 0)
        for lane in self.lanes.values():
            lane.sort(key=seniority)

    def __iter__(self) -> Iterator[Candidate]:
        for lane in self.lanes.values():
            yield from lane

    def __len__(self) -> int:
        return sum(map(len, self.lanes.values()))

    def add(self, candidate: Candidate) -> None:
        lane = self.lanes.setdefault(lane_of(candidate), [])
        if not lane or seniority(lane[-1]) <= seniority(candidate):
            lane.append(candidate)
        else:
            insort(lane, candidate, key=seniority)
        self._count(candidate, 0)

    def remove(self, candidate: Candidate) -> None:
        """Take out one who is called or has left. Raises KeyError or ValueError where they do not wait."""
        mine = lane_of(candidate)
        lane = self.lanes[mine]
        if lane[0] is candidate:
            del lane[0]
        else:
            lane.remove(candidate)
        if not lane:
            del self.lanes[mine]
        self._passed.pop(candidate.id, None)
        self.due.pop(candidate.id, None)

    def passed(self, candidate: Candidate) -> int:
        return self._passed.get(candidate.id, 0)

    def passed_by(self, called: Candidate, lanes: Iterable[Lane]) -> list[TicketId]:
        """Who is passed over when a counter that may call all of `lanes` calls `called`: everybody senior."""
        return [candidate.id for candidate in self._senior(called, lanes)]

    def note_call(self, called: Candidate, lanes: Iterable[Lane]) -> None:
        """A counter that may call all of `lanes` has called `called`; counted only where there is a limit."""
        if self.multiple == math.inf:
            return
        for candidate in self._senior(called, lanes):
            self._count(candidate, self._passed.get(candidate.id, 0) + 1)

    def only(self, services: Collection[ServiceCode]) -> Queue:
        """A copy with those who wait for one of `services`."""
        other = self.copy()
        other.lanes = {lane: waiting for lane, waiting in other.lanes.items() if lane.service in services}
        other.due = {ident: each for ident, each in other.due.items() if each.service in services}
        return other

    def copy(self) -> Queue:
        """For a look ahead that must not change the hall."""
        other = Queue(multiple=self.multiple, slack=self.slack)
        other.lanes = {lane: list(candidates) for lane, candidates in self.lanes.items()}
        other._passed, other.due = dict(self._passed), dict(self.due)
        return other

    def _senior(self, called: Candidate, lanes: Iterable[Lane]) -> Iterator[Candidate]:
        mark = (called.since, called.id)
        for lane in lanes:
            for candidate in self.lanes.get(lane, ()):
                if (candidate.since, candidate.id) >= mark:
                    break
                yield candidate

    def _count(self, candidate: Candidate, passed: int) -> None:
        if passed:
            self._passed[candidate.id] = passed
        if passed >= (self.multiple - 1) * candidate.ahead + self.slack:
            self.due[candidate.id] = candidate


def seniority(candidate: Candidate) -> tuple[float, int]:
    """The order of first come, first served; the id decides between two of the same moment."""
    return candidate.since, candidate.id


def lane_of(candidate: Candidate) -> Lane:
    return Lane(candidate.service, candidate.priority is not None, candidate.for_counter)
