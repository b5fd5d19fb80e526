"""The hall's own discipline: call whose lateness would cost most for each minute that the counter is taken.

The index of a ticket is that of the generalized c-mu rule, improved: the wait counted is the one it will have had
when the next counter that serves it comes free, services that few counters offer count more, and one that is about to
miss its target counts more. docs/dispatch.md gives the formula, its sources and what each part is worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from queue_server.domain.durations import Durations
from queue_server.domain.hall import Counter
from queue_server.domain.ids import CounterId, ServiceCode

from .policies import Rank, compared, said, strongest
from .queue import Candidate, seniority
from .situation import Decision, Rules, Situation, Why

URGENCY = 1.5
"""The marginal cost of waiting grows with this power of the wait: the cost itself is convex, which bounds the tail."""
STRICTNESS = 1.75
"""... and falls with this power of the target."""
BREVITY = 1.25
"""How much a short service counts: 1 would be c-mu's rate; more keeps more people on target."""
SCARCITY = 0.25
"""How much it counts that few counters offer a service."""
HEAD_START_S = 240.0
"""What every wait is taken to be longer, so that a new arrival with a strict target is seen at once."""
AT_RISK = 0.85
"""From this share of the target on, reached before another counter could take it, a ticket is at risk ..."""
RISK_FACTOR = 1.2
"""... and counts so many times."""
SOON_S = 20.0
"""A counter is never expected sooner: its clerk must press, the person must walk."""
BACKUP_AT_RISK = 0.8


class Lateness:
    """Built for the counters that are open, the rules and the durations: what does not change from call to call is
    computed once."""

    def __init__(self, counters: Sequence[Counter], rules: Rules, durations: Durations) -> None:
        self._rules, self._durations = rules, durations
        self._able: dict[ServiceCode, list[Counter]] = {}
        offered_by: dict[ServiceCode, float] = {}
        for counter in counters:
            for service in counter.services:
                self._able.setdefault(service, []).append(counter)
                offered_by[service] = offered_by.get(service, 0.0) + 1 / len(counter.services)
        self._scarcity = {service: math.pow(share, -SCARCITY) for service, share in offered_by.items()}
        self._factors: dict[tuple[CounterId, int], dict[tuple[ServiceCode, bool], tuple[float, float]]] = {}

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        index = self.index(counter, situation)
        return lambda head: (-index(head), head.since, head.id)

    def index(self, counter: Counter, situation: Situation) -> Callable[[Candidate], float]:
        """What serving somebody at `counter` now is worth; it never falls as their wait grows."""
        delay_s = self._delay(counter, situation)
        hour, now = int(situation.time // 3600), situation.now
        factors = self._factors.setdefault((counter.id, hour), {})

        def index(head: Candidate) -> float:
            key = (head.service, head.priority is not None)
            known = factors.get(key)
            if known is None:
                known = factors[key] = self._factor(counter, hour, head)
            factor, risk_s = known
            waited, delay = now - head.since, delay_s(head.service)
            worth = factor * math.pow(max(0.0, waited) + HEAD_START_S + delay, URGENCY)
            return worth * RISK_FACTOR if waited + delay > risk_s else worth

        return index

    def serving_order(self, counters: Sequence[Counter]) -> Sequence[Counter]:
        """Those that serve least choose first: the flexible ones are kept for what only they can take."""
        return sorted(counters, key=lambda counter: (len(counter.services), counter.id))

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        """The strongest ground on which `picked` goes before the one who has waited longest."""
        first = min(heads, key=seniority)
        if picked is first:
            return said(picked, Why.LONGEST_WAIT, situation)
        return compared(picked, first, self._ground(counter, picked, first, situation), counter, situation)

    def _ground(self, counter: Counter, picked: Candidate, first: Candidate, situation: Situation) -> Why:
        rules, now = self._rules, situation.now
        target = rules.target_s(picked.service, has_priority=picked.priority is not None)
        first_target = rules.target_s(first.service, has_priority=first.priority is not None)
        waited, first_waited = now - picked.since, now - first.since
        if first_waited <= first_target:
            if waited > target:
                return Why.LATE
            if waited >= AT_RISK * target:
                return Why.BEFORE_LATE
        if picked.priority is not None and first.priority is None:
            return Why.PRIORITY
        return strongest(
            counter,
            picked,
            first,
            situation,
            brevity=BREVITY,
            strictness=STRICTNESS,
            soon=self._soon(counter, picked, first, situation),
        )

    def _soon(self, counter: Counter, picked: Candidate, first: Candidate, situation: Situation) -> float:
        """What the index owes to other counters reaching `picked` later than `first`, as a logarithm."""
        delay_s = self._delay(counter, situation)
        delay, other = delay_s(picked.service), delay_s(first.service)
        if delay <= other:
            return 0.0
        waited = max(0.0, situation.now - picked.since) + HEAD_START_S
        scarcity = self._scarcity.get(picked.service, 1.0) / self._scarcity.get(first.service, 1.0)
        return math.log(scarcity) + URGENCY * math.log((waited + delay) / (waited + other))

    def _factor(self, counter: Counter, hour: int, head: Candidate) -> tuple[float, float]:
        has_priority = head.priority is not None
        target = self._rules.target_s(head.service, has_priority=False)
        mean = self._durations.mean_s(head.service, counter.id, hour)
        weight = self._rules.calling.priority_weight if has_priority else 1.0
        factor = weight * self._scarcity.get(head.service, 1.0)
        factor *= math.pow(target, -STRICTNESS) * math.pow(mean, -BREVITY)
        return factor, AT_RISK * self._rules.target_s(head.service, has_priority=has_priority)

    def _delay(self, counter: Counter, situation: Situation) -> Callable[[ServiceCode], float]:
        """For a service: seconds until another counter would probably take its next ticket, if this one does not.

        Each counter that serves it comes free at some rate, shared among the services that wait for it; the rates add
        up. This counter itself is one of them, once it has served somebody else."""
        durations, time, busy = self._durations, situation.time, situation.busy
        waiting = {lane.service for lane in situation.queue.lanes}
        rests: dict[CounterId, float] = {}
        known: dict[ServiceCode, float] = {}

        def delay(service: ServiceCode) -> float:
            found = known.get(service)
            if found is not None:
                return found
            rate = 1 / durations.mean_s(service, counter.id)
            for other in self._able.get(service, ()):
                if other.id == counter.id:
                    continue
                rest = rests.get(other.id)
                if rest is None:
                    what = busy.get(other.id)
                    left = durations.remaining_s(what.service, other.id, time - what.since) if what else SOON_S
                    rest = rests[other.id] = max(SOON_S, left) * max(1, len(waiting & other.services))
                rate += 1 / rest
            known[service] = 1 / rate
            return known[service]

        return delay
