"""Each policy does what its name says, and the hall's own weighs lateness as docs/dispatch.md promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dispatch import Busy, Candidate, PolicyName, Situation, choose, policy_of
from queue_server.domain.dispatch.lateness import Lateness
from queue_server.domain.hall import Counter
from queue_server.domain.ids import ServiceCode
from tests.queue_server.domain.dispatch.situations import TARGETS, situation, waits
from tests.queue_server.small_hall import BIRTH, COPY, HOME, SMALL_HALL, counter

DESK = SMALL_HALL.counter(3)
SERVICES = st.sampled_from([BIRTH, COPY, HOME])


def called(*args: object, **kwargs: object) -> int:
    decision = choose(DESK, situation(*args, **kwargs))  # type: ignore[arg-type]
    assert decision is not None
    return decision.ticket


def test_first_come_looks_at_nothing_but_the_wait() -> None:
    waiting = [waits(1, 3, priority=True), waits(2, 2, COPY), waits(3, 1, BIRTH)]
    assert called(waiting, policy=PolicyName.FIRST_COME) == 3


def test_strict_priority_lets_the_others_wait_for_ever() -> None:
    waiting = [waits(1, 119, priority=True), waits(2, 0)]
    assert called(waiting, policy=PolicyName.STRICT, runs={3: 99}) == 1


def test_interleaved_calls_so_many_ordinary_ones_after_each_with_priority() -> None:
    waiting = [waits(n, n, priority=n % 2 == 0) for n in range(1, 17)]
    order, run = [], 0
    for _ in range(9):
        now = situation(waiting, policy=PolicyName.INTERLEAVED, runs={3: run}, interleave=3)
        decision = choose(DESK, now)
        assert decision is not None
        one = next(each for each in waiting if each.id == decision.ticket)
        waiting.remove(one)
        run = max(run, 0) + 1 if one.priority else min(run, 0) - 1
        order.append("P" if one.priority else "o")
    assert "".join(order) == "PoooPoooP"


@pytest.mark.parametrize(("minutes", "first"), [(29, 2), (31, 1)])
def test_accumulating_priority_gathers_points_so_many_times_as_fast(minutes: int, first: int) -> None:
    waiting = [waits(1, 120 - minutes, priority=True), waits(2, 0)]
    assert called(waiting, policy=PolicyName.ACCUMULATING, accumulation=4) == first


@given(st.lists(st.tuples(st.integers(0, 100), SERVICES, st.booleans()), min_size=1, max_size=6))
def test_generalized_c_mu_is_the_rule_of_the_books(people: list[tuple[int, ServiceCode, bool]]) -> None:
    waiting = [waits(n, minute, service, priority=p) for n, (minute, service, p) in enumerate(people, 1)]
    means = {service.code: service.mean_s for service in SMALL_HALL.services}

    def index(n: int) -> float:
        minute, service, has_priority = people[n - 1]
        weight = 4 if has_priority else 1
        return weight * (120 - minute) * 60 / TARGETS[service] ** 2 / means[service]

    best = max(index(n) for n in range(1, len(people) + 1))
    assert index(called(waiting, policy=PolicyName.GENERALIZED_C_MU)) == pytest.approx(best)


@given(
    SERVICES,
    st.booleans(),
    st.floats(0, 119),
    st.floats(0, 119),
    st.dictionaries(st.sampled_from([1, 2, 4]), st.tuples(SERVICES, st.floats(0, 119))),
)
def test_a_longer_wait_never_lowers_the_index(
    service: ServiceCode,
    has_priority: bool,
    one: float,
    other: float,
    busy: dict[int, tuple[ServiceCode, float]],
) -> None:
    now = situation([waits(9, 60, COPY), waits(8, 60, BIRTH)], busy=busy)
    policy = policy_of(now)
    assert isinstance(policy, Lateness)
    index = policy.index(DESK, now)
    longer, shorter = sorted((one, other))
    assert index(waits(1, longer, service, priority=has_priority)) >= index(
        waits(2, shorter, service, priority=has_priority)
    )


def test_of_two_alike_the_one_with_the_stricter_target_goes_first() -> None:
    targets = {**TARGETS, HOME: 1800.0, COPY: 1800.0, BIRTH: 900.0}
    even = replace(SMALL_HALL.durations, means={(s.code, None, None): 480.0 for s in SMALL_HALL.services})
    now = situation([waits(1, 112, HOME), waits(2, 113, BIRTH)], targets=targets)
    now.durations = even
    assert choose(DESK, now).ticket == 2  # type: ignore[union-attr]


def test_what_only_this_counter_serves_goes_before_what_another_is_about_to_take() -> None:
    """Counter 2 is about to be free for a copy; nobody else serves births."""
    even = replace(SMALL_HALL.durations, means={(s.code, None, None): 480.0 for s in SMALL_HALL.services})
    copies, flexible = counter(2, COPY), counter(3, COPY, BIRTH)
    waiting = [waits(1, 114.9, COPY), waits(2, 115, BIRTH)]
    now = situation(waiting, counters=[copies, flexible], busy={2: (COPY, 118)})
    now.durations = even
    assert choose(flexible, now).ticket == 2  # type: ignore[union-attr]
    alone = situation(waiting, counters=[flexible])
    alone.durations = even
    assert choose(flexible, alone).ticket == 1  # type: ignore[union-attr]


def test_the_counters_that_serve_least_choose_first() -> None:
    order = policy_of(situation([])).serving_order(SMALL_HALL.counters)
    assert [each.id for each in order] == [1, 2, 4, 3]


def even_hall(now: Situation) -> Situation:
    """`now` with services that all take eight minutes."""
    now.durations = replace(SMALL_HALL.durations, means={(s.code, None, None): 480.0 for s in SMALL_HALL.services})
    return now


def worth(now: Situation, who: Candidate, at: Counter = DESK) -> float:
    policy = policy_of(now)
    assert isinstance(policy, Lateness)
    return policy.index(at, now)(who)


def test_who_is_about_to_be_late_is_worth_a_jump() -> None:
    """A quarter of a minute before and after the point of risk, with everything else as good as equal."""
    now = even_hall(situation([waits(9, 100)], counters=[DESK]))
    delay_min = 8
    edge = 120 - (0.85 * 15 - delay_min)
    before, after = (worth(now, waits(1, edge + shift)) for shift in (0.25, -0.25))
    assert after / before > 1.2
    earlier = worth(now, waits(1, edge + 0.75))
    assert 1 < before / earlier < 1.1


def test_priority_is_at_risk_by_its_own_short_target() -> None:
    now = even_hall(situation([waits(9, 100)], counters=[DESK], priority_weight=1))
    assert worth(now, waits(1, 119, priority=True)) / worth(now, waits(2, 119)) == pytest.approx(1.2)


def test_a_service_that_few_counters_offer_is_worth_more() -> None:
    many = [counter(1, COPY), counter(2, COPY), counter(4, COPY), counter(5, COPY), counter(3, COPY, BIRTH)]
    now = even_hall(situation([waits(8, 100), waits(9, 100, BIRTH)], counters=many, busy={}))
    at = many[-1]
    now.busy = {c.id: Busy(COPY, now.time - 60) for c in many[:-1]}
    alone = worth(now, waits(1, 110, BIRTH), at) / worth(now, waits(2, 110, COPY), at)
    share = 4.5 / 0.5
    assert alone > share**0.25


def test_what_another_counter_is_about_to_take_is_worth_less() -> None:
    """By the lognormal law a service that has run for an hour goes on longer than one of three minutes."""
    pair = [counter(2, COPY), counter(3, COPY, BIRTH)]
    line = [waits(8, 100), waits(9, 100, BIRTH)]
    soon = even_hall(situation(line, counters=pair, busy={2: (COPY, 117)}))
    late = even_hall(situation(line, counters=pair, busy={2: (COPY, 60)}))
    assert worth(soon, waits(1, 110), pair[1]) < worth(late, waits(1, 110), pair[1])
    assert worth(soon, waits(1, 110, BIRTH), pair[1]) == worth(late, waits(1, 110, BIRTH), pair[1])
