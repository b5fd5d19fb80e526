"""One ticket, as its holder, its clerk and its own page see it."""

from __future__ import annotations

from queue_server.domain.targets import Standing
from queue_server.domain.ticket import TicketState

from .base import Instant, LocalText, Wire
from .hall import Hall


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


class RatingLevel(Wire):
    """`value`: 1 is the worst."""

    code: str
    name: LocalText
    value: int


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
