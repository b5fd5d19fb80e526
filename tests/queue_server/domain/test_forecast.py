"""What people are told of their wait: a fair range, under the discipline that will call them, from what is known."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.dispatch import Busy, Candidate, PolicyName, Rules
from queue_server.domain.durations import Durations
from queue_server.domain.forecast import MOST_FOLLOWED, forecast, quantile, tolls
from queue_server.domain.future import HORIZON_S, MOST_S, Present
from queue_server.domain.hall import Calling
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId, TicketId
from queue_server.domain.simulation import Roster
from tests.queue_server.domain.dispatch.situations import NINE_S, TARGETS, waits
from tests.queue_server.small_hall import BIRTH, COPY, HOME, SMALL_HALL, counter

NOON_S = 12 * 3600.0


def seeded(seed: int = 1) -> Callable[[str], random.Random]:
    return lambda name: random.Random(f"{seed}/{name}")


def present(waiting: list[Candidate], minute: float = 30, **changes: object) -> Present:
    """The small hall with all counters open, at `minute` past nine."""
    now = Present(
        time=NINE_S + 60 * minute,
        clock=HallClock(),
        rosters=[Roster(each, ((0.0, 1e9),)) for each in SMALL_HALL.counters],
        rules=Rules(TARGETS),
        durations=SMALL_HALL.durations,
        waiting=waiting,
    )
    return replace(now, **changes)  # type: ignore[arg-type]


def busy(*counters: int, since: float = 29) -> dict[CounterId, Busy]:
    return {CounterId(c): Busy(SMALL_HALL.services[0].code, NINE_S + 60 * since) for c in counters}


def test_into_an_empty_hall_one_walks_straight_to_the_counter() -> None:
    outlook = forecast(present([]), seeded())
    for expected in outlook.newcomers.values():
        assert (expected.low_s, expected.high_s, expected.ahead) == (0, 0, 0)
    assert len(outlook.newcomers) == 2 * len(TARGETS)
    assert (outlook.over_share, outlook.judged) == (0, 0)


def test_the_same_moment_gives_the_same_outlook() -> None:
    now = present([waits(n, n) for n in range(1, 12)], busy=busy(1, 2, 3))
    assert forecast(now, seeded()) == forecast(now, seeded())
    assert forecast(now, seeded()) != forecast(now, seeded(2))


def test_people_are_called_in_the_order_of_the_discipline_and_count_who_goes_before() -> None:
    desk = [Roster(counter(2, COPY), ((0.0, 1e9),))]
    line = [waits(n, n) for n in range(1, 6)]
    outlook = forecast(present(line, rosters=desk, busy=busy(2)), seeded())
    assert [outlook.tickets[TicketId(n)].ahead for n in range(1, 6)] == [0, 1, 2, 3, 4]
    medians = [outlook.tickets[TicketId(n)].median_s for n in range(1, 6)]
    assert medians == sorted(medians)
    assert outlook.newcomers[COPY, False].ahead == 5
    assert outlook.newcomers[COPY, False].median_s > medians[-1]


def test_priority_waits_less_than_the_others() -> None:
    desk = [Roster(counter(2, COPY), ((0.0, 1e9),))]
    outlook = forecast(present([waits(n, 20 + n) for n in range(1, 9)], rosters=desk, busy=busy(2)), seeded())
    assert outlook.newcomers[COPY, True].high_s < outlook.newcomers[COPY, False].low_s


def test_another_counter_shortens_the_wait() -> None:
    line = [waits(n, 18 + n) for n in range(1, 12)]
    one = [Roster(counter(2, COPY), ((0.0, 1e9),))]
    two = [*one, Roster(counter(5, COPY), ((0.0, 1e9),))]
    slow, fast = (forecast(present(line, rosters=rosters), seeded()) for rosters in (one, two))
    assert fast.newcomers[COPY, False].median_s < 0.7 * slow.newcomers[COPY, False].median_s
    assert fast.over < slow.over


def test_a_counter_at_lunch_is_not_counted_on_and_the_others_break_is_waited_through() -> None:
    away = [Roster(counter(2, COPY), ((NOON_S, 1e9),))]
    outlook = forecast(present([waits(1)], rosters=away), seeded())
    assert outlook.tickets[TicketId(1)].low_s == NOON_S - (NINE_S + 1800)
    shut = present([waits(1)], clock=HallClock(0.0, ((NINE_S + 1800, NINE_S + 5400),)))
    assert forecast(shut, seeded()).tickets[TicketId(1)].low_s == 3600


def test_where_nobody_will_ever_call_the_wait_has_no_end_in_sight() -> None:
    births_only = [Roster(counter(1, BIRTH), ((0.0, 1e9),))]
    outlook = forecast(present([waits(1, service=HOME)], rosters=births_only), seeded())
    assert outlook.tickets[TicketId(1)].low_s == MOST_S


def test_the_more_are_expected_to_come_the_more_will_be_late() -> None:
    line = [waits(n, 20 + n / 2) for n in range(1, 10)]
    quiet = forecast(present(line, busy=busy(1, 2, 3, 4)), seeded())
    rush = forecast(present(line, busy=busy(1, 2, 3, 4), rates={(COPY, False): 0.05}), seeded())
    assert rush.judged > quiet.judged
    assert rush.over > quiet.over
    assert set(rush.over_by_service) <= set(TARGETS)
    assert sum(rush.over_by_service.values()) == pytest.approx(rush.over)


def test_who_is_over_target_already_counts_as_over() -> None:
    desk = [Roster(counter(2, COPY), ((0.0, 1e9),))]
    outlook = forecast(present([waits(n, -30) for n in range(1, 4)], rosters=desk), seeded())
    assert outlook.over == pytest.approx(3)
    assert outlook.over_share == 1


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from([BIRTH, COPY, HOME]), st.booleans()), max_size=15),
    st.sets(st.sampled_from([1, 2, 3, 4])),
    st.sampled_from(PolicyName),
)
def test_every_range_is_a_range(people: list[tuple[int, str, bool]], at_work: set[int], policy: PolicyName) -> None:
    line = [waits(n, minute, service, priority=p) for n, (minute, service, p) in enumerate(people, 1)]  # type: ignore[arg-type]
    rules = Rules(TARGETS, Calling(policy=policy))
    outlook = forecast(present(line, busy=busy(*at_work), rules=rules), seeded(), runs=8)
    assert set(outlook.tickets) == {each.id for each in line}
    for expected in (*outlook.tickets.values(), *outlook.newcomers.values()):
        assert 0 <= expected.low_s <= expected.median_s <= expected.high_s <= MOST_S
        assert 0 <= expected.ahead <= len(line)
    assert 0 <= outlook.over_share <= 1


def test_the_range_holds_what_comes_true_four_times_in_five() -> None:
    """One counter, a known law: of many futures drawn apart, about 80 % fall into the range."""
    desk = [Roster(counter(2, COPY), ((0.0, 1e9),))]
    line = [waits(n, n) for n in range(1, 8)]
    now = present(line, rosters=desk, durations=Durations({(COPY, None, None): 300.0}))
    said = forecast(now, seeded(), runs=300).newcomers[COPY, False]
    chance = random.Random(99)
    waited = [sum(now.durations.drawn_s(COPY, None, chance.gauss(0, 1)) for _ in line) for _ in range(2000)]
    held = sum(said.low_s <= wait <= said.high_s for wait in waited) / len(waited)
    assert 0.75 < held < 0.85


def test_the_horizon_is_half_an_hour() -> None:
    assert HORIZON_S == 30 * 60


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=40), st.floats(0, 1), st.floats(0, 1))
def test_quantiles_lie_within_the_sample_and_grow(values: list[float], one: float, other: float) -> None:
    ordered = sorted(values)
    low, high = (quantile(ordered, share) for share in sorted((one, other)))
    assert ordered[0] <= low <= high + 1e-9
    assert high <= ordered[-1] + 1e-9


def test_a_queue_beyond_all_measure_is_told_as_its_front_goes() -> None:
    """Only the front is followed; behind it waits go on growing, and nobody is left out."""
    rosters = [Roster(counter(n, COPY), ((0.0, 1e9),)) for n in range(1, 31)]
    line = [waits(n, n / 100) for n in range(1, 3 * MOST_FOLLOWED + 1)]
    outlook = forecast(present(line, rosters=rosters), seeded())
    assert set(outlook.tickets) == {each.id for each in line}
    front, end = outlook.tickets[TicketId(MOST_FOLLOWED)], outlook.tickets[TicketId(len(line))]
    assert 1.5 * front.median_s < end.median_s < 6 * front.median_s
    newcomer = outlook.newcomers[COPY, False]
    assert (newcomer.ahead, end.ahead) == (len(line), len(line) - 1)
    assert newcomer.low_s >= end.low_s
    assert outlook.newcomers[COPY, True].median_s < front.median_s
    assert outlook.judged == pytest.approx(len(line), abs=1)
    costs = tolls(present(line, rosters=rosters), seeded(), range(3))
    assert all(cost.judged == len(line) for cost in costs)
