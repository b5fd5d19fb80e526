"""How the kiosk says durations, hours and dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.words import words, zone
from queue_server.contract import Language, LocalText

VI, EN = words(Language.VI), words(Language.EN)
MOMENT = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("low", "high", "vi", "en"),
    [
        (0, 0, "dưới 1 phút", "under 1 min"),
        (20, 290, "dưới 5 phút", "under 5 min"),
        (600, 1500, "10–25 phút", "10–25 min"),
        (600, 600, "khoảng 10 phút", "about 10 min"),
        (3600, 9000, "1–3 giờ", "1–3 h"),
        (300, 7200, "dưới 2 giờ", "under 2 h"),
    ],
)
def test_an_expected_wait_is_said_as_a_range(low: int, high: int, vi: str, en: str) -> None:
    assert VI.wait(low, high) == vi
    assert EN.wait(low, high) == en


def test_people_are_counted_in_both_languages() -> None:
    assert [VI.people(count) for count in (0, 1, 12)] == ["0 người", "1 người", "12 người"]
    assert [EN.people(count) for count in (0, 1, 12)] == ["0 people", "1 person", "12 people"]


def test_a_day_is_said_with_weekday_and_date() -> None:
    assert VI.day(MOMENT) == "Thứ Hai, ngày 23 tháng 11 năm 2026"
    assert EN.day(MOMENT) == "Monday, 23 November 2026"


def test_an_hour_is_said_as_people_say_it() -> None:
    assert VI.hour(MOMENT) == "7 giờ 05"
    assert EN.hour(MOMENT) == "07:05"
    assert VI.clock(MOMENT) == EN.clock(MOMENT) == "07:05"


def test_a_missing_translation_of_the_hall_falls_back_to_the_other_language() -> None:
    assert EN.local(LocalText(vi="Hộ tịch", en="")) == "Hộ tịch"
    assert VI.local(LocalText(vi="", en="Residence")) == "Residence"


def test_an_unknown_zone_means_vietnam() -> None:
    assert zone("Nowhere/Nothing").key == "Asia/Ho_Chi_Minh"
    assert zone("Europe/Paris").key == "Europe/Paris"
