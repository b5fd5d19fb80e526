"""A counter's day: who holds it, and whether it is open, paused or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from .errors import CounterHeld, CounterNotOpen, CounterNotYours
from .ids import Actor, CounterId

KEYPAD = "keypad"
"""Who holds a counter that was opened at its keypad: `keypad:NAME`. It stands for whoever sits there, so that a clerk
may take the counter over at the PC. Also the reason of a pause made there."""


class CounterState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CounterStatus:
    """`holder` is set exactly while the counter is open or paused."""

    id: CounterId
    state: CounterState = CounterState.CLOSED
    holder: Actor | None = None
    pause_reason: str | None = None

    @property
    def is_at_keypad(self) -> bool:
        """Is it held by its keypad alone, with nobody at a PC?"""
        return self.holder is not None and self.holder.startswith(f"{KEYPAD}:")

    def open(self, by: Actor) -> CounterStatus:
        """Take the counter, or end its pause; from a keypad too. Raises CounterHeld when somebody else holds it."""
        self._not_held_by_another(by)
        return replace(self, state=CounterState.OPEN, holder=by, pause_reason=None)

    def pause(self, by: Actor, why: str) -> CounterStatus:
        """Stop calling for a while. Raises CounterNotOpen, CounterNotYours."""
        self.check_open(by)
        return replace(self, state=CounterState.PAUSED, pause_reason=why)

    def close(self, by: Actor, *, as_manager: bool = False) -> CounterStatus:
        """Give the counter up; a manager may close anybody's. Raises CounterNotYours."""
        if self.holder not in (None, by) and not as_manager:
            raise CounterNotYours(counter=self.id)
        return replace(self, state=CounterState.CLOSED, holder=None, pause_reason=None)

    def check_open(self, by: Actor) -> None:
        """Raises CounterNotOpen, CounterNotYours."""
        self.check_mine(by)
        if self.state is not CounterState.OPEN:
            raise CounterNotOpen(counter=self.id)

    def check_mine(self, by: Actor) -> None:
        """Raises CounterNotOpen where nobody holds it, CounterNotYours where somebody else does."""
        if self.holder is None:
            raise CounterNotOpen(counter=self.id)
        if self.holder != by:
            raise CounterNotYours(counter=self.id)

    def _not_held_by_another(self, by: Actor) -> None:
        if self.holder not in (None, by) and not self.is_at_keypad:
            raise CounterHeld(counter=self.id, holder=str(self.holder).partition(":")[2])
