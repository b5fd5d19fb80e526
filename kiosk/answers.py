"""What the answers of the server and the printer change."""

from __future__ import annotations

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.rest import rest, resting
from kiosk.state import (
    FAILURES_SHOWN,
    RESTING,
    Part,
    Pending,
    Printing,
    Screen,
    State,
    at,
    chosen_group,
    chosen_priority,
    chosen_service,
    clamped,
    first_list,
    groups,
)
from kiosk.visit import turns
from kiosk.visit.course import changed
from kiosk.visit.effects import FetchCatalogue
from queue_server.contract import CheckInRequest, Problem, ServicesReply, Severity, Ticket, TicketRequest, severity

POLL_S = 15.0
POLL_AGAIN_S = 3.0
"""Between two polls while the server is silent."""
PRINTER_S = 30.0
"""Between two looks at printers that are well, while nothing is printed."""
PRINTER_FAULTY_S = 10.0
REPORT_S = 60.0
RETRY_S = (1.0, 2.0, 3.0, 5.0)
"""Pauses before the request is sent again; the last one stays."""

RECEIPT = 0
"""In place of a ticket's number, where a receipt is printed."""

Step = tuple[State, tuple[do.Effect, ...]]


def answer(state: State, event: on.Event) -> Step | None:
    """The state after an answer of server or printer, and what is to be done; None for other events."""
    waiting = state.pending
    match event:
        case on.TicketIssued(key, ticket):
            # Whoever turned away while the answer was under way finds the number on the screen all the same.
            mine = waiting.key == key if waiting else state.screen in RESTING and key != state.settled_key
            return _issued(state, key, ticket) if mine else (state, ())
        case on.IssueRefused(key, problem):
            return _refused(state, key, problem) if waiting and waiting.key == key else (state, ())
        case on.IssueUncertain(key):
            return (_uncertain(state, waiting) if waiting and waiting.key == key else state), ()
        case on.ServicesArrived(reply):
            return _arrived(state, reply), _wanted(state, reply)
        case on.ServicesFailed():
            return _failed(state), ()
    visited = turns.answer(state, event)
    return visited if visited is not None else _printer_answer(state, event)


def _wanted(state: State, reply: ServicesReply) -> tuple[do.Effect, ...]:
    """The catalogue, when the server has another one; not under the hands of somebody who is filling in a form."""
    has = state.catalogue.version if state.catalogue else ""
    waits = state.visit is None or state.visit.renewing
    asks = reply.self_service and reply.catalogue != has and waits
    return (FetchCatalogue(),) if asks else ()


def _issued(state: State, key: str, ticket: Ticket) -> Step:
    request = state.pending.request if state.pending else None
    language = request.language if isinstance(request, TicketRequest) else state.language
    times = replace(state.times, touched=state.times.now)
    shown = replace(state, pending=None, settled_key=key, ticket=ticket, problem=None, times=times)
    shown = replace(shown, printing=Printing.RUNNING)
    return at(shown, Screen.TICKET), (do.Print(ticket, state.reply, language),)


def _refused(state: State, key: str, problem: Problem) -> Step:
    times = replace(state.times, touched=state.times.now)
    if state.pending and isinstance(state.pending.request, CheckInRequest):
        # A code mistyped is typed again.
        asked = changed(replace(state, pending=None, settled_key=key, times=times), problem=problem)
        return at(asked, Screen.CHECK_IN), ()
    told = replace(state, pending=None, settled_key=key, problem=problem, times=times)
    return at(told, Screen.REFUSED), (do.FetchServices(),)


def _uncertain(state: State, waiting: Pending) -> State:
    pause = RETRY_S[min(waiting.attempts, len(RETRY_S)) - 1]
    times = replace(state.times, retry_due=state.times.now + pause)
    counted = replace(state, pending=replace(waiting, attempts=waiting.attempts + 1), times=times)
    return at(counted, Screen.UNREACHABLE) if waiting.attempts >= FAILURES_SHOWN else counted


def _arrived(state: State, reply: ServicesReply) -> State:
    now = state.times.now
    times = replace(state.times, answered=now, poll_due=now + POLL_S)
    heard = replace(state, reply=reply, link_failures=0, times=times)
    if heard.pending:
        # The server speaks again: what waits for it need not wait longer.
        soon = min(times.retry_due, now) if state.link_failures else times.retry_due
        return replace(heard, times=replace(times, retry_due=soon))
    if heard.screen in RESTING:
        return at(heard, resting(heard))
    return clamped(_still_offered(heard))


def _still_offered(state: State) -> State:
    """The configuration may change while somebody chooses: go back to the first choice that is gone."""
    if state.screen not in (Screen.GROUP, Screen.SERVICE, Screen.PRIORITY, Screen.CONFIRM):
        return state
    if state.visit and state.visit.for_dossier:
        return state  # what has been filled in is not lost to a change of the lists
    if not groups(state):
        return rest(state)
    if state.screen is not Screen.GROUP and chosen_group(state) is None:
        return first_list(state)
    if state.screen in (Screen.PRIORITY, Screen.CONFIRM) and chosen_service(state) is None:
        return at(state, Screen.SERVICE)
    if state.priority is not None and chosen_priority(state) is None:
        listed = state.reply is not None and state.reply.priorities
        return at(replace(state, priority=None), Screen.PRIORITY if listed else Screen.CONFIRM)
    return state


def _failed(state: State) -> State:
    times = replace(state.times, poll_due=state.times.now + POLL_AGAIN_S)
    failed = replace(state, link_failures=state.link_failures + 1, times=times)
    return at(failed, resting(failed)) if state.screen in RESTING and not state.pending else failed


# --- the printers ----------------------------------------------------------------------------------------------


def _printer_answer(state: State, event: on.Event) -> Step | None:
    match event:
        case on.Printed(number, parts):
            # Of two slips one that did not come counts more. What is printed may have used up the paper: ask at once.
            whole = _shown(state, number) and not (state.visit and state.printing is Printing.FAILED)
            return _seen(replace(state, printing=Printing.DONE) if whole else state, parts, ask_in_s=0.0)
        case on.PrintFailed(number, parts):
            failed = _unprinted(state) if _shown(state, number) else state
            return _seen(failed, parts, ask_in_s=PRINTER_FAULTY_S)
        case on.PrinterChecked(parts):
            well = all(severity(part.state) in {Severity.OK, Severity.UNKNOWN} for part in parts)
            return _seen(state, parts, ask_in_s=PRINTER_S if well else PRINTER_FAULTY_S)
    return None


def _shown(state: State, number: int) -> bool:
    """The slip `number` belongs to what is on the screen; 0 is a receipt's."""
    receipt = state.visit.receipt if state.visit and state.screen is Screen.RECEIPT else None
    if receipt is not None:
        return number == RECEIPT or (receipt.ticket is not None and receipt.ticket.id == number)
    return state.ticket is not None and state.ticket.id == number


def _unprinted(state: State) -> State:
    """The number stays on the screen, and the time to write it down begins now."""
    times = replace(state.times, touched=state.times.now)
    return replace(state, printing=Printing.FAILED, times=times)


def _seen(state: State, parts: tuple[Part, ...], ask_in_s: float) -> Step:
    """A change of state is reported at once; a detail waits for the next report."""
    now = state.times.now
    times = replace(state.times, printer_due=now + ask_in_s)
    before = [(part.name, part.state) for part in state.parts]
    seen = replace(state, parts=parts or state.parts, times=times)
    if [(part.name, part.state) for part in seen.parts] == before:
        return seen, ()
    return replace(seen, times=replace(times, report_due=now + REPORT_S)), (do.Report(seen.parts),)
