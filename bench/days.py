"""Generated days of generated halls, the same ones for every policy: what the dispatch is measured on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random

from queue_server.domain.dispatch.situation import Rules
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Calling, Counter, PolicyName
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode
from queue_server.domain.simulation import Arrival, Roster
from queue_server.domain.text import LocalText

OPENS, CLOSES = 27000.0, 61200.0
"""7:30 and 17:00. Nobody comes after 16:45; who is still there at the close is called until `LAST_CALL`."""
BREAK = (41400.0, 48600.0)
LAST_CALL = 66600.0
OPEN_S = (CLOSES - OPENS) - (BREAK[1] - BREAK[0])
FIRST_ARRIVAL, LAST_ARRIVAL = 26100.0, 60300.0
NO_ARRIVALS = (41400.0, 48000.0)
CV = 0.8
PRIORITY_SHARE, IMPATIENT_SHARE = 0.12, 0.06
PRIORITY_WEIGHT = 4.0
PRIORITY = PriorityCode("priority")

LOADS = (0.7, 0.8, 0.9)
TUNED_ON = range(1000, 1200)
"""Seeds of the days that constants of the dispatch may be chosen on."""
HELD_OUT = range(7000, 7200)
"""Seeds of the days that only the measurement may see."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a hall. `targets`, `means`: seconds by service; `arrivals` in the order of arrival, ids from 1."""

    seed: int
    load: float
    targets: Mapping[ServiceCode, float]
    means: Mapping[ServiceCode, float]
    rosters: tuple[Roster, ...]
    arrivals: tuple[Arrival, ...]
    clock: HallClock

    @property
    def durations(self) -> Durations:
        """What the hall knows of its services: the true means, and no more."""
        return Durations(means={(service, None, None): mean for service, mean in self.means.items()}, cvs={})

    def rules(self, policy: PolicyName) -> Rules:
        """The policy as it is delivered."""
        return Rules(self.targets, Calling(policy=policy))


def generate(seed: int, load: float, draw: int = 0) -> Day:
    """The hall of `seed`, and its day number `draw`. The same arguments give the same day on every machine.

    Each counter divides its time at random over its skills (a Dirichlet distribution, all shares equally likely). A
    service then gets `load` times the time that all counters have for it, so that no service is overloaded by
    itself, and no counter's skill is there for nothing.
    """
    chance = Random(f"hall {seed}")
    services = [ServiceCode(f"S{n + 1}") for n in range(chance.randint(4, 8))]
    means = {service: 180.0 * (1200.0 / 180.0) ** chance.random() for service in services}
    targets = {service: chance.choice((900.0, 1800.0)) for service in services}
    skills = _skills(chance, services, counters=chance.randint(6, 12))
    work = dict.fromkeys(services, 0.0)
    for mine in skills:
        shares = [chance.expovariate(1.0) for _ in mine]
        for service, share in zip(mine, shares, strict=True):
            work[service] += share / sum(shares)
    chance = Random(f"day {seed} {load} {draw}")
    people = [
        (_time(chance), service, _is(chance, PRIORITY_SHARE), _service_s(chance, means[service]), _patience(chance))
        for service in services
        for _ in range(_poisson(chance, work[service] * OPEN_S * load / means[service]))
    ]
    people.sort(key=lambda person: person[0])
    return Day(
        seed=seed,
        load=load,
        targets=targets,
        means=means,
        rosters=tuple(roster(number, mine) for number, mine in enumerate(skills, 1)),
        arrivals=tuple(
            Arrival(number, f"{number:03d}", at, service, PRIORITY if first else None, service_s, patience_s)
            for number, (at, service, first, service_s, patience_s) in enumerate(people, 1)
        ),
        clock=HallClock(opens_s=OPENS, breaks=(BREAK,)),
    )


def roster(number: int, services: Sequence[ServiceCode]) -> Roster:
    """A counter that calls all day but for the break."""
    name = LocalText(vi=f"Quầy {number}", en=f"Counter {number}")
    counter = Counter(id=CounterId(number), name=name, services=frozenset(services))
    return Roster(counter, ((OPENS, BREAK[0]), (BREAK[1], LAST_CALL)))


def _skills(chance: Random, services: Sequence[ServiceCode], counters: int) -> list[list[ServiceCode]]:
    """One to four services for each counter, drawn anew until every service has a counter."""
    while True:
        skills = [chance.sample(services, chance.randint(1, 4)) for _ in range(counters)]
        if {service for mine in skills for service in mine} == set(services):
            return skills


def _time(chance: Random) -> float:
    """A peak at 9:00, a lower one at 14:30, the rest evenly over the open hours; nobody comes in the lunch break."""
    while True:
        kind = chance.random()
        if kind < 0.40:
            at = chance.gauss(9.0 * 3600, 2200.0)
        elif kind < 0.65:
            at = chance.gauss(14.5 * 3600, 1600.0)
        else:
            at = OPENS + chance.random() * OPEN_S
            at += (BREAK[1] - BREAK[0]) if at >= BREAK[0] else 0.0
        if FIRST_ARRIVAL <= at <= LAST_ARRIVAL and not NO_ARRIVALS[0] < at < NO_ARRIVALS[1]:
            return at


def _is(chance: Random, share: float) -> bool:
    return chance.random() < share


def _service_s(chance: Random, mean: float) -> float:
    """Lognormal, with the mean and the coefficient of variation."""
    variance = log(1.0 + CV * CV)
    return mean * exp(sqrt(variance) * chance.gauss(0.0, 1.0) - variance / 2)


def _patience(chance: Random) -> float | None:
    impatient, patience_s = chance.random() < IMPATIENT_SHARE, 300.0 + chance.random() * 2100.0
    return patience_s if impatient else None


def _poisson(chance: Random, mean: float) -> int:
    """How many exponential gaps of length 1 fit in `mean`."""
    count, at = 0, chance.expovariate(1.0)
    while at < mean:
        count, at = count + 1, at + chance.expovariate(1.0)
    return count
