"""How many are ahead, and how long the wait will be, as a range.

The work ahead is the sum of the mean service times of those who go first, shared among the counters that serve
this queue. Its spread follows from service times with a coefficient of variation of 0.8 (the lognormal seen in
halls, `Size of the work`): the range is the mean plus and minus 1.28 standard deviations, the 10th to the 90th
percentile of a normal law, and at the upper end one more service, as every counter is in the middle of one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .hall import Counter, Hall
from .ids import CounterId, ServiceCode

SERVICE_CV = 0.8
Z_80 = 1.2816
STEP_S = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for one service, with priority and without."""

    priority: int = 0
    ordinary: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """People ahead, and the wait from `low_s` to `high_s` in whole minutes given as seconds."""

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
    able = [counter for counter in hall.counters if service in counter.services]
    opened = set(open_counters)
    serving = [counter for counter in able if counter.id in opened] or able
    ahead = {code: _ahead(waiting, has_priority) for code, waiting in before.items() if _shared(code, serving)}
    count = sum(ahead.values())
    own_mean_s = hall.service(service).mean_s
    if count == 0 and {counter.id for counter in serving} & set(free_counters):
        return Estimate(0, 0, STEP_S)
    means = {code: hall.service(code).mean_s for code in ahead}
    mean_s = sum(n * means[code] for code, n in ahead.items()) / len(serving)
    spread_s = SERVICE_CV * math.sqrt(sum(n * means[code] ** 2 for code, n in ahead.items())) / len(serving)
    low_s = max(0.0, mean_s - Z_80 * spread_s)
    high_s = mean_s + Z_80 * spread_s + own_mean_s / len(serving)
    return Estimate(count, _minutes_down(low_s), max(STEP_S, _minutes_up(high_s)))


def _ahead(waiting: Waiting, has_priority: bool) -> int:
    return waiting.priority if has_priority else waiting.priority + waiting.ordinary


def _shared(code: ServiceCode, counters: Iterable[Counter]) -> bool:
    return any(code in counter.services for counter in counters)


def _minutes_down(seconds: float) -> int:
    return int(seconds // STEP_S) * STEP_S


def _minutes_up(seconds: float) -> int:
    return math.ceil(seconds / STEP_S) * STEP_S
