"""Puts the house's parts together into one ASGI app: the JSON API, the pages, the board."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI

from display_board.app import create_app as create_board
from hardware.voices.opener import Voice
from queue_server.api import advice, appointments, catalogue, counters, dossiers, hall, health, problems, tickets
from queue_server.api.body_limit import BodyLimit
from queue_server.api.context import Context
from queue_server.api.description import DescribedApp
from queue_server.console import assets
from queue_server.console.app import router as pages_router
from queue_server.console.headers import SecurityHeaders
from queue_server.console.message import message
from queue_server.console.render import Renderer
from queue_server.demo import set_demo_accounts
from queue_server.house_pages import HousePages
from queue_server.service import appointments as appointment_book
from queue_server.service import auto_call, day_end, help_calls, learn
from queue_server.service.advice import in_force
from queue_server.service.dossiers import forgetting, uploads
from queue_server.service.hall_views import ANNOUNCED
from queue_server.store import events
from queue_server.store.database import StoreUnavailable, Tx

log = logging.getLogger(__name__)
TIDY_EVERY_S = 60.0
AUTO_CALL_EVERY_S = 1.0
WARM_AFTER_S = 10.0
WATCH_EVERY_S = 15.0
FIRST_WATCH_S = 5.0
DEVICES_EVERY_S = 5.0
WATCH_SHARE = 0.05
"""The part of the time that watching may take: a great hall is looked at less often."""
DESCRIPTION = """The queue server of a one-stop hall.

Devices send `Authorization: Bearer …`, browsers their session cookie and `X-CSRF-Token`. Every refusal is
`application/problem+json` with a stable `code`, a message in the language of `Accept-Language` (vi or en)
and what to do next."""


@dataclass(frozen=True)
class Surfaces:
    """What hangs on the server beside the API. `previews_in`: where the preview printer puts its pictures."""

    voice: Voice
    demo: bool = False
    previews_in: Path | None = None


def create_app(context: Context, surfaces: Surfaces) -> FastAPI:
    """The whole server over an open `context`; closing the app closes the context's database."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        context.hub.start()
        now = context.now()
        await context.db.write(lambda tx: set_demo_accounts(tx, surfaces.demo, now))
        await context.db.write(lambda tx: day_end.fit_to_hall(tx, context.hall(now), now))
        await asyncio.to_thread(uploads.sweep, context.db, context.dossiers.files)
        await _learn(context)
        await _take_up(context)
        by_itself = (_auto_call_forever,) if context.hall(now).calling.auto_call_s else ()
        duties = [
            asyncio.create_task(duty(context))
            for duty in (_warm, _tidy_forever, _watch_forever, _watch_devices_forever, *by_itself)
        ]
        yield
        for duty in duties:
            duty.cancel()
        with suppress(StoreUnavailable):
            await context.looks.catch_up(context.db)
        await asyncio.to_thread(context.db.close)

    app = DescribedApp(
        title="motcua",
        version=version("motcua"),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # Swagger's page loads scripts from the internet
        redoc_url=None,
    )
    app.state.context = context
    pages = HousePages(context, surfaces.demo, surfaces.previews_in)
    renderer = Renderer(pages)
    problems.install(app, partial(message, renderer))
    parts = (tickets, counters, hall, advice, catalogue, dossiers, appointments, health)
    for router in (*(part.router for part in parts), pages_router(pages, renderer)):
        # The routes as they are: `include_router` would build each of them twice more, which takes half a second.
        app.router.routes.extend(router.routes)
    app.mount(
        "/board", create_board(surfaces.voice, announced=partial(_announced, context), signed_in=pages.board_token)
    )
    assets.mount(app)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(BodyLimit)
    return app


def _tidy(context: Context, tx: Tx) -> int:
    now = context.now()
    day_end.forget(tx, now)
    appointment_book.tidy(tx, now)
    help_calls.forget(tx, now)
    return day_end.close_past_days(tx, context.hall(now), now)


def _forget(context: Context) -> None:
    """What is personal and whose time is over."""
    now = context.now()
    erased = forgetting.erase_due(context.db, context.dossiers.files, context.hall(now), now)
    if erased:
        log.info("erased what was personal in %d dossiers", erased)


async def _learn(context: Context) -> None:
    """Once a day, take up what the past days say about how long services take."""
    now = context.now()
    hall = context.hall(now)
    day = now.astimezone(hall.zone).date()
    if context.known.day != day:
        context.known.learn(day, await context.db.read(lambda sql: learn.durations(sql, hall, day)))


async def _announced(context: Context, number: str, counter: int) -> bool:
    """Whether the hall called this lately: the same calls that the board is told of."""
    now = context.now()
    midnight = now.astimezone(context.hall(now).zone).replace(hour=0, minute=0, second=0, microsecond=0)
    calls = await context.db.read(lambda sql: events.last_calls(sql, midnight, ANNOUNCED))
    return any((call.number, call.counter) == (number, counter) for call in calls)


async def _tidy_forever(context: Context) -> None:
    while True:
        try:
            closed = await context.db.write(partial(_tidy, context))
            if closed:
                log.info("closed %d tickets of earlier days", closed)
            await _learn(context)
            await asyncio.to_thread(_forget, context)
            await asyncio.to_thread(context.db.reserve.take)
            await context.looks.catch_up(context.db)
        except Exception:
            log.exception("tidying up failed; it is tried again")
        await asyncio.sleep(TIDY_EVERY_S)


async def _warm(context: Context) -> None:
    """What filing a dossier needs takes half a second to load: after the start, and before the first citizen."""
    if context.hall(context.now()).kiosk.self_service:
        await asyncio.sleep(WARM_AFTER_S)
        for name in ("jsonschema", "cryptography.hazmat.primitives.ciphers.aead", "PIL.Image", "typst"):
            await asyncio.to_thread(import_module, name)


async def _take_up(context: Context) -> None:
    """What a manager changed for today holds also after a restart."""
    now = context.now()
    day = context.hall(now).day_at(now).date
    context.today.take(day, await context.db.read(lambda sql: in_force(sql, day)))


async def _watch_forever(context: Context) -> None:
    """The first look is left until the surfaces are back."""
    pause_s = FIRST_WATCH_S
    while True:
        await asyncio.sleep(pause_s)
        begun = time.monotonic()
        try:
            now = context.now()
            await context.watch.look(context.db, context.hall(now), now)
        except Exception:
            log.exception("looking ahead failed; it is tried again")
        pause_s = max(WATCH_EVERY_S, (time.monotonic() - begun) / WATCH_SHARE)


async def _watch_devices_forever(context: Context) -> None:
    while True:
        try:
            now = context.now()
            await context.device_watch.look(context.db, context.hub, context.hall(now), context.heard, now)
        except Exception:
            log.exception("the devices could not be looked at; it is tried again")
        await asyncio.sleep(DEVICES_EVERY_S)


async def _auto_call(context: Context) -> datetime | None:
    """Call where it is time, and say when it will be next if nothing happens till then."""
    now = context.now()
    hall = context.hall(now)
    turns = await context.db.read(lambda sql: auto_call.turns(sql, hall, hall.counters, now))
    if any(turn.at <= now for turn in turns):
        await context.db.write(lambda tx: auto_call.auto_call(tx, hall, now))
    return min((turn.at for turn in turns if turn.at > now), default=None)


async def _auto_call_forever(context: Context) -> None:
    """Every second, but the store is asked only when something has happened since, or some counter's pause is over."""
    seen, due = -1, None
    while True:
        try:
            # The version is read first: what happens meanwhile is looked at next time.
            version = context.hub.version
            if version != seen or (due is not None and due <= context.now()):
                due = await _auto_call(context)
                seen = version
        except Exception:
            log.exception("no counter could call by itself; it is tried again")
        await asyncio.sleep(AUTO_CALL_EVERY_S)
