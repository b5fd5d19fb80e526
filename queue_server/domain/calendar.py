"""When the hall is open: weekly hours, lunch break, holidays, and the moment issuing stops.

All functions take the time in the hall's own zone; the zone is the caller's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .text import LocalText

SEARCH_DAYS = 60
"""How far ahead the next opening is looked for; no public holiday lasts so long."""


class OpeningReason(StrEnum):
    """Why tickets are issued now, or are not."""

    OPEN = "open"
    BEFORE_OPENING = "before-opening"
    LUNCH = "lunch"
    AFTER_CLOSING = "after-closing"
    DAY_OFF = "day-off"
    HOLIDAY = "holiday"
    ISSUING_STOPPED = "issuing-stopped"


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of opening on a day; `closes` of midnight (00:00) means the end of the day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Break:
    """A stretch of a day in which somebody is at lunch. Raises ValueError where it does not end later that day."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError(f"{self} must end later on the same day than it begins")

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday: first and last day, inclusive. Raises ValueError where it ends before it begins."""

    first: date
    last: date
    name: LocalText

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"holiday {self.name.en} ends before it begins: {self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Hours:
    """`week`: sessions for Monday (0) to Sunday (6), in order; `issuing_stops_min`: minutes before the last closing."""

    week: tuple[tuple[Session, ...], ...]
    holidays: tuple[Holiday, ...] = ()
    issuing_stops_min: int = 0
    issue_during_lunch: bool = False

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("week needs seven days, Monday first")
        for sessions in self.week:
            check_sessions(sessions)


def check_sessions(sessions: Iterable[Session]) -> None:
    """A day's sessions in order, none ending before it begins. Raises ValueError."""
    last = time.min
    for session in sessions:
        closes_at_midnight = session.closes == time.min
        if session.opens < last or (not closes_at_midnight and session.closes <= session.opens):
            span = f"{session.opens:%H:%M}-{session.closes:%H:%M}"
            raise ValueError(f"sessions overlap or end before they begin: {span}")
        last = time.max if closes_at_midnight else session.closes


def bridge(sessions: Sequence[Session], lunch: Break) -> tuple[Session, ...]:
    """`sessions` without the gap at lunch, for a hall whose counters take turns. Raises ValueError where the hall is
    closed for longer than `lunch`: then it is not known which of the two is meant."""
    joined: list[Session] = []
    for session in sessions:
        previous = joined[-1] if joined else None
        if previous is None or session.opens <= lunch.begins or previous.closes >= lunch.ends:
            joined.append(session)
        elif lunch.begins <= previous.closes and session.opens <= lunch.ends:
            joined[-1] = Session(previous.opens, session.closes)
        else:
            gap = f"{previous.closes:%H:%M}-{session.opens:%H:%M}"
            raise ValueError(f"the gap {gap} reaches beyond the lunch {lunch} that counters take in turns")
    return tuple(joined)


def sessions_on(hours: Hours, day: date) -> tuple[Session, ...]:
    """The sessions of `day`; none on a holiday or a day off."""
    return hours.week[day.weekday()] if _holiday(hours, day) is None else ()


@dataclass(frozen=True, slots=True)
class Opening:
    """The answer: are tickets issued now; if not why, and from when; `note` is a holiday's name."""

    issuing: bool
    reason: OpeningReason
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    note: LocalText | None = None


def opening(hours: Hours, now: datetime) -> Opening:
    """Say whether tickets are issued at `now` (aware, in the hall's zone)."""
    holiday = _holiday(hours, now.date())
    sessions = _sessions(hours, now)
    upcoming = _next_opening(hours, now)
    if holiday is not None:
        return Opening(False, OpeningReason.HOLIDAY, upcoming, note=holiday.name)
    if not sessions:
        return Opening(False, OpeningReason.DAY_OFF, upcoming)
    stop = sessions[-1][1] - timedelta(minutes=hours.issuing_stops_min)
    if now < sessions[0][0]:
        return Opening(False, OpeningReason.BEFORE_OPENING, upcoming)
    if now >= sessions[-1][1]:
        return Opening(False, OpeningReason.AFTER_CLOSING, upcoming)
    if now >= stop:
        return Opening(False, OpeningReason.ISSUING_STOPPED, upcoming)
    if not hours.issue_during_lunch and not any(opens <= now < closes for opens, closes in sessions):
        return Opening(False, OpeningReason.LUNCH, upcoming)
    return Opening(True, OpeningReason.OPEN, closes_at=stop)


def _holiday(hours: Hours, day: date) -> Holiday | None:
    return next((holiday for holiday in hours.holidays if holiday.first <= day <= holiday.last), None)


def _sessions(hours: Hours, moment: datetime) -> list[tuple[datetime, datetime]]:
    day = moment.date()
    start_of_day = datetime.combine(day, time.min, tzinfo=moment.tzinfo)
    spans = []
    for session in hours.week[day.weekday()]:
        opens = datetime.combine(day, session.opens, tzinfo=moment.tzinfo)
        closes = datetime.combine(day, session.closes, tzinfo=moment.tzinfo)
        spans.append((opens, start_of_day + timedelta(days=1) if session.closes == time.min else closes))
    return spans


def _next_opening(hours: Hours, now: datetime) -> datetime | None:
    return next((opens for opens in _openings(hours, now) if opens > now), None)


def _openings(hours: Hours, now: datetime) -> Iterator[datetime]:
    for ahead in range(SEARCH_DAYS):
        moment = now + timedelta(days=ahead)
        if _holiday(hours, moment.date()) is None:
            spans = _sessions(hours, moment)
            last_call = timedelta(minutes=hours.issuing_stops_min)
            yield from (opens for opens, _ in spans if opens < spans[-1][1] - last_call)
