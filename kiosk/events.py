"""What can happen to the kiosk: touches, the clock, and the answers of server and printer."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.state import Part
from queue_server.contract import Language, Problem, ServicesReply, Ticket


class Event:
    """Base of all events."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tick(Event):
    """Time passes; `now` in seconds of a monotonic clock."""

    now: float


@dataclass(frozen=True, slots=True)
class Resized(Event):
    landscape: bool


# --- touches ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched(Event):
    """A finger came down anywhere: somebody is here."""


@dataclass(frozen=True, slots=True)
class Start(Event):
    """The start button of the attract screen."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Event):
    """An answer on the language screen."""

    language: Language


@dataclass(frozen=True, slots=True)
class SwitchLanguage(Event):
    """The language button that every screen has."""

    language: Language


@dataclass(frozen=True, slots=True)
class ToggleLargeText(Event):
    """The button for larger text."""


@dataclass(frozen=True, slots=True)
class ChooseGroup(Event):
    code: str


@dataclass(frozen=True, slots=True)
class ChooseService(Event):
    code: str


@dataclass(frozen=True, slots=True)
class ChoosePriority(Event):
    """`code` is None for: none of these."""

    code: str | None


@dataclass(frozen=True, slots=True)
class Confirm(Event):
    """The citizen takes the number. `key`: fresh and unguessable; it becomes the request's idempotency key."""

    key: str


@dataclass(frozen=True, slots=True)
class TurnPage(Event):
    """`by`: +1 forward, -1 back."""

    by: int


@dataclass(frozen=True, slots=True)
class Back(Event):
    """One screen back."""


@dataclass(frozen=True, slots=True)
class Home(Event):
    """To the start; on the ticket screen: done; while the server is silent: no longer waiting for it."""


@dataclass(frozen=True, slots=True)
class PrintAgain(Event):
    """The paper did not come: try once more."""


# --- the server ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServicesArrived(Event):
    reply: ServicesReply


@dataclass(frozen=True, slots=True)
class ServicesFailed(Event):
    reason: str


@dataclass(frozen=True, slots=True)
class TicketIssued(Event):
    key: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class IssueRefused(Event):
    """The server said no, for good."""

    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class IssueUncertain(Event):
    """No answer, or none that tells whether the ticket exists: to be sent again with the same key."""

    key: str
    reason: str


# --- the printer -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed(Event):
    """`parts`, here and below: how the kiosk and its printers are as far as that is known now; empty: as before."""

    ticket: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintFailed(Event):
    """No printer put the ticket on paper."""

    ticket: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterChecked(Event):
    parts: tuple[Part, ...]
