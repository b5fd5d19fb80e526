"""One day of a hall, on which moments become hall time: every wait in the live server is measured here.

The hall's clock stands still before opening and between the sessions. After closing it runs on, as who is inside is
still served, and it runs all day where the hall has no sessions: somebody must have opened it all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from .calendar import Hours, sessions_on
from .hall_clock import HallClock


@dataclass(frozen=True, slots=True)
class HallDay:
    """`midnight`: when `date` begins, in UTC; `sessions`: when the hall is open, in seconds after midnight."""

    date: date
    midnight: datetime
    sessions: tuple[tuple[float, float], ...]
    clock: HallClock

    def seconds(self, moment: datetime) -> float:
        """Seconds from the day's midnight to `moment`, which may be on the next day."""
        return (moment - self.midnight).total_seconds()

    def reading(self, moment: datetime) -> float:
        """What the hall's clock shows at `moment`, in seconds."""
        return self.clock.at(self.seconds(moment))

    def between(self, since: datetime, until: datetime) -> float:
        """Seconds of hall time from `since` to `until`; none where a clock that was put back says otherwise."""
        return max(0.0, self.reading(until) - self.reading(since))


def hall_day(hours: Hours, day: date, zone: ZoneInfo) -> HallDay:
    """`day` of a hall with `hours` in `zone`."""
    sessions = tuple(
        (seconds_at(day, each.opens, zone), seconds_at(day, each.closes, zone) or _whole_day_s(day, zone))
        for each in sessions_on(hours, day)
    )
    gaps = tuple((closes, opens) for (_, closes), (opens, _) in pairwise(sessions) if closes < opens)
    clock = HallClock(sessions[0][0] if sessions else 0.0, gaps)
    return HallDay(day, _midnight(day, zone), sessions, clock)


def seconds_at(day: date, at: time, zone: ZoneInfo) -> float:
    """Seconds that pass from midnight until the clocks show `at`, also on a day when they are changed."""
    moment = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    return (moment - _midnight(day, zone)).total_seconds()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _whole_day_s(day: date, zone: ZoneInfo) -> float:
    return (_midnight(day + timedelta(days=1), zone) - _midnight(day, zone)).total_seconds()
