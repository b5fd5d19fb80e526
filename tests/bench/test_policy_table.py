"""The figures of the policies: what is divided by what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.day_figures import DayFigures
from bench.policy_table import FIRST_COME, HINDSIGHT, averaged, compared, lines

QUIET = DayFigures(mean_s=100, over=0.0, p95_s=200, longest_s=300, priority_mean_s=60, cost=1.0, lost=1)
BUSY = DayFigures(mean_s=900, over=0.4, p95_s=1800, longest_s=2700, priority_mean_s=180, cost=9.0, lost=3)


def two_days() -> list[dict[str, DayFigures]]:
    better = [replace(QUIET, mean_s=50, cost=0.6), replace(BUSY, mean_s=450, over=0.1, cost=3.0)]
    best = [replace(QUIET, cost=0.5), replace(BUSY, cost=1.0)]
    return [
        {"ours": ours, FIRST_COME: first, HINDSIGHT: known}
        for ours, first, known in zip(better, [QUIET, BUSY], best, strict=True)
    ]


def test_a_ratio_is_of_the_means_over_the_days() -> None:
    figures = compared(two_days())
    assert figures["ours"]["mean"] == pytest.approx(0.5)
    assert figures["ours"]["over"] == pytest.approx(0.25)
    assert figures["ours"]["priority"] == pytest.approx(2.0)
    assert figures["ours"]["lost"] == pytest.approx(2.0)
    assert figures[FIRST_COME]["p95"] == 1.0


def test_the_distance_closed_is_of_the_sums_and_also_the_mean_of_the_days() -> None:
    figures = compared(two_days())
    assert figures["ours"]["closed"] == pytest.approx((10.0 - 3.6) / (10.0 - 1.5))
    assert figures["ours"]["by_day"] == pytest.approx(((1.0 - 0.6) / 0.5 + (9.0 - 3.0) / 8.0) / 2)
    assert (figures[FIRST_COME]["closed"], figures[HINDSIGHT]["closed"]) == (0.0, 1.0)


def test_loads_are_averaged_each_with_the_same_weight() -> None:
    one, other = compared(two_days()), compared(two_days()[:1])
    assert averaged([one, other])["ours"]["over"] == pytest.approx((0.25 + 1.0) / 2)


def test_the_block_has_a_line_for_each_policy_and_its_columns_are_aligned() -> None:
    text = lines("load 0.8", compared(two_days()))
    assert [line.split()[0] for line in text[1:]] == ["ours", "first-come", "full"]
    assert len({len(line) for line in text}) == 1
