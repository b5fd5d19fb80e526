"""How long people will wait, found by letting the hall run on from now, many times, under its real discipline.

Each run draws how long the services under way and those of everybody who waits will take, and who else will come,
from what is known now. A newcomer's wait is read off the same runs: a probe takes the place that the newcomer would
have, and notes when a counter would have called it, without changing anything for the others.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .dispatch import Candidate, seniority
from .future import HORIZON_S, MOST_S, PRIORITY, Chance, Future, Present
from .ids import ServiceCode, TicketId

LOW, HIGH = 0.10, 0.90
WORK = 900
"""About so many calls are simulated for one forecast: the longer the queue, the fewer runs."""
MOST_RUNS, FEWEST_RUNS = 30, 8
MOST_FOLLOWED = 200
"""More people than any hall holds: what a look ahead costs stays bounded whatever the queue."""


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
    everybody, (present, far) = present, _followed(present)
    imagined = _probes(present) if probes else []
    last: list[float] = []
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
        last.append(max((future.wait_s(each.id) for each in present.waiting), default=0.0))
        judged += len(future.judged)
        for service, late_s in future.judged:
            over[service] = over.get(service, 0.0) + (late_s > 0)
    for service, late_s in _at_the_horizon(everybody, far):
        over[service] = over.get(service, 0.0) + count * (late_s > 0)
    tickets = {each.id: _expectation(waits[each.id], before[each.id]) for each in present.waiting}
    newcomers = {
        (each.service, each.priority is not None): _expectation(waits[each.id], before[each.id]) for each in imagined
    }
    if far:
        tickets |= {each.id: _beyond(last, MOST_FOLLOWED + place) for place, each in enumerate(far)}
        behind = _beyond(last, len(everybody.waiting))
        newcomers = {kind: told if kind[1] else behind for kind, told in newcomers.items()}
    return Outlook(
        time=present.time,
        tickets=tickets,
        newcomers=newcomers,
        over=sum(over.values()) / count,
        judged=judged / count + len(far),
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
    followed, far = _followed(present)
    behind = _at_the_horizon(present, far)
    found = []
    for number in runs:
        future = Future(followed, (), chance, number)
        future.look(beyond=False)
        judged = [*future.judged, *behind]
        late = [(service, late_s) for service, late_s in judged if late_s > 0]
        found.append(Toll(Tally(service for service, _ in late), len(judged), sum(s for _, s in late)))
    return found


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the law lies, from a sample in order: Weibull's rule, which for few values
    reaches further out than the sample's own rank would."""
    place = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    index = int(place)
    upper = ordered[min(index + 1, len(ordered) - 1)]
    return ordered[index] + (upper - ordered[index]) * (place - index)


def _followed(present: Present) -> tuple[Present, list[Candidate]]:
    """In a queue beyond all measure only those at its front are followed; the others come after them."""
    if len(present.waiting) <= MOST_FOLLOWED:
        return present, []
    line = sorted(present.waiting, key=seniority)
    return replace(present, waiting=line[:MOST_FOLLOWED]), line[MOST_FOLLOWED:]


def _beyond(last: Sequence[float], ahead: int) -> Expectation:
    """For one with `ahead` people before it, more than are followed: the queue goes on as fast as its front did, which
    took `last` seconds in each future."""
    waits = [min(MOST_S, each * ahead / MOST_FOLLOWED) for each in last]
    return _expectation(waits, [ahead] * len(waits))


def _at_the_horizon(present: Present, far: Iterable[Candidate]) -> list[tuple[ServiceCode, float]]:
    """Those that are not followed still wait then: by how many seconds each is late, below 0 for on target."""
    now, rules = present.clock.at(present.time + HORIZON_S), present.rules
    return [
        (each.service, now - each.since - rules.target_s(each.service, has_priority=each.priority is not None))
        for each in far
    ]


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
