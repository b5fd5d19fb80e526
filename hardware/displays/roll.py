"""What every display of a line should show and how each has answered, with the time as an argument: whom to refresh
next, and how the line is."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.displays.codec import Answers, Reply
from hardware.displays.protocol import Face
from hardware.health import Health, State

DEAD_AFTER = 2
"""Silences in a row by which a display counts as dead; noise alone seldom takes two."""


@dataclass(slots=True)
class Entry:
    """One display. `silences` and `nonsense`: in a row, up to now."""

    face: Face
    sent_at: float | None = None
    answered: bool = False
    taken: bool = False
    refused: bool = False
    silences: int = 0
    nonsense: int = 0


class Roll:
    """`refresh_s`: displays forget all when their power fails, so each face is repeated this often."""

    def __init__(self, answers: Answers, refresh_s: float) -> None:
        self._answers = answers
        self._refresh_s = refresh_s
        self._entries: dict[int, Entry] = {}
        self._opened = 0

    def put(self, address: int, face: Face) -> None:
        entry = self._entries.get(address)
        if entry is None:
            self._entries[address] = Entry(face)
        else:
            entry.face = face

    def face(self, address: int) -> Face:
        return self._entries[address].face

    def sent(self, address: int, reply: Reply, now: float) -> None:
        entry = self._entries[address]
        entry.sent_at = now
        entry.answered = entry.answered or reply in {Reply.TAKEN, Reply.REFUSED}
        entry.taken, entry.refused = reply is Reply.TAKEN, reply is Reply.REFUSED
        entry.silences = entry.silences + 1 if reply is Reply.NOTHING else 0
        entry.nonsense = entry.nonsense + 1 if reply is Reply.NONSENSE else 0

    def reopened(self, opened: int) -> None:
        """The line has been opened `opened` times: after a change every face is due."""
        if opened != self._opened:
            self._opened = opened
            for entry in self._entries.values():
                entry.sent_at = None

    def due(self, now: float) -> list[int]:
        """Whose face is to be repeated now: the dead at the end, so that waiting for them keeps nobody waiting."""
        late = (each for each, entry in self._entries.items() if self._left(entry, now) <= 0)
        return sorted(late, key=lambda each: (self.dead(each), each))

    def next_s(self, now: float) -> float:
        """Seconds until somebody is due."""
        return max(min((self._left(entry, now) for entry in self._entries.values()), default=self._refresh_s), 0.0)

    def _left(self, entry: Entry, now: float) -> float:
        return 0.0 if entry.sent_at is None else entry.sent_at + self._refresh_s - now

    def dead(self, address: int) -> bool:
        """Was to answer and did not: asked once a round, and last."""
        entry = self._entries[address]
        return entry.silences >= DEAD_AFTER and (entry.answered or self._answers is Answers.ALWAYS)

    def mute(self, address: int) -> bool:
        """Could have answered and never has: probably it cannot."""
        entry = self._entries[address]
        return entry.silences >= DEAD_AFTER and not entry.answered and self._answers is Answers.SOME

    def garbled(self, address: int) -> bool:
        """Was its answer nonsense, and not just once, as noise makes it?"""
        return self._entries[address].nonsense >= DEAD_AFTER

    def health_of(self, address: int) -> Health:
        """The condition of one display, by its own answers."""
        entry = self._entries.get(address)
        if entry is None:
            return Health(State.UNKNOWN, f"nothing has been shown on display {address} yet")
        if self.dead(address):
            return Health(State.TIMEOUT, f"no answer from display {address}")
        if entry.refused:
            return Health(State.DEVICE_FAULT, f"display {address} refuses what it is sent")
        if self.garbled(address):
            return Health(State.GARBLED, f"answers from display {address} make no sense")
        if entry.answered:  # noise may have eaten the last one
            return Health(State.READY, f"display {address} answers")
        return Health(State.UNKNOWN, f"no answer yet from display {address}: many take numbers and never answer")

    def health(self) -> Health:
        """The line's condition by what its displays answered; the worst decides."""
        entries = sorted(self._entries.items())
        dead = [each for each, _ in entries if self.dead(each)]
        if dead:
            return Health(State.TIMEOUT, f"no answer from {_displays(dead)}; {len(entries) - len(dead)} others work")
        if refusing := [each for each, entry in entries if entry.refused]:
            return Health(State.DEVICE_FAULT, f"{_displays(refusing)} refuses what it is sent")
        if garbled := [each for each, _ in entries if self.garbled(each)]:
            return Health(State.GARBLED, f"answers from {_displays(garbled)} make no sense")
        if not entries:
            return Health(State.UNKNOWN, "the line is open; nothing has been shown yet")
        if all(entry.answered for _, entry in entries):  # noise may have eaten the last one
            return Health(State.READY, f"answered: {_displays([each for each, _ in entries])}")
        silent = [each for each, entry in entries if not entry.answered]
        return Health(State.UNKNOWN, f"no answer yet from {_displays(silent)}: many take numbers and never answer")


def _displays(addresses: list[int]) -> str:
    return f"display{'s' * (len(addresses) > 1)} {', '.join(map(str, addresses))}"
