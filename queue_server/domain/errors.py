"""What the rules refuse, each with a stable code, a message for a person and what to do next.

`message` and `action` are gettext ids with `{placeholders}`; the edge translates them and fills in `params`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .text import N_


class HallError(Exception):
    """The root of all that the hall refuses. `code` is stable and part of the API."""

    code: ClassVar[str] = "hall-error"
    message: ClassVar[str] = N_("The request could not be carried out.")
    action: ClassVar[str] = N_("Try again; if it keeps happening, call the technician.")

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(fill(self.message, params))


def fill(template: str, params: Mapping[str, object]) -> str:
    """Put `params` into the `{placeholders}`; one without a value stays as it is."""
    return template.format_map(_Lenient(params))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


# --- tickets ---------------------------------------------------------------------------------------------------


class IllegalTransition(HallError):
    """The ticket's state does not allow what was asked. Params: number, state, verb."""

    code = "illegal-transition"
    message = N_("Ticket {number} is {state}; “{verb}” is not possible now.")
    action = N_("Reload to see where the ticket stands.")


class TicketUnknown(HallError):
    code = "ticket-unknown"
    message = N_("There is no such ticket.")
    action = N_("Check the number; tickets are valid for one day.")


class ServiceUnknown(HallError):
    """Params: service."""

    code = "service-unknown"
    message = N_("This hall does not offer the service “{service}”.")
    action = N_("Choose one of the services in the list.")


class PriorityUnknown(HallError):
    """Params: priority."""

    code = "priority-unknown"
    message = N_("This hall has no priority category “{priority}”.")
    action = N_("Choose one of the hall's categories.")


class PriorityUnchanged(HallError):
    """Params: number."""

    code = "priority-unchanged"
    message = N_("Ticket {number} already has this priority.")
    action = N_("Nothing needs to be done.")


class TransferNowhere(HallError):
    code = "transfer-nowhere"
    message = N_("A transfer needs another service or another counter.")
    action = N_("Choose where the person should go.")


class CounterLacksService(HallError):
    """Params: counter, service."""

    code = "counter-lacks-service"
    message = N_("Counter {counter} does not serve “{service}”.")
    action = N_("Choose a counter that serves it.")


class AlreadyRated(HallError):
    """Params: number."""

    code = "already-rated"
    message = N_("Ticket {number} has been rated already.")
    action = N_("Thank you; one rating a ticket is enough.")


class RatingUnknown(HallError):
    """Params: score."""

    code = "rating-unknown"
    message = N_("The rating scale has no level “{score}”.")
    action = N_("Choose one of the levels shown.")


class RatingClosed(HallError):
    """Params: number."""

    code = "rating-closed"
    message = N_("Ticket {number} can no longer be rated.")
    action = N_("Tell the hall's staff what you would like to say.")


# --- counters --------------------------------------------------------------------------------------------------


class CounterUnknown(HallError):
    """Params: counter."""

    code = "counter-unknown"
    message = N_("This hall has no counter {counter}.")
    action = N_("Choose one of the hall's counters.")


class CounterHeld(HallError):
    """Params: counter, holder."""

    code = "counter-held"
    message = N_("Counter {counter} is held by {holder}.")
    action = N_("Choose another counter, or ask {holder} to close it.")


class CounterNotOpen(HallError):
    """Params: counter."""

    code = "counter-not-open"
    message = N_("Counter {counter} is not open.")
    action = N_("Open the counter first.")


class CounterNotYours(HallError):
    """Params: counter."""

    code = "counter-not-yours"
    message = N_("You do not hold counter {counter}.")
    action = N_("Open the counter yourself, or leave it to its clerk.")


class CounterBusy(HallError):
    """Params: counter, number."""

    code = "counter-busy"
    message = N_("Counter {counter} still has ticket {number}.")
    action = N_("Finish, park or transfer {number} first.")


class CounterIdle(HallError):
    """Params: counter."""

    code = "counter-idle"
    message = N_("Counter {counter} has no ticket.")
    action = N_("Call the next one first.")


class ClerkElsewhere(HallError):
    """Params: counter."""

    code = "clerk-elsewhere"
    message = N_("You already hold counter {counter}.")
    action = N_("Close counter {counter} before you open another.")


# --- advice ----------------------------------------------------------------------------------------------------


class AdviceUnknown(HallError):
    code = "advice-unknown"
    message = N_("There is no such advice today.")
    action = N_("Reload the page to see what is advised now.")


class AdviceAnswered(HallError):
    code = "advice-answered"
    message = N_("This advice has been answered already, or it no longer holds.")
    action = N_("Reload the page to see what was done and what is advised now.")


# --- hours -----------------------------------------------------------------------------------------------------


class HallClosed(HallError):
    """Params: opens_at (a text in the hall's zone, or a dash)."""

    code = "hall-closed"
    message = N_("The hall is not issuing tickets now.")
    action = N_("Come back when the hall opens: {opens_at}.")


class NumbersExhausted(HallError):
    """Params: prefix."""

    code = "numbers-exhausted"
    message = N_("Today's numbers for “{prefix}” are used up.")
    action = N_("Ask the hall's staff for help.")
