"""Learns how long services take from what was observed: per service, counter and hour, trusting no cell too early.

Method (docs/dispatch.md, “Durations”). In each cell the logarithms of the observed seconds are a mixture: a normal law
(the service is lognormal) and, with a small probability, a forgotten press that can be anything from 20 s to 6 h, the
longer the likelier. Expectation and maximisation weigh each observation with the probability that it is genuine; an
upper bound counts as what is expected below it. Every parameter starts from the law of the cell above, as if that had
been seen in k observations: catalogue, service, counter, hour. The mean follows from the weighted observations
themselves (Duan's smearing), so that it stays right where services are not quite lognormal.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .durations import USUAL_CV, Durations
from .hall import Service
from .ids import CounterId, ServiceCode
from .observation import LONGEST_S, SHORTEST_S, Observation

WINDOW_DAYS = 90
HALF_LIFE_DAYS = 30.0
"""What is a half-life old counts half; `observations` below are counted so."""

K_SERVICE, K_COUNTER, K_HOUR = 8.0, 15.0, 50.0
"""Observations that the cell above is worth: k = σ²/τ², with σ = 0.7 the spread of the logarithms (cv 0.8) and τ that
of the cells: a catalogue is off by 25 %, counters differ by 18 %, hours by 10 %."""

K_SMEAR = 50.0
"""The same for the mean in units of e^centre: the shape is lognormal until some dozens say otherwise."""

K_SPREAD = 400.0
K_FORGOTTEN = 60.0
"""The same for the spread and for the share of forgotten presses: only the tail tells these two apart, so that both
need many observations before they are believed. Measured, see docs/dispatch.md."""

HOUR_NEEDS = 30.0
"""Fewer observations make no hour of its own."""

FORGOTTEN = 0.03
"""The share of forgotten presses before anything was seen."""

SLIPS = 0.25
"""The share among these that is as likely short as long: a ticket passed over, a key pressed twice."""

STEP = 0.02
"""Width of the histograms of ln(seconds): 2 %."""

ROUNDS = 60
SETTLED = 2e-4
"""Expectation and maximisation end after so many rounds, or when the centre moves less."""

_LOW, _HIGH = math.log(SHORTEST_S), math.log(LONGEST_S)


class _Law(NamedTuple):
    """Of ln(seconds): centre, standard deviation; mean seconds by e^centre; the share of forgotten presses."""

    mu: float
    sigma: float
    smear: float
    forgotten: float

    @property
    def mean_s(self) -> float:
        return math.exp(self.mu) * self.smear


@dataclass(slots=True)
class _Cell:
    """Histograms of ln(seconds) by place of the step: times known exactly, and upper bounds."""

    exact: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    bounds: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, seconds: float, weight: float, at_most: bool) -> None:
        (self.bounds if at_most else self.exact)[round(math.log(seconds) / STEP)] += weight

    @property
    def observations(self) -> float:
        return sum(self.exact.values())


def learn(hall_services: Iterable[Service], observations: Iterable[Observation], today: date) -> Durations:
    """Durations of the hall's services as known on the morning of `today`.

    Only the WINDOW_DAYS days before `today` count, never `today` itself. What the hall no longer offers is ignored; a
    service without observations has its catalogue's figure. The order of the observations does not matter.
    """
    catalogue = {service.code: float(service.mean_s) for service in hall_services}
    services: defaultdict[ServiceCode, _Cell] = defaultdict(_Cell)
    counters: defaultdict[tuple[ServiceCode, CounterId], _Cell] = defaultdict(_Cell)
    hours: defaultdict[tuple[ServiceCode, CounterId, int], _Cell] = defaultdict(_Cell)
    for seen in sorted(observations):
        age = (today - seen.day).days
        if seen.service not in catalogue or not 0 < age <= WINDOW_DAYS or not SHORTEST_S <= seen.seconds <= LONGEST_S:
            continue
        weight = 0.5 ** (age / HALF_LIFE_DAYS)
        services[seen.service].add(seen.seconds, weight, seen.at_most)
        counters[seen.service, seen.counter].add(seen.seconds, weight, seen.at_most)
        hours[seen.service, seen.counter, seen.hour].add(seen.seconds, weight, seen.at_most)

    means: dict[tuple[ServiceCode, CounterId | None, int | None], float] = {}
    of_service = {code: _fit(cell, _from_catalogue(catalogue[code]), K_SERVICE) for code, cell in services.items()}
    for code, mean_s in catalogue.items():
        means[code, None, None] = of_service[code].mean_s if code in of_service else mean_s
    of_counter = {key: _fit(cell, of_service[key[0]], K_COUNTER) for key, cell in counters.items()}
    for (code, counter), law in of_counter.items():
        means[code, counter, None] = law.mean_s
    for (code, counter, hour), cell in hours.items():
        if cell.observations >= HOUR_NEEDS:
            means[code, counter, hour] = _fit(cell, of_counter[code, counter], K_HOUR).mean_s
    return Durations(means, _cvs(of_counter, counters))


def _from_catalogue(mean_s: float) -> _Law:
    sigma2 = math.log1p(USUAL_CV**2)
    return _Law(math.log(mean_s) - sigma2 / 2, math.sqrt(sigma2), math.exp(sigma2 / 2), FORGOTTEN)


def _cvs(
    laws: Mapping[tuple[ServiceCode, CounterId], _Law], cells: Mapping[tuple[ServiceCode, CounterId], _Cell]
) -> dict[ServiceCode, float]:
    """Coefficient of variation at one and the same counter, to two decimals: what differs between counters is known."""
    sums: defaultdict[ServiceCode, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for (code, counter), law in laws.items():
        weight = cells[code, counter].observations
        total, square = sums[code]
        sums[code] = total + weight, square + weight * law.sigma**2
    return {code: round(math.sqrt(math.expm1(square / total)), 2) for code, (total, square) in sums.items() if total}


def _fit(cell: _Cell, prior: _Law, k: float) -> _Law:
    """The law of a cell by expectation and maximisation, `prior` counting as k observations of the centre."""
    exact = [(place * STEP, weight) for place, weight in sorted(cell.exact.items())]
    bounds = [(place * STEP, weight) for place, weight in sorted(cell.bounds.items())]
    seen = math.fsum(weight for _, weight in exact)
    mu, sigma, forgotten = _median([*exact, (prior.mu, k)]), prior.sigma, prior.forgotten
    for _ in range(ROUNDS):
        genuine = _genuine(exact, mu, sigma, forgotten)
        # Each: weight, expectation and variance of ln(seconds).
        pieces = [(weight, x, 0.0) for (x, _), weight in zip(exact, genuine, strict=True)]
        short = _genuine_below(bounds, mu, sigma, forgotten)
        pieces += [(weight, *_below(x, mu, sigma)) for (x, _), weight in zip(bounds, short, strict=True)]
        total = math.fsum(weight for weight, _, _ in pieces)
        before = mu
        mu = (k * prior.mu + math.fsum(weight * x for weight, x, _ in pieces)) / (k + total)
        square = math.fsum(weight * ((x - mu) ** 2 + variance) for weight, x, variance in pieces)
        sigma = math.sqrt((K_SPREAD * prior.sigma**2 + square) / (K_SPREAD + total))
        forgotten = (K_FORGOTTEN * prior.forgotten + seen - math.fsum(genuine)) / (K_FORGOTTEN + seen)
        if abs(mu - before) < SETTLED:
            break
    genuine = _genuine(exact, mu, sigma, forgotten)
    smears = [(weight, math.exp(x - mu)) for (x, _), weight in zip(exact, genuine, strict=True)]
    short = _genuine_below(bounds, mu, sigma, forgotten)
    smears += [(weight, prior.smear * _share_below(x, mu, sigma)) for (x, _), weight in zip(bounds, short, strict=True)]
    smear = (K_SMEAR * prior.smear + math.fsum(weight * value for weight, value in smears)) / (
        K_SMEAR + math.fsum(weight for weight, _ in smears)
    )
    return _Law(mu, sigma, smear, forgotten)


def _genuine(exact: list[tuple[float, float]], mu: float, sigma: float, forgotten: float) -> list[float]:
    """The weight of each place of the histogram times the probability that it is no forgotten press."""
    flat = forgotten * SLIPS / (_HIGH - _LOW)
    slope = forgotten * (1 - SLIPS) * 2 / (_HIGH - _LOW) ** 2
    height = (1 - forgotten) / (sigma * math.sqrt(2 * math.pi))
    weights = []
    for x, weight in exact:
        served = height * math.exp(-(((x - mu) / sigma) ** 2) / 2)
        weights.append(weight * served / (served + flat + slope * max(x - _LOW, 0.0)))
    return weights


def _genuine_below(bounds: list[tuple[float, float]], mu: float, sigma: float, forgotten: float) -> list[float]:
    """The same for upper bounds: the two laws' probabilities to lie below stand for their densities."""
    weights = []
    for x, weight in bounds:
        served = (1 - forgotten) * _cumulative((x - mu) / sigma)
        place = max(x - _LOW, STEP) / (_HIGH - _LOW)
        weights.append(weight * served / (served + forgotten * (SLIPS * place + (1 - SLIPS) * place**2)))
    return weights


def _below(bound: float, mu: float, sigma: float) -> tuple[float, float]:
    """Mean and variance of a normal variable known to lie below `bound`: μ - σλ, σ²(1 - zλ - λ²), λ = φ(z)/Φ(z)."""
    z = max((bound - mu) / sigma, -30.0)
    ratio = math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / _cumulative(z)
    return mu - sigma * ratio, sigma**2 * max(0.0, 1 - z * ratio - ratio**2)


def _share_below(bound: float, mu: float, sigma: float) -> float:
    """E[X | X < b] / E[X] of a lognormal: Φ(z - σ) / Φ(z)."""
    z = max((bound - mu) / sigma, -30.0)
    return _cumulative(z - sigma) / _cumulative(z)


def _cumulative(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def _median(weighted: Iterable[tuple[float, float]]) -> float:
    """The weighted median of (value, weight)."""
    ordered = sorted(weighted)
    half = math.fsum(weight for _, weight in ordered) / 2
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    raise ValueError("the median of nothing")
