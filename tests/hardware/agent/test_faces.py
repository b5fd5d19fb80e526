"""What a display shows of every board that there can be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.agent.faces import Wording, face, lost_face
from hardware.displays.protocol import Face
from queue_server.contract import CounterState
from tests.hardware.agent.boards import NOW, board, call

WORDING = Wording(free="FREE", paused="PAUSE", closed="SHUT", lost="LOST", blink_s=12)
OPEN = CounterState.OPEN


@pytest.mark.parametrize(
    ("state", "shown"), [(OPEN, "FREE"), (CounterState.PAUSED, "PAUSE"), (CounterState.CLOSED, "SHUT")]
)
def test_a_counter_without_a_number_shows_its_state(state: CounterState, shown: str) -> None:
    assert face(board({1: (state, None)}), 1, NOW, WORDING) == Face(shown)


@pytest.mark.parametrize("state", CounterState)
def test_a_number_goes_before_the_state(state: CounterState) -> None:
    assert face(board({1: (state, "A-025")}), 1, NOW, WORDING) == Face("A-025")


def test_a_counter_that_the_hall_has_not_is_nobodys_guess() -> None:
    assert face(board({1: (OPEN, None)}), 2, NOW, WORDING) is None


def test_a_new_call_blinks_for_its_time_and_no_longer() -> None:
    shown = board({1: (OPEN, "A-025")}, (call(1, "A-025", 1),))
    assert face(shown, 1, NOW, WORDING) == Face("A-025", blink=True)
    assert face(shown, 1, NOW + timedelta(seconds=11.9), WORDING) == Face("A-025", blink=True)
    assert face(shown, 1, NOW + timedelta(seconds=12), WORDING) == Face("A-025")


def test_a_recall_blinks_again() -> None:
    shown = board({1: (OPEN, "A-025")}, (call(1, "A-025", 1, age_s=60), call(2, "A-025", 1, kind="recall")))
    assert face(shown, 1, NOW, WORDING) == Face("A-025", blink=True)


def test_nothing_blinks_once_the_person_is_there() -> None:
    shown = board({1: (OPEN, "A-025")}, (call(1, "A-025", 1),), serving=("A-025",))
    assert face(shown, 1, NOW, WORDING) == Face("A-025")


def test_the_call_of_another_counter_or_number_makes_nothing_blink() -> None:
    shown = board({1: (OPEN, "A-025"), 2: (OPEN, "A-026")}, (call(1, "A-025", 2), call(2, "A-024", 1)))
    assert face(shown, 1, NOW, WORDING) == Face("A-025")


def test_without_the_server_for_long_every_display_says_so() -> None:
    assert lost_face(WORDING) == Face("LOST")


@given(
    st.dictionaries(
        st.integers(1, 5),
        st.tuples(st.sampled_from(CounterState), st.sampled_from([None, "A-001", "B-002", "C-003"])),
        min_size=1,
    ),
    st.lists(
        st.builds(
            call,
            st.integers(1, 99),
            st.sampled_from(["A-001", "B-002", "C-003"]),
            st.integers(1, 5),
            age_s=st.floats(-5, 100),
        ),
        max_size=6,
    ),
    st.floats(0, 100),
)
def test_a_display_never_shows_a_number_that_its_counter_has_not(counters, calls, later_s) -> None:  # type: ignore[no-untyped-def]
    shown = board(counters, tuple(calls))
    for ident, (_, number) in counters.items():
        seen = face(shown, ident, NOW + timedelta(seconds=later_s), WORDING)
        assert seen is not None
        assert seen.text == number if number else seen.text in {"FREE", "PAUSE", "SHUT"}
        assert not seen.blink or (number is not None and any(each.number == number for each in calls))
