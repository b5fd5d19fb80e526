"""When a result is due, by the hall's own working days: those on which it opens.

A dossier counts as received on the next working day where it comes in at or after the rule's cutoff (15:00 by law for
what is done on the same day), after the day's last session, or on a day off. The result is due at the end of the last
session of its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from .calendar import SEARCH_DAYS, Hours, sessions_on
from .procedure import TimeRule

LAST_MINUTE = time(23, 59)
"""Of a day on which the hall never closes."""


def due(hours: Hours, rule: TimeRule, received_at: datetime) -> datetime | None:
    """The due moment for what is received at `received_at` (aware, in the hall's zone); None where the hall never opens
    in the next weeks."""
    return _after(hours, rule.working_days, received_on(hours, rule, received_at), received_at)


def extended_due(hours: Hours, rule: TimeRule, due_at: datetime) -> datetime | None:
    """`due_at` (aware, in the hall's zone) put off by as many working days as the law allows."""
    return _after(hours, rule.extension_days, due_at.date(), due_at)


def received_on(hours: Hours, rule: TimeRule, received_at: datetime) -> date | None:
    """The working day that counts as the day of receipt; None where the hall never opens in the next weeks."""
    today, clock = received_at.date(), received_at.time()
    closes = _closes(hours, today)
    too_late = rule.cutoff is not None and clock >= rule.cutoff
    if closes is not None and not too_late and clock < closes:
        return today
    return next(_working_days_after(hours, today), None)


def _after(hours: Hours, working_days: int, day: date | None, zoned: datetime) -> datetime | None:
    if day is None:
        return None
    if working_days:
        days = _working_days_after(hours, day)
        for _ in range(working_days - 1):
            next(days, None)
        day = next(days, None)
    closes = _closes(hours, day) if day is not None else None
    if day is None or closes is None:
        return None
    return datetime.combine(day, closes, tzinfo=zoned.tzinfo)


def _working_days_after(hours: Hours, day: date) -> Iterator[date]:
    idle = 0
    while idle < SEARCH_DAYS:
        day += timedelta(days=1)
        if sessions_on(hours, day):
            idle = 0
            yield day
        else:
            idle += 1


def _closes(hours: Hours, day: date) -> time | None:
    """The end of the day's last session; None on a day off."""
    sessions = sessions_on(hours, day)
    if not sessions:
        return None
    return LAST_MINUTE if sessions[-1].closes == time.min else sessions[-1].closes
