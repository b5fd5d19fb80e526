"""How long people will wait, found by letting the hall run on from now, many times, under its real discipline.

Each run draws how long the services under way and those of everybody who waits will take, and who else will come,
from what is known now. A newcomer's wait is read off the same runs: a probe takes the place that the newcomer would
have, and notes when a counter would have called it, without changing anything for the others.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .dispatch import Candidate
from .future import PRIORITY, Chance, Future, Present
from .ids import ServiceCode, TicketId

LOW, HIGH = 0.10, 0.90
WORK = 900
"""About so many calls are simulated for one forecast: the longer the queue, the fewer runs."""
MOST_RUNS, FEWEST_RUNS = 30, 8


@dataclass(frozen=True, slots=True)
class Expectation:
    """Seconds from now until the call: with 80 % between `low_s` and `high_s`, half the time under `median_s`; `ahead`:
    how many of those who wait now are called before, by the counters that could have called this one."""

    low_s: float
    median_s: float
    high_s: float
    ahead: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected from `time` on. `newcomers`: for who would come now, by service and whether with priority.

    `over`: expected number of tickets that will go over their target within the horizon, or have and still wait;
    `judged`: of how many, called within the horizon or waiting at its end; `over_by_service` the same by service."""

    time: float
    tickets: Mapping[TicketId, Expectation]
    newcomers: Mapping[tuple[ServiceCode, bool], Expectation]
    over: float
    judged: float
    over_by_service: Mapping[ServiceCode, float] = field(default_factory=dict)

    @property
    def over_share(self) -> float:
        """Share of tickets expected over target in the next 30 minutes, 0 to 1."""
        return self.over / self.judged if self.judged > 0 else 0.0


def forecast(present: Present, chance: Chance, *, probes: bool = True, runs: int | None = None) -> Outlook:
    """Look ahead from `present`; the same input and chance give the same outlook. `probes`: whether newcomers are asked
    for; `runs`: how many futures, else as many as WORK allows."""
    count = runs or max(FEWEST_RUNS, min(MOST_RUNS, WORK // (len(present.waiting) + 10)))
    imagined = _probes(present) if probes else []
    waits: dict[TicketId, list[float]] = {each.id: [] for each in (*present.waiting, *imagined)}
    before: dict[TicketId, list[int]] = {ident: [] for ident in waits}
    over: dict[ServiceCode, float] = {}
    judged = 0
    for index in range(count):
        future = Future(present, imagined, chance, index)
        future.look()
        for ident, seconds in waits.items():
            seconds.append(future.wait_s(ident))
            before[ident].append(future.before.get(ident, len(present.waiting)))
        judged += len(future.judged)
        for service, late_s in future.judged:
            over[service] = over.get(service, 0.0) + (late_s > 0)
    return Outlook(
        time=present.time,
        tickets={each.id: _expectation(waits[each.id], before[each.id]) for each in present.waiting},
        newcomers={
            (each.service, each.priority is not None): _expectation(waits[each.id], before[each.id])
            for each in imagined
        },
        over=sum(over.values()) / count,
        judged=judged / count,
        over_by_service={service: number / count for service, number in over.items() if number},
    )


class Toll(NamedTuple):
    """Tickets over their target within the horizon, by service, out of `judged`, and by how many seconds in all."""

    by_service: Mapping[ServiceCode, int]
    judged: int
    late_s: float

    @property
    def over(self) -> int:
        return sum(self.by_service.values())


def tolls(present: Present, chance: Chance, runs: Iterable[int]) -> list[Toll]:
    """What each of the futures numbered `runs` costs. Two halls that differ in little meet the same chance in the same
    run, so that their difference is seen better than either figure."""
    found = []
    for number in runs:
        future = Future(present, (), chance, number)
        future.look(beyond=False)
        late = [(service, late_s) for service, late_s in future.judged if late_s > 0]
        found.append(Toll(Tally(service for service, _ in late), len(future.judged), sum(s for _, s in late)))
    return found


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the law lies, from a sample in order: Weibull's rule, which for few values
    reaches further out than the sample's own rank would."""
    place = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    index = int(place)
    upper = ordered[min(index + 1, len(ordered) - 1)]
    return ordered[index] + (upper - ordered[index]) * (place - index)


def _expectation(waits: Sequence[float], before: Sequence[int]) -> Expectation:
    ordered = sorted(waits)
    ahead = sorted(before)[len(before) // 2]
    return Expectation(quantile(ordered, LOW), quantile(ordered, 0.5), quantile(ordered, HIGH), ahead)


def _probes(present: Present) -> list[Candidate]:
    """One who would come now for each service, without and with priority; their ids are above all others, as they
    stand behind whoever came in the same moment."""
    now = present.clock.at(present.time)
    kinds = [(service, priority) for service in present.rules.targets for priority in (None, PRIORITY)]
    return [Candidate(TicketId(2**60 + n), "", service, priority, now) for n, (service, priority) in enumerate(kinds)]
