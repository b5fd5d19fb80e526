"""Slows down whoever tries codes: so many look-ups, and so many wrong ones, from one place in a stretch of time."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from .errors import TooManyLookups

WINDOW = timedelta(minutes=5)
MOST = 120
"""A hall's phones share one address."""
MOST_WRONG = 10
MOST_PLACES = 10_000


class Guessing:
    """Counts in memory, on one thread; a restart forgives."""

    def __init__(self) -> None:
        self._asked: dict[str, deque[datetime]] = {}
        self._wrong: dict[str, deque[datetime]] = {}

    def check(self, place: str, now: datetime) -> None:
        """Count a look-up from `place`. Raises TooManyLookups."""
        asked, wrong = _recent(self._asked, place, now), _recent(self._wrong, place, now)
        for times, most in ((asked, MOST), (wrong, MOST_WRONG)):
            if len(times) >= most:
                left_s = (times[0] + WINDOW - now).total_seconds()
                raise TooManyLookups(minutes=max(1, -int(-left_s // 60)))
        if len(self._asked) >= MOST_PLACES:
            self._asked.clear()
            self._wrong.clear()
        self._asked.setdefault(place, deque()).append(now)

    def suppose_wrong(self, place: str, now: datetime) -> None:
        """Like `check`, and count it as wrong until `note_right`: many at once must not slip through together."""
        self.check(place, now)
        self._wrong.setdefault(place, deque()).append(now)

    def note_right(self, place: str, now: datetime) -> None:
        """What was looked up from `place` at `now` is there."""
        wrong = self._wrong.get(place, deque())
        if now in wrong:
            wrong.remove(now)


def _recent(times: dict[str, deque[datetime]], place: str, now: datetime) -> deque[datetime]:
    found = times.get(place, deque())
    while found and found[0] <= now - WINDOW:
        found.popleft()
    return found
