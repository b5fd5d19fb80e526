"""What is promised to those who wait: an honest range that worsens with people and improves with counters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import ServiceUnknown
from queue_server.domain.estimate import STEP_S, Estimate, Waiting, estimate
from queue_server.domain.ids import CounterId, ServiceCode
from tests.queue_server.small_hall import BIRTH, COPY, HOME, SMALL_HALL, counter

COUNTS = st.builds(Waiting, st.integers(0, 60), st.integers(0, 60))
QUEUES = st.dictionaries(st.sampled_from([BIRTH, COPY, HOME]), COUNTS)
OPENED = st.sets(st.sampled_from([CounterId(1), CounterId(2), CounterId(3), CounterId(4)]))
SERVICES = st.sampled_from([BIRTH, COPY, HOME])


def ask(
    service: ServiceCode,
    before: dict[ServiceCode, Waiting],
    opened: set[CounterId],
    *,
    priority: bool = False,
    free: set[CounterId] | None = None,
) -> Estimate:
    return estimate(SMALL_HALL, service, priority, before, opened, free or set())


@given(SERVICES, QUEUES, OPENED, st.booleans())
def test_the_range_is_a_range_in_whole_minutes(
    service: ServiceCode, before: dict[ServiceCode, Waiting], opened: set[CounterId], priority: bool
) -> None:
    said = ask(service, before, opened, priority=priority)
    assert 0 <= said.low_s <= said.high_s
    assert said.high_s >= STEP_S
    assert said.low_s % STEP_S == said.high_s % STEP_S == 0
    assert said.ahead >= 0


@given(SERVICES, QUEUES, OPENED, st.booleans(), SERVICES, st.integers(1, 20))
def test_more_people_ahead_never_shorten_the_wait(
    service: ServiceCode,
    before: dict[ServiceCode, Waiting],
    opened: set[CounterId],
    priority: bool,
    other: ServiceCode,
    more: int,
) -> None:
    queue = before.get(other, Waiting())
    longer = {**before, other: replace(queue, priority=queue.priority + more)}
    few, many = (ask(service, each, opened, priority=priority) for each in (before, longer))
    assert many.ahead >= few.ahead
    assert many.high_s >= few.high_s


@given(SERVICES, QUEUES, OPENED, st.sampled_from([1, 2, 3, 4]))
def test_opening_a_counter_that_serves_the_same_never_lengthens_the_wait(
    service: ServiceCode, before: dict[ServiceCode, Waiting], opened: set[CounterId], twin: int
) -> None:
    another = counter(9, *SMALL_HALL.counter(twin).services)
    hall = replace(SMALL_HALL, counters=(*SMALL_HALL.counters, another))
    opened = opened | {CounterId(twin)}
    one = estimate(hall, service, False, before, opened)
    two = estimate(hall, service, False, before, opened | {CounterId(9)})
    assert two.high_s <= one.high_s
    assert two.ahead <= one.ahead


@given(SERVICES, QUEUES, OPENED, st.sampled_from([CounterId(n) for n in (1, 2, 3, 4)]), st.data())
def test_opening_any_counter_never_lengthens_the_wait(
    service: ServiceCode,
    before: dict[ServiceCode, Waiting],
    opened: set[CounterId],
    another: CounterId,
    data: st.DataObject,
) -> None:
    able = [counter.id for counter in SMALL_HALL.counters if service in counter.services]
    opened = opened | {data.draw(st.sampled_from(able))}
    assert ask(service, before, opened | {another}).high_s <= ask(service, before, opened).high_s


def test_a_counter_for_everything_does_not_put_the_whole_hall_ahead() -> None:
    """One waits for a birth certificate at counter 1; that a hundred copies wait for counter 3 is not their trouble."""
    crowd = {BIRTH: Waiting(ordinary=1), COPY: Waiting(ordinary=100)}
    alone = ask(BIRTH, crowd, {CounterId(1)})
    together = ask(BIRTH, crowd, {CounterId(1), CounterId(3)})
    assert alone.ahead == 1
    assert together.ahead == 1
    assert together.high_s <= alone.high_s


@given(SERVICES, QUEUES, OPENED)
def test_priority_never_waits_longer_than_without(
    service: ServiceCode, before: dict[ServiceCode, Waiting], opened: set[CounterId]
) -> None:
    first, ordinary = (ask(service, before, opened, priority=priority) for priority in (True, False))
    assert first.ahead <= ordinary.ahead
    assert first.high_s <= ordinary.high_s


def test_nobody_ahead_and_a_free_counter_means_at_most_a_minute() -> None:
    said = ask(COPY, {}, {CounterId(2)}, free={CounterId(2)})
    assert said == Estimate(0, 0, STEP_S)


def test_nobody_ahead_but_the_counter_busy_means_up_to_one_service() -> None:
    assert ask(COPY, {}, {CounterId(2)}) == Estimate(0, 0, 5 * 60)


def test_a_free_counter_of_another_service_does_not_help() -> None:
    assert ask(COPY, {}, {CounterId(1), CounterId(2)}, free={CounterId(1)}).high_s == 5 * 60


def test_without_an_open_counter_those_that_could_open_are_counted() -> None:
    said = ask(HOME, {HOME: Waiting(ordinary=4)}, set())
    assert (said.ahead, said.low_s < said.high_s) == (4, True)


def test_the_figures_follow_the_formula() -> None:
    """Four copies of 5 min each at one counter: 20 min of work, spread 0.8 * 5 * sqrt(4) = 8 min, 1.28 of it 10.25."""
    said = ask(COPY, {COPY: Waiting(ordinary=4)}, {CounterId(2)})
    assert said == Estimate(4, 9 * 60, 36 * 60)


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(ServiceUnknown):
        ask(ServiceCode("visa"), {}, set())
