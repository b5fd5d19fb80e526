"""How often the range that people are told holds what they then wait, and how far its middle is off."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from .asking import Asked, asked
from .days import HELD_OUT, LOADS, generate
from .figures import Against, Figure, Row, duration
from .plan import Plan

STATED = 0.80
COVERAGE = (0.75, 0.85)
ERROR_AIM = 0.7
CERTAIN_S = 1.0
"""A range no longer than this is no range: a counter is free, and the person is told to go there."""


def measure(folder: Path, plan: Plan) -> list[Row]:
    """The days of the dispatch's measurement, under the hall's own policy."""
    days = [(seed, load) for load in LOADS for seed in HELD_OUT[: plan.days]]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = list(pool.map(partial(_asked, every=plan.asked_every), days))
    by_load = {
        load: [one for (_, of), day in zip(days, found, strict=True) if of == load for one in day] for load in LOADS
    }
    everybody = [one for day in found for one in day]
    waited = [one for one in everybody if one.high_s - one.low_s > CERTAIN_S]
    return [_coverage(everybody, waited, by_load), _error(everybody), _took(everybody)]


def coverage(answers: Sequence[Asked]) -> float:
    """The share of answers whose range held what came true."""
    return mean(one.low_s - 1e-6 <= one.true_s <= one.high_s + 1e-6 for one in answers)


def _asked(which: tuple[int, float], every: int) -> list[Asked]:
    return asked(generate(*which), every)


def _coverage(everybody: Sequence[Asked], waited: Sequence[Asked], by_load: dict[float, list[Asked]]) -> Row:
    held = coverage(everybody)
    below = mean(one.true_s < one.low_s - 1e-6 for one in everybody)
    return Row(
        "%",
        Figure("the 10–90 % range holds the wait", held * 100),
        (
            Against(Figure(f"what it states; aim {COVERAGE[0]:.0%} to {COVERAGE[1]:.0%}", 80), (held / STATED,)),
            Against(Figure("the same, of those who are told a range", 80), (coverage(waited) / STATED,)),
        ),
        more_is_better=True,
        notes=(
            f"{len(everybody):,} asked on arrival; {below:.1%} waited less than told,"
            f" {1 - held - below:.1%} longer; {1 - len(waited) / len(everybody):.0%} could go to a counter at once",
            f"of those told a range {coverage(waited):.1%} held;"
            f" width {mean(one.high_s - one.low_s for one in waited) / 60:.1f} min",
            "by load: " + ", ".join(f"{load}: {coverage(answers):.1%}" for load, answers in by_load.items()),
        ),
    )


def _error(answers: Sequence[Asked]) -> Row:
    """The simple estimate in the better of its two readings is the one that the aim is set against."""
    error = mean(abs(one.median_s - one.true_s) for one in answers)
    middle = mean(abs((one.low_s + one.high_s) / 2 - one.true_s) for one in answers)
    simple = {
        "own queue ahead x mean / counters": mean(abs(one.own_queue_s - one.true_s) for one in answers),
        "all ahead by first-come x mean / counters": mean(abs(one.shared_s - one.true_s) for one in answers),
    }
    best = min(simple, key=lambda name: simple[name])
    return Row(
        "min",
        Figure("mean error of the median", error / 60),
        tuple(
            Against(Figure(name, other / 60), (error / other,), ERROR_AIM if name == best else None)
            for name, other in simple.items()
        ),
        notes=(f"mean error of the middle of the range {middle / 60:.2f} min",),
    )


def _took(answers: Sequence[Asked]) -> Row:
    return Row(
        "ms", duration("one look ahead, for all who wait and every newcomer", [[one.took_s for one in answers]]), ()
    )
