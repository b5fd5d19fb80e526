"""The hall on a virtual clock: the code that runs the day at 9:05 replays a year of it in a minute."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .dispatch import (
    Busy,
    Candidate,
    Choice,
    Decision,
    Policy,
    Queue,
    Rules,
    Situation,
    ahead_of,
    pick,
    policy_of,
    run_after,
)
from .durations import Durations
from .hall import Counter, PolicyName
from .hall_clock import HallClock
from .ids import CounterId, PriorityCode, ServiceCode, TicketId


class Arrival(NamedTuple):
    """One who comes at `at` (seconds after midnight). `service_s`: how long serving will really take, seen by nobody
    before it has; `patience_s`: the wait after which the person leaves, None for never."""

    id: TicketId
    number: str
    at: float
    service: ServiceCode
    priority: PriorityCode | None
    service_s: float
    patience_s: float | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """When somebody calls at a counter: spans in order, each holding its first moment but not its last."""

    counter: Counter
    open: tuple[tuple[float, float], ...]

    def is_open(self, t: float) -> bool:
        return any(opens <= t < closes for opens, closes in self.open)


class Served(NamedTuple):
    """A call and what came of it; times in seconds after midnight, `waited_s` on the hall clock."""

    id: TicketId
    counter: CounterId
    called_s: float
    finished_s: float
    waited_s: float
    decision: Decision | None


class Lost(NamedTuple):
    """One who was never served: `left` for want of patience, or waiting still when the last counter closed."""

    id: TicketId
    waited_s: float
    left: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """`served` in the order of the calls."""

    served: tuple[Served, ...]
    lost: tuple[Lost, ...]


class Running(NamedTuple):
    """What a counter is in the middle of when a look ahead begins."""

    counter: CounterId
    service: ServiceCode
    since: float
    until: float


@dataclass(slots=True)
class Start:
    """A hall in the middle of its day: for a look ahead."""

    at: float = -math.inf
    waiting: Iterable[Candidate] = ()
    running: Sequence[Running] = ()
    passed: dict[TicketId, int] = field(default_factory=dict)
    runs: dict[CounterId, int] = field(default_factory=dict)
    held: frozenset[CounterId] = frozenset()


def simulate(
    rosters: Sequence[Roster],
    clock: HallClock,
    arrivals: Sequence[Arrival],
    rules: Rules,
    durations: Durations,
    *,
    explain: bool = True,
) -> Outcome:
    """Run a day. A counter calls in its open spans and not in a break; what has begun is finished. At one instant
    services end, people arrive, counters call, and then those whose patience has run out leave. The policy sees
    `durations`, never an arrival's own `service_s`."""
    return Run(rosters, clock, arrivals, rules, durations, explain=explain).to_the_end()


class Run:
    """A simulation under way."""

    looks_on = False
    """Whether `consider` wants to know of counters that have nobody to call."""

    def __init__(
        self,
        rosters: Sequence[Roster],
        clock: HallClock,
        arrivals: Sequence[Arrival],
        rules: Rules,
        durations: Durations,
        *,
        start: Start | None = None,
        service_s: Callable[[Candidate, Counter], float] | None = None,
        explain: bool = True,
    ) -> None:
        """`service_s`: how long a call keeps the counter, where it is not an arrival's own."""
        start = start or Start()
        self.clock, self.rosters, self._explain = clock, rosters, explain
        self._counters = [roster.counter for roster in rosters]
        self._arrivals = sorted(arrivals, key=lambda arrival: arrival.at)
        self._next = 0
        self._next_arrival = self._arrivals[0].at if self._arrivals else math.inf
        self._service_s = service_s
        self._takes = {arrival.id: arrival.service_s for arrival in arrivals}
        has_limit = rules.policy is PolicyName.LATENESS
        self.queue = Queue(
            start.waiting,
            start.passed,
            multiple=rules.calling.longest_multiple if has_limit else math.inf,
            slack=rules.calling.longest_slack,
        )
        self._busy = {each.counter: Busy(each.service, each.since) for each in start.running}
        self._runs = dict(start.runs)
        self.situation = Situation(
            queue=self.queue,
            counters=(),
            rules=rules,
            durations=durations,
            offered=frozenset(rules.targets),
            now=clock.at(start.at) if start.at > -math.inf else 0.0,
            time=start.at,
            busy=self._busy,
            held=start.held,
            runs=self._runs,
        )
        self._ends = [(each.until, each.counter) for each in start.running]
        heapq.heapify(self._ends)
        self._leaves: list[tuple[float, TicketId, Candidate]] = []
        spans = [*(span for roster in rosters for span in roster.open), *clock.breaks, (clock.opens_s, clock.opens_s)]
        self._changes = sorted({moment for span in spans for moment in span if moment > start.at})
        self._change = 0
        self._next_change = self._changes[0] if self._changes else math.inf
        self._policies: dict[tuple[CounterId, ...], tuple[Policy, Sequence[Counter]]] = {}
        self._open: tuple[Counter, ...] = ()
        self._on_duty(start.at)
        self.served: list[Served] = []
        self.lost: list[Lost] = []

    def to_the_end(self) -> Outcome:
        while self.step():
            pass
        now = self.situation.now
        for candidate in self.queue:
            self.lost.append(Lost(candidate.id, max(0.0, now - candidate.since), left=False))
        return Outcome(tuple(self.served), tuple(self.lost))

    def step(self) -> bool:
        """Go to the next moment at which something happens, and let it happen; False when nothing will any more."""
        t = self.next_s()
        if t == math.inf:
            return False
        if self._next_change <= t:
            self._on_duty(t)
        self.situation.time = t
        self.situation.now = t + self._shift if self._runs_now else self._stands_at
        while self._ends and self._ends[0][0] <= t:
            del self._busy[heapq.heappop(self._ends)[1]]
        while self._next_arrival <= t:
            self._arrive()
        self.call(t)
        while self._leaves and self._leaves[0][0] <= t:
            self._leave(heapq.heappop(self._leaves)[2])
        return True

    def call(self, t: float) -> None:
        """Every free counter that is open calls, if there is somebody for it."""
        queue, busy = self.queue, self._busy
        for counter in self._order:
            if not queue.lanes and not self.looks_on:
                return
            if counter.id in busy:
                continue
            choice = pick(counter, self.situation, self._policy)
            self.consider(counter, choice, t)
            if choice is None:
                continue
            ticket = choice.ticket
            decision = choice.decision() if self._explain else None
            queue.remove(ticket)
            queue.note_call(ticket, choice.lanes)
            takes = self._takes[ticket.id] if self._service_s is None else self._service_s(ticket, counter)
            busy[counter.id] = Busy(ticket.service, t)
            heapq.heappush(self._ends, (t + takes, counter.id))
            self._runs[counter.id] = run_after(self._runs.get(counter.id, 0), ticket)
            waited = max(0.0, self.situation.now - ticket.since)
            self.served.append(Served(ticket.id, counter.id, t, t + takes, waited, decision))
            self.note(ticket, counter, t)

    def consider(self, counter: Counter, choice: Choice | None, t: float) -> None:
        """A free counter is about to call `choice`, or has nobody to call: for those who look on."""

    def note(self, ticket: Candidate, counter: Counter, t: float) -> None:
        """`counter` has called `ticket`: for those who look on."""

    def next_s(self) -> float:
        """When something happens next, in seconds after midnight; infinity when nothing will any more."""
        t = self._next_arrival if self._next_arrival < self._next_change else self._next_change
        if self._ends and self._ends[0][0] < t:
            t = self._ends[0][0]
        if self._leaves and self._leaves[0][0] < t:
            t = self._leaves[0][0]
        return t

    def _arrive(self) -> None:
        arrival = self._arrivals[self._next]
        self._next += 1
        self._next_arrival = self._arrivals[self._next].at if self._next < len(self._arrivals) else math.inf
        since = self.situation.now if arrival.at == self.situation.time else self.clock.at(arrival.at)
        ahead = 0
        if self.queue.lanes and self.queue.multiple < math.inf:
            waiting: dict[ServiceCode, int] = {}
            for lane, candidates in self.queue.lanes.items():
                waiting[lane.service] = waiting.get(lane.service, 0) + len(candidates)
            ahead = ahead_of(arrival.service, waiting, self._counters)
        candidate = Candidate(arrival.id, arrival.number, arrival.service, arrival.priority, since, None, ahead)
        self.queue.add(candidate)
        if arrival.patience_s is not None:
            heapq.heappush(self._leaves, (self.clock.when(since + arrival.patience_s), arrival.id, candidate))

    def _leave(self, candidate: Candidate) -> None:
        try:
            self.queue.remove(candidate)
        except (KeyError, ValueError):
            return  # was called in time
        self.lost.append(Lost(candidate.id, self.situation.now - candidate.since, left=True))

    def _on_duty(self, t: float) -> None:
        """Who calls from `t` on, and how the hall's clock goes until the next change."""
        while self._next_change <= t:
            self._change += 1
            self._next_change = self._changes[self._change] if self._change < len(self._changes) else math.inf
        in_break = self.clock.in_break(t)
        reading = self.clock.at(t) if t > -math.inf else self.clock.opens_s
        self._runs_now = not in_break and t >= self.clock.opens_s
        self._stands_at, self._shift = reading, reading - t if self._runs_now else 0.0
        self._open = () if in_break else tuple(r.counter for r in self.rosters if r.is_open(t))
        key = tuple(counter.id for counter in self._open)
        self.situation.counters = self._open
        if key not in self._policies:
            policy = policy_of(self.situation)
            self._policies[key] = policy, policy.serving_order(self._open)
        self._policy, self._order = self._policies[key]
