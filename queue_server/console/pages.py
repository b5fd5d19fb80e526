"""What the pages need from the house, as one protocol: the composition root fills it, tests fill it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from starlette.requests import Request

from queue_server.contract import (
    Appointment,
    AppointmentsReply,
    CounterView,
    DevicesReply,
    DossierRow,
    DossiersReply,
    DossierState,
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

STAFF = frozenset({Role.CLERK, Role.MANAGER, Role.ADMIN})
MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})


class RefusedError(Exception):
    """The house says no: `status` is HTTP's, `detail` and `action` are for the person, in the language asked for.

    `wait_s`: seconds until another try makes sense, as after too many wrong passwords.
    """

    def __init__(self, status: int, code: str, detail: str, action: str = "", wait_s: int | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.action = action
        self.wait_s = wait_s


@dataclass(frozen=True)
class Session:
    """Who sits at this browser. `counter`: the counter this clerk holds now, or a device stands at."""

    name: str
    role: Role
    csrf_token: str
    language: str | None = None
    counter: int | None = None


@dataclass(frozen=True)
class Picture:
    """A printed ticket as the preview printer drew it; `name` is a file name without folders."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Paper:
    """A paper of a dossier as it was digitised: an image or a PDF."""

    content: bytes
    media_type: str

    def __repr__(self) -> str:
        return f"Paper({self.media_type})"


@dataclass(frozen=True)
class Wanted:
    """What of the dossiers is looked for. `search`: a piece of a code, or the number of a ticket of today;
    `late`: only those past their due date; `before`: older than this id."""

    state: DossierState | None = None
    search: str = ""
    late: bool = False
    before: int | None = None


@dataclass(frozen=True)
class DossierFigures:
    """Today's dossiers from kiosks, for how many of them no paper was asked of which the hall held a valid copy, and
    how many copies were used again."""

    filed: int
    nothing_twice: int
    reused: int = 0


@dataclass(frozen=True)
class DemoLogin:
    """A login that exists only in the demonstration, shown on the first page."""

    username: str
    password: str
    role: Role


class Pages(Protocol):
    """Everything the pages ask. Views come ready for the asker; refusals are raised as RefusedError."""

    @property
    def session_cookie(self) -> str:
        """The name of the cookie that the JSON API accepts too."""
        ...

    @property
    def demo(self) -> bool:
        """Is this a demonstration: then the first page shows logins, and printed tickets can be looked at."""
        ...

    @property
    def short_of_disk(self) -> bool:
        """Is the server's disk full, or nearly: staff are told that not everything can be kept."""
        ...

    async def session(self, request: Request) -> Session | None:
        """The session of this request's cookie, or None when there is none or it has expired."""
        ...

    async def login(self, username: str, password: str, address: str, language: str) -> str:
        """The new session's cookie value. Raises RefusedError; with `wait_s` after too many tries."""
        ...

    async def device_login(self, token: str, address: str, language: str) -> str:
        """The new session's cookie value for a device that shows its bearer token. Raises RefusedError."""
        ...

    async def logout(self, cookie: str) -> None:
        """End the session of this cookie value; an unknown one is no error."""
        ...

    async def hall(self) -> Hall:
        """The hall's names and time zone."""
        ...

    async def counters(self, session: Session) -> Sequence[CounterView]:
        """All counters, in their order, for the choice of one and for transfers."""
        ...

    async def services(self) -> ServicesReply:
        """The services and the priority categories that the dialogs offer."""
        ...

    async def scale(self) -> Sequence[RatingLevel]:
        """The hall's rating scale, best level first."""
        ...

    async def counter_view(self, counter: int, session: Session) -> CounterView | None:
        """A clerk's screen, or None for a counter the hall does not have."""
        ...

    async def hall_view(self) -> HallView:
        """The manager's screen."""
        ...

    async def devices_view(self, machine: str | None, part: str | None) -> DevicesReply:
        """Every device; with a machine, and a part of it, only their changes."""
        ...

    async def track_view(self, token: str) -> TrackView | None:
        """A ticket by the token of its QR code, or None when unknown or no longer kept."""
        ...

    async def rate_view(self, counter: int) -> RateView | None:
        """The ticket just served at this counter, or None for a counter the hall does not have."""
        ...

    async def demo_logins(self) -> Sequence[DemoLogin]:
        """The demonstration's logins; empty otherwise."""
        ...

    async def previews(self) -> Sequence[Picture]:
        """Pictures of printed tickets, newest first; empty outside the demonstration."""
        ...

    async def preview(self, name: str) -> bytes | None:
        """One picture as PNG, or None when there is none of that name."""
        ...

    async def now(self) -> datetime:
        """The hall's present moment."""
        ...

    async def help_calls(self, session: Session) -> Sequence[HelpCall]:
        """Who needs help at a kiosk now, and who is on the way, oldest first."""
        ...

    async def appointments(self, session: Session, day: date | None) -> AppointmentsReply:
        """A day's appointments, today's without one."""
        ...

    async def appointment(self, session: Session, ident: int) -> Appointment | None:
        """One of them, for its slip."""
        ...

    async def slots(self, session: Session, day: date | None) -> SlotsReply:
        """What can be booked on a day, today without one."""
        ...

    async def dossiers(self, session: Session, wanted: Wanted) -> DossiersReply:
        """The newest first, one page of them."""
        ...

    async def dossier(self, session: Session, ident: int) -> DossierView | None:
        """One with all that its clerk needs, or None for an unknown one."""
        ...

    async def dossier_paper(self, session: Session, ident: int, kind: str) -> Paper | None:
        """One of its papers, or None where it is not digitised."""
        ...

    async def dossier_of_ticket(self, session: Session, ticket: int) -> DossierRow | None:
        """What the holder of this ticket has prepared at a kiosk."""
        ...

    async def dossier_figures(self) -> DossierFigures | None:
        """For the manager's screen; None where the hall takes no dossiers."""
        ...

    async def dossier_status(self, token: str) -> DossierStatus | None:
        """A dossier by the token of its receipt's QR code: its state and nothing personal; None when unknown."""
        ...
