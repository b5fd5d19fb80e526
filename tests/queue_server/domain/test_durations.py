"""How long services take: the most specific figure, and what is left of one that runs, checked against sampling."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.durations import USUAL_MEAN_S, Durations
from queue_server.domain.ids import CounterId, ServiceCode

CODE, ONE, TWO = ServiceCode("copy"), CounterId(1), CounterId(2)
KNOWN = Durations({(CODE, None, None): 300.0, (CODE, ONE, None): 200.0, (CODE, ONE, 9): 100.0}, {CODE: 0.8})


def test_the_most_specific_mean_holds() -> None:
    assert KNOWN.mean_s(CODE) == 300
    assert KNOWN.mean_s(CODE, TWO, 9) == 300
    assert KNOWN.mean_s(CODE, ONE, 10) == 200
    assert KNOWN.mean_s(CODE, ONE, 9) == 100
    assert KNOWN.mean_s(ServiceCode("gone"), ONE) == USUAL_MEAN_S


@given(st.floats(0, 1e6))
def test_something_is_always_left_and_no_more_than_is_sane(elapsed: float) -> None:
    left = KNOWN.remaining_s(CODE, None, elapsed)
    assert 0 < left < 300 * 10


@given(st.floats(0, 20_000), st.floats(0.001, 0.998))
def test_a_larger_share_takes_no_less_time(elapsed: float, share: float) -> None:
    assert 0 <= KNOWN.quantile_s(CODE, None, elapsed, share) <= KNOWN.quantile_s(CODE, None, elapsed, share + 0.001)


@pytest.mark.parametrize("elapsed", [0.0, 120.0, 300.0, 600.0, 1200.0])
def test_what_is_left_agrees_with_sampling(elapsed: float) -> None:
    """Services drawn at random, of which those that last longer than `elapsed` are kept."""
    chance = random.Random(7)
    drawn = [KNOWN.drawn_s(CODE, None, chance.gauss(0, 1)) for _ in range(200_000)]
    if elapsed == 0:
        assert mean(drawn) == pytest.approx(300, rel=0.01)
    left = sorted(seconds - elapsed for seconds in drawn if seconds > elapsed)
    assert KNOWN.remaining_s(CODE, None, elapsed) == pytest.approx(mean(left), rel=0.05)
    for share in (0.1, 0.5, 0.9):
        assert KNOWN.quantile_s(CODE, None, elapsed, share) == pytest.approx(left[int(share * len(left))], rel=0.05)


def test_services_that_never_vary_end_on_time() -> None:
    steady = Durations({(CODE, None, None): 300.0}, {CODE: 0.0})
    assert steady.remaining_s(CODE, None, 100.0) == pytest.approx(200.0)
    assert steady.quantile_s(CODE, None, 100.0, 0.9) == pytest.approx(200.0)
    assert steady.remaining_s(CODE, None, 900.0) > 0


def test_a_service_that_began_this_instant_has_all_of_its_time_left() -> None:
    assert KNOWN.quantile_s(CODE, None, 5e-324, 0.5) == KNOWN.quantile_s(CODE, None, 0.0, 0.5)
