"""The simple disciplines: for halls that must keep one, and for comparison."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from queue_server.domain.hall import Counter, PolicyName

from .queue import Candidate, seniority
from .situation import Decision, Situation, Why

Rank = Callable[[Candidate], tuple[float, float, int]]
"""A worth (the lower the sooner), then seniority."""


class Policy(Protocol):
    """A rule by which a free counter picks one of those at the head of its lanes."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        """The order in which `counter` would call: whoever ranks lowest goes first; no two rank alike."""
        ...

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        """Why `picked` goes before the others at the head."""
        ...

    def serving_order(self, counters: Sequence[Counter]) -> Sequence[Counter]:
        """Which of several free counters chooses first."""
        ...


class _ByCounter:
    """Free counters choose in the hall's own order."""

    def serving_order(self, counters: Sequence[Counter]) -> Sequence[Counter]:
        return counters


class FirstCome(_ByCounter):
    """Whoever has waited longest."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        return lambda head: (0.0, head.since, head.id)

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        return said(picked, Why.LONGEST_WAIT, situation)


class StrictPriority(_ByCounter):
    """Priority first, whatever the others have waited."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        return lambda head: (0.0 if head.priority is not None else 1.0, head.since, head.id)

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        return said(picked, Why.LONGEST_WAIT if picked.priority is None else Why.PRIORITY, situation)


class Interleaved(_ByCounter):
    """After each priority call of a counter, N ordinary ones: 1:N."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        run = situation.runs.get(counter.id, 0)
        priority_turn = run == 0 or run <= -situation.rules.calling.interleave
        return lambda head: (float((head.priority is not None) is not priority_turn), head.since, head.id)

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        run = situation.runs.get(counter.id, 0)
        if picked.priority is not None and run < 0:
            return said(picked, Why.PRIORITY_TURN, situation, run=-run)
        return said(picked, Why.LONGEST_WAIT if picked.priority is None else Why.PRIORITY, situation)


class Accumulating(_ByCounter):
    """Points grow with the wait, several times as fast with priority (Kleinrock 1964; Stanford et al. 2014)."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        now, times = situation.now, situation.rules.calling.accumulation
        return lambda head: (-(now - head.since) * (1 if head.priority is None else times), head.since, head.id)

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        if picked.priority is None:
            return said(picked, Why.LONGEST_WAIT, situation)
        times = situation.rules.calling.accumulation
        return said(picked, Why.POINTS, situation, times=f"{times:g}")


class GeneralizedCMu(_ByCounter):
    """Marginal cost times service rate, for the cost weight x (wait/target)² (van Mieghem 1995; Mandelbaum and
    Stolyar 2004): the known baseline, as it stands in the books."""

    def rank(self, counter: Counter, situation: Situation) -> Rank:
        rules, durations, now = situation.rules, situation.durations, situation.now

        def rank(head: Candidate) -> tuple[float, float, int]:
            target = rules.target_s(head.service, has_priority=False)
            weight = 1.0 if head.priority is None else rules.calling.priority_weight
            marginal = weight * (now - head.since) / target**2
            return -marginal / durations.mean_s(head.service, counter.id), head.since, head.id

        return rank

    def explain(
        self, counter: Counter, picked: Candidate, heads: Sequence[Candidate], situation: Situation
    ) -> Decision:
        first = min(heads, key=seniority)
        if picked is first:
            return said(picked, Why.LONGEST_WAIT, situation)
        if picked.priority is not None and first.priority is None:
            return said(picked, Why.PRIORITY, situation)
        why = strongest(counter, picked, first, situation, brevity=1.0, strictness=2.0)
        return compared(picked, first, why, counter, situation)


def strongest(
    counter: Counter,
    picked: Candidate,
    first: Candidate,
    situation: Situation,
    *,
    brevity: float,
    strictness: float,
    soon: float = 0.0,
) -> Why:
    """Which factor of an index speaks most for `picked` beside `first`, who has waited longer. `brevity`, `strictness`:
    the powers of duration and target in the index; `soon`: what speaks for it that other counters would take longer to
    reach it, as a logarithm. Only a ground that can be seen in the figures that are said is given."""
    rules, durations, now = situation.rules, situation.durations, situation.now
    pair = (picked, first)
    mean, other_mean = (durations.mean_s(each.service, counter.id, int(situation.time // 3600)) for each in pair)
    target, other_target = (rules.target_s(each.service, has_priority=each.priority is not None) for each in pair)
    grounds = {Why.SCARCE: soon}
    if in_minutes(mean) < in_minutes(other_mean):
        grounds[Why.QUICK] = brevity * math.log(other_mean / mean)
    if target < other_target:
        is_further = (now - picked.since) / target > (now - first.since) / other_target
        grounds[Why.LATER_THAN if is_further else Why.STRICTER] = strictness * math.log(other_target / target)
    best = max(grounds, key=lambda why: grounds[why])
    return best if grounds[best] > 0 else Why.BALANCE


SIMPLE: dict[PolicyName, Policy] = {
    PolicyName.FIRST_COME: FirstCome(),
    PolicyName.STRICT: StrictPriority(),
    PolicyName.INTERLEAVED: Interleaved(),
    PolicyName.ACCUMULATING: Accumulating(),
    PolicyName.GENERALIZED_C_MU: GeneralizedCMu(),
}


def said(ticket: Candidate, why: Why, situation: Situation, **params: str | int) -> Decision:
    """A decision whose words need the number and the wait."""
    return Decision(
        ticket.id, why, {"number": ticket.number, "minutes": minutes(situation.now - ticket.since), **params}
    )


def compared(ticket: Candidate, other: Candidate, why: Why, counter: Counter, situation: Situation) -> Decision:
    """A decision whose words set `ticket` beside `other`, who would have gone first if only the wait counted."""
    rules, durations = situation.rules, situation.durations
    target = rules.target_s(ticket.service, has_priority=ticket.priority is not None)
    other_target = rules.target_s(other.service, has_priority=other.priority is not None)
    waited, other_waited = situation.now - ticket.since, situation.now - other.since
    params: dict[str, str | int] = {"other": other.number, "target": minutes(target)}
    if why is Why.BEFORE_LATE:
        params["left"] = max(1, math.ceil((target - waited) / 60))
    elif why is Why.LATE:
        params["over"] = math.ceil(max(0.0, waited - target) / 60)
    elif why is Why.QUICK:
        for key, candidate in (("mean", ticket), ("other_mean", other)):
            params[key] = in_minutes(durations.mean_s(candidate.service, counter.id, int(situation.time // 3600)))
    else:
        params |= {"other_minutes": minutes(other_waited), "other_target": minutes(other_target)}
    return said(ticket, why, situation, **params)


def in_minutes(mean_s: float) -> int:
    """A duration as it is said: whole minutes, at least one."""
    return max(1, round(mean_s / 60))


def minutes(seconds: float) -> int:
    return max(0, int(seconds // 60))
