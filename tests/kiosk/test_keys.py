"""A held key: arrows and the erasing key go on, nothing else is pressed twice; nor by a finger that taps twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hardware.papers.advice import Advice
from kiosk.state import Printing, Screen, State
from kiosk.ui.focus import Move
from kiosk.ui.keys import HELD_S, Press, listen
from kiosk.ui.visible import before_us, turned_over
from kiosk.visit.state import Declaration, Entry, PaperStand, Shot, Visit
from queue_server.contract import Language, PaperSource

ENTER, DOWN, ERASE, TAB, LETTER = 13, 274, 8, 9, 97
BEAT_S = 0.04
"""Between two of a held key, as X repeats them."""


@dataclass
class Window:
    """Kivy's, as far as keys go."""

    bound: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def bind(self, **called: Callable[..., Any]) -> None:
        self.bound.update(called)


@dataclass
class Keyboard:
    """Somebody's hands on it; `did`: what came of it."""

    window: Window = field(default_factory=Window)
    did: list[str] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        listen(self.window, self, lambda: self.now)

    def down(self, code: int, letter: str = "", modifiers: tuple[str, ...] = ()) -> None:
        self.window.bound["on_key_down"](self.window, code, 0, letter, list(modifiers))
        if letter:
            self.window.bound["on_textinput"](self.window, letter)

    def held(self, code: int, times: int, letter: str = "") -> None:
        for _ in range(times):
            self.down(code, letter)
            self.now += BEAT_S

    def up(self, code: int) -> None:
        self.window.bound["on_key_up"](self.window, code, 0)

    def on_move(self, move: Move) -> None:
        self.did.append(move.value)

    def on_press(self, press: Press) -> None:
        self.did.append(press.value)

    def on_letter(self, letter: str) -> None:
        self.did.append(letter)


def test_a_held_enter_presses_once_until_it_is_lifted() -> None:
    keyboard = Keyboard()
    keyboard.held(ENTER, 150)
    assert keyboard.did == ["enter"]
    keyboard.up(ENTER)
    keyboard.down(ENTER)
    assert keyboard.did == ["enter", "enter"]


def test_a_held_letter_is_typed_once() -> None:
    keyboard = Keyboard()
    keyboard.held(LETTER, 30, "a")
    keyboard.up(LETTER)
    keyboard.down(LETTER, "a")
    assert keyboard.did == ["a", "a"]


def test_arrows_and_the_erasing_key_go_on_while_they_are_held() -> None:
    keyboard = Keyboard()
    keyboard.held(DOWN, 3)
    keyboard.held(ERASE, 3)
    assert keyboard.did == ["down"] * 3 + ["erase"] * 3


def test_a_lift_that_got_lost_does_not_block_the_key() -> None:
    keyboard = Keyboard()
    keyboard.down(ENTER)
    keyboard.now += HELD_S
    keyboard.down(ENTER)
    assert keyboard.did == ["enter", "enter"]


def test_tab_goes_on_and_with_shift_back() -> None:
    keyboard = Keyboard()
    keyboard.down(TAB)
    keyboard.up(TAB)
    keyboard.down(TAB, modifiers=("shift",))
    assert keyboard.did == ["next", "previous"]


def test_the_focus_begins_anew_when_what_was_waited_for_is_there() -> None:
    """Else it stays at the foot, where it stood while there was nothing else, and Enter goes back."""
    waiting = State(screen=Screen.DECLARATION, visit=Visit(working=True))
    there = replace(waiting, visit=Visit(declaration=Declaration(("p",))))
    assert before_us(waiting) != before_us(there)
    assert before_us(there) == before_us(replace(there, visit=Visit(declaration=Declaration(("p",), page=1))))


def test_what_changes_under_a_finger_counts_as_turned_over() -> None:
    visit = Visit(papers=(PaperStand("A"),), declaration=Declaration(("p", "q")))
    before = State(screen=Screen.PAPERS, visit=visit)
    others = [
        replace(before, language=Language.EN),
        replace(before, page=1),
        replace(before, contrast=True),
        replace(before, printing=Printing.FAILED),
        replace(before, visit=replace(visit, papers=(PaperStand("A", PaperSource.HELD),))),
        replace(before, visit=replace(visit, shot=Shot("x", Advice.GOOD))),
        replace(before, visit=replace(visit, declaration=Declaration(("p", "q"), page=1))),
    ]
    assert all(turned_over(one) != turned_over(before) for one in others)
    picked = replace(before, visit=replace(visit, entry=Entry(text="a")))
    assert turned_over(picked) == turned_over(before), "who types quickly loses no letter"
