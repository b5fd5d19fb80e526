"""Which keypad is asked when, and how each has answered; with the time as an argument. Those that do not answer are
asked rarely, so that they do not slow the others."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.health import Health, State

DEAD_AFTER = 5
DEAD_S = 2.0
"""How often a keypad is asked that does not answer."""


@dataclass(slots=True)
class _Turn:
    """`silences`: questions in a row without its answer; `nonsense`: of these the last in a row to which something else
    came."""

    due_at: float = 0.0
    answered: bool = False
    silences: int = 0
    nonsense: int = 0


class Rota:
    """`every_s`: how often each of `addresses` is asked."""

    def __init__(self, addresses: tuple[int, ...], every_s: float) -> None:
        self._every_s = every_s
        self._turns = {address: _Turn() for address in addresses}

    def due(self, now: float) -> list[int]:
        """Whom to ask now, the longest waiting first; of the dead at most one, since each costs a wait."""
        late = sorted((turn.due_at, each) for each, turn in self._turns.items() if turn.due_at <= now)
        live = [each for _, each in late if not self.dead(each)]
        return live + [each for _, each in late if self.dead(each)][:1]

    def next_s(self, now: float) -> float:
        """Seconds until somebody is due."""
        return max(min((turn.due_at for turn in self._turns.values()), default=now) - now, 0.0)

    def asked(self, address: int, now: float, *, answered: bool, nonsense: bool = False) -> None:
        turn = self._turns[address]
        turn.answered = turn.answered or answered
        turn.silences = 0 if answered else turn.silences + 1
        turn.nonsense = turn.nonsense + 1 if nonsense and not answered else 0
        turn.due_at = now + (DEAD_S if self.dead(address) else self._every_s)

    def dead(self, address: int) -> bool:
        """Has it left several questions in a row without an answer?"""
        return self._turns[address].silences >= DEAD_AFTER

    def garbled(self, address: int) -> bool:
        """Did something come each time, and never its answer?"""
        return self._turns[address].nonsense >= DEAD_AFTER

    def health_of(self, address: int) -> Health:
        if self.dead(address):
            if self.garbled(address):
                return Health(State.GARBLED, f"what comes from keypad {address} is in no known frame")
            return Health(State.TIMEOUT, f"no answer from keypad {address}")
        if self._turns[address].answered:
            return Health(State.READY, f"keypad {address} answers")
        return Health(State.UNKNOWN, f"keypad {address} has not answered yet")

    def health(self) -> Health:
        dead = [each for each in self._turns if self.dead(each)]
        if dead:
            left = len(self._turns) - len(dead)
            if all(self.garbled(each) for each in dead):
                said = ", ".join(map(str, dead))
                return Health(State.GARBLED, f"what comes from keypad {said} is in no known frame; {left} others work")
            return Health(State.TIMEOUT, f"no answer from keypad {', '.join(map(str, dead))}; {left} others work")
        if self._turns and all(turn.answered for turn in self._turns.values()):
            return Health(State.READY, f"answered: keypad {', '.join(map(str, self._turns))}")
        return Health(State.UNKNOWN, "not every keypad has been asked yet")
