"""A hall that Ciw can model too, and the day of it in Ciw: https://ciw.readthedocs.io."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import ciw

from .days import BREAK, LAST_CALL, OPENS, Day, roster

LONGEST_S = BREAK[1] - BREAK[0]
"""Services are cut to the length of the break: Ciw would take a clerk who works through it for one more clerk."""
NEVER = 10 * LAST_CALL


def common(day: Day) -> Day:
    """The day in a hall where every counter serves everything and nobody gives up: with first-come one queue, which is
    what Ciw knows. Opening, break and closing stay."""
    counters = [roster(number, tuple(day.targets)) for number, _ in enumerate(day.rosters, 1)]
    return replace(
        day,
        rosters=tuple(replace(one, open=((OPENS, BREAK[0]), (BREAK[1], NEVER))) for one in counters),
        arrivals=tuple(one._replace(patience_s=None, service_s=min(one.service_s, LONGEST_S)) for one in day.arrivals),
    )


def network(day: Day) -> Any:
    """One station, its clerks by the hour; arrivals and durations are fed from the day in its order, so nothing is left
    to chance."""
    times = [0.0, *(arrival.at for arrival in day.arrivals)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    clerks = len(day.rosters)
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*gaps, NEVER])],
        service_distributions=[ciw.dists.Sequential([arrival.service_s for arrival in day.arrivals])],
        number_of_servers=[
            ciw.Schedule(numbers_of_servers=[0, clerks, 0, clerks], shift_end_dates=[OPENS, *BREAK, NEVER])
        ],
    )


def run(built: Any) -> Any:
    """Run a day that `network` has described."""
    simulation = ciw.Simulation(built)
    simulation.simulate_until_max_time(NEVER - 1)
    return simulation


def calls(simulation: Any) -> list[float]:
    """When each was called, in the order of arrival, seconds after midnight."""
    records = sorted(simulation.get_all_records(), key=lambda record: record.id_number)
    return [record.service_start_date for record in records]
