"""What the flow asks of the world; whoever carries it out answers with an event."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.state import Part
from queue_server.contract import Language, ServicesReply, Ticket, TicketRequest


class Effect:
    """Base of all effects."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FetchServices(Effect):
    """Ask the server what it offers; answered by ServicesArrived or ServicesFailed."""


@dataclass(frozen=True, slots=True)
class IssueTicket(Effect):
    """Ask for a number; answered by TicketIssued, IssueRefused or IssueUncertain with the same key."""

    key: str
    request: TicketRequest


@dataclass(frozen=True, slots=True)
class Print(Effect):
    """Put the ticket on paper; answered by Printed or PrintFailed. `reply` names the hall and the service."""

    ticket: Ticket
    reply: ServicesReply | None
    language: Language


@dataclass(frozen=True, slots=True)
class CheckPrinter(Effect):
    """Ask the printers how they are, and print what a power cut left behind; answered by PrinterChecked."""


@dataclass(frozen=True, slots=True)
class Report(Effect):
    """Tell the server how this kiosk and its printers are; not answered."""

    parts: tuple[Part, ...]
