"""The digits of a transfer: what is typed, taken back and forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.keypads.entry import ASKING, TYPING_S, Clear, Entry, Meaning
from hardware.keypads.protocol import Key, Press

CLEAR, NEXT, TRANSFER = Clear.CLEAR, Key.NEXT, Key.TRANSFER


def typed(*keys: Meaning, entry: Entry | None = None) -> list[Press]:
    entry = entry or Entry()
    presses = (entry.key(1, key, number / 10)[0] for number, key in enumerate(keys))
    return [press for press in presses if press is not None]


@pytest.mark.parametrize("key", [key for key in Key if key is not TRANSFER])
def test_an_action_is_a_press(key: Key) -> None:
    assert typed(key) == [Press(1, key)]


@pytest.mark.parametrize(
    ("keys", "presses"),
    [
        ((1, 2, TRANSFER), [Press(1, TRANSFER, 12)]),
        ((TRANSFER, 1, 2, NEXT), [Press(1, TRANSFER, 12)]),
        ((TRANSFER, 1, 2, TRANSFER), [Press(1, TRANSFER, 12)]),
        ((0, 0, 7, TRANSFER), [Press(1, TRANSFER, 7)]),
        ((1, 2, 3, 4, TRANSFER), [Press(1, TRANSFER, 234)]),
        ((TRANSFER,), []),
        ((TRANSFER, TRANSFER, 5, TRANSFER), [Press(1, TRANSFER, 5)]),
        ((TRANSFER, NEXT), []),
        ((TRANSFER, NEXT, NEXT), [Press(1, NEXT)]),
        ((TRANSFER, 0, NEXT), []),
        ((1, 2, CLEAR, 3, TRANSFER), [Press(1, TRANSFER, 3)]),
        ((TRANSFER, 1, CLEAR, NEXT), [Press(1, NEXT)]),
        ((1, NEXT), [Press(1, NEXT)]),
        ((1, NEXT, TRANSFER), [Press(1, NEXT)]),
        ((TRANSFER, 4, Key.RECALL, TRANSFER), [Press(1, Key.RECALL)]),
    ],
)
def test_transfers(keys: tuple[Meaning, ...], presses: list[Press]) -> None:
    assert typed(*keys) == presses


def test_the_display_follows_the_typing() -> None:
    entry = Entry()
    echoes = [entry.key(1, key, 0.0)[1] for key in (TRANSFER, 1, 2, CLEAR, 3, NEXT)]
    assert echoes == [ASKING, "1", "12", "", "3", None]


def test_typing_is_forgotten_after_a_while() -> None:
    entry = Entry()
    entry.key(1, TRANSFER, 0.0)
    entry.key(1, 5, 1.0)
    assert entry.key(1, NEXT, 1.1 + TYPING_S)[0] == Press(1, NEXT)
    entry.key(1, 5, 20.0)
    assert entry.key(1, TRANSFER, 20.1 + TYPING_S) == (None, ASKING)


def test_keypads_type_independently_and_a_lost_line_forgets() -> None:
    entry = Entry()
    entry.key(1, 1, 0.0)
    entry.key(2, 2, 0.0)
    assert entry.key(1, TRANSFER, 0.1)[0] == Press(1, TRANSFER, 1)
    entry.forget()
    assert entry.key(2, TRANSFER, 0.2)[0] is None


@given(st.lists(st.sampled_from([*Key, *range(10), CLEAR]), max_size=40))
def test_a_transfer_always_has_a_counter_and_nothing_else_has(keys: list[Meaning]) -> None:
    for press in typed(*keys):
        assert (press.argument is not None) == (press.key is TRANSFER)
        assert press.argument is None or 1 <= press.argument <= 999
