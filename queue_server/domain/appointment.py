"""An appointment: which times can be booked, and from when till when whoever has one may say “here I am”.

No name is kept: six letters and digits on a slip are enough. Times are aware; the hall's own where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .calendar import Hours, sessions_on
from .errors import HallError
from .text import N_

EARLIEST = timedelta(minutes=30)
"""So long before the appointed time the number is given ..."""
LATEST = timedelta(minutes=15)
"""... and so long after it."""
LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Without those that are taken for one another on a slip: 0 O, 1 I, 2 Z, 5 S, 8 B."""
LENGTH = 6


class AppointmentState(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AppointmentRules:
    """`per_slot`: people who can be booked into one slot, all services together, 0 for no appointments at all;
    `slot_min`: a slot's length in minutes; `days_ahead`: how many days after today can be booked."""

    per_slot: int = 2
    slot_min: int = 30
    days_ahead: int = 14


class AppointmentUnknown(HallError):
    code = "appointment-unknown"
    message = N_("There is no such appointment.")
    action = N_("Check the code on the slip: six letters and digits. Without an appointment, take a number.")


class AppointmentOver(HallError):
    """Params: state."""

    code = "appointment-over"
    message = N_("This appointment is {state}.")
    action = N_("Take a number, or book another time.")


class AppointmentEarly(HallError):
    """Params: at, opens (texts in the hall's zone)."""

    code = "appointment-early"
    message = N_("The appointment is at {at}; it is too early to check in.")
    action = N_("Please come back from {opens}.")


class AppointmentLate(HallError):
    """Params: at, closed (texts in the hall's zone)."""

    code = "appointment-late"
    message = N_("The appointment was at {at}, and its place was kept until {closed}.")
    action = N_("Please take a number, or ask the staff for another time.")


class SlotClosed(HallError):
    """Params: at."""

    code = "slot-closed"
    message = N_("The hall gives no appointment at {at}.")
    action = N_("Choose one of the times shown.")


class SlotFull(HallError):
    """Params: at."""

    code = "slot-full"
    message = N_("All places at {at} have been taken.")
    action = N_("Choose another time.")


STATE_NAMES = {
    AppointmentState.BOOKED: N_("booked"),
    AppointmentState.ARRIVED: N_("used already"),
    AppointmentState.MISSED: N_("missed"),
    AppointmentState.CANCELLED: N_("cancelled"),
}


def slots(hours: Hours, rules: AppointmentRules, day: date, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When the slots of `day` begin, in order: each lies within a session, and in it numbers are still given."""
    if rules.per_slot < 1:
        return ()
    length, found = timedelta(minutes=rules.slot_min), []
    sessions = sessions_on(hours, day)
    for session in sessions:
        # Wall-clock times: a slot that the clocks skip in spring simply has the hour they show.
        begins, ends = _wall(day, session.opens), _wall(day, session.closes, ends=True)
        if session is sessions[-1]:
            ends -= timedelta(minutes=hours.issuing_stops_min)
        while begins + length <= ends:
            found.append(begins.replace(tzinfo=zone))
            begins += length
    return tuple(found)


def free(
    hours: Hours, rules: AppointmentRules, day: date, now: datetime, booked: Mapping[datetime, int]
) -> tuple[tuple[datetime, int], ...]:
    """The slots of `day` that can still be booked at `now` (in the hall's zone), each with its free places, 0 for a
    full one. `booked`: how many have each time."""
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise ValueError("the time must be in the hall's zone")
    if not timedelta() <= day - now.date() <= timedelta(days=rules.days_ahead):
        return ()
    return tuple((at, max(0, rules.per_slot - booked.get(at, 0))) for at in slots(hours, rules, day, zone) if at > now)


def check_booking(
    hours: Hours, rules: AppointmentRules, at: datetime, now: datetime, booked: Mapping[datetime, int]
) -> None:
    """May one more have the time `at`? `now` in the hall's zone. Raises SlotClosed, SlotFull."""
    local = at.astimezone(now.tzinfo)
    places = dict(free(hours, rules, local.date(), now, booked))
    if local not in places:
        raise SlotClosed(at=_said(local, now))
    if places[local] < 1:
        raise SlotFull(at=_said(local, now))


def check_arrival(state: AppointmentState, at: datetime, now: datetime) -> None:
    """May whoever has it check in at `now` (in the hall's zone)? Raises AppointmentOver, AppointmentEarly,
    AppointmentLate."""
    local = at.astimezone(now.tzinfo)
    if state is AppointmentState.MISSED or (state is AppointmentState.BOOKED and is_missed(at, now)):
        raise AppointmentLate(at=_said(local, now), closed=_said(local + LATEST, now))
    if state is not AppointmentState.BOOKED:
        raise AppointmentOver(state=state)
    if now < local - EARLIEST:
        raise AppointmentEarly(at=_said(local, now), opens=_said(local - EARLIEST, now))


def is_missed(at: datetime, now: datetime) -> bool:
    """Is it too late for the appointment at `at`?"""
    return now > at + LATEST


def queued_at(at: datetime, now: datetime, target_s: float) -> datetime:
    """From when the wait of one who has checked in is counted: so that at the appointed time it has reached its target,
    and they are called about then; never later than when they came."""
    return min(now, at - timedelta(seconds=target_s))


def code_of(number: int) -> str:
    """The code for a number drawn by chance; each of the LETTERS ** LENGTH codes stands for one remainder."""
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def _wall(day: date, at: time, *, ends: bool = False) -> datetime:
    moment = datetime.combine(day, at)
    return moment + timedelta(days=1) if ends and at == time.min else moment


def _said(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%H:%M %d/%m/%Y}"
