"""Calls for help, and appointments, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.params import Path, Query

from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    Appointment,
    AppointmentsReply,
    BookRequest,
    CheckInRequest,
    HelpCall,
    HelpReply,
    HelpRequest,
    SlotsReply,
    Ticket,
)
from queue_server.domain import appointment as rules
from queue_server.domain import errors
from queue_server.service import appointments, help_calls
from queue_server.service import errors as refusals

from .asker import Asker, House
from .problems import refused
from .tickets import WHO, answer, own_page

router = APIRouter(prefix=API)

Ident = Annotated[int, Path(ge=1, le=2**53)]
Day = Annotated[
    date | None,
    Query(ge=date(2000, 1, 1), lt=date(2200, 1, 1), description="In the hall's calendar; today without it"),
]
NO_STORE = {"Cache-Control": "no-store"}


@router.post("/help", summary="Somebody at this kiosk needs help", responses=refused(*WHO), tags=["help"])
async def call_for_help(house: House, who: Asker, wanted: HelpRequest) -> HelpCall:
    """Every console shows it within a second. One open call a kiosk: calling again is the same call."""
    now = house.now()
    return await house.db.write(lambda tx: help_calls.call(tx, who, wanted, now))


@router.get("/help", summary="Who needs help now", responses=refused(*WHO), tags=["help"])
async def calls_for_help(house: House, who: Asker, response: Response) -> HelpReply:
    """Calls that are not answered, and for a minute those that are; a kiosk is told of its own."""
    response.headers.update(NO_STORE)
    now = house.now()
    return await house.db.read(lambda sql: help_calls.calls(sql, who, now))


@router.post(
    "/help/{call_id}/answer",
    summary="I'm coming",
    responses=refused(*WHO, help_calls.HelpUnknown),
    tags=["help"],
)
async def answer_help(call_id: Ident, house: House, who: Asker) -> HelpCall:
    """The first to say so is named; whoever comes later is told who it is."""
    now = house.now()
    return await house.db.write(lambda tx: help_calls.answer(tx, who, call_id, now))


@router.post(
    "/appointments",
    status_code=201,
    summary="Book a time",
    responses=refused(*WHO, errors.ServiceUnknown, rules.SlotClosed, rules.SlotFull),
    tags=["appointments"],
)
async def book(house: House, who: Asker, wanted: BookRequest) -> Appointment:
    """Answered with the code for the slip; no name is kept."""
    now = house.now()
    hall = house.hall(now)
    return await house.db.write(lambda tx: appointments.book(tx, hall, who, wanted, now, house.new_token))


@router.get("/appointments", summary="A day's appointments", responses=refused(*WHO), tags=["appointments"])
async def of_day(house: House, who: Asker, response: Response, day: Day = None) -> AppointmentsReply:
    """In the order of their times."""
    response.headers.update(NO_STORE)
    now = house.now()
    hall = house.hall(now)
    wanted = day or now.astimezone(hall.zone).date()
    return await house.db.read(lambda sql: appointments.of_day(sql, hall, who, wanted))


@router.get("/appointments/slots", summary="What can be booked", responses=refused(*WHO), tags=["appointments"])
async def slots(house: House, who: Asker, response: Response, day: Day = None) -> SlotsReply:
    """The times of a day that are still to come, with the places left at each."""
    response.headers.update(NO_STORE)
    now = house.now()
    hall = house.hall(now)
    wanted = day or now.astimezone(hall.zone).date()
    return await house.db.read(lambda sql: appointments.slots(sql, hall, who, wanted, now))


@router.post(
    "/appointments/check-in",
    status_code=201,
    summary="Here I am",
    responses=refused(
        *WHO,
        refusals.IdempotencyKeyMissing,
        refusals.IdempotencyKeyReused,
        rules.AppointmentUnknown,
        rules.AppointmentOver,
        rules.AppointmentEarly,
        rules.AppointmentLate,
        errors.ServiceUnknown,
        errors.PriorityUnknown,
        errors.HallClosed,
        errors.NumbersExhausted,
    ),
    tags=["appointments"],
)
async def check_in(
    request: Request,
    house: House,
    who: Asker,
    wanted: CheckInRequest,
    key: Annotated[
        str | None,
        Header(alias=IDEMPOTENCY_HEADER, description="8 to 100 printable characters; the same key, the same ticket"),
    ] = None,
) -> Ticket:
    """A number for whoever has the code, from 30 minutes before the time to 15 after; called about the time itself."""
    return await answer(
        house,
        lambda tx, hall, now: appointments.check_in(tx, hall, who, wanted, key, now, house.new_track_token),
        own_page(house, request, who),
    )


@router.post(
    "/appointments/{appointment_id}/cancel",
    summary="Give the place back",
    responses=refused(*WHO, rules.AppointmentUnknown, rules.AppointmentOver),
    tags=["appointments"],
)
async def cancel(appointment_id: Ident, house: House, who: Asker) -> Appointment:
    """Cancelling again changes nothing."""
    hall = house.hall(house.now())
    return await house.db.write(lambda tx: appointments.cancel(tx, hall, who, appointment_id))
