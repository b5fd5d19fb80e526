"""Whom a counter calls: the guard rails first, then the hall's policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from queue_server.domain.hall import Counter, PolicyName
from queue_server.domain.ids import ServiceCode

from .lateness import BACKUP_AT_RISK, Lateness
from .policies import SIMPLE, Policy, Rank, said
from .queue import Candidate, Lane, lane_of, seniority
from .situation import Decision, Situation, Why


def policy_of(situation: Situation) -> Policy:
    """The policy that the hall's rules name; to be kept while counters, rules and durations stay the same."""
    name = situation.rules.policy
    if name is PolicyName.LATENESS:
        return Lateness(situation.counters, situation.rules, situation.durations)
    return SIMPLE[name]


def choose(counter: Counter, situation: Situation, policy: Policy | None = None) -> Decision | None:
    """The ticket that `counter` calls next and why, or None when nobody waits for it. The same input gives the same
    answer."""
    found = pick(counter, situation, policy or policy_of(situation))
    return None if found is None else found.decision()


class Choice:
    """A picked ticket that can still be explained: a simulation of thousands of calls asks for few explanations."""

    __slots__ = ("_ground", "_heads", "_policy", "_rank", "_situation", "counter", "lanes", "ticket")

    def __init__(
        self,
        counter: Counter,
        lanes: Sequence[Lane],
        heads: Sequence[Candidate],
        ground: Why | None,
        policy: Policy,
        situation: Situation,
    ) -> None:
        """`lanes`: all that the counter may call; `heads`: those among whom the policy picks."""
        self.counter, self.lanes = counter, lanes
        self._heads, self._ground, self._policy, self._situation = heads, ground, policy, situation
        self._rank: Rank | None = None
        self.ticket = heads[0] if len(heads) == 1 else min(heads, key=self._ranked())

    def would_rather(self, newcomer: Candidate) -> bool:
        """Whether the counter, which may call `newcomer`, would have picked them instead; to be asked before the
        situation changes."""
        if self._ground is Why.LIMIT or (self._ground is Why.ORDINARY_TURN and newcomer.priority is not None):
            return False
        senior = self._situation.queue.lanes.get(lane_of(newcomer))
        if senior is not None and seniority(senior[0]) < seniority(newcomer):
            return False
        rank = self._ranked()
        return rank(newcomer) < rank(self.ticket)

    def _ranked(self) -> Rank:
        if self._rank is None:
            self._rank = self._policy.rank(self.counter, self._situation)
        return self._rank

    def decision(self) -> Decision:
        """To be asked before the situation changes."""
        ticket, situation = self.ticket, self._situation
        if self._ground is Why.LIMIT:
            return said(ticket, Why.LIMIT, situation, passed=situation.queue.passed(ticket))
        if self._ground is Why.ORDINARY_TURN:
            return said(ticket, Why.ORDINARY_TURN, situation, run=situation.runs.get(self.counter.id, 0))
        if ticket.service in self.counter.backup and ticket.service not in self.counter.services:
            return said(ticket, Why.BACKUP, situation)
        return self._policy.explain(self.counter, ticket, self._heads, situation)


def pick(counter: Counter, situation: Situation, policy: Policy) -> Choice | None:
    """As `choose`, with the lanes that the counter might have called and the explanation still to be asked for."""
    queue, rules = situation.queue, situation.rules
    lanes = situation.lanes_of(counter)
    if not lanes:
        return None
    ground: Why | None = None
    has_rails = rules.policy is PolicyName.LATENESS
    if has_rails and queue.due:
        due = [each for each in queue.due.values() if _in(each, lanes)]
        if due:
            longest = min(due, key=seniority)
            head = next(queue.lanes[lane][0] for lane in lanes if _same(lane, longest))
            return Choice(counter, lanes, (head,), Why.LIMIT, policy, situation)
    heads = _heads(counter, lanes, situation) if counter.backup else [queue.lanes[lane][0] for lane in lanes]
    if has_rails and situation.runs.get(counter.id, 0) >= rules.calling.priority_run:
        ordinary = [head for head in heads if head.priority is None]
        if ordinary and len(ordinary) < len(heads):
            heads, ground = ordinary, Why.ORDINARY_TURN
    return Choice(counter, lanes, heads, ground, policy, situation)


def upcoming(counter: Counter, situation: Situation, most: int) -> list[Candidate]:
    """Who would be called next, one after the other, by a counter that had nothing else to do; at most `most`."""
    order: list[Candidate] = []
    ahead = Situation(
        queue=situation.queue.copy(),
        counters=situation.counters,
        rules=situation.rules,
        durations=situation.durations,
        offered=situation.offered,
        now=situation.now,
        time=situation.time,
        busy=situation.busy,
        held=situation.held,
        runs=dict(situation.runs),
    )
    policy = policy_of(ahead)
    while len(order) < most:
        choice = pick(counter, ahead, policy)
        if choice is None:
            break
        order.append(choice.ticket)
        ahead.queue.remove(choice.ticket)
        ahead.queue.note_call(choice.ticket, choice.lanes)
        ahead.runs = {counter.id: run_after(ahead.runs.get(counter.id, 0), choice.ticket)}
    return order


def run_after(run: int, called: Candidate) -> int:
    """A counter's run after a call: priority calls in a row above 0, ordinary ones below."""
    return max(run, 0) + 1 if called.priority is not None else min(run, 0) - 1


def ahead_of(service: ServiceCode, waiting: Mapping[ServiceCode, int], counters: Iterable[Counter]) -> int:
    """How many of those who wait, counted by service, a first-come hall would call before a newcomer for `service`:
    they wait for something that one of the counters able to serve the newcomer serves too."""
    shared: set[ServiceCode] = set()
    for counter in counters:
        if service in counter.able:
            shared |= counter.able
    return sum(count for code, count in waiting.items() if code in shared)


def _heads(counter: Counter, lanes: Sequence[Lane], situation: Situation) -> list[Candidate]:
    """A back-up service is taken only when nothing of the counter's own waits, or to save a ticket at risk while
    nothing of its own is."""
    heads = [situation.queue.lanes[lane][0] for lane in lanes]
    others = [head for head in heads if head.service in counter.backup and head.service not in counter.services]
    mine = [head for head in heads if head not in others]
    if not mine:
        return others
    if any(_at_risk(head, situation) for head in mine):
        return mine
    return [head for head in others if _at_risk(head, situation)] or mine


def _at_risk(head: Candidate, situation: Situation) -> bool:
    target = situation.rules.target_s(head.service, has_priority=head.priority is not None)
    return situation.now - head.since >= BACKUP_AT_RISK * target


def _in(candidate: Candidate, lanes: Sequence[Lane]) -> bool:
    return any(_same(lane, candidate) for lane in lanes)


def _same(lane: Lane, candidate: Candidate) -> bool:
    return (
        lane.service == candidate.service
        and lane.for_counter == candidate.for_counter
        and lane.has_priority == (candidate.priority is not None)
    )
