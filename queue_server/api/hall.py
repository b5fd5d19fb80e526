"""The hall over HTTP: what it offers, its board, its figures, a ticket's own page, devices, and the nudges."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.params import Path, Query
from fastapi.responses import StreamingResponse

from queue_server.contract import (
    API,
    BoardReply,
    DeviceReport,
    DevicesReply,
    HallView,
    RateRequest,
    Role,
    ServicesReply,
    TrackView,
)
from queue_server.domain import errors as rules
from queue_server.service import devices
from queue_server.service.advice_views import with_alert
from queue_server.service.device_views import devices_view
from queue_server.service.hall_views import board_view, manager_view, services_view
from queue_server.service.nudges import Hub, TooManyListeners
from queue_server.service.procedures import catalogue_version
from queue_server.service.rate import rate_by_phone
from queue_server.service.views import track_view
from queue_server.store.database import Tx

from .asker import Asker, House, Spoken
from .problems import refused
from .tickets import WHO

router = APIRouter(prefix=API, tags=["hall"])

TrackToken = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="From the ticket's QR code")]
PlaceName = Annotated[str, Query(max_length=100, description="As a machine or one of its parts is called")]
KEEP_ALIVE_S = 15.0
NO_STORE = {"Cache-Control": "no-store"}


@router.get("/services", summary="What the hall offers", responses=refused())
async def services(house: House, response: Response) -> ServicesReply:
    """Groups, services, priority categories, whether tickets are issued now, and the present queues. Public."""
    response.headers.update(NO_STORE)
    now = house.now()
    hall = house.hall(now)
    version = catalogue_version(hall, house.catalogue, now)
    return await house.db.read(lambda sql: services_view(sql, hall, house.foresight, now, version))


@router.get("/board", summary="The public board as data", response_model=BoardReply, responses=refused())
async def board(house: House) -> Response:
    """Calls, counters and who is next, by number only; at most a second old, and never older than the last nudge."""
    now = house.now()
    hall = house.hall(now)

    def work(sql: sqlite3.Connection) -> bytes:
        return board_view(sql, hall, house.foresight, now).model_dump_json().encode()

    # The version is read before the database: an answer may be newer than its key, never older.
    body = await house.board.get((house.hub.version, int(now.timestamp())), lambda: house.db.read(work))
    return Response(body, media_type="application/json", headers=NO_STORE)


@router.get("/hall", summary="The manager's screen as data", responses=refused(*WHO))
async def manager(house: House, who: Asker, spoken: Spoken) -> HallView:
    """Counters, queues against their targets, what is expected, advice, today's figures and the devices."""
    who.need(Role.MANAGER, Role.ADMIN)
    now = house.now()
    hall = house.hall(now)

    def work(sql: sqlite3.Connection) -> HallView:
        view = manager_view(sql, hall, house.heard, who.actor, now, spoken)
        return with_alert(sql, view, hall, house.watch, now)

    return await house.db.read(work)


@router.get("/track/{token}", summary="A ticket's own page as data", responses=refused(rules.TicketUnknown))
async def track(token: TrackToken, house: House, response: Response) -> TrackView:
    """For whoever holds the ticket: its address cannot be guessed. Nothing personal."""
    response.headers.update(NO_STORE)
    now = house.now()
    hall = house.hall(now)
    return await house.db.read(lambda sql: track_view(sql, hall, house.foresight, token, now))


@router.post(
    "/track/{token}/rate",
    summary="Rate from the ticket's own page",
    responses=refused(
        rules.TicketUnknown, rules.IllegalTransition, rules.RatingUnknown, rules.AlreadyRated, rules.RatingClosed
    ),
)
async def rate(token: TrackToken, house: House, wanted: RateRequest) -> TrackView:
    """Once a ticket, after service; the unguessable address is the right to rate."""

    def work(tx: Tx) -> TrackView:
        rate_by_phone(tx, hall, token, wanted.score, now)
        return track_view(tx.sql, hall, house.foresight, token, now)

    now = house.now()
    hall = house.hall(now)
    return await house.db.write(work)


@router.post("/devices/report", status_code=204, summary="A device says how it is", responses=refused(*WHO))
async def report(house: House, who: Asker, said: DeviceReport) -> None:
    """The newest word on all parts of a machine, at least each minute; a part that is no longer named is gone."""
    now = house.now()
    if who.device_id is not None:
        house.heard.note(who.device_id, said.run, now)
    await house.db.write(lambda tx: devices.report(tx, who, said, house.heard, now))


@router.get("/devices", summary="How all devices are, and what changed lately", responses=refused(*WHO))
async def all_devices(
    house: House, who: Asker, response: Response, machine: PlaceName | None = None, part: PlaceName | None = None
) -> DevicesReply:
    """What is out of order first. `machine`, or `machine` and `part`: only their changes are told."""
    who.need(Role.MANAGER, Role.ADMIN)
    response.headers.update(NO_STORE)
    now = house.now()
    hall = house.hall(now)
    return await house.db.read(lambda sql: devices_view(sql, hall, house.heard, now, machine, part))


@router.get(
    "/events",
    summary="Nudges (server-sent events)",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {"example": 'data: {"changed": "ticket", "id": 25}\n\n'}}},
        **refused(TooManyListeners),
    },
)
async def events(house: House) -> StreamingResponse:
    """`{"changed": "ticket"|"counter"|"device"|"alert"|"help"|"appointment", "id": n}`: fetch it again. One may be
    lost, so ask now and then as well."""
    house.hub.check_room()
    return StreamingResponse(
        _stream(house.hub), media_type="text/event-stream", headers={**NO_STORE, "X-Accel-Buffering": "no"}
    )


async def _stream(hub: Hub) -> AsyncIterator[bytes]:
    async with hub.listen() as listener:
        yield b"retry: 2000\n: here\n\n"
        while True:
            nudges = await listener.get(KEEP_ALIVE_S)
            if nudges:
                yield b"".join(
                    b"data: " + json.dumps({"changed": changed, "id": ident}).encode() + b"\n\n"
                    for changed, ident in nudges
                )
            else:
                yield b": alive\n\n"
