"""Booking a time, checking in with its code, and marking those who did not come."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from queue_server import contract
from queue_server.contract import BookRequest, CheckInRequest, Role
from queue_server.domain import appointment as rules
from queue_server.domain.appointment import AppointmentOver, AppointmentState, AppointmentUnknown
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.ticket import Ticket
from queue_server.store import appointments as store
from queue_server.store import idempotency, tickets
from queue_server.store.database import Tx

from .errors import IdempotencyKeyMissing, IdempotencyKeyReused
from .issue import KEY, give_number
from .principal import AT_COUNTERS, OVER_COUNTERS, Principal
from .views import service_name, wire_text

KEPT = timedelta(days=400)
"""As long as what befell devices: a year and a month."""


def book(
    tx: Tx, hall: Hall, who: Principal, wanted: BookRequest, now: datetime, new_token: Callable[[], str]
) -> contract.Appointment:
    """Keep a place at a time, under a code of its own. Raises Forbidden, ServiceUnknown, SlotClosed, SlotFull."""
    who.need(*AT_COUNTERS)
    service = hall.service(wanted.service)
    local = now.astimezone(hall.zone)
    begins, ends = _day(hall, wanted.at.astimezone(hall.zone).date())
    taken = store.booked(tx.sql, begins, ends)
    rules.check_booking(hall.hours, hall.appointments, wanted.at, local, taken)
    code = _code(new_token)
    while store.by_code(tx.sql, code) is not None:
        code = _code(new_token)
    ident = store.add(tx.sql, code, service.code, wanted.at, now, who.actor)
    tx.nudge("appointment", ident)
    return _wire(hall, store.Booked(ident, code, service.code, wanted.at, AppointmentState.BOOKED))


def cancel(tx: Tx, hall: Hall, who: Principal, ident: int) -> contract.Appointment:
    """Give the place back; cancelling again changes nothing. Raises Forbidden, AppointmentUnknown, AppointmentOver."""
    who.need(*AT_COUNTERS)
    found = store.get(tx.sql, ident)
    if found is None:
        raise AppointmentUnknown
    if found.state is AppointmentState.BOOKED:
        store.put(tx.sql, ident, AppointmentState.CANCELLED)
        tx.nudge("appointment", ident)
    elif found.state is not AppointmentState.CANCELLED:
        raise AppointmentOver(state=found.state)
    return _wire(hall, store.get(tx.sql, ident) or found)


def check_in(
    tx: Tx,
    hall: Hall,
    who: Principal,
    wanted: CheckInRequest,
    key: str | None,
    now: datetime,
    new_token: Callable[[], str],
) -> Ticket:
    """A number for whoever has the code, with the place in the queue that was kept; the same `key` gives the same one.

    Raises Forbidden, IdempotencyKeyMissing, IdempotencyKeyReused, AppointmentUnknown, AppointmentOver,
    AppointmentEarly, AppointmentLate, ServiceUnknown, PriorityUnknown, HallClosed, NumbersExhausted.
    """
    who.need(Role.KIOSK, Role.CLERK, *OVER_COUNTERS)
    if key is None or not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    fingerprint = f"check-in {wanted.code} {wanted.priority or '-'}"
    known = idempotency.recall(tx.sql, who.actor, key)
    if known is not None:
        if known.request != fingerprint or known.ticket is None:
            raise IdempotencyKeyReused
        return tickets.get(tx.sql, known.ticket)
    found = store.by_code(tx.sql, wanted.code)
    if found is None:
        raise AppointmentUnknown
    rules.check_arrival(found.state, found.at, now.astimezone(hall.zone))
    service = hall.service(found.service)
    since = rules.queued_at(found.at, now, service.target_s)
    services = (ServiceCode(service.code),)
    ticket = give_number(tx, hall, who, services, wanted.priority, now, new_token, since)
    store.put(tx.sql, found.id, AppointmentState.ARRIVED, ticket.id)
    idempotency.remember(tx.sql, who.actor, key, fingerprint, ticket.id, now)
    tx.nudge("appointment", found.id)
    return ticket


def of_day(sql: sqlite3.Connection, hall: Hall, who: Principal, day: date) -> contract.AppointmentsReply:
    """All appointments of `day`, in the order of their times. Raises Forbidden."""
    who.need(*AT_COUNTERS)
    return contract.AppointmentsReply(
        appointments=tuple(_wire(hall, each) for each in store.between(sql, *_day(hall, day)))
    )


def one(sql: sqlite3.Connection, hall: Hall, who: Principal, ident: int) -> contract.Appointment | None:
    """One appointment, for its slip. Raises Forbidden."""
    who.need(*AT_COUNTERS)
    found = store.get(sql, ident)
    return None if found is None else _wire(hall, found)


def slots(sql: sqlite3.Connection, hall: Hall, who: Principal, day: date, now: datetime) -> contract.SlotsReply:
    """What can still be booked on `day`. Raises Forbidden."""
    who.need(*AT_COUNTERS)
    local = now.astimezone(hall.zone)
    taken = store.booked(sql, *_day(hall, day))
    places = rules.free(hall.hours, hall.appointments, day, local, taken)
    return contract.SlotsReply(
        day=day,
        last_day=local.date() + timedelta(days=hall.appointments.days_ahead),
        slots=tuple(contract.Slot(at=at, free=count) for at, count in places),
    )


def tidy(tx: Tx, now: datetime) -> None:
    """Mark those who did not come in time, and forget what is long past."""
    for ident in store.before(tx.sql, now - rules.LATEST):
        store.put(tx.sql, ident, AppointmentState.MISSED)
        tx.nudge("appointment", ident)
    store.forget(tx.sql, now - KEPT)


def _code(new_token: Callable[[], str]) -> str:
    return rules.code_of(int.from_bytes(hashlib.sha256(new_token().encode()).digest()[:16]))


def _day(hall: Hall, day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, time.min, tzinfo=hall.zone)
    return begins, datetime.combine(day + timedelta(days=1), time.min, tzinfo=hall.zone)


def _wire(hall: Hall, booked: store.Booked) -> contract.Appointment:
    return contract.Appointment(
        id=booked.id,
        code=booked.code,
        service=booked.service,
        service_name=wire_text(service_name(hall, booked.service)),
        at=booked.at,
        state=booked.state,
        ticket_number=booked.number,
    )
