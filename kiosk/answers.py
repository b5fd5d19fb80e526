"""What the answers of the server and the printer change."""

from __future__ import annotations

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.rest import FAILURES_SHOWN, rest, resting
from kiosk.state import (
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
from queue_server.contract import Problem, ServicesReply, Severity, Ticket, severity

POLL_S = 15.0
POLL_AGAIN_S = 3.0
"""Between two polls while the server is silent."""
PRINTER_S = 30.0
"""Between two looks at printers that are well, while nothing is printed."""
PRINTER_FAULTY_S = 10.0
REPORT_S = 60.0
RETRY_S = (1.0, 2.0, 3.0, 5.0)
"""Pauses before the request is sent again; the last one stays."""

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
            return _arrived(state, reply), ()
        case on.ServicesFailed():
            return _failed(state), ()
    return _printer_answer(state, event)


def _issued(state: State, key: str, ticket: Ticket) -> Step:
    language = state.pending.request.language if state.pending else state.language
    times = replace(state.times, touched=state.times.now)
    shown = replace(state, pending=None, settled_key=key, ticket=ticket, problem=None, times=times)
    shown = replace(shown, printing=Printing.RUNNING)
    return at(shown, Screen.TICKET), (do.Print(ticket, state.reply, language),)


def _refused(state: State, key: str, problem: Problem) -> Step:
    times = replace(state.times, touched=state.times.now)
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
            shown = state.ticket is not None and state.ticket.id == number
            # The ticket may have used up the paper: ask at once.
            return _seen(replace(state, printing=Printing.DONE) if shown else state, parts, ask_in_s=0.0)
        case on.PrintFailed(number, parts):
            shown = state.ticket is not None and state.ticket.id == number
            return _seen(_unprinted(state) if shown else state, parts, ask_in_s=PRINTER_FAULTY_S)
        case on.PrinterChecked(parts):
            well = all(severity(part.state) in {Severity.OK, Severity.UNKNOWN} for part in parts)
            return _seen(state, parts, ask_in_s=PRINTER_S if well else PRINTER_FAULTY_S)
    return None


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
