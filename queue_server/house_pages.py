"""Fills the pages' protocol with the house itself: views from the store, refusals in the asker's words."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path

from starlette.requests import Request

from queue_server.api.context import SESSION_COOKIE, Context
from queue_server.api.problems import problem
from queue_server.console.language import chosen
from queue_server.console.pages import DemoLogin, DossierFigures, Paper, Picture, RefusedError, Session, Wanted
from queue_server.contract import (
    Appointment,
    AppointmentsReply,
    CounterView,
    DevicesReply,
    DossierRow,
    DossiersReply,
    DossierStatus,
    DossierView,
    Hall,
    HallView,
    HelpCall,
    RateView,
    RatingLevel,
    Role,
    ServicesReply,
    SlotsReply,
    TrackView,
)
from queue_server.demo import DEMO_ACCOUNTS
from queue_server.domain.errors import CounterUnknown, HallError, TicketUnknown
from queue_server.domain.ids import Actor
from queue_server.house_dossiers import HouseDossiers
from queue_server.service import advice_views, appointments, device_views, hall_views, help_calls, sign_in, views
from queue_server.service.errors import LoginFailed, LoginLocked, SessionExpired
from queue_server.service.principal import Principal
from queue_server.service.rate import CITIZEN
from queue_server.store import counters

PICTURE = re.compile(r"[A-Za-z0-9._-]{1,100}\.png")
PICTURES_SHOWN = 60
HASHED_AT_ONCE = 2
"""Each check of a password takes 64 MiB on purpose; a small PC has little."""


@dataclass(frozen=True)
class HouseSession(Session):
    """A page's session that also knows who acts in it."""

    actor: Actor = CITIZEN


@dataclass(frozen=True)
class HousePages:
    """`previews_in`: where the preview printer puts its pictures; None outside a demonstration."""

    context: Context
    demo: bool
    previews_in: Path | None
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HASHED_AT_ONCE))

    @property
    def session_cookie(self) -> str:
        return SESSION_COOKIE

    @property
    def short_of_disk(self) -> bool:
        return self.context.db.short_of_disk

    async def session(self, request: Request) -> Session | None:
        cookie = request.cookies.get(SESSION_COOKIE)
        if not cookie:
            return None
        try:
            who = await self.context.db.read(
                partial(sign_in.principal_of_session, token=cookie, now=self.context.now())
            )
        except SessionExpired:
            return None
        held = who.counter if who.counter is not None else await self._held(who)
        return HouseSession(who.name, who.role, who.csrf or "", chosen(request), held, actor=who.actor)

    async def board_token(self, request: Request) -> str | None:
        """The CSRF token of a browser that is signed in as a board; None for all others."""
        session = await self.session(request)
        return session.csrf_token if session is not None and session.role is Role.BOARD else None

    async def login(self, username: str, password: str, address: str, language: str) -> str:
        context, now = self.context, self.context.now()
        token, csrf = context.new_token(), context.new_token()
        try:
            password_hash = await context.db.read(lambda sql: sign_in.password_hash_of(sql, username, address, now))
            verified = await self._matches(password_hash, password)
            signed_in = await context.db.write(
                lambda tx: sign_in.sign_in(tx, username, address, verified, token, csrf, now)
            )
            if signed_in is None:
                raise LoginFailed
        except HallError as error:
            raise _refused(error, language) from error
        return signed_in.token

    async def _matches(self, password_hash: str, password: str) -> bool:
        async with self.hashing:
            return await asyncio.to_thread(sign_in.matches, password_hash, password)

    async def device_login(self, token: str, address: str, language: str) -> str:
        context, now = self.context, self.context.now()
        session, csrf = context.new_token(), context.new_token()
        try:
            signed_in = await context.db.write(lambda tx: sign_in.sign_in_device(tx, token, session, csrf, now))
        except HallError as error:
            raise _refused(error, language) from error
        return signed_in.token

    async def logout(self, cookie: str) -> None:
        await self.context.db.write(lambda tx: sign_in.sign_out(tx, cookie))

    async def hall(self) -> Hall:
        return views.hall_info(self.context.hall(self.context.now()))

    async def counters(self, session: Session) -> Sequence[CounterView]:
        return (await self._manager_view(_actor(session), session.language)).counters

    async def services(self) -> ServicesReply:
        now = self.context.now()
        hall = self.context.hall(now)
        return await self.context.db.read(lambda sql: hall_views.services_view(sql, hall, self.context.foresight, now))

    async def scale(self) -> Sequence[RatingLevel]:
        return views.scale(self.context.hall(self.context.now()))

    async def counter_view(self, counter: int, session: Session) -> CounterView | None:
        now = self.context.now()
        hall = self.context.hall(now)
        try:
            return await self.context.db.read(
                lambda sql: hall_views.counter_view(sql, hall, counter, _actor(session), now, session.language or "vi")
            )
        except CounterUnknown:
            return None

    async def hall_view(self) -> HallView:
        now = self.context.now()
        hall = self.context.hall(now)

        def work(sql: sqlite3.Connection) -> HallView:
            view = hall_views.manager_view(sql, hall, self.context.heard, Actor("system"), now, "vi")
            return advice_views.with_alert(sql, view, hall, self.context.watch, now)

        return await self.context.db.read(work)

    async def devices_view(self, machine: str | None, part: str | None) -> DevicesReply:
        context, now = self.context, self.context.now()
        hall = context.hall(now)
        return await context.db.read(
            lambda sql: device_views.devices_view(sql, hall, context.heard, now, machine, part)
        )

    async def track_view(self, token: str) -> TrackView | None:
        now = self.context.now()
        hall = self.context.hall(now)
        try:
            return await self.context.db.read(
                lambda sql: views.track_view(sql, hall, self.context.foresight, token, now)
            )
        except TicketUnknown:
            return None

    async def rate_view(self, counter: int) -> RateView | None:
        now = self.context.now()
        hall = self.context.hall(now)
        try:
            return await self.context.db.read(lambda sql: views.rate_view(sql, hall, counter, now))
        except CounterUnknown:
            return None

    async def demo_logins(self) -> Sequence[DemoLogin]:
        return [DemoLogin(name, password, role) for name, password, role in DEMO_ACCOUNTS] if self.demo else []

    async def previews(self) -> Sequence[Picture]:
        return await asyncio.to_thread(self._previews)

    async def preview(self, name: str) -> bytes | None:
        if self.previews_in is None or not PICTURE.fullmatch(name):
            return None
        path = self.previews_in / name
        return await asyncio.to_thread(lambda: path.read_bytes() if path.is_file() else None)

    def _previews(self) -> list[Picture]:
        if self.previews_in is None or not self.previews_in.is_dir():
            return []
        found = []
        for path in sorted(self.previews_in.glob("*.png"), reverse=True)[:PICTURES_SHOWN]:
            try:
                found.append(Picture(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)))
            except FileNotFoundError:  # the printer tidies up while we look
                continue
        return found

    async def now(self) -> datetime:
        return self.context.now()

    async def help_calls(self, session: Session) -> Sequence[HelpCall]:
        now = self.context.now()
        return (await self.context.db.read(lambda sql: help_calls.calls(sql, _principal(session), now))).calls

    async def appointments(self, session: Session, day: date | None) -> AppointmentsReply:
        now = self.context.now()
        hall = self.context.hall(now)
        wanted = day or now.astimezone(hall.zone).date()
        return await self.context.db.read(lambda sql: appointments.of_day(sql, hall, _principal(session), wanted))

    async def appointment(self, session: Session, ident: int) -> Appointment | None:
        hall = self.context.hall(self.context.now())
        return await self.context.db.read(lambda sql: appointments.one(sql, hall, _principal(session), ident))

    async def slots(self, session: Session, day: date | None) -> SlotsReply:
        now = self.context.now()
        hall = self.context.hall(now)
        wanted = day or now.astimezone(hall.zone).date()
        return await self.context.db.read(lambda sql: appointments.slots(sql, hall, _principal(session), wanted, now))

    async def dossiers(self, session: Session, wanted: Wanted) -> DossiersReply:
        return await self._of_dossiers.listed(_principal(session), wanted, session.language)

    async def dossier(self, session: Session, ident: int) -> DossierView | None:
        return await self._of_dossiers.view(_principal(session), ident, session.language)

    async def dossier_paper(self, session: Session, ident: int, kind: str) -> Paper | None:
        return await self._of_dossiers.paper(_principal(session), ident, kind, session.language)

    async def dossier_of_ticket(self, session: Session, ticket: int) -> DossierRow | None:
        return await self._of_dossiers.of_ticket(_principal(session), ticket)

    async def dossier_figures(self) -> DossierFigures | None:
        return await self._of_dossiers.figures()

    async def dossier_status(self, token: str) -> DossierStatus | None:
        return await self._of_dossiers.status(token)

    @cached_property
    def _of_dossiers(self) -> HouseDossiers:
        return HouseDossiers(self.context)

    async def _manager_view(self, asker: Actor, language: str | None) -> HallView:
        now = self.context.now()
        hall = self.context.hall(now)
        heard = self.context.heard
        return await self.context.db.read(
            lambda sql: hall_views.manager_view(sql, hall, heard, asker, now, language or "vi")
        )

    async def _held(self, who: Principal) -> int | None:
        held = await self.context.db.read(lambda sql: counters.held_by(sql, who.actor))
        return held[0].id if held else None


def _actor(session: Session) -> Actor:
    return session.actor if isinstance(session, HouseSession) else CITIZEN


def _principal(session: Session) -> Principal:
    return Principal(_actor(session), session.role, session.name)


def _refused(error: HallError, language: str) -> RefusedError:
    said = problem(error, language)
    minutes = error.params.get("minutes") if isinstance(error, LoginLocked) else None
    return RefusedError(
        said.status, said.code, said.detail, said.action, wait_s=minutes * 60 if isinstance(minutes, int) else None
    )
