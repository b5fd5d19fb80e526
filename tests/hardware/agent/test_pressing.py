"""One keypad's keys on their way to the server: what is sent, how often and with which key of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from hardware.agent.answers import Answer
from hardware.agent.client import Client
from hardware.agent.feed import Feed
from hardware.agent.pace import Pace
from hardware.agent.pressing import Presser
from hardware.keypads.protocol import Key, Press
from tests.hardware.agent.fake_hall import FakeHall

PACE = Pace(pauses_s=(0.01,), tries_s=0.1, truth_s=2.0, away_after_s=0.0)
NEXT = Press(1, Key.NEXT)


@dataclass
class Desk:
    """A presser whose thread is the test's own, with a clock that is set by hand."""

    hall: FakeHall
    answers: list[Answer] = field(default_factory=list)
    now: float = 1000.0

    def __post_init__(self) -> None:
        make = partial(Client, self.hall.url, "token")
        stopping = threading.Event()
        self.feed = Feed(make, stopping, PACE)
        self.feed.fetch()
        self.presser = Presser(1, "vi", self.feed, make, stopping, PACE, self.answers.append, self.clock)

    def clock(self) -> float:
        """Each look at it takes a while, as calls do."""
        self.now += 0.02
        return self.now

    def press(self, press: Press = NEXT) -> str:
        """Press, and what the keypad answers in the end."""
        self.presser.offer(press)
        if self.presser.busy:
            self.presser.turn()
        return self.answers[-1].text

    def look(self) -> None:
        """The displays have shown for `truth_s` what became of it."""
        for _ in range(2):
            self.feed.fetch()
        self.presser.turn()
        self.now += PACE.truth_s
        self.presser.turn()


@pytest.fixture
def desk() -> Iterator[Desk]:
    with FakeHall() as hall:
        yield Desk(hall)


def test_a_key_in_doubt_pressed_again_asks_what_became_of_the_first(desk: Desk) -> None:
    desk.hall.lose = 50
    assert desk.press() == "MAT MANG"
    assert desk.answers[-1].beep
    assert len(set(desk.hall.asked)) == 1
    assert len(desk.hall.asked) > 1
    desk.hall.lose = 0
    assert desk.press() == "A-001", "it was done, and nobody is passed over"
    assert len(desk.hall.calls) == 1


def test_once_the_displays_have_shown_it_the_same_key_is_a_new_wish(desk: Desk) -> None:
    desk.hall.lose = 50
    assert desk.press() == "MAT MANG"
    desk.hall.lose = 0
    desk.look()
    assert desk.press() == "A-002"


def test_another_key_after_a_doubt_is_a_new_wish(desk: Desk) -> None:
    desk.hall.lose = 50
    assert desk.press() == "MAT MANG"
    desk.hall.lose = 0
    desk.press(Press(1, Key.FINISH))
    assert len(set(desk.hall.asked)) == 2
    assert desk.press() == "A-002", "the doubt is over: something else was wished for since"


def test_a_doubt_does_not_last_for_ever(desk: Desk) -> None:
    desk.hall.lose = 50
    assert desk.press() == "MAT MANG"
    desk.hall.lose = 0
    desk.now += PACE.doubt_s
    assert desk.press() == "A-002"


def test_each_press_has_a_key_of_its_own(desk: Desk) -> None:
    assert [desk.press() for _ in range(3)] == ["A-001", "A-002", "A-003"]
    assert len(set(desk.hall.asked)) == 3


def test_a_server_that_is_known_to_be_away_is_not_even_asked(desk: Desk) -> None:
    desk.hall.stop()
    desk.feed.fetch()
    assert desk.press() == "MAT MANG"
    desk.hall.start()
    assert desk.hall.asked == []


def test_a_press_carries_the_servers_time_at_which_nobody_waits_for_it_any_more(desk: Desk) -> None:
    desk.hall.ahead = timedelta(days=900)  # this machine's clock stood still
    desk.feed.fetch()
    desk.press()
    ((_, pressed, _),) = desk.hall.done.values()
    assert pressed.expires_at is not None
    left = pressed.expires_at - (datetime.now(UTC) + desk.hall.ahead)
    assert timedelta() < left <= timedelta(seconds=PACE.press_s)


@pytest.mark.parametrize("argument", [None, 0, 1000, -1])
def test_a_transfer_to_a_counter_that_cannot_be_goes_nowhere(desk: Desk, argument: int | None) -> None:
    desk.press(Press(1, Key.TRANSFER, argument))
    ((_, pressed, _),) = desk.hall.done.values()
    assert pressed.to_counter is None
