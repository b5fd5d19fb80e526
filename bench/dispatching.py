"""What the hall's own discipline is worth: every policy on the same days, between first-come and full hindsight."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import Outcome, simulate

from . import policy_table
from .day_figures import DayFigures, of_calls, of_outcome
from .days import HELD_OUT, LOADS, Day, generate
from .figures import Against, Figure, Row
from .plan import Plan
from .schedule import calls_of, faults
from .told import told

OURS = PolicyName.LATENESS
TOLD = "c-mu, told durations"
LONGER = 10
AIMS = {"mean": 0.65, "over": 0.5, "p95": 0.95, "longest": 1.5}
TITLES = {
    "mean": "mean wait",
    "over": "share over target",
    "p95": "95th percentile of the wait",
    "longest": "longest wait",
}
PRIORITY_AIM_MIN, PRIORITY_LOAD = 5.0, 0.8
CLOSING_AIM = 0.9


@dataclass(frozen=True, slots=True)
class Measured:
    """A day under every policy. `search_s`: how long the search with hindsight took; `gained`: by what share a search
    `LONGER` times as long lowered the cost further, where that was tried."""

    load: float
    figures: dict[str, DayFigures]
    search_s: float
    gained: float | None


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Days that nothing was tuned on, `plan.days` of each load, on all processors."""
    days = [(seed, load) for load in LOADS for seed in HELD_OUT[: plan.days]]
    longer = {(HELD_OUT[n], load) for load in LOADS for n in range(plan.longer)}
    work = partial(_measured, steps=plan.search_steps, longer=longer)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return _rows(list(pool.map(work, days)), plan)


def run(day: Day, policy: PolicyName) -> Outcome:
    return simulate(day.rosters, day.clock, day.arrivals, day.rules(policy), day.durations, explain=False)


def _measured(which: tuple[int, float], steps: int, longer: set[tuple[int, float]]) -> Measured:
    from .hindsight import compile_search, search

    day = generate(*which)
    outcomes = {policy: run(day, policy) for policy in PolicyName}
    known = calls_of(run(told(day), PolicyName.GENERALIZED_C_MU))
    compile_search(day)
    best = search(day, calls_of(outcomes[OURS]), steps)
    gained = 1 - search(day, calls_of(outcomes[OURS]), steps * LONGER).cost / best.cost if which in longer else None
    for calls in (*map(calls_of, outcomes.values()), known, best.calls):
        if wrong := faults(day, calls):
            raise AssertionError(f"day {which}: {wrong[0]}")
    figures: dict[str, DayFigures] = {str(policy): of_outcome(day, outcome) for policy, outcome in outcomes.items()}
    figures |= {TOLD: of_calls(day, known), policy_table.HINDSIGHT: of_calls(day, best.calls)}
    if abs(figures[policy_table.HINDSIGHT].cost - best.cost) > 1e-9:
        raise AssertionError(f"day {which}: the search counts {best.cost}, its schedule costs otherwise")
    return Measured(which[1], figures, best.seconds, gained)


def _rows(measured: Sequence[Measured], plan: Plan) -> list[Row]:
    of_load = {load: [one.figures for one in measured if one.load == load] for load in LOADS}
    loads = {load: policy_table.compared(days) for load, days in of_load.items()}
    everything = [one.figures for one in measured]
    average = policy_table.averaged(list(loads.values()))
    rows = [
        Row(
            "%" if name == "over" else "min",
            Figure(f"lateness: {title}", _mean(everything, OURS, name)),
            (
                Against(
                    Figure("first-come, averaged over the loads", _mean(everything, policy_table.FIRST_COME, name)),
                    (average[OURS][name],),
                    AIMS[name],
                ),
                *(
                    Against(
                        Figure(f"first-come, load {load}", _mean(days, policy_table.FIRST_COME, name)),
                        (loads[load][OURS][name],),
                    )
                    for load, days in of_load.items()
                ),
            ),
        )
        for name, title in TITLES.items()
    ]
    priority = loads[PRIORITY_LOAD][OURS]["priority"]
    rows.append(
        Row(
            "min",
            Figure(f"lateness: mean wait with priority, load {PRIORITY_LOAD}", priority),
            (Against(Figure("the aim", PRIORITY_AIM_MIN), (priority / PRIORITY_AIM_MIN,), 1.0),),
        )
    )
    rows.append(
        Row(
            "cost",
            Figure("lateness: cost, closing the distance from first-come", mean(f[OURS].cost for f in everything)),
            (
                Against(
                    Figure("full hindsight", mean(f[policy_table.HINDSIGHT].cost for f in everything)),
                    (average[OURS]["closed"],),
                    CLOSING_AIM,
                ),
                Against(
                    Figure(
                        "full hindsight, mean of each day's share",
                        mean(f[policy_table.HINDSIGHT].cost for f in everything),
                    ),
                    (average[OURS]["by_day"],),
                ),
            ),
            more_is_better=True,
            notes=(*_search_notes(measured, plan), "", *_tables(loads, average)),
        )
    )
    return rows


def _mean(days: Sequence[dict[str, DayFigures]], policy: str, name: str) -> float:
    """Minutes, or percent of tickets."""
    take = {
        "mean": lambda one: one.mean_s / 60,
        "over": lambda one: one.over * 100,
        "p95": lambda one: one.p95_s / 60,
        "longest": lambda one: one.longest_s / 60,
    }[name]
    return mean(take(day[policy]) for day in days)


def _search_notes(measured: Sequence[Measured], plan: Plan) -> list[str]:
    seconds = [one.search_s for one in measured]
    notes = [
        f"{len(measured)} days; search: {plan.search_steps:,} steps a day, {mean(seconds):.1f} s a day"
        f" ({min(seconds):.1f}–{max(seconds):.1f}), {sum(seconds):.0f} s in all"
    ]
    gained = [one.gained for one in measured if one.gained is not None]
    if gained:
        notes.append(
            f"{LONGER} times as many steps on {len(gained)} days: cost lower by {mean(gained):.1%}"
            f" ({min(gained):.1%} to {max(gained):.1%})"
        )
    return notes


def _tables(loads: dict[float, dict[str, dict[str, float]]], average: dict[str, dict[str, float]]) -> list[str]:
    text: list[str] = []
    for load, figures in loads.items():
        text += [*policy_table.lines(f"load {load}", figures), ""]
    return [*text, *policy_table.lines("averaged", average)]
