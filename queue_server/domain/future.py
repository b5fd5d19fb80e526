"""One way in which the hall may go on from now: chance is drawn, and the hall runs on under its real discipline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .dispatch import Busy, Candidate, Choice, Rules, may_call
from .durations import Durations
from .hall import Counter
from .hall_clock import HallClock
from .ids import CounterId, PriorityCode, ServiceCode, TicketId
from .simulation import Arrival, Roster, Run, Running, Start

HORIZON_S = 1800.0
"""How far the hall's risk is looked ahead, and for how long more people are taken to come."""
MOST_S = 4 * 3600.0
"""No wait is looked for beyond this."""
PRIORITY = PriorityCode("")
"""The priority of those who are only imagined: the category never matters, only that there is one."""


@dataclass(frozen=True, slots=True)
class Present:
    """The hall at `time` (seconds after midnight), with all that a forecast may know.

    `rosters`: each counter where somebody will call, and when; `busy`: what counters are doing; `passed`, `runs`,
    `held`: as in `dispatch`; `rates`: people expected to come, per second, by service and whether they have priority.
    """

    time: float
    clock: HallClock
    rosters: Sequence[Roster]
    rules: Rules
    durations: Durations
    waiting: Sequence[Candidate] = ()
    busy: Mapping[CounterId, Busy] = field(default_factory=dict)
    passed: Mapping[TicketId, int] = field(default_factory=dict)
    runs: Mapping[CounterId, int] = field(default_factory=dict)
    held: frozenset[CounterId] = frozenset()
    rates: Mapping[tuple[ServiceCode, bool], float] = field(default_factory=dict)


class Stream(Protocol):
    """A stream of chance, such as `random.Random`."""

    def random(self) -> float: ...

    def gauss(self, mu: float, sigma: float) -> float: ...

    def expovariate(self, lambd: float) -> float: ...


Chance = Callable[[str], Stream]
"""A stream for each name: two forecasts with the same streams can be compared."""


class Future(Run):
    """One way in which the hall may go on."""

    looks_on = True

    def __init__(self, present: Present, probes: Sequence[Candidate], chance: Chance, number: int) -> None:
        """`number`: which of the futures this is."""
        self._present = present
        self._chance, self._number = chance, number
        self._rests = self._stream("rests")
        services = self._stream("services")
        self._z = {each.id: services.gauss(0.0, 1.0) for each in present.waiting}
        running = [
            Running(counter, each.service, each.since, present.time + self._rest_s(counter, each))
            for counter, each in present.busy.items()
        ]
        super().__init__(
            present.rosters,
            present.clock,
            self._newcomers(),
            present.rules,
            present.durations,
            start=Start(
                at=present.time,
                waiting=present.waiting,
                running=running,
                passed=dict(present.passed),
                runs=dict(present.runs),
                held=present.held,
            ),
            service_s=self._takes_s,
            explain=False,
        )
        self._probes = list(probes)
        self._left = {each.id for each in present.waiting}
        self._calls: dict[CounterId, int] = {}
        self.called: dict[TicketId, float] = {}
        self.before: dict[TicketId, int] = {}
        self.judged: list[tuple[ServiceCode, float]] = []
        """How late each was: seconds beyond the target, below zero for one on target."""
        self._is_judged = False

    def look(self, *, beyond: bool = True) -> None:
        """Run until the horizon is reached and, if `beyond`, everybody who waits now, and every probe, has been
        called."""
        start = self._present.time
        self.call(start)
        while True:
            upcoming = self.next_s()
            if upcoming > start + HORIZON_S and not self._is_judged:
                self._judge(start + HORIZON_S)
            if upcoming > start + MOST_S or (self._is_judged and not (beyond and (self._left or self._probes))):
                return
            self.step()

    def wait_s(self, ident: TicketId) -> float:
        return self.called.get(ident, self._present.time + MOST_S) - self._present.time

    def consider(self, counter: Counter, choice: Choice | None, t: float) -> None:
        if not self._probes:
            return
        situation = self.situation
        still: list[Candidate] = []
        for probe in self._probes:
            if may_call(counter, probe, situation.held, situation.offered) and (
                choice is None or choice.would_rather(probe)
            ):
                self.called[probe.id] = t
                self.before[probe.id] = self._called_by_able(probe)
            else:
                still.append(probe)
        self._probes = still

    def note(self, ticket: Candidate, counter: Counter, t: float) -> None:
        if not self._is_judged:
            target = self.situation.rules.target_s(ticket.service, has_priority=ticket.priority is not None)
            self.judged.append((ticket.service, self.situation.now - ticket.since - target))
        if ticket.id in self._left:
            self._left.discard(ticket.id)
            self.called[ticket.id] = t
            self.before[ticket.id] = self._called_by_able(ticket)
            self._calls[counter.id] = self._calls.get(counter.id, 0) + 1

    def _called_by_able(self, ticket: Candidate) -> int:
        """How many of those who waited at the start have been called by counters that could have called `ticket`."""
        calls, situation = self._calls, self.situation
        return sum(
            calls[counter.id]
            for counter in self._counters
            if counter.id in calls and may_call(counter, ticket, situation.held, situation.offered)
        )

    def _judge(self, t: float) -> None:
        """Those who still wait at the horizon, `t`, are over target or not yet."""
        now = self.clock.at(t)
        for each in self.queue:
            target = self.situation.rules.target_s(each.service, has_priority=each.priority is not None)
            self.judged.append((each.service, now - each.since - target))
        self._is_judged = True

    def _stream(self, name: str) -> Stream:
        return self._chance(f"{self._number}/{name}")

    def _rest_s(self, counter: CounterId, busy: Busy) -> float:
        elapsed = self._present.time - busy.since
        return self._present.durations.quantile_s(busy.service, counter, elapsed, self._rests.random())

    def _takes_s(self, ticket: Candidate, counter: Counter) -> float:
        return self._present.durations.drawn_s(ticket.service, counter.id, self._z[ticket.id])

    def _newcomers(self) -> list[Arrival]:
        """Who else may come, as a Poisson stream for each kind; they stay out of sight until then. Each kind has
        chance of its own, so that a change to one leaves the others as they were."""
        present = self._present
        found: list[tuple[float, ServiceCode, bool, float]] = []
        for (service, has_priority), rate in sorted(present.rates.items()):
            chance = self._stream(f"{service} {has_priority}")
            t = 0.0
            while rate > 0:
                t += chance.expovariate(rate)
                if t > HORIZON_S:
                    break
                found.append((present.time + t, service, has_priority, chance.gauss(0.0, 1.0)))
        first = 1 + max((each.id for each in present.waiting), default=0)
        arrivals = []
        for n, (at, service, has_priority, z) in enumerate(sorted(found)):
            ident = TicketId(first + n)
            self._z[ident] = z
            arrivals.append(Arrival(ident, "", at, service, PRIORITY if has_priority else None, 0.0))
        return arrivals
