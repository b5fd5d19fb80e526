"""Which measures would help, and how much: each is tried out on the same chance as the hall as it is."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from .dispatch.situation import USUAL_TARGET_S
from .forecast import Toll, tolls
from .future import Chance
from .measure import Measure, MeasureKey, MeasureKind
from .options import Option

RUNS = range(24)
FIRST_RUNS = range(8)
"""So many futures tell which measures are worth all of them ..."""
PROMISING = 6
"""... and so many measures are."""
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
    now: Sequence[Toll], tried: Iterable[Option], chance: Chance, standing: Collection[MeasureKey] = ()
) -> list[Advice]:
    """The best measures among `tried`, at most three; none that helps by less than it might by chance. Those that serve
    the people who are there come before appointments, which send people home; of each the best come first.

    `now`: what the hall as it is costs in RUNS, on the same chance; `standing`: measures shown already.
    """
    first = [(option, tolls(option.then, chance, FIRST_RUNS)) for option in tried]
    first.sort(key=lambda each: _promise(now, each[1], each[0].measure.key in standing), reverse=True)
    found = []
    for option, then in first[:PROMISING]:
        advice = _compared(option, now, [*then, *tolls(option.then, chance, RUNS[len(FIRST_RUNS) :])])
        if advice is not None:
            found.append(advice)

    def worth(advice: Advice) -> tuple[bool, bool, float]:
        stay = STANDING if advice.measure.key in standing else 1.0
        late_s = advice.late_before_s - advice.late_after_s
        serves = advice.measure.kind is not MeasureKind.OFFER_APPOINTMENTS
        return serves, advice.spares_tickets, stay * (advice.saved if advice.spares_tickets else late_s)

    return sorted(found, key=worth, reverse=True)[:SHOWN]


def _promise(now: Sequence[Toll], then: Sequence[Toll], stands: bool) -> float:
    """What a measure saves in the first futures: tickets, and the time by which they are late as so many targets."""
    pairs = list(zip(now, then, strict=False))
    saved, spared_s = fmean(a.over - b.over for a, b in pairs), fmean(a.late_s - b.late_s for a, b in pairs)
    return (saved + spared_s / USUAL_TARGET_S) * (STANDING if stands else 1.0)


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
