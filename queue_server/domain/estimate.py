"""How many are ahead, and how long the wait will be, as a range.

The work ahead is the sum of the mean service times of those who go first, shared among the counters that serve
this queue. Its spread follows from service times with a coefficient of variation of 0.8 (the lognormal seen in
halls, `Size of the work`): the range is the mean plus and minus 1.28 standard deviations, the 10th to the 90th
percentile of a normal law, and at the upper end one more service, as every counter is in the middle of one.

A counter that serves much besides brings its other queues along, but nobody waits longer because it opened: of all
sets of counters that serve this queue, the one that gets through its work soonest says how long the wait is.
"""

from __future__ import annotations

import math
from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .hall import Hall
from .ids import CounterId, ServiceCode

SERVICE_CV = 0.8
Z_80 = 1.2816
STEP_S = 60
MOST_KINDS = 6
"""Up to so many kinds of counter every set of them is looked at; above it, each kind alone and all together."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for one service, with priority and without."""

    priority: int = 0
    ordinary: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """People ahead at the counter with the fewest, and the wait from `low_s` to `high_s`, whole minutes in seconds."""

    ahead: int
    low_s: int
    high_s: int


def estimate(
    hall: Hall,
    service: ServiceCode,
    has_priority: bool,
    before: Mapping[ServiceCode, Waiting],
    open_counters: Iterable[CounterId],
    free_counters: Iterable[CounterId] = (),
) -> Estimate:
    """Estimate for one who waits for `service`; `before`: who queued earlier, and the priority tickets of all.

    Where no open counter serves the service, all counters that could are taken, as one of them must open.
    """
    own_mean_s = hall.service(service).mean_s
    able = [counter for counter in hall.counters if service in counter.services]
    opened = set(open_counters)
    serving = [counter for counter in able if counter.id in opened] or able
    ahead = {code: count for code, waiting in before.items() if (count := _ahead(waiting, has_priority))}
    kinds = Tally(counter.services for counter in serving)
    queues = {kind: sum(count for code, count in ahead.items() if code in kind) for kind in kinds}
    free = set(free_counters)
    if any(counter.id in free and queues[counter.services] == 0 for counter in serving):
        return Estimate(0, 0, STEP_S)
    low_s = high_s = math.inf
    for work_s, work_s2, counters in _sets(kinds, [(n, hall.service(code).mean_s, code) for code, n in ahead.items()]):
        mean_s, spread_s = work_s / counters, SERVICE_CV * math.sqrt(work_s2) / counters
        low_s = min(low_s, max(0.0, mean_s - Z_80 * spread_s))
        high_s = min(high_s, mean_s + Z_80 * spread_s + own_mean_s / counters)
    return Estimate(min(queues.values()), _minutes_down(low_s), max(STEP_S, _minutes_up(high_s)))


def _ahead(waiting: Waiting, has_priority: bool) -> int:
    return waiting.priority if has_priority else waiting.priority + waiting.ordinary


def _sets(
    kinds: Mapping[frozenset[ServiceCode], int], ahead: Iterable[tuple[int, int, ServiceCode]]
) -> Iterator[tuple[float, float, int]]:
    """Each set of kinds of counter: the work ahead of it in s, its sum of squares in s², and how many counters it has.

    `ahead`: people, mean seconds and service of each queue. Sets are bit masks over `kinds`; queues that the same
    kinds serve are summed first, as the number of sets doubles with each kind.
    """
    work: dict[int, tuple[float, float]] = {}
    for people, mean_s, code in ahead:
        served_by = sum(1 << bit for bit, kind in enumerate(kinds) if code in kind)
        s, s2 = work.get(served_by, (0.0, 0.0))
        work[served_by] = (s + people * mean_s, s2 + people * mean_s**2)
    everyone = (1 << len(kinds)) - 1
    few = len(kinds) <= MOST_KINDS
    for chosen in range(1, everyone + 1) if few else (*(1 << bit for bit in range(len(kinds))), everyone):
        mine = [sums for served_by, sums in work.items() if served_by & chosen]
        counters = sum(count for bit, count in enumerate(kinds.values()) if chosen >> bit & 1)
        yield sum(s for s, _ in mine), sum(s2 for _, s2 in mine), counters


def _minutes_down(seconds: float) -> int:
    return int(seconds // STEP_S) * STEP_S


def _minutes_up(seconds: float) -> int:
    return math.ceil(seconds / STEP_S) * STEP_S
