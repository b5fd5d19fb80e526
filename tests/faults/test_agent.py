"""A real hall, a real agent and everything that happens to them: servers and agents killed, lines pulled out and full
of noise, answers lost, keys pressed twice. A press calls one number at most, and displays tell the truth in the end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hardware.keypads.protocol import Key
from tests.e2e.event_log import event_log
from tests.faults import count, runs
from tests.hardware.agent.bad_wire import BadWire, Wire
from tests.hardware.agent.stage import Stage, stage

SEED = 20261124
NOISY = 0.05
"""How many bytes the noise hits."""
TICKETS = 3
"""Taken in each round, more than can be called in it."""


@dataclass
class Rounds:
    """The hall, the chance, and what was done; `presses`: fingers on the key, by counter."""

    hall: Stage
    wire: BadWire
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    presses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def press(self) -> None:
        counter = self.chance.choice((1, 2))
        self.presses[counter] += 1
        self.hall.press(counter, Key.NEXT)

    def settled(self) -> None:
        """Everything is mended: displays and keypads show what the hall says, all of them."""

        def true() -> bool:
            numbers = {counter: self.hall.at_counter(counter) for counter in (1, 2)}
            displays = {each: self.hall.displays.text(each).strip() for each in numbers}
            keypads = {each: self.hall.keypads.units[each].text.strip() for each in numbers}
            return all(
                displays[each] == (number or "--") and keypads[each] == (number or "SAN SANG")
                for each, number in numbers.items()
            )

        self.hall.until(true, f"displays and keypads do not tell the truth after {self.faults}")

    def noise(self, data: bytes) -> bytes:
        return bytes(self.chance.randrange(256) if self.chance.random() < NOISY else byte for byte in data)


def server_killed(rounds: Rounds) -> None:
    rounds.press()
    rounds.hall.hall.kill()
    rounds.press()
    rounds.hall.hall.start()


def agent_killed(rounds: Rounds) -> None:
    rounds.press()
    rounds.hall.agent.kill()
    rounds.hall.agent.start()


def displays_unplugged(rounds: Rounds) -> None:
    rounds.hall.display_line.unplug()
    rounds.press()
    rounds.hall.display_line.plug()


def keypads_unplugged(rounds: Rounds) -> None:
    rounds.press()
    rounds.hall.keypad_line.unplug()
    rounds.hall.keypad_line.plug()


def noise(rounds: Rounds) -> None:
    for line in (rounds.hall.display_line, rounds.hall.keypad_line):
        line.garble = rounds.noise
    rounds.press()
    rounds.press()
    for line in (rounds.hall.display_line, rounds.hall.keypad_line):
        line.garble = None


def double_press(rounds: Rounds) -> None:
    """One finger: a contact that bounces, then a key that is held."""
    counter = rounds.chance.choice((1, 2))
    rounds.presses[counter] += 1
    rounds.hall.keypads.bounce(counter, Key.NEXT)
    rounds.hall.keypads.hold(counter, Key.NEXT, 2.0)


def answers_lost(rounds: Rounds) -> None:
    with wire(rounds, Wire.LOST):
        rounds.press()
        rounds.press()


def answers_held(rounds: Rounds) -> None:
    with wire(rounds, Wire.HELD):
        rounds.press()
        rounds.press()


def wire_cut(rounds: Rounds) -> None:
    with wire(rounds, Wire.CUT):
        rounds.press()


@contextmanager
def wire(rounds: Rounds, state: Wire) -> Iterator[None]:
    rounds.wire.state = state
    try:
        yield
        # The press is on its way, or refused, before the wire is good again.
        rounds.hall.press(1, Key.RECALL)
    finally:
        rounds.wire.state = Wire.GOOD


FAULTS: tuple[Callable[[Rounds], None], ...] = (
    answers_lost,
    agent_killed,
    server_killed,
    double_press,
    displays_unplugged,
    noise,
    keypads_unplugged,
    answers_held,
    wire_cut,
)
"""Each in turn, then by chance; the usual suite takes the first three."""


def test_whatever_happens_a_press_calls_one_number_at_most_and_displays_tell_the_truth(tmp_path: Path) -> None:
    wires: list[BadWire] = []

    def through(url: str) -> str:
        wires.append(BadWire(url))
        return wires[0].url

    with stage(tmp_path, through=through) as hall, wires[0]:
        rounds = Rounds(hall, wires[0])
        hall.until_ready()
        for counter in (1, 2):  # opened by their keys, while nobody waits
            hall.press(counter, Key.NEXT)
        rounds.settled()
        for number in range(runs(3, 120)):
            fault = FAULTS[number] if number < len(FAULTS) else rounds.chance.choice(FAULTS)
            hall.issue(TICKETS)
            fault(rounds)
            rounds.faults[fault.__name__] += 1
            rounds.settled()
            look(rounds)
        assert hall.hall.check().returncode == 0, hall.hall.check().stdout
        assert hall.agent.stop() == 0
    for name, times in sorted(rounds.faults.items()):
        count(name.replace("_", " "), times)
    count("presses", rounds.presses.total())
    count("numbers called", len([event for event in event_log(hall.hall.data) if event.kind == "called"]))


def look(rounds: Rounds) -> None:
    """The hall's own log: no number twice, no counter called more often than its key was pressed."""
    calls = [event for event in event_log(rounds.hall.hall.data) if event.kind == "called"]
    twice = [number for number, times in Counter(event.number for event in calls).items() if times > 1]
    assert not twice
    for counter, times in Counter(event.counter for event in calls).items():
        assert times <= rounds.presses[counter or 0], f"counter {counter}: {times} calls"
