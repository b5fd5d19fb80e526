"""One press for one finger. Time is an argument, so minutes pass at once."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.keypads.debounce import BOUNCE_S, GAP_S, SETTLE_S, Debouncer

NEXT, RECALL = 1, 2


def test_a_key_held_for_minutes_is_one_press() -> None:
    keys = Debouncer()
    assert [keys.down(1, NEXT, tick / 10) for tick in range(3000)].count(True) == 1


@pytest.mark.parametrize("repeat_s", [0.03, 0.1, 0.25, 0.5])
def test_the_half_second_before_the_first_repeat_is_no_gap(repeat_s: float) -> None:
    keys = Debouncer()
    times = [0.0, *(0.5 + repeat_s * each for each in range(100))]
    assert [keys.down(1, NEXT, now) for now in times].count(True) == 1


def test_pressed_again_after_a_gap() -> None:
    keys = Debouncer()
    assert keys.down(1, NEXT, 0.0)
    assert keys.down(1, NEXT, GAP_S)


def test_pressed_again_after_it_was_let_go() -> None:
    keys = Debouncer()
    assert keys.down(1, NEXT, 0.0)
    keys.up(1)
    assert keys.down(1, NEXT, BOUNCE_S)
    keys.up(1)
    assert not keys.down(1, NEXT, BOUNCE_S + 0.01)


@given(st.lists(st.floats(0.001, 0.05), min_size=1, max_size=40))
def test_a_worn_contact_is_one_press(pauses: list[float]) -> None:
    keys, pressed = Debouncer(), 0
    for now in accumulate(pauses):
        pressed += keys.down(1, NEXT, now)
        keys.up(1)
    assert pressed == 1


@given(st.lists(st.floats(0.0, 0.59), max_size=60))
def test_without_a_gap_there_is_no_second_press(pauses: list[float]) -> None:
    keys = Debouncer()
    assert sum(keys.down(1, NEXT, now) for now in accumulate([1.0, *pauses])) == 1


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.floats(0.0, 2.0)), max_size=60))
def test_keypads_and_keys_are_independent(steps: list[tuple[int, int, float]]) -> None:
    together, now, got = Debouncer(), 0.0, []
    alone: dict[tuple[int, int], Debouncer] = {}
    expected = []
    for address, code, pause in steps:
        now += pause
        got.append(together.down(address, code, now))
        expected.append(alone.setdefault((address, code), Debouncer()).down(address, code, now))
    assert got == expected


def test_two_keys_held_at_once_are_two_presses_not_a_stream() -> None:
    keys = Debouncer()
    pressed = [keys.down(1, (NEXT, RECALL)[tick % 2], tick / 10) for tick in range(600)]
    assert pressed.count(True) == 2


def test_repeats_eaten_by_noise_do_not_end_a_hold() -> None:
    keys = Debouncer()
    assert keys.down(1, NEXT, 0.0)
    for tick in range(1, 60):
        keys.noise(tick / 4)
    assert not keys.down(1, NEXT, 15.1)
    assert keys.down(1, NEXT, 16.0)


def test_noise_alone_holds_nothing_that_was_let_go() -> None:
    keys = Debouncer()
    assert keys.down(1, NEXT, 0.0)
    keys.up(1)
    keys.noise(0.4)
    keys.noise(5.0)
    assert keys.down(1, NEXT, 5.1)


def test_what_was_pressed_while_the_line_was_away_is_not_done_late() -> None:
    keys = Debouncer()
    keys.opened(10.0)
    assert not keys.down(1, NEXT, 10.1)
    assert not keys.down(1, NEXT, 10.0 + SETTLE_S + 0.1), "it has to be let go first"
    assert keys.down(2, NEXT, 10.0 + SETTLE_S)


def test_one_keypad_that_came_back_does_not_stop_the_others() -> None:
    keys = Debouncer()
    keys.opened(10.0, 1)
    assert not keys.down(1, NEXT, 10.1)
    assert keys.down(2, NEXT, 10.1)


def test_digits_may_be_typed_fast() -> None:
    keys = Debouncer()
    assert keys.down(1, ord("1"), 0.0, digit=True)
    assert keys.down(1, ord("1"), 0.25, digit=True)
    keys.up(1)
    assert keys.down(1, ord("1"), 0.34, digit=True)
    assert not keys.down(1, ord("1"), 0.38, digit=True)
