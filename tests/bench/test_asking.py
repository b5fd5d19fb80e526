"""Asking for the wait in the middle of a day: only what was known then, and what came true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.asking import asked
from bench.days import Day, generate
from bench.estimates import coverage
from queue_server.domain.dispatch import PolicyName
from queue_server.domain.simulation import simulate

EVERY = 40


@pytest.fixture(scope="module")
def day() -> Day:
    return generate(1005, 0.8)


def test_the_patient_ask_and_what_came_true_is_the_days_own_wait(day: Day) -> None:
    outcome = simulate(day.rosters, day.clock, day.arrivals, day.rules(PolicyName.LATENESS), day.durations)
    waited = {one.id: one.waited_s for one in outcome.served}
    who = [one for one in day.arrivals[EVERY // 2 :: EVERY] if one.patience_s is None]
    answers = asked(day, EVERY)
    assert [one.true_s for one in answers] == [waited[one.id] for one in who if one.id in waited]
    assert len(answers) > 5
    assert all(0 <= one.low_s <= one.median_s <= one.high_s for one in answers)


def test_an_answer_knows_nothing_of_what_comes_later(day: Day) -> None:
    """Everybody after noon takes much longer to serve: the morning's answers stay."""
    noon = 43200.0
    later = tuple(one if one.at < noon else one._replace(service_s=one.service_s * 5) for one in day.arrivals)
    morning = sum(one.at < noon for one in day.arrivals[EVERY // 2 :: EVERY] if one.patience_s is None)
    before, after = asked(day, EVERY), asked(replace(day, arrivals=later), EVERY)
    said = [[one[:3] + one[4:6] for one in answers[:morning]] for answers in (before, after)]
    assert morning > 3
    assert said[0] == said[1]


def test_coverage_is_the_share_of_ranges_that_hold_the_truth(day: Day) -> None:
    one = asked(day, 200)[0]
    answers = [one._replace(low_s=100, high_s=200, true_s=true) for true in (99, 100, 150, 200, 201)]
    assert coverage(answers) == pytest.approx(0.6)
