"""How long a service keeps a counter, from call to finish: what is known of it, and what is left of one that runs.

Service times in halls are long-tailed; a lognormal law describes them well. What has already lasted long will
probably last longer still, so what is left of a running service follows from how long it has run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from statistics import NormalDist

from .ids import CounterId, ServiceCode

USUAL_CV = 0.8
"""Coefficient of variation of service times where nothing has been learned (docs/dispatch.md)."""

USUAL_MEAN_S = 600.0

_NORMAL = NormalDist()
_STEP = 0.05
_STEPS = 200
"""What is left is tabulated up to ten means; beyond, the last ratio holds."""


@dataclass(frozen=True, slots=True)
class Durations:
    """`means`: seconds by service, counter and hour of the day, where None stands for any; each service has an entry
    (service, None, None). `cvs`: coefficient of variation by service."""

    means: Mapping[tuple[ServiceCode, CounterId | None, int | None], float]
    cvs: Mapping[ServiceCode, float] = field(default_factory=dict)

    def mean_s(self, service: ServiceCode, counter: CounterId | None = None, hour: int | None = None) -> float:
        """The most specific mean there is; USUAL_MEAN_S for a service that the hall no longer offers."""
        if hour is not None:
            mean = self.means.get((service, counter, hour))
            if mean is not None:
                return mean
        mean = self.means.get((service, counter, None))
        return self.means.get((service, None, None), USUAL_MEAN_S) if mean is None else mean

    def cv(self, service: ServiceCode) -> float:
        return self.cvs.get(service, USUAL_CV)

    def remaining_s(self, service: ServiceCode, counter: CounterId | None, elapsed_s: float) -> float:
        """What is expected to be left of a service that has run for `elapsed_s`."""
        mean = self.mean_s(service, counter)
        place = max(0.0, elapsed_s / mean) / _STEP
        table = _left(self.cv(service))
        index = int(place)
        if index >= _STEPS:
            return mean * table[_STEPS]
        return mean * (table[index] + (table[index + 1] - table[index]) * (place - index))

    def drawn_s(self, service: ServiceCode, counter: CounterId | None, z: float) -> float:
        """How long a whole service takes at `z` standard deviations of its logarithm."""
        mu, sigma = _law(self.cv(service))
        return self.mean_s(service, counter) * math.exp(mu + sigma * z)

    def quantile_s(self, service: ServiceCode, counter: CounterId | None, elapsed_s: float, share: float) -> float:
        """What is left of a service after `elapsed_s` is with probability `share` (0 to 1) no longer than this."""
        mean = self.mean_s(service, counter)
        mu, sigma = _law(self.cv(service))
        if sigma == 0:
            return max(0.0, mean - elapsed_s)
        run = elapsed_s / mean
        gone = _NORMAL.cdf((math.log(run) - mu) / sigma) if run > 0 else 0.0
        level = min(max(gone + share * (1 - gone), 1e-9), 1 - 1e-9)
        return max(0.0, mean * math.exp(mu + sigma * _NORMAL.inv_cdf(level)) - elapsed_s)


@cache
def _law(cv: float) -> tuple[float, float]:
    """mu and sigma of the lognormal law with mean 1 and coefficient of variation `cv`."""
    sigma2 = math.log1p(cv * cv)
    return -sigma2 / 2, math.sqrt(sigma2)


@cache
def _left(cv: float) -> tuple[float, ...]:
    """Expected rest, in means, after 0, 0.05, 0.1 ... means: E[X | X > t] - t."""
    mu, sigma = _law(cv)
    rests = [1.0]
    for step in range(1, _STEPS + 1):
        t = step * _STEP
        if sigma == 0:
            rests.append(max(1.0 - t, _STEP))
            continue
        z = (math.log(t) - mu) / sigma
        over = 1 - _NORMAL.cdf(z)
        rests.append((1 - _NORMAL.cdf(z - sigma)) / over - t if over > 1e-12 else rests[-1])
    return tuple(rests)
