"""A cheat, to show what it costs not to know: each ticket is made a service of its own, whose mean is its duration."""

from __future__ import annotations

from dataclasses import replace

from queue_server.domain.ids import ServiceCode
from queue_server.domain.simulation import Roster

from .days import Day


def told(day: Day) -> Day:
    """The same day for a policy that is told how long everybody will take. A policy looks at one ticket of a service at
    a time; here each ticket is a service, so it chooses among all who wait."""
    own = {arrival.id: ServiceCode(f"{arrival.service}/{arrival.id}") for arrival in day.arrivals}
    return replace(
        day,
        targets={own[arrival.id]: day.targets[arrival.service] for arrival in day.arrivals},
        means={own[arrival.id]: arrival.service_s for arrival in day.arrivals},
        rosters=tuple(
            Roster(
                replace(
                    roster.counter,
                    services=frozenset(
                        own[arrival.id] for arrival in day.arrivals if arrival.service in roster.counter.services
                    ),
                ),
                roster.open,
            )
            for roster in day.rosters
        ),
        arrivals=tuple(arrival._replace(service=own[arrival.id]) for arrival in day.arrivals),
    )
