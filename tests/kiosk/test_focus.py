"""The keypad's way over a screen: in reading order, to the neighbour in an arrow's direction, never lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.focus import Move, first, moved, reachable
from kiosk.ui.painter import Box, Grip, Target


def target(name: str, x: float, y: float, *, main: bool = False, grip: Grip = Grip.PRESS) -> Target:
    return Target(name, Box(x, y, 100, 80), None, 10, grip=grip, main=main)


PAD = [
    target("3", 220, 0),
    target("1", 0, 0),
    target("2", 110, 10),
    target("4", 0, 100),
    target("5", 110, 100),
    target("done", 110, 200, main=True),
    target("sign", 0, 300, grip=Grip.DRAW),
    target("anywhere", 0, 0),
]


def test_the_order_is_that_of_reading_and_leaves_out_what_keys_cannot_do() -> None:
    assert [one.name for one in reachable(PAD)] == ["1", "2", "3", "4", "5", "done"]


def test_it_begins_at_what_most_people_want() -> None:
    begun = first(PAD)
    assert begun
    assert begun.name == "done"
    assert first([]) is None


def test_arrows_go_to_the_neighbour_and_stay_at_the_edge() -> None:
    def after(name: str, move: Move) -> str:
        found = moved(PAD, name, move)
        assert found
        return found.name

    assert after("1", Move.RIGHT) == "2"
    assert after("2", Move.DOWN) == "5"
    assert after("5", Move.DOWN) == "done"
    assert after("done", Move.UP) == "5"
    assert after("4", Move.LEFT) == "4"
    assert after("done", Move.NEXT) == "1"
    assert after("1", Move.PREVIOUS) == "done"
    assert after("gone", Move.UP) == "done"


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 15)), min_size=1, max_size=30, unique=True),
    st.lists(st.sampled_from(Move), max_size=20),
)
def test_whatever_is_pressed_the_focus_is_on_something(places: list[tuple[int, int]], moves: list[Move]) -> None:
    targets = [target(f"{x}.{y}", x * 110, y * 100) for x, y in places]
    here = first(targets)
    for move in moves:
        assert here
        here = moved(targets, here.name, move)
        assert here in targets
    seen = set()
    for _ in targets:
        assert here
        here = moved(targets, here.name, Move.NEXT)
        seen.add(here)
    assert seen == set(targets), "the next-key comes to each"
