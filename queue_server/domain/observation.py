"""What a ticket's stay at a counter says about the length of its service: an exact time, an upper bound, or nothing.

A stay is read as follows.
- Only a stay that ended in “finish” counts, of the visit or of one step. No-shows, parked, transferred and cancelled
  tickets kept the counter for a while, but not for a service: counted, they would make a counter that parks much look
  fast. For the same reason the rest of a service after a parking does not count either.
- A press of “next” is a finish as good as any while people wait: the clerk had a reason to press it at once. If the
  next one had only just taken a number, the counter may have stood idle since the service ended: an upper bound.
- Called again, never started by hand and then passed over with “next”: most likely nobody came.
- Not finished before the hall opened again, after lunch or on another day, or finished by the server: forgotten.
- Too short or too long for any service: a slip of the finger, or forgotten.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from .calendar import Hours
from .ids import CounterId, ServiceCode

IDLE_S = 30
"""Who is called within so many seconds of taking a number may have found the counter idle."""

SHORTEST_S = 20.0
LONGEST_S = 6 * 3600.0
"""Nobody is served in less, or for longer."""


class Occupancy(NamedTuple):
    """One stay at a counter that ended in “finish”, in the hall's zone. `started_by_next`, `finished_by_next`: not
    pressed by hand, but implied by the call of the next. `recalled`: called more than once. `parked_before`: the ticket
    had been parked earlier. `next_waited_s`: the wait of the one called in the same moment, None where nobody was."""

    service: ServiceCode
    counter: CounterId
    called_at: datetime
    finished_at: datetime
    started_by_next: bool = False
    finished_by_next: bool = False
    recalled: bool = False
    parked_before: bool = False
    next_waited_s: int | None = None


class Observation(NamedTuple):
    """A service that took `seconds` from call to finish, or at most so long; `hour` and `day` are those of the call."""

    service: ServiceCode
    counter: CounterId
    day: date
    hour: int
    seconds: float
    at_most: bool = False


def observe(stay: Occupancy, hours: Hours) -> Observation | None:
    """What `stay` says, or None where it says nothing; `hours`: when the hall is open."""
    seconds = (stay.finished_at - stay.called_at).total_seconds()
    if not SHORTEST_S <= seconds <= LONGEST_S or stay.parked_before or _over_a_break(stay, hours):
        return None
    if stay.started_by_next and stay.recalled:
        return None
    idle = stay.finished_by_next and stay.next_waited_s is not None and stay.next_waited_s < IDLE_S
    return Observation(stay.service, stay.counter, stay.called_at.date(), stay.called_at.hour, seconds, idle)


def _over_a_break(stay: Occupancy, hours: Hours) -> bool:
    """Whether the hall opened again between call and finish; one that has no break only passes midnight."""
    day = stay.called_at.date()
    again = [session.opens for session in hours.week[day.weekday()][1:]]
    return any(stay.called_at.time() < at <= stay.finished_at.time() for at in again) or stay.finished_at.date() != day
