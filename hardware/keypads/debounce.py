"""One press for one finger: contacts that bounce, keys that repeat while they are held, and lines that lose some of it.

Pure: the time is an argument, in seconds of any clock that does not go back.
"""

from __future__ import annotations

from dataclasses import dataclass

BOUNCE_S = 0.3
"""A key that says when it is let go: pressed again sooner than this, it bounces."""
GAP_S = 0.6
"""A key that does not say so: without a word for so long, it has been let go. Longer than the half second that keypads
wait before they repeat."""
DIGIT_BOUNCE_S = 0.08
DIGIT_GAP_S = 0.25
"""Digits are typed fast, and one too many does no harm: a transfer to counter 111 is refused."""
SETTLE_S = 0.3
"""After a line was opened: what comes at once was pressed before."""


@dataclass(slots=True)
class _Held:
    seen_at: float
    released: bool = False


class Debouncer:
    """Decides which of the reports of keys are presses. `gap_s`: see GAP_S."""

    def __init__(self, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._held: dict[tuple[int, int], _Held] = {}
        self._settled_at: dict[int | None, float] = {}

    def down(self, address: int, code: int, now: float, *, digit: bool = False) -> bool:
        """The key `code` at `address` was reported as pressed; True if that is a new press."""
        held = self._held.get((address, code))
        if held is None:
            self._held[address, code] = _Held(now)
            return self._settled(address, now)
        silence = now - held.seen_at
        if held.released:
            fresh = silence >= (DIGIT_BOUNCE_S if digit else BOUNCE_S)
        else:
            fresh = silence >= (min(DIGIT_GAP_S, self._gap_s) if digit else self._gap_s)
        held.seen_at, held.released = now, False
        return fresh and self._settled(address, now)

    def up(self, address: int) -> None:
        """The keypad at `address` says that no key is held."""
        for (where, _), held in self._held.items():
            if where == address:
                held.released = True

    def noise(self, now: float) -> None:
        """Something came that could not be read. It may have been a held key's repeat, so a hold goes on."""
        for held in self._held.values():
            if not held.released and now - held.seen_at < self._gap_s:
                held.seen_at = now

    def opened(self, now: float, address: int | None = None) -> None:
        """The line was opened (anew), or the keypad at `address` came back: what was pressed meanwhile is not to be
        done late, and a key held since then has to be let go first."""
        self._settled_at[address] = now + SETTLE_S
        for (where, _), held in self._held.items():
            if address in {None, where}:
                held.seen_at, held.released = now, False

    def _settled(self, address: int, now: float) -> bool:
        return all(now >= self._settled_at.get(each, now) for each in (None, address))
