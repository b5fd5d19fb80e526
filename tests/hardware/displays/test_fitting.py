"""A ticket's number in few cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.displays.fitting import fitted
from hardware.displays.segments import ASCII, SEGMENTS, folded


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("A-025", 6, " A-025"),
        ("A-025", 5, "A-025"),
        ("A-025", 4, "A025"),
        ("A-025", 3, "A25"),
        ("A-025", 2, "25"),
        ("A-025", 1, "5"),
        ("A-1025", 4, "1025"),
        ("A-1025", 3, "025"),
        ("A-000", 2, "A0"),
        ("Đ-007", 4, "D007"),
        ("đ-007", 4, "D007"),
        ("AB-125", 4, "A125"),
        ("S-025", 5, "  025"),
        ("K-025", 4, " 025"),
        ("25", 4, "  25"),
        ("", 4, "    "),
        ("----", 4, "----"),
        ("HẾT", 4, " HET"),
        ("ĐÓNG CỬA", 4, "DONC"),
    ],
)
def test_on_seven_segments(text: str, cells: int, shown: str) -> None:
    assert fitted(text, cells, SEGMENTS) == shown


def test_left_aligned_and_with_a_font_of_its_own() -> None:
    assert fitted("A-25", 6, SEGMENTS, right=False) == "A-25  "
    assert fitted("K-025", 4, ASCII) == "K025"
    assert fitted("Tạm nghỉ", 8, ASCII) == "TAM NGHI"


@given(st.text(max_size=12), st.integers(1, 8))
def test_always_just_so_many_cells_and_only_known_signs(text: str, cells: int) -> None:
    for signs in (SEGMENTS, ASCII):
        shown = fitted(text, cells, signs)
        assert len(shown) == cells
        assert set(shown) <= set(signs)


@given(st.sampled_from("ABCDĐEHKS"), st.integers(0, 9999), st.integers(1, 8))
def test_the_number_can_be_read_whenever_its_digits_fit(letter: str, number: int, cells: int) -> None:
    shown = fitted(f"{letter}-{number:03}", cells, SEGMENTS)
    digits = "".join(each for each in shown if each.isdigit())
    if cells >= len(str(number)):
        assert int(digits) == number
    else:
        assert str(number).endswith(digits)


@given(st.text())
def test_signs_that_are_unknown_are_left_out(text: str) -> None:
    assert set(folded(text, SEGMENTS)) <= set(SEGMENTS)
    assert folded(folded(text, SEGMENTS), SEGMENTS) == folded(text, SEGMENTS)


def test_no_two_signs_look_the_same() -> None:
    assert len(set(SEGMENTS.values())) == len(SEGMENTS)
