"""The fullest hall that a decision is timed in."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from queue_server.domain.dispatch import Busy, Candidate, Decision, PolicyName, Queue, Rules, Situation, choose
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Calling, Counter
from queue_server.domain.ids import CounterId, ServiceCode, TicketId

from .days import PRIORITY, PRIORITY_SHARE, roster

WAITING, COUNTERS, SKILLS, SERVICES = 500, 30, 4, 12
NOW = 36000.0
Decide = Callable[[Counter], Decision | None]


def full_hall(seed: int) -> Callable[[int], tuple[Counter, Decide]]:
    """A hall drawn from `seed`. For the n-th decision: the counter that is free, all others being busy, and how to
    decide, from the bare list of those who wait, as a server does that reads it from its database."""
    chance = Random(f"full hall {seed}")
    services = [ServiceCode(f"S{n + 1}") for n in range(SERVICES)]
    means = {(service, None, None): 180.0 * (1200.0 / 180.0) ** chance.random() for service in services}
    rules = Rules(
        {service: chance.choice((900.0, 1800.0)) for service in services}, Calling(policy=PolicyName.LATENESS)
    )
    counters = [roster(n + 1, chance.sample(services, SKILLS)).counter for n in range(COUNTERS)]
    offered = frozenset(service for counter in counters for service in counter.services)
    busy = {
        counter.id: Busy(chance.choice(sorted(counter.services)), NOW - chance.random() * 900.0) for counter in counters
    }
    waiting = [
        Candidate(
            TicketId(n + 1),
            f"{n + 1:03d}",
            chance.choice(sorted(offered)),
            PRIORITY if chance.random() < PRIORITY_SHARE else None,
            NOW - 3600.0 * chance.random(),
            None,
            chance.randrange(60),
        )
        for n in range(WAITING)
    ]
    passed = {candidate.id: chance.randrange(40) for candidate in waiting}
    held = frozenset(CounterId(counter.id) for counter in counters)

    def nth(n: int) -> tuple[Counter, Decide]:
        free = counters[n % COUNTERS]
        others = {counter: what for counter, what in busy.items() if counter != free.id}

        def decide(counter: Counter) -> Decision | None:
            limits = rules.calling
            queue = Queue(waiting, passed, multiple=limits.longest_multiple, slack=limits.longest_slack)
            durations = Durations(means)
            return choose(counter, Situation(queue, counters, rules, durations, offered, NOW, NOW, others, held))

        return free, decide

    return nth
