"""A person at the kiosk asks for help; whoever has an appointment says so."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

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


class AppointmentState(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    MISSED = "missed"
    CANCELLED = "cancelled"


AppointmentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{6}$", to_upper=True, strip_whitespace=True)]
"""Six letters and digits, none that is easily mistaken for another."""


class BookRequest(Request):
    """`at`: when; within the hall's hours. No name is kept: the code on the slip is enough."""

    service: Code
    at: Instant


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


class CheckInRequest(Request):
    """Here I am: answered with the ticket, under an Idempotency-Key as when a number is taken."""

    code: AppointmentCode
    priority: Code | None = None
