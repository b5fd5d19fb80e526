"""The hall and what it offers: all that a kiosk needs."""

from __future__ import annotations

from queue_server.domain.calendar import OpeningReason

from .base import Instant, LocalText, Wire


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


class ServicesReply(Wire):
    """All that a kiosk needs to start, in one answer. `self_service`: a dossier can be prepared and filed at the kiosk;
    `catalogue`: the version of `CatalogueReply` now in force."""

    hall: Hall
    opening: Opening
    groups: tuple[ServiceGroup, ...]
    priorities: tuple[PriorityCategory, ...]
    idle_s: int
    ticket_s: int
    self_service: bool = False
    catalogue: str = ""
    now: Instant
