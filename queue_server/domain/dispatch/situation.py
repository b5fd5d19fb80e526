"""What is known when a counter is free: all that a decision may look at, and nothing of the future."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from queue_server.domain.durations import Durations
from queue_server.domain.hall import Calling, Counter, Hall, PolicyName
from queue_server.domain.ids import CounterId, ServiceCode, TicketId
from queue_server.domain.text import N_

from .queue import Lane, Queue, may_call


@dataclass(frozen=True, slots=True)
class Rules:
    """What the hall wants of a policy: `calling` as in the hall's file, `targets` in seconds by service."""

    targets: Mapping[ServiceCode, float]
    calling: Calling = field(default_factory=Calling)

    @property
    def policy(self) -> PolicyName:
        return self.calling.policy

    def target_s(self, service: ServiceCode, *, has_priority: bool) -> float:
        """The wait aimed at: a priority ticket has a short one of its own; USUAL_TARGET_S where none is stated."""
        target = self.targets.get(service, USUAL_TARGET_S)
        return min(target, self.calling.priority_target_s) if has_priority else target


USUAL_TARGET_S = 15 * 60.0


def rules_of(hall: Hall) -> Rules:
    return Rules({service.code: float(service.target_s) for service in hall.services}, hall.calling)


class Busy(NamedTuple):
    """What a counter is doing, and since when, in seconds after midnight."""

    service: ServiceCode
    since: float


@dataclass(slots=True)
class Situation:
    """The hall at one moment.

    `counters`: those where somebody calls, in the hall's order; `busy`: what each of them is doing, no entry for a
    free one; `held`: open or paused, so that a ticket sent there waits for it; `runs`: how many priority calls in a
    row each counter has made last (above 0), or ordinary ones (below 0); `now`: the hall clock, for waits; `time`:
    seconds after midnight, for what runs.
    """

    queue: Queue
    counters: Sequence[Counter]
    rules: Rules
    durations: Durations
    offered: Collection[ServiceCode]
    now: float
    time: float
    busy: Mapping[CounterId, Busy] = field(default_factory=dict)
    held: Collection[CounterId] = ()
    runs: Mapping[CounterId, int] = field(default_factory=dict)
    _may: dict[CounterId, dict[Lane, bool]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def lanes_of(self, counter: Counter) -> list[Lane]:
        """The lanes with somebody in them that `counter` may call; worked out once for each lane and counter, as what
        they serve, `held` and `offered` stay the same."""
        known = self._may.setdefault(counter.id, {})
        found = []
        for lane in self.queue.lanes:
            may = known.get(lane)
            if may is None:
                may = known[lane] = may_call(counter, lane, self.held, self.offered)
            if may:
                found.append(lane)
        return found


class Why(StrEnum):
    """The grounds of a call; stored with it, put into words by `REASONS`."""

    LONGEST_WAIT = "longest-wait"
    BEFORE_LATE = "before-late"
    LATE = "late"
    LATER_THAN = "later-than"
    PRIORITY = "priority"
    QUICK = "quick"
    SCARCE = "scarce"
    STRICTER = "stricter"
    BALANCE = "balance"
    BACKUP = "backup"
    LIMIT = "limit"
    ORDINARY_TURN = "ordinary-turn"
    PRIORITY_TURN = "priority-turn"
    POINTS = "points"
    RETURNED = "returned"


REASONS = {
    Why.LONGEST_WAIT: N_("{number} has waited longest: {minutes} min."),
    Why.BEFORE_LATE: N_("{number} goes before {other}: {left} min remain of its {target} min; {other} is on target."),
    Why.LATE: N_("{number} goes before {other}: it is {over} min over its {target} min; {other} is on target."),
    Why.LATER_THAN: N_(
        "{number} goes before {other}: it has waited {minutes} of {target} min, {other} {other_minutes} of"
        " {other_target} min."
    ),
    Why.PRIORITY: N_("{number} has priority; it has waited {minutes} min."),
    Why.QUICK: N_(
        "{number} goes before {other}: it takes about {mean} min, {other} about {other_mean} min;"
        " so more people stay on target."
    ),
    Why.SCARCE: N_("{number} goes before {other}: other counters would take longer to reach it."),
    Why.STRICTER: N_("{number} goes before {other}: its target is {target} min, that of {other} {other_target} min."),
    Why.BALANCE: N_(
        "{number} goes before {other}, weighing wait, target, duration and which other counters could serve them."
    ),
    Why.BACKUP: N_("{number} is taken to help out: nobody more urgent waits for this counter."),
    Why.LIMIT: N_("{number} goes now: {passed} later arrivals have gone before it, and no more may."),
    Why.ORDINARY_TURN: N_("{number} goes now after {run} priority calls in a row; it has waited {minutes} min."),
    Why.PRIORITY_TURN: N_("{number} has priority, and {run} ordinary calls have been made since the last one."),
    Why.POINTS: N_("{number} has the most points: {minutes} min of waiting, counted {times} times for priority."),
    Why.RETURNED: N_("{number} is back at the counter."),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Which ticket is called and why; `params` fill the words of `REASONS[why]`."""

    ticket: TicketId
    why: Why
    params: Mapping[str, str | int] = field(default_factory=dict)
