"""The figures of a day, simulated or recorded, as managers compare them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.simulation import Arrival, Outcome, Roster

Spans = tuple[tuple[float, float], ...]


class Call(NamedTuple):
    """One who was called. Times in seconds after midnight; `waited_s` in hall time; `busy_s`: from call to finish."""

    came_s: float
    service: ServiceCode
    has_priority: bool
    counter: CounterId
    called_s: float
    waited_s: float
    busy_s: float


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits of those who were called, in seconds; None where nobody was. `p95_s`: linear between the two nearest
    ranks. `share_over_target`: 0 to 1, by the target of each service."""

    served: int
    mean_s: float | None = None
    median_s: float | None = None
    p95_s: float | None = None
    longest_s: float | None = None
    share_over_target: float | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A counter's day in seconds: `open_s` without the breaks; `busy_s` also what ran on after closing."""

    served: int
    open_s: float
    busy_s: float

    @property
    def utilisation(self) -> float | None:
        return self.busy_s / self.open_s if self.open_s else None


@dataclass(frozen=True, slots=True)
class Summary:
    """`left`: gone before they were called; `unserved`: still waiting at the end."""

    waits: Waits
    priority_mean_s: float | None
    services: Mapping[ServiceCode, Waits]
    counters: Mapping[CounterId, Work]
    left: int
    unserved: int

    @property
    def utilisation(self) -> float | None:
        """Of all counters together."""
        works = self.counters.values()
        return Work(0, sum(work.open_s for work in works), sum(work.busy_s for work in works)).utilisation


def summarise(
    calls: Sequence[Call],
    targets: Mapping[ServiceCode, float],
    open_s: Mapping[CounterId, float],
    left: int,
    unserved: int,
) -> Summary:
    """Count a day. `targets`: seconds by service; `open_s`: how long each counter was open, without breaks."""
    priority = [call.waited_s for call in calls if call.has_priority]
    counters = {*open_s, *(call.counter for call in calls)}
    return Summary(
        waits=_waits(calls, targets),
        priority_mean_s=statistics.fmean(priority) if priority else None,
        services={
            service: _waits([call for call in calls if call.service == service], targets) for service in sorted(targets)
        },
        counters={
            counter: _work([call for call in calls if call.counter == counter], open_s.get(counter, 0.0))
            for counter in sorted(counters)
        },
        left=left,
        unserved=unserved,
    )


def calls_of(outcome: Outcome, arrivals: Iterable[Arrival]) -> list[Call]:
    """The calls of a simulated day, in their order."""
    people = {arrival.id: arrival for arrival in arrivals}
    return [
        Call(
            people[served.id].at,
            people[served.id].service,
            people[served.id].priority is not None,
            served.counter,
            served.called_s,
            served.waited_s,
            served.finished_s - served.called_s,
        )
        for served in outcome.served
    ]


def open_seconds(rosters: Iterable[Roster], breaks: Spans) -> dict[CounterId, float]:
    """How long each counter is open, the hall's breaks taken off."""
    return {
        roster.counter.id: sum(
            ends - begins - sum(max(0.0, min(ends, until) - max(begins, since)) for since, until in breaks)
            for begins, ends in roster.open
        )
        for roster in rosters
    }


def simulated(
    outcome: Outcome,
    arrivals: Sequence[Arrival],
    targets: Mapping[ServiceCode, float],
    rosters: Sequence[Roster],
    breaks: Spans,
) -> Summary:
    """The figures of a simulated day."""
    left = sum(lost.left for lost in outcome.lost)
    calls = calls_of(outcome, arrivals)
    return summarise(calls, targets, open_seconds(rosters, breaks), left, len(outcome.lost) - left)


def as_json(summary: Summary) -> dict[str, Any]:
    """As `summary.json` holds it (docs/simulator.md)."""
    return {
        **_waits_json(summary.waits),
        "priority_mean_s": _short(summary.priority_mean_s),
        "lost": summary.left + summary.unserved,
        "left": summary.left,
        "unserved": summary.unserved,
        "utilisation": _short(summary.utilisation),
        "services": {service: _waits_json(waits) for service, waits in summary.services.items()},
        "counters": {
            str(counter): {
                "served": work.served,
                "open_s": _short(work.open_s),
                "busy_s": _short(work.busy_s),
                "utilisation": _short(work.utilisation),
            }
            for counter, work in summary.counters.items()
        },
    }


def _waits(calls: Sequence[Call], targets: Mapping[ServiceCode, float]) -> Waits:
    waits = sorted(call.waited_s for call in calls)
    if not waits:
        return Waits(0)
    over = sum(call.waited_s > targets[call.service] for call in calls)
    return Waits(
        served=len(waits),
        mean_s=statistics.fmean(waits),
        median_s=statistics.median(waits),
        p95_s=statistics.quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0],
        longest_s=waits[-1],
        share_over_target=over / len(waits),
    )


def _work(calls: Sequence[Call], open_s: float) -> Work:
    return Work(len(calls), open_s, sum(call.busy_s for call in calls))


def _waits_json(waits: Waits) -> dict[str, float | None]:
    return {
        "served": waits.served,
        "mean_s": _short(waits.mean_s),
        "median_s": _short(waits.median_s),
        "p95_s": _short(waits.p95_s),
        "longest_s": _short(waits.longest_s),
        "share_over_target": _short(waits.share_over_target),
    }


def _short(number: float | None) -> float | None:
    """To the microsecond, and whole numbers as such."""
    if number is None:
        return None
    rounded = round(float(number), 6)
    return int(rounded) if rounded.is_integer() else rounded
