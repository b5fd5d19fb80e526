"""What every endpoint works with, put together once by the composition root."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from fastapi import Request

from queue_server.catalogue.load import HallOn
from queue_server.catalogue.places import Places
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Hall
from queue_server.service.device_watch import DeviceWatch
from queue_server.service.devices import Heard
from queue_server.service.dossiers.looks import Looks
from queue_server.service.dossiers.registry import Registry
from queue_server.service.foresight import Foresight
from queue_server.service.nudges import Hub
from queue_server.service.principal import Principal
from queue_server.service.today import Today
from queue_server.service.watch import Watch
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.database import Database
from queue_server.store.vault import Vault

from .shared import Shared

SESSION_COOKIE = "motcua_session"


RECOGNISED_FOR = timedelta(seconds=5)
MOST_RECOGNISED = 1000
UPLOADS_AT_ONCE = 2
UPLOAD_S = 60.0
"""A photograph of 50 million dots takes 150 MB while it is looked at."""


class Recognised:
    """Devices recognised a moment ago, so that a busy one is not looked up at every request.

    A token that is taken away therefore still opens the door for up to five seconds.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[datetime, Principal]] = {}

    def get(self, token: str, now: datetime) -> Principal | None:
        until, who = self._known.get(token, (now, None))
        return who if until > now else None

    def put(self, token: str, who: Principal, now: datetime) -> None:
        if len(self._known) >= MOST_RECOGNISED:
            self._known.clear()
        self._known[token] = (now + RECOGNISED_FOR, who)


class Known:
    """What has been learned from the past days. One hall goes in and the same one comes out until something changes,
    so that it can be recognised."""

    def __init__(self) -> None:
        self.day: date | None = None
        """The day on which it is good."""
        self._durations: Durations | None = None
        self._applied: tuple[Hall, Hall] | None = None

    def learn(self, day: date, durations: Durations) -> None:
        """Work with `durations` on `day`."""
        self.day, self._durations, self._applied = day, durations, None

    def applied(self, hall: Hall) -> Hall:
        """`hall` with what is known."""
        if self._durations is None:
            return hall
        applied = self._applied
        if applied is None or applied[0] is not hall:
            applied = self._applied = hall, replace(hall, learned=self._durations)
        return applied[1]


@dataclass(frozen=True)
class Context:
    """The store, the rules, the clock and chance. `now` gives aware times; `new_token` 256 random bits as text."""

    db: Database
    hall_on: HallOn
    hub: Hub
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    vault: Vault
    catalogue: Catalogue = field(default_factory=Catalogue)
    places: Places = field(default_factory=Places)
    recognised: Recognised = field(default_factory=Recognised)
    board: Shared = field(default_factory=Shared)
    foresight: Foresight = field(default_factory=Foresight)
    known: Known = field(default_factory=Known)
    today: Today = field(default_factory=Today)
    watch: Watch = field(default_factory=Watch)
    heard: Heard = field(default_factory=Heard)
    device_watch: DeviceWatch = field(default_factory=DeviceWatch)
    looks: Looks = field(default_factory=Looks)
    upload_s: float = UPLOAD_S
    """How long a file may take to arrive."""
    uploading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE))

    @cached_property
    def dossiers(self) -> Registry:
        """What the use cases of dossiers work with beside the database."""
        files = AttachmentFiles(self.db.path.parent, self.vault)
        return Registry(self.vault, files, self.catalogue, self.places)

    def hall(self, now: datetime) -> Hall:
        """The rules in force at `now`, with what a manager has changed today and what has been learned."""
        hall = self.hall_on(now.date())
        day = now.astimezone(hall.zone).date()
        return self.known.applied(self.today.applied(hall if day == now.date() else self.hall_on(day), day))

    def new_track_token(self) -> str:
        """132 random bits: not to be guessed, and short enough for a coarse QR code that any phone reads."""
        return self.new_token()[:22]

    def base_url(self, request: Request) -> str:
        """Where phones reach the server: as the hall's file says, or else as this client did."""
        return self.hall(self.now()).public_url or str(request.base_url).rstrip("/")


async def context_of(request: Request) -> Context:
    """Asynchronous although it waits for nothing: FastAPI would run a plain function on another thread."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context
