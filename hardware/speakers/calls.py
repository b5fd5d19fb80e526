"""Who is called: every announcement once, in order, each whole before the next begins; the rules of the board's page.

Pure: time is an argument, and each step gives a new line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

NEWS = timedelta(seconds=120)
"""What is older was called to people who have long come, or gone."""
MANY = 6
"""With more than this in line a call is said once, so that the line moves."""
KEPT = 400


class Announcement(NamedTuple):
    """A call of the hall: `number` goes to `counter`; `id` and `at` as the server gave them."""

    id: int
    at: datetime
    number: str
    counter: int

    @property
    def key(self) -> str:
        """A new database counts ids from 1 again, so the id alone is not enough."""
        return f"{self.id}@{self.at.isoformat()}"


@dataclass(frozen=True, slots=True)
class Line:
    """The calls that wait to be said. `seen`: keys of all that ever joined or were too old, oldest first; None: this
    machine has never called. `current`: the one that is being said."""

    seen: tuple[str, ...] | None = None
    waiting: tuple[Announcement, ...] = ()
    current: Announcement | None = None

    def take(self, announcements: Iterable[Announcement], now: datetime) -> Line:
        """Let join what is new and still news; on a machine that has never called, all that is there is old."""
        present = sorted(announcements)
        known = set(self.seen or ())
        new = [each for each in {one.key: one for one in present}.values() if each.key not in known]
        joining = [] if self.seen is None else [each for each in new if _is_news(each, now)]
        waiting = tuple(sorted((*self.waiting, *joining), key=lambda each: each.id))
        seen = _bounded((*(self.seen or ()), *(each.key for each in new)), {each.key for each in present})
        return replace(self, seen=seen, waiting=waiting)

    def begin(self) -> Line:
        """Call the first in line."""
        return replace(self, waiting=self.waiting[1:], current=self.waiting[0])

    def done(self) -> Line:
        """It was said, or there was nothing to be heard by order."""
        return replace(self, current=None)

    def put_back(self, now: datetime) -> Line:
        """It could not be heard: it is first in line again; whatever is no longer news is dropped."""
        again = (self.current, *self.waiting) if self.current else self.waiting
        return replace(self, current=None, waiting=tuple(each for each in again if _is_news(each, now)))

    def times(self, repeat: int) -> int:
        """How often the current call is said, where `repeat` times is usual."""
        return 1 if len(self.waiting) > MANY else repeat

    @property
    def settled(self) -> tuple[str, ...]:
        """The keys to keep over a restart: a call that was cut off by it is said again, whole."""
        pending = {each.key for each in (self.current, *self.waiting) if each}
        return tuple(key for key in self.seen or () if key not in pending)


def _is_news(announcement: Announcement, now: datetime) -> bool:
    return now - announcement.at < NEWS


def _bounded(keys: tuple[str, ...], present: Collection[str]) -> tuple[str, ...]:
    """Forget the oldest over KEPT, but for those that the server still shows."""
    over = len(keys) - KEPT
    if over <= 0:
        return keys
    kept = []
    for key in keys:
        if over > 0 and key not in present:
            over -= 1
        else:
            kept.append(key)
    return tuple(kept)
