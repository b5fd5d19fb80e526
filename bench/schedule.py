"""A whole day's calls, whoever made them: checked against the rules of the hall, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from queue_server.domain.ids import CounterId
from queue_server.domain.simulation import Arrival, Outcome, Roster

from .days import BREAK, LAST_CALL, PRIORITY_WEIGHT, Day


class Call(NamedTuple):
    """Seconds after midnight; `id`: of the ticket."""

    id: int
    counter: CounterId
    called_s: float
    finished_s: float


def calls_of(outcome: Outcome) -> tuple[Call, ...]:
    return tuple(Call(one.id, one.counter, one.called_s, one.finished_s) for one in outcome.served)


def faults(day: Day, calls: Iterable[Call]) -> list[str]:
    """What the hall could not have done; empty for a valid schedule. Knows nothing of how the schedule was made."""
    people = {arrival.id: arrival for arrival in day.arrivals}
    rosters = {roster.counter.id: roster for roster in day.rosters}
    found: list[str] = []
    seen: set[int] = set()
    at_counter: dict[CounterId, list[Call]] = {}
    for call in calls:
        found += _faults(call, people[call.id], rosters[call.counter], day)
        found += [f"ticket {call.id} is called twice"] if call.id in seen else []
        seen.add(call.id)
        at_counter.setdefault(call.counter, []).append(call)
    for counter, mine in at_counter.items():
        mine.sort(key=lambda call: call.called_s)
        found += [
            f"counter {counter} calls {later.id} before {earlier.id} is finished"
            for earlier, later in pairwise(mine)
            if later.called_s < earlier.finished_s
        ]
    return found


def _faults(call: Call, arrival: Arrival, roster: Roster, day: Day) -> list[str]:
    wait = day.clock.at(call.called_s) - day.clock.at(arrival.at)
    return [
        f"ticket {call.id} {fault}"
        for fault, true in (
            ("is called before it has come", call.called_s < arrival.at),
            ("is served without the skill", arrival.service not in roster.counter.services),
            ("is called while the counter is closed", not any(a <= call.called_s < b for a, b in roster.open)),
            ("is called in the break", BREAK[0] <= call.called_s < BREAK[1]),
            ("is not served as long as it takes", abs(call.finished_s - call.called_s - arrival.service_s) > 1e-6),
            ("has left before", wait > (inf if arrival.patience_s is None else arrival.patience_s) + 1e-6),
        )
        if true
    ]


def waits(day: Day, calls: Iterable[Call]) -> Mapping[int, float]:
    """Seconds by ticket, of all who came: to the call; of those who gave up, their patience; of those whom nobody
    called, to the last moment at which somebody could have."""
    called = {call.id: call.called_s for call in calls}
    return {
        arrival.id: min(
            day.clock.at(called.get(arrival.id, LAST_CALL)) - day.clock.at(arrival.at),
            inf if arrival.patience_s is None or arrival.id in called else arrival.patience_s,
        )
        for arrival in day.arrivals
    }


def cost(day: Day, calls: Sequence[Call]) -> float:
    """Mean over all who came of weight x (wait / target)^2, weight 4 for priority: what the best schedule has least of.
    It is the same for every policy, whatever the policy itself tries to keep small."""
    waited = waits(day, calls)
    return sum(
        (1.0 if arrival.priority is None else PRIORITY_WEIGHT)
        * (waited[arrival.id] / day.targets[arrival.service]) ** 2
        for arrival in day.arrivals
    ) / max(1, len(day.arrivals))
