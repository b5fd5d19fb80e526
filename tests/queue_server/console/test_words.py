"""Durations and pressure in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.console import words
from queue_server.console.language import texts
from queue_server.contract import Language

VI, EN = texts(Language.VI), texts(Language.EN)


@pytest.mark.parametrize(
    ("waited", "expected"), [(0, "within"), (720, "within"), (721, "risk"), (900, "risk"), (901, "over")]
)
def test_a_wait_is_at_risk_past_eighty_percent_and_over_past_the_target(waited: int, expected: str) -> None:
    assert words.pressure(waited, 900) == expected


@pytest.mark.parametrize(("waited", "target", "expected"), [(0, 900, 0), (450, 900, 50), (5000, 900, 100), (5, 0, 100)])
def test_the_bar_is_never_longer_than_its_ground(waited: int, target: int, expected: int) -> None:
    assert words.share(waited, target) == expected


def test_minutes_read_naturally_in_both_languages() -> None:
    assert [words.minutes(VI, each) for each in (30, 60, 3599, 3660)] == [
        "dưới 1 phút",
        "1 phút",
        "59 phút",
        "1 giờ 01 phút",
    ]
    assert [words.minutes(EN, each) for each in (30, 60, 3660)] == ["under 1 min", "1 min", "1 h 01 min"]


def test_an_expected_range_reads_as_on_the_printed_ticket() -> None:
    assert words.span(VI, 540, 900) == "9–15 phút"
    assert words.span(VI, 300, 300) == "khoảng 5 phút"
    assert words.span(EN, 0, 20) == "under 1 min"
    assert [words.span(each, 3600, 9000) for each in (VI, EN)] == ["1–3 giờ", "1–3 h"]


def test_what_has_lasted_for_days_is_said_in_days() -> None:
    since = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    for seconds, vi in ((-5, "dưới 1 phút"), (600, "10 phút"), (47 * 3600, "47 giờ 00 phút"), (50 * 3600, "2 ngày")):
        assert words.lasting(VI, since, since + timedelta(seconds=seconds)) == vi


def test_a_moment_of_another_day_bears_its_date() -> None:
    now = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
    for at, said in (
        (now - timedelta(hours=1), "07:05"),
        (now - timedelta(hours=9), "23:05 21/11"),
        (now - timedelta(days=365), "08:05 22/11/2025"),
    ):
        assert words.moment(at, now, "Asia/Ho_Chi_Minh") == said


def test_the_clock_is_the_halls_not_the_servers() -> None:
    assert words.clock(datetime(2026, 11, 22, 1, 5, tzinfo=UTC), "Asia/Ho_Chi_Minh") == "08:05"
