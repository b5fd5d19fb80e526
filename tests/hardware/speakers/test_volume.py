"""How loud at which minute: every minute of the day, against a table written out another way."""

from __future__ import annotations

from array import array
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.speakers.volume import Hours, gain, hours, scaled
from hardware.voices.sound import Clip

MINUTES = [time(minute // 60, minute % 60) for minute in range(1440)]
CLOCK = st.builds(lambda minute: f"{minute // 60:02}:{minute % 60:02}", st.integers(0, 1439))


def written_out(table: dict[str, int]) -> list[int]:
    """The percent of every minute, by walking twice around the clock."""
    percent = -1
    day = [0] * 1440
    for _ in range(2):
        for minute in range(1440):
            percent = table.get(f"{minute // 60:02}:{minute % 60:02}", percent)
            day[minute] = percent
    return day


@given(st.dictionaries(CLOCK, st.integers(0, 100), min_size=1, max_size=8))
def test_every_minute_of_any_table(table: dict[str, int]) -> None:
    read = hours(table)
    assert [read.percent(minute) for minute in MINUTES] == written_out(table)


def test_a_usual_day() -> None:
    table = hours({"07:00": 80, "11:30": 40, "13:00": 80, "17:30": 0})
    expected = {"06:59": 0, "07:00": 80, "11:29": 80, "11:30": 40, "12:59": 40, "17:29": 80, "17:30": 0, "00:00": 0}
    assert {clock: table.percent(time.fromisoformat(clock)) for clock in expected} == expected


def test_without_a_table_it_is_always_whole() -> None:
    assert {Hours().percent(minute) for minute in MINUTES} == {100}
    assert hours({}) == Hours()


@pytest.mark.parametrize(
    "table", [{"7:00": 50}, {"24:00": 50}, {"07:60": 50}, {"07:00": 101}, {"07:00": -1}, {"07:00": True}, {"": 5}]
)
def test_what_is_no_table_is_refused(table: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"volume|no time"):
        hours(table)


def test_half_as_loud_is_ten_decibels_less() -> None:
    assert gain(0) == 0
    assert gain(1) == 1
    assert gain(0.5) == pytest.approx(10 ** (-10 / 20), abs=0.002)
    steps = [gain(percent / 100) for percent in range(101)]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("volume", [-0.1, 1.1, float("nan")])
def test_louder_than_the_sound_itself_is_refused(volume: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        gain(volume)


@given(st.lists(st.integers(-32768, 32767), max_size=50), st.floats(0, 1))
def test_nothing_clips_and_no_sample_grows(values: list[int], volume: float) -> None:
    clip = Clip(8000, array("h", values))
    quiet = scaled(clip, volume)
    assert len(quiet.samples) == len(values)
    assert all(abs(after) <= abs(before) for after, before in zip(quiet.samples, values, strict=True))
    assert clip.samples == array("h", values)
