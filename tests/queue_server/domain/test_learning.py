"""What is learned comes near the truth, whatever clerks forget, and never trusts a handful of observations."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.durations import USUAL_CV, Durations
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.learning import HALF_LIFE_DAYS, WINDOW_DAYS, learn
from queue_server.domain.observation import LONGEST_S, SHORTEST_S, Observation
from tests.queue_server.small_hall import BIRTH, COPY, service

TODAY = date(2026, 11, 23)
ONE, TWO = CounterId(1), CounterId(2)
SERVICES = (service(COPY, 10), service(BIRTH, 12))


def lognormal(rng: random.Random, mean_s: float, cv: float = USUAL_CV) -> float:
    sigma2 = math.log1p(cv * cv)
    return max(SHORTEST_S, rng.lognormvariate(math.log(mean_s) - sigma2 / 2, math.sqrt(sigma2)))


def seen(seconds: float, counter: CounterId = ONE, ago: int = 1, hour: int = 9, at_most: bool = False) -> Observation:
    return Observation(COPY, counter, TODAY - timedelta(days=ago), hour, seconds, at_most)


def a_past(
    rng: random.Random, count: int, mean_s: float, counter: CounterId = ONE, cv: float = USUAL_CV, hour: int = 9
) -> list[Observation]:
    """`count` services spread over the window."""
    return [seen(lognormal(rng, mean_s, cv), counter, 1 + place % WINDOW_DAYS, hour) for place in range(count)]


def forgetting(
    rng: random.Random, past: list[Observation], share: float, from_s: float, to_s: float
) -> list[Observation]:
    """A `share` of the services is finished too late, by any time between the two."""
    return [
        each._replace(seconds=each.seconds + rng.uniform(from_s, to_s)) if rng.random() < share else each
        for each in past
    ]


def off(durations: Durations, truth_s: float, counter: CounterId | None = ONE, hour: int | None = None) -> float:
    """Relative error of what was learned."""
    return durations.mean_s(COPY, counter, hour) / truth_s - 1


# --- forgotten presses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.05, 0.15])
@pytest.mark.parametrize(
    ("true_mean_s", "from_s", "to_s"),
    [(300, 900, 10800), (600, 900, 10800), (300, 3600, 21000), (600, 3600, 21000), (1200, 3600, 21000)],
)
def test_forgotten_presses_hardly_move_the_mean(share: float, true_mean_s: float, from_s: float, to_s: float) -> None:
    """Within 10 % of the truth on the average of ten pasts, where the plain mean is off by half or much more."""
    errors, plain = [], []
    for seed in range(10):
        rng = random.Random(seed)
        past = forgetting(rng, a_past(rng, 900, true_mean_s), share, from_s, to_s)
        errors.append(off(learn(SERVICES, past, TODAY), true_mean_s))
        plain.append(fmean(each.seconds for each in past) / true_mean_s - 1)
    assert abs(fmean(errors)) < 0.10
    if share == 0.15:
        assert fmean(plain) > 0.5


@pytest.mark.parametrize("gap_s", [750, 1200, 2400])
@pytest.mark.parametrize("forgets", [0.15, 0.5, 1.0])
def test_a_clerk_who_only_calls_the_next_is_still_measured(gap_s: float, forgets: float) -> None:
    """A forgotten finish lasts until the next one comes, `gap_s` on average: that stay is an upper bound."""
    errors = []
    for seed in range(5):
        rng = random.Random(seed)
        past = []
        for _ in range(900):
            length, arrival = lognormal(rng, 600), rng.expovariate(1 / gap_s)
            idle = arrival > length and rng.random() < forgets
            past.append(seen(min(LONGEST_S, arrival + rng.uniform(3, 20)) if idle else length, at_most=idle))
        errors.append(off(learn(SERVICES, past, TODAY), 600))
    assert abs(fmean(errors)) < 0.10


# --- who is believed -----------------------------------------------------------------------------------------------


def test_without_observations_the_catalogue_holds() -> None:
    learned = learn(SERVICES, [], TODAY)
    assert learned.mean_s(COPY, ONE, 9) == 600
    assert learned.mean_s(BIRTH) == 720
    assert learned.cv(COPY) == USUAL_CV


def test_a_counter_that_is_twice_as_fast_is_learned() -> None:
    rng = random.Random(1)
    learned = learn(SERVICES, a_past(rng, 600, 600) + a_past(rng, 600, 300, TWO), TODAY)
    assert abs(off(learned, 600, ONE)) < 0.12
    assert abs(off(learned, 300, TWO)) < 0.12


def test_a_counter_with_two_observations_is_not_believed() -> None:
    past = a_past(random.Random(1), 600, 600)
    learned = learn(SERVICES, [*past, seen(100, TWO), seen(100, TWO)], TODAY)
    assert 0.7 < learned.mean_s(COPY, TWO) / learned.mean_s(COPY) < 1


def test_a_new_counter_is_taken_to_be_like_the_others() -> None:
    learned = learn(SERVICES, a_past(random.Random(1), 600, 300), TODAY)
    assert learned.mean_s(COPY, TWO) == learned.mean_s(COPY) == pytest.approx(300, rel=0.15)


@pytest.mark.parametrize("truth_s", [120, 2400])
def test_a_catalogue_that_is_far_off_is_overruled(truth_s: float) -> None:
    assert abs(off(learn(SERVICES, a_past(random.Random(2), 900, truth_s), TODAY), truth_s)) < 0.12


def test_an_hour_that_differs_is_learned_where_it_holds_enough() -> None:
    rng = random.Random(3)
    past = a_past(rng, 900, 600, hour=9) + a_past(rng, 900, 900, hour=14) + a_past(rng, 20, 60, hour=16)
    learned = learn(SERVICES, past, TODAY)
    nine, fourteen = learned.mean_s(COPY, ONE, 9), learned.mean_s(COPY, ONE, 14)
    assert nine < learned.mean_s(COPY, ONE) < fourteen
    assert 1.25 < fourteen / nine < 1.75
    assert learned.mean_s(COPY, ONE, 16) == learned.mean_s(COPY, ONE)


def test_the_spread_is_learned_without_what_differs_between_counters() -> None:
    rng = random.Random(4)
    learned = learn(SERVICES, a_past(rng, 3000, 300, cv=0.4) + a_past(rng, 3000, 1200, TWO, cv=0.4), TODAY)
    assert learned.cv(COPY) < 0.6
    assert learn(SERVICES, a_past(rng, 3000, 600, cv=1.2), TODAY).cv(COPY) > 0.95


# --- which days and services ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ago", [0, -1, WINDOW_DAYS + 1])
def test_today_the_future_and_the_distant_past_are_not_looked_at(ago: int) -> None:
    assert learn(SERVICES, [seen(3000, ago=ago)] * 50, TODAY) == learn(SERVICES, [], TODAY)


@pytest.mark.parametrize("ago", [1, WINDOW_DAYS])
def test_the_first_and_the_last_day_of_the_window_count(ago: int) -> None:
    assert learn(SERVICES, [seen(3000, ago=ago)] * 50, TODAY).mean_s(COPY) > 900


def test_recent_days_weigh_more() -> None:
    half_life = round(HALF_LIFE_DAYS)
    rising = [*(seen(900, ago=1) for _ in range(100)), *(seen(400, ago=1 + half_life) for _ in range(100))]
    falling = [*(seen(400, ago=1) for _ in range(100)), *(seen(900, ago=1 + half_life) for _ in range(100))]
    assert learn(SERVICES, rising, TODAY).mean_s(COPY) > 1.1 * learn(SERVICES, falling, TODAY).mean_s(COPY)


def test_a_service_that_the_hall_no_longer_has_is_ignored_and_a_new_one_has_its_own_figure() -> None:
    gone = [each._replace(service=ServiceCode("gone")) for each in a_past(random.Random(5), 300, 60)]
    learned = learn([*SERVICES, service("new", 7)], gone + a_past(random.Random(6), 300, 900), TODAY)
    assert {code for code, _, _ in learned.means} == {COPY, BIRTH, "new"}
    assert learned.mean_s(ServiceCode("new"), ONE, 9) == 420
    assert set(learned.cvs) == {COPY}


# --- whatever is observed -------------------------------------------------------------------------------------------

ANYTHING = st.lists(
    st.builds(
        Observation,
        st.sampled_from([COPY, BIRTH, ServiceCode("gone")]),
        st.sampled_from([ONE, TWO]),
        st.integers(-2, 100).map(lambda ago: TODAY - timedelta(days=ago)),
        st.integers(0, 23),
        st.floats(0, 1e6),
        st.booleans(),
    ),
    max_size=80,
)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, st.randoms(use_true_random=False))
def test_the_order_of_the_observations_does_not_matter(past: list[Observation], rng: random.Random) -> None:
    mixed = rng.sample(past, len(past))
    assert learn(SERVICES, mixed, TODAY) == learn(SERVICES, past, TODAY)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_whatever_is_observed_the_means_are_lengths_of_services(past: list[Observation]) -> None:
    learned = learn(SERVICES, past, TODAY)
    assert all((code, None, None) in learned.means for code in (COPY, BIRTH))
    assert all(1 <= mean_s <= 2 * LONGEST_S for mean_s in learned.means.values())
    assert all(0 < cv < 10 for cv in learned.cvs.values())


@settings(max_examples=60, deadline=None)
@given(st.floats(SHORTEST_S, LONGEST_S), st.booleans())
def test_one_observation_moves_a_mean_but_little(seconds: float, at_most: bool) -> None:
    learned = learn(SERVICES, [seen(seconds, at_most=at_most)], TODAY)
    assert abs(off(learned, 600, None)) < 0.3
    assert abs(off(learned, 600, ONE)) < 0.5
