"""Small days for the simulator, drawn by hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from queue_server.domain.dispatch import PolicyName, Rules
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Calling, Counter
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId, ServiceCode, TicketId
from queue_server.domain.simulation import Arrival, Outcome, Roster, simulate
from tests.queue_server.small_hall import ELDERLY, text

CODES = tuple(ServiceCode(code) for code in "abcd")
OPEN, LUNCH, AFTER, CLOSE = 100.0, 1000.0, 1300.0, 3000.0


@dataclass(frozen=True)
class Day:
    rosters: tuple[Roster, ...]
    arrivals: tuple[Arrival, ...]
    clock: HallClock
    rules: Rules
    durations: Durations

    def run(self, *, explain: bool = True) -> Outcome:
        return simulate(self.rosters, self.clock, self.arrivals, self.rules, self.durations, explain=explain)


def person(
    ident: int, at: float, service: ServiceCode, takes: float, priority: bool, patience: float | None
) -> Arrival:
    return Arrival(TicketId(ident), f"A-{ident:03d}", at, service, ELDERLY if priority else None, takes, patience)


@st.composite
def people(draw: st.DrawFn, first: int = 1, earliest: float = 0.0, most: int = 40) -> tuple[Arrival, ...]:
    """Up to `most` who come from `earliest` on, in whole seconds, so that many things happen at once."""
    return tuple(
        person(
            first + n,
            draw(st.integers(int(earliest), 2500)),
            draw(st.sampled_from(CODES)),
            draw(st.integers(1, 400)),
            draw(st.integers(0, 5)) == 0,
            draw(st.none() | st.integers(1, 900)),
        )
        for n in range(draw(st.integers(0, most)))
    )


@st.composite
def days(draw: st.DrawFn, policies: st.SearchStrategy[PolicyName] | None = None) -> Day:
    counters = [
        Counter(
            CounterId(n),
            text("Counter"),
            services := frozenset(draw(st.sets(st.sampled_from(CODES), min_size=1))),
            frozenset(draw(st.sets(st.sampled_from(CODES)))) - services,
        )
        for n in range(1, draw(st.integers(1, 4)) + 1)
    ]
    spans = st.sampled_from(
        [((OPEN, LUNCH), (AFTER, CLOSE)), ((OPEN, CLOSE),), ((AFTER, CLOSE),), ((OPEN, 700.0), (1500.0, CLOSE))]
    )
    means = {(code, None, None): float(draw(st.integers(20, 400))) for code in CODES}
    calling = Calling(
        policy=draw(st.sampled_from(PolicyName) if policies is None else policies),
        priority_run=draw(st.integers(1, 3)),
        longest_multiple=draw(st.sampled_from([1.0, 1.5, 3.0])),
        longest_slack=draw(st.integers(0, 5)),
    )
    targets = {code: float(draw(st.sampled_from([60, 300, 900]))) for code in CODES}
    return Day(
        rosters=tuple(Roster(counter, draw(spans)) for counter in counters),
        arrivals=draw(people()),
        clock=HallClock(OPEN, ((LUNCH, AFTER),)),
        rules=Rules(targets, calling),
        durations=Durations(means),
    )
