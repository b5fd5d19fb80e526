"""Counters over HTTP: open, pause, close, call the next one, and what a clerk's screen shows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.params import Path

from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    CounterView,
    KeyPress,
    KeyReply,
    NextReply,
    RateView,
    ReasonRequest,
    Role,
)
from queue_server.domain import errors as rules
from queue_server.service import counters
from queue_server.service.call import call_next
from queue_server.service.errors import IdempotencyKeyMissing, IdempotencyKeyReused, PressExpired
from queue_server.service.hall_views import counter_view
from queue_server.service.keypad import press
from queue_server.service.principal import AT_COUNTERS
from queue_server.service.views import rate_view, ticket_view
from queue_server.service.words import reason
from queue_server.store import events
from queue_server.store.database import Tx

from .asker import Asker, House, Spoken
from .problems import refused
from .tickets import WHO

router = APIRouter(prefix=f"{API}/counters", tags=["counters"])

CounterId = Annotated[int, Path(ge=1, le=999, description="The counter's number")]
COUNTER = (*WHO, rules.CounterUnknown, rules.CounterNotYours)


@router.get("/{counter}", summary="A clerk's screen as data", responses=refused(*COUNTER))
async def show(counter: CounterId, house: House, who: Asker, spoken: Spoken) -> CounterView:
    """The ticket at the counter, what is parked, and what waits at its services."""
    who.need(*AT_COUNTERS)
    now = house.now()
    hall = house.hall(now)
    return await house.db.read(lambda sql: counter_view(sql, hall, counter, who.actor, now, spoken))


@router.post(
    "/{counter}/open",
    summary="Open the counter",
    responses=refused(*COUNTER, rules.CounterHeld, rules.ClerkElsewhere),
)
async def open_counter(counter: CounterId, house: House, who: Asker, spoken: Spoken) -> CounterView:
    """Take the counter, or go on after a pause; two clerks cannot hold one."""

    def work(tx: Tx) -> CounterView:
        counters.open_counter(tx, hall, who, counter, now)
        return counter_view(tx.sql, hall, counter, who.actor, now, spoken)

    now = house.now()
    hall = house.hall(now)
    return await house.db.write(work)


@router.post("/{counter}/pause", summary="Pause the counter", responses=refused(*COUNTER, rules.CounterNotOpen))
async def pause_counter(
    counter: CounterId, house: House, who: Asker, spoken: Spoken, wanted: ReasonRequest
) -> CounterView:
    """Call nobody until it is opened again; the reason is shown to the manager."""

    def work(tx: Tx) -> CounterView:
        counters.pause_counter(tx, hall, who, counter, wanted.reason, now)
        return counter_view(tx.sql, hall, counter, who.actor, now, spoken)

    now = house.now()
    hall = house.hall(now)
    return await house.db.write(work)


@router.post("/{counter}/close", summary="Close the counter", responses=refused(*COUNTER, rules.CounterBusy))
async def close_counter(counter: CounterId, house: House, who: Asker, spoken: Spoken) -> CounterView:
    """Give the counter up; a manager may close it for somebody who left."""

    def work(tx: Tx) -> CounterView:
        counters.close_counter(tx, hall, who, counter, now)
        return counter_view(tx.sql, hall, counter, who.actor, now, spoken)

    now = house.now()
    hall = house.hall(now)
    return await house.db.write(work)


@router.post(
    "/{counter}/next",
    summary="Call the next ticket",
    response_model=NextReply,
    responses={
        204: {"description": "Nobody waits for this counter"},
        **refused(*COUNTER, rules.CounterNotOpen, IdempotencyKeyMissing, IdempotencyKeyReused),
    },
)
async def call(
    counter: CounterId,
    house: House,
    who: Asker,
    spoken: Spoken,
    key: Annotated[
        str | None, Header(alias=IDEMPOTENCY_HEADER, description="Optional; repeats are safe with it")
    ] = None,
) -> NextReply | Response:
    """Finish what the counter has, choose who goes next, call them and say why them."""

    def work(tx: Tx) -> NextReply | None:
        ticket = call_next(tx, hall, who, counter, key, now)
        if ticket is None:
            return None
        why = events.last_call_reason(tx.sql, ticket.id)
        return NextReply(
            ticket=ticket_view(tx.sql, hall, house.foresight, ticket, None, now),
            reason=reason(*why, spoken) if why else "",
        )

    now = house.now()
    hall = house.hall(now)
    reply = await house.db.write(work)
    return Response(status_code=204) if reply is None else reply


@router.post(
    "/{counter}/press",
    summary="A key of the counter's keypad was pressed",
    responses=refused(
        *(*COUNTER, rules.CounterIdle, rules.IllegalTransition, rules.TransferNowhere, rules.CounterLacksService),
        *(IdempotencyKeyMissing, IdempotencyKeyReused, PressExpired),
    ),
)
async def press_key(
    counter: CounterId,
    house: House,
    who: Asker,
    pressed: KeyPress,
    key: Annotated[
        str | None, Header(alias=IDEMPOTENCY_HEADER, description="Required; a press repeated with it is done once")
    ] = None,
) -> KeyReply:
    """What a clerk without a PC does: call, recall, finish, mark as not come, send on, pause and go on."""
    hall = house.hall(house.now())
    # The time when its turn has come: a press may have waited for the disk.
    return await house.db.write(lambda tx: press(tx, hall, who, counter, pressed, key, house.now()))


@router.get("/{counter}/rate", summary="What the rating screen asks", responses=refused(*COUNTER))
async def asked(counter: CounterId, house: House, who: Asker) -> RateView:
    """The ticket that the counter has just finished, while it can be rated there."""
    who.need(Role.AGENT, Role.KIOSK, *AT_COUNTERS)
    now = house.now()
    hall = house.hall(now)
    return await house.db.read(lambda sql: rate_view(sql, hall, counter, now))
