"""Situations of the small hall, built in a line; times are minutes after nine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from queue_server.domain.dispatch import Busy, Candidate, PolicyName, Queue, Rules, Situation
from queue_server.domain.hall import Calling, Counter
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode, TicketId
from tests.queue_server.small_hall import COPY, ELDERLY, SMALL_HALL

NINE_S = 9 * 3600.0
ALL_HELD = frozenset(counter.id for counter in SMALL_HALL.counters)
TARGETS = {service.code: float(service.target_s) for service in SMALL_HALL.services}


def waits(
    ident: int,
    minute: float = 0,
    service: ServiceCode = COPY,
    *,
    priority: bool = False,
    for_counter: int | None = None,
    ahead: int = 0,
) -> Candidate:
    """One who has waited since `minute` past nine."""
    sent = None if for_counter is None else CounterId(for_counter)
    code: PriorityCode | None = ELDERLY if priority else None
    return Candidate(TicketId(ident), f"B-{ident:03d}", service, code, NINE_S + 60 * minute, sent, ahead)


def situation(
    waiting: Iterable[Candidate],
    minute: float = 120,
    policy: PolicyName = PolicyName.LATENESS,
    *,
    busy: Mapping[int, tuple[ServiceCode, float]] | None = None,
    counters: Sequence[Counter] = SMALL_HALL.counters,
    held: frozenset[CounterId] = ALL_HELD,
    runs: Mapping[int, int] | None = None,
    passed: Mapping[TicketId, int] | None = None,
    targets: Mapping[ServiceCode, float] | None = None,
    **calling: float,
) -> Situation:
    """The small hall at `minute` past nine. `busy`: for a counter, what it serves and since which minute."""
    wanted = Calling(policy=policy, **{"priority_run": 2, **calling})  # type: ignore[arg-type]
    return Situation(
        queue=Queue(waiting, passed, multiple=wanted.longest_multiple, slack=wanted.longest_slack),
        counters=counters,
        rules=Rules(dict(targets or TARGETS), wanted),
        durations=SMALL_HALL.durations,
        offered=SMALL_HALL.offered,
        now=NINE_S + 60 * minute,
        time=NINE_S + 60 * minute,
        busy={CounterId(c): Busy(service, NINE_S + 60 * since) for c, (service, since) in (busy or {}).items()},
        held=held,
        runs={CounterId(c): run for c, run in (runs or {}).items()},
    )
