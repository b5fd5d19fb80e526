"""Booking a time for somebody who calls or stands here, the day's appointments, and the slip with the code."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.address import record_number
from queue_server.console.admission import admitted
from queue_server.console.message import message
from queue_server.console.pages import Pages
from queue_server.console.render import Renderer
from queue_server.contract import is_of_our_time


def add_appointments(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/appointments")
    async def appointments(request: Request) -> Response:
        session = await admitted(renderer, request)
        day = day_asked(request.query_params.get("day", ""))
        slots = await pages.slots(session, day)
        return await renderer.page(
            request,
            "appointments.html",
            session,
            slots=slots,
            appointments=(await pages.appointments(session, slots.day)).appointments,
            offer=await pages.services(),
            service=request.query_params.get("service", ""),
            now=await pages.now(),
        )

    @router.get("/appointments/fragment")
    async def booked_fragment(request: Request) -> Response:
        session = await admitted(renderer, request)
        slots = await pages.slots(session, day_asked(request.query_params.get("day", "")))
        booked = (await pages.appointments(session, slots.day)).appointments
        now, hall = await pages.now(), await pages.hall()
        return renderer.part(
            request, "appointments_fragment.html", session, now=now, hall=hall, slots=slots, appointments=booked
        )

    @router.get("/appointments/slots/fragment")
    async def slots_fragment(request: Request) -> Response:
        session = await admitted(renderer, request)
        slots = await pages.slots(session, day_asked(request.query_params.get("day", "")))
        now, hall = await pages.now(), await pages.hall()
        return renderer.part(request, "appointments_slots.html", session, now=now, hall=hall, slots=slots)

    @router.get("/appointments/{place}")
    async def slip(request: Request, place: str) -> Response:
        session = await admitted(renderer, request)
        ident = record_number(place)
        booked = await pages.appointment(session, ident) if ident else None
        if booked is None:
            return await message(renderer, request, 404, session)
        return await renderer.page(request, "appointment.html", session, booked=booked, now=await pages.now())


def day_asked(text: str) -> date | None:
    """Today's page where the address names no day, or one that no calendar has."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_of_our_time(day) else None
