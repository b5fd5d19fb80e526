"""Scanners that pose as keyboards: key presses to text, and what such a device can do wrong."""

from __future__ import annotations

import string
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.fake_device import _presses
from hardware.scanners.framing import Shape
from hardware.scanners.hid import EV_KEY, EV_SYN, EVENT, SYN_DROPPED, SYN_REPORT, HidSource
from hardware.scanners.keys import CAPS, Keyboard
from tests.hardware.scanners.cards import CARD, LETTERS

ENTER, PAD_ENTER, TAB, SHIFT, CTRL, ALT, A, J, M = 28, 96, 15, 42, 29, 56, 30, 36, 50
PAD = {"0": 82, "1": 79, "2": 80, "3": 81, "4": 75, "5": 76, "6": 77, "7": 71, "8": 72, "9": 73}


def typed(keyboard: Keyboard, *presses: int | tuple[int, int]) -> list[str | None]:
    came = []
    for press in presses:
        for code, value in [press] if isinstance(press, tuple) else [(press, 1), (press, 0)]:
            came += keyboard.key(code, value)
    return came


def by_number(number: str) -> list[int | tuple[int, int]]:
    return [(ALT, 1), *(PAD[digit] for digit in number), (ALT, 0)]


@given(st.text(st.sampled_from(string.ascii_letters + string.digits + string.punctuation + LETTERS), min_size=1))
def test_any_text_can_be_typed(text: str) -> None:
    keyboard = Keyboard(Shape())
    presses = [press for letter in text for press in _presses(letter)]
    assert typed(keyboard, *presses, ENTER) == [text]


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(-5, 5)), max_size=300))
def test_no_keys_are_too_strange(presses: list[tuple[int, int]]) -> None:
    keyboard = Keyboard(Shape(most=32))
    for code, value in presses:
        assert all(text is None or len(text) <= 32 for text in keyboard.key(code, value))


@pytest.mark.parametrize(
    ("presses", "text"),
    [
        ([A, ENTER], "a"),
        ([A, PAD_ENTER], "a"),
        ([A, TAB], "a"),
        ([A, (CTRL, 1), J, (CTRL, 0)], "a"),
        ([A, (CTRL, 1), M, (CTRL, 0)], "a"),
        ([(SHIFT, 1), A, (SHIFT, 0), A, ENTER], "Aa"),
        ([CAPS, A, 2, (SHIFT, 1), A, (SHIFT, 0), CAPS, A, ENTER], "A1aa"),
        ([(A, 1), (A, 2), (A, 2), (A, 0), ENTER], "a"),
        ([*by_number("7877"), ENTER], "ễ"),
        ([*by_number("07877"), ENTER], "ễ"),
        ([*by_number("0225"), *by_number("0187"), *by_number("0133"), ENTER], "ễ"),
        ([*by_number("0234"), A, ENTER], "êa"),
        ([*by_number("136"), ENTER], "ê"),
        ([*by_number("065"), ENTER], "A"),
        ([(CTRL, 1), A, (CTRL, 0), ENTER], None),
        ([*by_number("99999999"), ENTER], None),
        ([(ALT, 1), A, (ALT, 0), ENTER], None),
        ([1, A, ENTER], None),
    ],
)
def test_what_keys_mean(presses: list[int | tuple[int, int]], text: str | None) -> None:
    keyboard = Keyboard(Shape())
    assert typed(keyboard, *presses) == [text]
    assert typed(keyboard, A, ENTER) == ["a"], "the next code is not spoilt"


def test_an_empty_line_is_nothing() -> None:
    assert typed(Keyboard(Shape()), ENTER, ENTER, TAB) == []


def test_events_are_as_long_as_the_kernel_makes_them_here() -> None:
    assert EVENT.size == (24 if struct.calcsize("@l") == 8 else 16)


def test_a_code_with_presses_lost_in_the_kernel_is_no_code() -> None:
    source = HidSource("/nowhere", Shape())
    keys = [(EV_KEY, code, value) for letter in CARD for code, value in _presses(letter)]
    half = len(keys) // 2
    lost = [(EV_SYN, SYN_DROPPED, 0), *keys[half : half + 9], (EV_SYN, SYN_REPORT, 0)]
    end = [(EV_KEY, ENTER, 1), (EV_KEY, ENTER, 0)]
    events = [*keys[:half], *lost, *keys[half + 9 :], *end, *keys, *end]
    assert source._events(b"".join(EVENT.pack(0, 0, *event) for event in events)) == [None, CARD]
