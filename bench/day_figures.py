"""What a day's calls amount to, in the figures that the aims are stated in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from queue_server.domain.simulation import Outcome

from .days import Day
from .figures import percentile
from .schedule import Call, cost


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Waits in seconds, of those who were served; `over`: share of them called after their service's target;
    `cost`: over all who came; `lost`: how many gave up or were still waiting at the end."""

    mean_s: float
    over: float
    p95_s: float
    longest_s: float
    priority_mean_s: float
    cost: float
    lost: int


def of_outcome(day: Day, outcome: Outcome) -> DayFigures:
    return of_calls(day, [Call(one.id, one.counter, one.called_s, one.finished_s) for one in outcome.served])


def of_calls(day: Day, calls: Sequence[Call]) -> DayFigures:
    """`calls` must not be empty."""
    people = {arrival.id: arrival for arrival in day.arrivals}
    waits = [(people[call.id], day.clock.at(call.called_s) - day.clock.at(people[call.id].at)) for call in calls]
    seconds = [wait for _, wait in waits]
    return DayFigures(
        mean_s=mean(seconds),
        over=mean(wait > day.targets[arrival.service] for arrival, wait in waits),
        p95_s=percentile(seconds, 95),
        longest_s=max(seconds),
        priority_mean_s=mean([wait for arrival, wait in waits if arrival.priority is not None] or [0.0]),
        cost=cost(day, calls),
        lost=len(day.arrivals) - len(calls),
    )
