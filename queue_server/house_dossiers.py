"""Fills what the pages ask about dossiers, and notes who looked at what is personal."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from queue_server.api.context import Context
from queue_server.api.problems import problem
from queue_server.console.pages import DossierFigures, Paper, RefusedError, Wanted
from queue_server.contract import DossierRow, DossiersReply, DossierStatus, DossierView, Language
from queue_server.domain.dossiers.errors import DossierUnknown
from queue_server.domain.errors import HallError
from queue_server.service.dossiers import looking, views
from queue_server.service.dossiers.errors import AttachmentUnknown, DossierErased
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import dossier_figures, tickets

TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
PAGE = 50
Result = TypeVar("Result")


@dataclass(frozen=True)
class HouseDossiers:
    context: Context

    async def listed(self, who: Principal, wanted: Wanted, language: str | None) -> DossiersReply:
        """Raises RefusedError."""
        context, now = self.context, self.context.now()
        hall = context.hall(now)
        states = () if wanted.state is None else (wanted.state,)

        def work(sql: sqlite3.Connection) -> DossiersReply:
            ticket = tickets.by_number(sql, now.astimezone(hall.zone).date(), wanted.search.upper())
            code = None if ticket else wanted.search or None
            asked = looking.Wanted(states, wanted.before, PAGE, code, ticket.id if ticket else None, wanted.late)
            return looking.listing(sql, hall, context.dossiers, who, asked, now)

        reply = await self._read(work, language)
        seen = looking.named(reply)
        new = await self._read(lambda sql: looking.not_listed_lately(sql, who, seen, now))
        with _in_words(language):
            await context.looks.note_many(context.db, who, looking.LIST_SEEN, new, now)
        return reply

    async def view(self, who: Principal, ident: int, language: str | None) -> DossierView | None:
        """Raises RefusedError."""
        who.need(*AT_COUNTERS)
        context, now = self.context, self.context.now()
        hall = context.hall(now)
        try:
            view = await self._read(
                lambda sql: views.view(sql, hall, context.dossiers, ident, now, language or Language.VI), language
            )
        except DossierUnknown:
            return None
        await self._note(who, looking.DOSSIER_SEEN, ident, language)
        return view

    async def paper(self, who: Principal, ident: int, kind: str, language: str | None) -> Paper | None:
        """None also for what is erased. Raises RefusedError."""
        who.need(*AT_COUNTERS)
        context = self.context
        try:
            found = await self._read(lambda sql: looking.copy_of(sql, context.dossiers, ident, kind), language)
        except (DossierUnknown, DossierErased, AttachmentUnknown):
            return None
        await self._note(who, looking.PAPER_SEEN, ident, language)
        with _in_words(language):
            return Paper(await asyncio.to_thread(context.dossiers.files.read, found.digest), found.media_type)

    async def of_ticket(self, who: Principal, ticket: int) -> DossierRow | None:
        context, now = self.context, self.context.now()
        hall = context.hall(now)
        asked = looking.Wanted(limit=1, ticket=ticket)
        reply = await self._read(lambda sql: looking.listing(sql, hall, context.dossiers, who, asked, now))
        return reply.dossiers[0] if reply.dossiers else None

    async def figures(self) -> DossierFigures | None:
        """None where no kiosk of the hall takes dossiers."""
        now = self.context.now()
        hall = self.context.hall(now)
        if not hall.kiosk.self_service:
            return None
        day = now.astimezone(hall.zone).date()
        return DossierFigures(*await self._read(lambda sql: dossier_figures.of_day(sql, day)))

    async def status(self, token: str) -> DossierStatus | None:
        """By the receipt's token only: a code can be guessed."""
        if not TOKEN.fullmatch(token):
            return None
        try:
            return await self._read(lambda sql: views.status(sql, self.context.dossiers, token))
        except DossierUnknown:
            return None

    async def _read(self, work: Callable[[sqlite3.Connection], Result], language: str | None = None) -> Result:
        """Raises DossierUnknown, DossierErased, AttachmentUnknown, and RefusedError for all else."""
        with _in_words(language):
            return await self.context.db.read(work)

    async def _note(self, who: Principal, what: str, ident: int, language: str | None) -> None:
        """Once in ten minutes is enough."""
        now = self.context.now()
        if await self._read(lambda sql: looking.is_new(sql, who, what, ident, now)):
            with _in_words(language):
                await self.context.looks.note(self.context.db, who, what, ident, now)


@contextmanager
def _in_words(language: str | None) -> Iterator[None]:
    """Raises DossierUnknown, DossierErased, AttachmentUnknown as they are, and RefusedError for all else, in the
    reader's language."""
    try:
        yield
    except (DossierUnknown, DossierErased, AttachmentUnknown):
        raise
    except HallError as error:
        said = problem(error, language or Language.VI)
        raise RefusedError(said.status, said.code, said.detail, said.action) from error
