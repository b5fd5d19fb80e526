"""What a measurement yields: times of single operations, and a figure beside its reference from the same run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Times:
    """One stretch of operations: the seconds that each took, and that all took together."""

    each_s: tuple[float, ...]
    all_s: float

    @property
    def per_s(self) -> float:
        return len(self.each_s) / self.all_s


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed (nearest rank). `values` must not be empty."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


@dataclass(frozen=True)
class Figure:
    """One side of a row: what it is, the median over the rounds, and where single operations were timed their
    p50 and p99 in milliseconds, over all rounds together."""

    what: str
    value: float
    p50_ms: float | None = None
    p99_ms: float | None = None


@dataclass(frozen=True)
class Against:
    """A reference and how the measured figure compares. `ratios`: measured to reference, one for each round, the two
    taken next to each other in time; `aim`: where the issue or the design names one."""

    reference: Figure
    ratios: tuple[float, ...]
    aim: float | None = None

    @property
    def ratio(self) -> float:
        return median(self.ratios)


@dataclass(frozen=True)
class Row:
    """A measurement beside its references. `more_is_better`: of a throughput, not of a time or a size."""

    unit: str
    measured: Figure
    against: tuple[Against, ...]
    more_is_better: bool = False
    notes: tuple[str, ...] = ()


def throughput(what: str, rounds: Sequence[Times]) -> Figure:
    """Operations a second, and how long one takes."""
    return Figure(what, median(times.per_s for times in rounds), *_spread([s for one in rounds for s in one.each_s]))


def duration(what: str, rounds: Sequence[Sequence[float]]) -> Figure:
    """Milliseconds of one operation; `rounds` hold seconds. The value is the median over all."""
    each = [seconds for one in rounds for seconds in one]
    return Figure(what, median(each) * 1000, *_spread(each))


def size(what: str, rounds: Sequence[int]) -> Figure:
    """Mebibytes; `rounds` hold bytes."""
    return Figure(what, median(rounds) / 2**20)


def ratios(measured: Sequence[float], reference: Sequence[float]) -> tuple[float, ...]:
    """Pair by pair."""
    return tuple(ours / theirs for ours, theirs in zip(measured, reference, strict=True))


def _spread(seconds: Sequence[float]) -> tuple[float, float]:
    return percentile(seconds, 50) * 1000, percentile(seconds, 99) * 1000
