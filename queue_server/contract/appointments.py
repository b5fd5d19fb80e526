"""A person at the kiosk asks for help; whoever has an appointment says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from queue_server.domain.appointment import AppointmentState

from .base import Code, Instant, LocalText, Request, Wire


class HelpRequest(Request):
    """`screen`: where the person stands, so that whoever comes knows; nothing that was typed."""

    screen: Code


class HelpCall(Wire):
    """`device`: which kiosk; `answered_by`: who is on the way."""

    id: int
    device: str
    screen: str
    called_at: Instant
    answered_at: Instant | None = None
    answered_by: str | None = None


class HelpReply(Wire):
    """Calls that are not over, oldest first."""

    calls: tuple[HelpCall, ...]


AppointmentCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{6}$", to_upper=True, strip_whitespace=True)]
"""Six letters and digits, none that is easily mistaken for another."""


class BookRequest(Request):
    """`at`: when; within the hall's hours. No name is kept: the code on the slip is enough."""

    service: Code
    at: Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]


class Appointment(Wire):
    id: int
    code: str
    service: str
    service_name: LocalText
    at: Instant
    state: AppointmentState
    ticket_number: str | None = None


class AppointmentsReply(Wire):
    appointments: tuple[Appointment, ...]


class Slot(Wire):
    """A time that can be booked. `free`: places left, 0 when it is full."""

    at: Instant
    free: int


class SlotsReply(Wire):
    """What can be booked on `day`; nothing is booked after `last_day`."""

    day: date
    last_day: date
    slots: tuple[Slot, ...]


class CheckInRequest(Request):
    """Here I am: answered with the ticket, under an Idempotency-Key as when a number is taken."""

    code: AppointmentCode
    priority: Code | None = None
