"""How quickly a year of the hall is simulated, beside Ciw with the same people; and how long one decision takes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import Outcome, simulate

from . import ciw_hall
from .days import HELD_OUT, Day, generate
from .figures import Against, Figure, Row, duration, percentile, ratios
from .full_hall import COUNTERS, SKILLS, WAITING, full_hall
from .plan import Plan

LOAD = 0.8
ROUNDS = 5
CIW_AIM, YEAR_AIM_S, DECISION_AIM_MS = 5.0, 60.0, 5.0
AGREE_S = 1e-6


def measure(folder: Path, plan: Plan) -> list[Row]:
    """The days of a year are different days of one hall."""
    year = [generate(HELD_OUT[0], LOAD, draw) for draw in range(plan.year)]
    policies = (PolicyName.FIRST_COME, PolicyName.LATENESS)
    return [_against_ciw(year), *(_year(year, policy) for policy in policies), _decision(plan)]


def _against_ciw(year: list[Day]) -> Row:
    """Both take turns, so many days each; what is timed is the run of a day that is already described."""
    days = [ciw_hall.common(day) for day in year]
    share = max(1, len(days) // ROUNDS)
    ours: list[float] = []
    theirs: list[float] = []
    furthest, tickets = 0.0, 0
    for at in range(0, len(days), share):
        part = days[at : at + share]
        networks = [ciw_hall.network(day) for day in part]
        took, outcomes = _timed(lambda day: _run(day, PolicyName.FIRST_COME), part)
        ours.append(took)
        took, simulations = _timed(ciw_hall.run, networks)
        theirs.append(took)
        for day, outcome, simulation in zip(part, outcomes, simulations, strict=True):
            furthest = max(furthest, _furthest(outcome, simulation))
            tickets += len(day.arrivals)
    if furthest > AGREE_S:
        raise AssertionError(f"our waits and Ciw's differ by up to {furthest} s")
    reference = Figure(f"Ciw, {len(days)} days", tickets / sum(theirs))
    notes = (
        f"{tickets:,} tickets; the waits agree ticket by ticket, the furthest apart by {furthest:.1e} s",
        f"a year of this hall: ours {sum(ours):.2f} s, Ciw {sum(theirs):.2f} s",
    )
    against = (Against(reference, ratios(theirs, ours), CIW_AIM),)
    figure = Figure("simulated, first-come, the hall that Ciw knows", tickets / sum(ours))
    return Row("tickets/s", figure, against, more_is_better=True, notes=notes)


def _furthest(outcome: Outcome, simulation: Any) -> float:
    """The longest time between our call of a ticket and Ciw's; infinite where they do not call the same people."""
    mine = [one.called_s for one in sorted(outcome.served, key=lambda one: one.id)]
    other = ciw_hall.calls(simulation)
    if len(mine) != len(other):
        return float("inf")
    return max(abs(a - b) for a, b in zip(mine, other, strict=True))


def _year(year: list[Day], policy: PolicyName) -> Row:
    took, outcomes = _timed(lambda day: _run(day, policy), year)
    tickets = sum(len(day.arrivals) for day in year)
    served = sum(len(outcome.served) for outcome in outcomes)
    return Row(
        "s",
        Figure(f"{len(year)} days of a hall, {policy}", took),
        (Against(Figure("a minute", YEAR_AIM_S), (took / YEAR_AIM_S,), 1.0),),
        notes=(f"{len(year[0].rosters)} counters with skills, {tickets:,} tickets, {served:,} served",),
    )


def _decision(plan: Plan) -> Row:
    """Each time another counter of the hall is free. The first decisions warm up and do not count."""
    halls = [full_hall(seed) for seed in range(5)]
    seconds: list[float] = []
    for n in range(plan.decisions + 10):
        counter, decide = halls[n % len(halls)](n)
        begun = perf_counter()
        decision = decide(counter)
        seconds.append(perf_counter() - begun)
        if decision is None:
            raise AssertionError("with so many waiting somebody is called")
    figure = duration(f"a decision, {WAITING} waiting, {COUNTERS} counters with {SKILLS} skills", [seconds[10:]])
    p99 = percentile(seconds[10:], 99) * 1000
    aim = Against(Figure("the aim, for the p99", DECISION_AIM_MS), (p99 / DECISION_AIM_MS,), 1.0)
    return Row("ms", figure, (aim,), notes=("from a list of all who wait to the ticket and its reason in words",))


def _run(day: Day, policy: PolicyName) -> Outcome:
    return simulate(day.rosters, day.clock, day.arrivals, day.rules(policy), day.durations, explain=False)


def _timed(run: Callable[[Any], Any], things: Iterable[Any]) -> tuple[float, list[Any]]:
    """Seconds for all of them, and what each gave. What an earlier stretch left is collected before."""
    gc.collect()
    begun = perf_counter()
    found = [run(one) for one in things]
    return perf_counter() - begun, found
