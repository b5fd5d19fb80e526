"""People who ask on arrival how long they will wait, and what came true: the hall is stopped at that moment of a
simulated day, and looks ahead from what a server would know then."""

from __future__ import annotations

from collections import Counter as Tally
from math import inf
from time import process_time
from typing import NamedTuple

from queue_server.domain.dispatch import PolicyName
from queue_server.domain.forecast import forecast
from queue_server.domain.future import Present
from queue_server.domain.simulation import Arrival, Roster, Run
from queue_server.service.chance import seeded
from queue_server.service.present import COMING_S, LEAST_COMING_S

from .days import OPENS, Day


class Asked(NamedTuple):
    """Seconds on the hall's clock, so that lunch counts for none of them. `low_s`, `median_s`, `high_s`: what the hall
    said; `true_s`: what came true. `own_queue_s`: people of the same service ahead x its mean / counters that serve it;
    `shared_s`: all whom first-come would call before x their mean / the same counters. `took_s`: processor time."""

    low_s: float
    median_s: float
    high_s: float
    true_s: float
    own_queue_s: float
    shared_s: float
    took_s: float


def asked(day: Day, every: int) -> list[Asked]:
    """One in `every` of those who come asks. Those who would not wait for ever do not ask: what they would have waited
    is not known."""
    rules = day.rules(PolicyName.LATENESS)
    run = Run(day.rosters, day.clock, day.arrivals, rules, day.durations, explain=False)
    said: dict[int, Asked] = {}
    for arrival in [one for one in day.arrivals[every // 2 :: every] if one.patience_s is None]:
        while run.next_s() < arrival.at:
            run.step()
        said[arrival.id] = _asked(day, run, arrival)
    waited = {one.id: one.waited_s for one in run.to_the_end().served}
    return [one._replace(true_s=waited[ident]) for ident, one in said.items() if ident in waited]


def _asked(day: Day, run: Run, arrival: Arrival) -> Asked:
    """What is said at `arrival.at`, just before the arrival."""
    begun = process_time()
    outlook = forecast(_present(day, run, arrival.at), seeded(arrival.id))
    took_s = process_time() - begun
    told = outlook.newcomers[arrival.service, arrival.priority is not None]
    now = day.clock.at(arrival.at)
    low, median, high = (
        day.clock.at(arrival.at + seconds) - now for seconds in (told.low_s, told.median_s, told.high_s)
    )
    return Asked(low, median, high, inf, *_simple(day, run, arrival), took_s)


def _present(day: Day, run: Run, time: float) -> Present:
    """As the server makes it: counters open to the end of their day, and people come as they did lately."""
    waiting = tuple(run.queue)
    passed = {candidate.id: run.queue.passed(candidate) for candidate in waiting}
    lately = Tally((one.service, one.priority is not None) for one in day.arrivals if time - COMING_S <= one.at < time)
    window = min(COMING_S, max(LEAST_COMING_S, time - OPENS))
    return Present(
        time=time,
        clock=day.clock,
        rosters=[_rest(roster, time) for roster in day.rosters],
        rules=run.situation.rules,
        durations=day.durations,
        waiting=waiting,
        busy=dict(run.situation.busy),
        passed={ident: times for ident, times in passed.items() if times},
        runs=dict(run.situation.runs),
        rates={kind: count / window for kind, count in lately.items()},
    )


def _rest(roster: Roster, time: float) -> Roster:
    spans = [(max(opens, time), closes) for opens, closes in roster.open if closes > time]
    return Roster(roster.counter, (*spans[:-1], (spans[-1][0], inf)))


def _simple(day: Day, run: Run, arrival: Arrival) -> tuple[float, float]:
    """“People ahead x mean / counters”, in two readings of who is ahead."""
    lanes = run.queue.lanes
    able = [roster.counter for roster in day.rosters if arrival.service in roster.counter.services]
    own = sum(len(waiting) for lane, waiting in lanes.items() if lane.service == arrival.service)
    shared = {service for counter in able for service in counter.services}
    work = sum(len(waiting) * day.means[lane.service] for lane, waiting in lanes.items() if lane.service in shared)
    return own * day.means[arrival.service] / len(able), work / len(able)
