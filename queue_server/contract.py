"""The wire models: what the server says and what its clients may rely on.

This is the only module of the server that the kiosk, the board and the device agent import. Times are
timezone-aware datetimes in UTC (ISO 8601 on the wire), durations are whole seconds, texts that people read
come in both languages.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .domain.calendar import OpeningReason as OpeningReason
from .domain.counter import CounterState as CounterState
from .domain.fate import Fate as Fate
from .domain.measure import MeasureKind as MeasureKind
from .domain.targets import Standing as Standing
from .domain.text import Language as Language
from .domain.ticket import TicketState as TicketState
from .domain.wait_span import SpanForm as SpanForm
from .domain.wait_span import wait_span as wait_span

API = "/api/v1"
IDEMPOTENCY_HEADER = "Idempotency-Key"
CSRF_HEADER = "X-CSRF-Token"
PROBLEM_TYPE = "application/problem+json"

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Instant = datetime


class Role(StrEnum):
    """Who may do what: three kinds of device, three kinds of person."""

    KIOSK = "kiosk"
    BOARD = "board"
    AGENT = "agent"
    CLERK = "clerk"
    MANAGER = "manager"
    ADMIN = "admin"


class Wire(BaseModel):
    """Base of what the server sends; a client ignores fields it does not know."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Request(BaseModel):
    """Base of what a client sends; a field the server does not know is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(Wire):
    """One text in the hall's two languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == Language.EN else self.vi


# --- what a client sends ---------------------------------------------------------------------------------------


class TicketRequest(Request):
    """A citizen takes a number. `then`: further services of the same visit, in order."""

    service: Code
    priority: Code | None = None
    then: tuple[Code, ...] = Field(default=(), max_length=5)
    language: Language = Language.VI


class ReasonRequest(Request):
    reason: Reason


class OptionalReasonRequest(Request):
    reason: Reason | None = None


class FinishRequest(Request):
    """`next_service`: the visit goes on there, in its queue, with the same ticket."""

    next_service: Code | None = None


class ResumeRequest(Request):
    """`counter`: call the person straight to this free counter; without it the ticket waits again."""

    counter: Annotated[int, Field(ge=1, le=999)] | None = None


class TransferRequest(Request):
    """At least one of the two: another service, another counter."""

    service: Code | None = None
    counter: Annotated[int, Field(ge=1, le=999)] | None = None
    reason: Reason | None = None


class PriorityRequest(Request):
    """`priority`: the category granted, or null to withdraw it."""

    priority: Code | None
    reason: Reason


class RateRequest(Request):
    """`score`: a level's code of the hall's scale."""

    score: Code


class DeviceReport(Request):
    """A device says how it is; `detail` is for the technician and never names a citizen."""

    device: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._ -]{1,40}$")]
    state: Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
    detail: Annotated[str, StringConstraints(max_length=200)] = ""


# --- what the server sends -------------------------------------------------------------------------------------


class Ticket(Wire):
    """A ticket as its holder and the clerks see it. `ahead`, `wait_low_s` and `wait_high_s` are null once called.

    `track_url` opens the holder's own page, where the service is rated: only the device that issues is told it.
    `standing`: how the wait stands against the ticket's own target, that of a priority ticket being shorter.
    """

    id: int
    number: str
    service: str
    priority: str | None
    state: TicketState
    issued_at: Instant
    ahead: int | None
    wait_low_s: int | None
    wait_high_s: int | None
    track_url: str | None
    then: tuple[str, ...] = ()
    queued_at: Instant
    counter: int | None = None
    called_at: Instant | None = None
    started_at: Instant | None = None
    finished_at: Instant | None = None
    recalls: int = 0
    no_show_offered: bool = False
    rating: str | None = None
    standing: Standing | None = None


class NextReply(Wire):
    """The ticket called, and why it and no other, in the caller's language."""

    ticket: Ticket
    reason: str


class Problem(Wire):
    """An error by RFC 9457: `code` is stable, `detail` says what is wrong, `action` what to do next."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    action: str
    errors: tuple[str, ...] = ()


class Hall(Wire):
    agency: LocalText
    name: LocalText
    timezone: str


class Opening(Wire):
    """Are tickets issued now; if not, why and from when. `note`: a holiday's name."""

    issuing: bool
    reason: OpeningReason
    opens_at: Instant | None = None
    closes_at: Instant | None = None
    note: LocalText | None = None


class Service(Wire):
    """A procedure as the kiosk offers it. `counters`: open counters that serve it now; `waiting`: for this procedure;
    `ahead`: all who would be called before a newcomer, whatever they wait for at the same counters."""

    code: str
    name: LocalText
    target_s: int
    papers: tuple[LocalText, ...] = ()
    duration: LocalText | None = None
    fee: LocalText | None = None
    waiting: int
    ahead: int = 0
    counters: int
    wait_low_s: int
    wait_high_s: int


class ServiceGroup(Wire):
    code: str
    prefix: str
    name: LocalText
    services: tuple[Service, ...]


class PriorityCategory(Wire):
    """`proof`: the paper the hall wants shown; `min_age`: in years, for the elderly."""

    code: str
    name: LocalText
    proof: LocalText | None = None
    min_age: int | None = None


class RatingLevel(Wire):
    """`value`: 1 is the worst."""

    code: str
    name: LocalText
    value: int


class ServicesReply(Wire):
    """All that a kiosk needs to start, in one answer."""

    hall: Hall
    opening: Opening
    groups: tuple[ServiceGroup, ...]
    priorities: tuple[PriorityCategory, ...]
    idle_s: int
    ticket_s: int
    now: Instant


class Announcement(Wire):
    """One call to be shown and spoken, once each, in the order of `id`. `kind`: call or recall."""

    id: int
    kind: str
    number: str
    counter: int
    counter_name: LocalText
    at: Instant


class BoardCall(Wire):
    number: str
    counter: int
    counter_name: LocalText
    state: TicketState
    at: Instant


class BoardCounter(Wire):
    id: int
    name: LocalText
    state: CounterState
    number: str | None


class BoardQueue(Wire):
    """Who is next in one group of services: the first numbers to be called, and how many wait in all; the wait that a
    newcomer may expect, None while no counter is open."""

    code: str
    name: LocalText
    numbers: tuple[str, ...]
    waiting: int
    wait_low_s: int | None = None
    wait_high_s: int | None = None


class BoardReply(Wire):
    """All that the public board shows. No name, no id number, no reason for priority."""

    hall: Hall
    opening: Opening
    now: Instant
    announcements: tuple[Announcement, ...]
    calls: tuple[BoardCall, ...]
    counters: tuple[BoardCounter, ...]
    queues: tuple[BoardQueue, ...]
    notices: tuple[LocalText, ...]


class QueueView(Wire):
    """One service of a counter: how many wait, the longest wait so far, how many are over target and how many are about
    to be, each by its own target."""

    service: str
    name: LocalText
    waiting: int
    longest_s: int
    target_s: int
    over_target: int
    at_risk: int = 0


class CounterTicket(Wire):
    """The ticket at a counter, or one parked there, with what its clerk needs. `waited_s`: till the call; `target_s`:
    its own, shorter with priority."""

    id: int
    number: str
    service: str
    service_name: LocalText
    priority: str | None
    priority_name: LocalText | None
    state: TicketState
    waited_s: int
    target_s: int
    queued_at: Instant
    called_at: Instant | None
    started_at: Instant | None
    recalls: int
    no_show_offered: bool
    then: tuple[str, ...]
    reason: str | None = None


class CounterView(Wire):
    """A clerk's screen as data. `holder`: who holds the counter; `mine`: it is the asker; `auto_call_at`: from when on
    the free counter calls by itself whoever waits for it, null where it does not."""

    id: int
    name: LocalText
    state: CounterState
    pause_reason: str | None
    holder: str | None
    mine: bool
    ticket: CounterTicket | None
    parked: tuple[CounterTicket, ...]
    missed: tuple[CounterTicket, ...]
    queues: tuple[QueueView, ...]
    waiting: int
    served_today: int
    now: Instant
    auto_call_at: Instant | None = None


class DeviceView(Wire):
    name: str
    role: Role
    device: str
    state: str
    detail: str
    at: Instant


class LateService(Wire):
    """`over`: how many of its tickets are expected over target."""

    service: str
    name: LocalText
    over: float


class Risk(Wire):
    """What is expected in the next 30 minutes: `over` of `tickets` over their target, a `share` from 0 to 1; from
    `threshold` on there is an alert."""

    share: float
    over: float
    tickets: float
    threshold: float
    services: tuple[LateService, ...]
    at: Instant


class Advice(Wire):
    """`what` to do and its `effect` in the next 30 minutes: tickets over target `before` and `after` it. `fate`: what
    was done with it, when, by whom and why; `offered` until then."""

    id: int
    kind: MeasureKind
    counter: int | None
    services: tuple[str, ...]
    what: LocalText
    effect: LocalText
    before: float
    after: float
    given_at: Instant
    fate: Fate
    answered_at: Instant | None = None
    by: str | None = None
    reason: str | None = None


class Alert(Wire):
    """`share`, `over`, `services`: as expected when it was raised; `advice`: all that was given, what stands
    first and of that the best."""

    id: int
    raised_at: Instant
    cleared_at: Instant | None
    share: float
    over: float
    services: tuple[LateService, ...]
    advice: tuple[Advice, ...]


class AlertsReply(Wire):
    """The day's alerts, oldest first."""

    alerts: tuple[Alert, ...]
    now: Instant


class HallView(Wire):
    """The manager's screen as data. `risk`: None until the hall has been looked at; `alert`: the one that stands;
    `advised`: whether measures have been tried out for it; `in_force`: advice that was taken today and still holds."""

    hall: Hall
    opening: Opening
    counters: tuple[CounterView, ...]
    queues: tuple[QueueView, ...]
    waiting: int
    served_today: int
    no_show_today: int
    mean_wait_s: int | None
    over_target_today: int
    ratings_today: dict[str, int]
    devices: tuple[DeviceView, ...]
    now: Instant
    risk: Risk | None = None
    alert: Alert | None = None
    advised: bool = False
    in_force: tuple[Advice, ...] = ()


class TrackView(Wire):
    """What the phone page of a ticket shows: nothing personal. `rateable`: served, and not yet rated."""

    number: str
    service_name: LocalText
    state: TicketState
    ahead: int | None
    wait_low_s: int | None
    wait_high_s: int | None
    counter_name: LocalText | None
    issued_at: Instant
    called_at: Instant | None
    rateable: bool
    rating: str | None
    scale: tuple[RatingLevel, ...]
    hall: Hall
    now: Instant


class RateView(Wire):
    """What the screen at a counter shows: the ticket just served there, if it can still be rated."""

    counter: int
    counter_name: LocalText
    ticket_id: int | None
    number: str | None
    scale: tuple[RatingLevel, ...]
    hall: Hall
    now: Instant


class Nudge(Wire):
    """Something changed; fetch it again. `changed`: ticket, counter, device or alert; `id`: whose."""

    changed: str
    id: int
