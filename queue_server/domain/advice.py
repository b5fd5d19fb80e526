"""Which measures would help, and how much: each is tried out on the same chance as the hall as it is."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from .forecast import Chance, Present, Toll, tolls
from .measure import Measure, MeasureKey
from .options import Option

RUNS = 24
SHOWN = 3
LEAST_SAVED = 0.5
"""Advice saves at least this many tickets ..."""
LEAST_SPARED_S = 600.0
"""... or, where the queue is too long for that, so much of the time by which tickets are late in all ..."""
SURE = 2.0
"""... and in either case so many times its standard error."""
STANDING = 1.25
"""Advice that is shown already counts this much more, so that the list stays quiet."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A measure with its expected effect within the horizon: tickets over target `before` and `after` it, and the time
    by which they are late in all."""

    measure: Measure
    before: float
    after: float
    late_before_s: float
    late_after_s: float

    @property
    def saved(self) -> float:
        """Tickets that stay on target thanks to it."""
        return self.before - self.after

    @property
    def spares_tickets(self) -> bool:
        """Whether it saves tickets, and not only time."""
        return self.saved >= LEAST_SAVED


def advise(
    present: Present, tried: Iterable[Option], chance: Chance, standing: Collection[MeasureKey] = (), runs: int = RUNS
) -> list[Advice]:
    """The best measures among `tried`, at most three, the best first; none that helps by less than it might by chance.
    `standing`: those shown already."""
    now = tolls(present, chance, runs)
    found = [advice for option in tried if (advice := _compared(option, now, tolls(option.then, chance, runs)))]

    def worth(advice: Advice) -> tuple[bool, float]:
        stay = STANDING if advice.measure.key in standing else 1.0
        late_s = advice.late_before_s - advice.late_after_s
        return advice.spares_tickets, stay * (advice.saved if advice.spares_tickets else late_s)

    return sorted(found, key=worth, reverse=True)[:SHOWN]


def _compared(option: Option, now: Sequence[Toll], then: Sequence[Toll]) -> Advice | None:
    """The advice to take `option`, or None where it helps too little."""
    advice = Advice(
        option.measure,
        fmean(toll.over for toll in now),
        fmean(toll.over for toll in then),
        fmean(toll.late_s for toll in now),
        fmean(toll.late_s for toll in then),
    )
    if _is_sure([float(a.over - b.over) for a, b in zip(now, then, strict=True)], LEAST_SAVED):
        return advice
    if advice.spares_tickets or advice.saved <= -LEAST_SAVED:
        return None
    spared = [a.late_s - b.late_s for a, b in zip(now, then, strict=True)]
    return advice if _is_sure(spared, LEAST_SPARED_S) else None


def _is_sure(differences: Sequence[float], least: float) -> bool:
    """Whether the mean is at least `least`, and not by chance."""
    mean = fmean(differences)
    return mean >= least and mean >= SURE * stdev(differences) / math.sqrt(len(differences))
