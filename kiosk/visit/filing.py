"""The declaration is read and confirmed, then filed once, however often that has to be sent; and its receipt."""

from __future__ import annotations

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.state import SILENCE_S, Printing, Screen, State, at
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit import renewing
from kiosk.visit.course import Step, changed, draft, form, given, visiting, with_age
from kiosk.visit.numbering import number
from kiosk.visit.state import Declaration, FilePending, Visit
from queue_server.contract import (
    Complaint,
    DeclarationReply,
    FileRequest,
    Owner,
    PaperPart,
    PaperSource,
    Problem,
    Receipt,
    Text,
    asked,
)

RETRY_S = (1.0, 2.0, 3.0, 5.0)
"""Pauses before a filing is sent again; the last one stays."""
HELD_GONE = "held-paper-gone"
"""The server's word for a copy that it holds no more."""
DRAW = ask.DrawDeclaration.__name__


def draw(state: State) -> Step:
    """Ask for the pages of the declaration."""
    filled = draft(state)
    if filled is None:
        return at(state, Screen.REVIEW), ()
    asked_for = changed(state, declaration=None, problem=None, working=True)
    return at(asked_for, Screen.DECLARATION), (ask.DrawDeclaration(filled),)


def drawn(state: State, reply: DeclarationReply, pages: tuple[str, ...]) -> State:
    if state.screen is not Screen.DECLARATION or not pages:
        return state
    made = Declaration(pages, fee=reply.fee, fee_note=reply.fee_note, due_at=reply.due_at)
    return changed(state, declaration=made, working=False, problem=None)


def with_priority(state: State, whose: Owner | None) -> State:
    return with_age(state, whose.birth_date if whose else None)


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does from the declaration to the receipt; None where it means nothing there."""
    match state.screen, event:
        case Screen.DECLARATION, on.TurnPage(by):
            return _turned(state, by), ()
        case Screen.DECLARATION, visit.FileIt(key) | on.Confirm(key):
            return _file(state, key)
        case Screen.DECLARATION, visit.Retake() | visit.Done() if not visiting(state).declaration:
            return (state, ()) if visiting(state).working else draw(state)
        case Screen.DECLARATION, visit.TakeNumber() if renewing.withdrawn(visiting(state).problem):
            return number(state), ()
        case Screen.DECLARATION, on.Back() if _papers_gone(state):
            from kiosk.visit import papers

            return papers.begin(changed(state, working=False))
        case Screen.DECLARATION, on.Back():
            return at(changed(state, working=False, renewing=False, problem=None), _before(state)), ()
        case Screen.RECEIPT, visit.PrintReceiptAgain() | on.PrintAgain() if state.printing is Printing.FAILED:
            receipt = visiting(state).receipt
            return (replace(state, printing=Printing.RUNNING), _prints(state, receipt)) if receipt else (state, ())
        case Screen.RECEIPT, visit.PrintReceiptAgain():
            return state, ()
    return None


def _papers_gone(state: State) -> bool:
    """What the hall held when the list was shown it holds no more: it is asked again."""
    problem = visiting(state).problem
    return problem is not None and problem.code == HELD_GONE


def _before(state: State) -> Screen:
    return Screen.PAPERS if visiting(state).papers else Screen.REVIEW


def _turned(state: State, by: int) -> State:
    shown = visiting(state).declaration
    if shown is None:
        return state
    page = min(max(shown.page + by, 0), shown.views - 1)
    return changed(state, declaration=replace(shown, page=page, seen=shown.seen | {page}))


def _file(state: State, key: str) -> Step:
    """Only what has been read to its end."""
    here, filled = visiting(state), draft(state)
    if here.declaration is None or not here.declaration.read or filled is None or here.consent is None:
        return state, ()
    request = FileRequest(
        **filled.model_dump(exclude={"owner"}),
        owner=filled.owner,
        papers=tuple(PaperPart(type=one.type, source=one.source) for one in here.papers if one.source),
        confirmed=True,
        consent=here.consent,
        priority=state.priority,
    )
    pages = tuple((one.type, one.pages) for one in here.papers if one.source is PaperSource.CAPTURED)
    pending = FilePending(key, request, pages, since=state.times.now)
    times = replace(state.times, retry_due=state.times.now + SILENCE_S)
    sent = replace(changed(state, filing=pending, problem=None, working=False), times=times)
    return at(sent, Screen.FILING), (ask.FileDossier(key, request, pages),)


def again(state: State) -> Step:
    """The same filing with the same key, when its time has come."""
    pending = state.visit.filing if state.visit else None
    if pending is None or state.times.now < state.times.retry_due:
        return state, ()
    times = replace(state.times, retry_due=state.times.now + SILENCE_S)
    return replace(state, times=times), (ask.FileDossier(pending.key, pending.request, pending.pages),)


def filed(state: State, key: str, receipt: Receipt) -> Step:
    """It is filed. Whoever has left meanwhile finds the receipt on paper all the same."""
    pending = state.visit.filing if state.visit else None
    if key == state.filed_key:
        return state, ()
    state = replace(state, filed_key=key)
    if pending is None or pending.key != key:
        return state, (ask.PrintReceipt(receipt, state.reply, state.house_language),)
    times = replace(state.times, touched=state.times.now)
    # The answers are the hall's now; the kiosk has no more need of them.
    done = replace(
        state,
        visit=Visit(receipt=receipt, procedure=visiting(state).procedure),
        printing=Printing.RUNNING,
        settled_key=key,
        times=times,
    )
    return at(done, Screen.RECEIPT), _prints(done, receipt)


def _prints(state: State, receipt: Receipt) -> tuple[do.Effect, ...]:
    """The receipt, and before it the number, where somebody has to be seen."""
    slips: tuple[do.Effect, ...] = (ask.PrintReceipt(receipt, state.reply, state.language),)
    if receipt.ticket is not None:
        slips = (do.Print(receipt.ticket, state.reply, state.language), *slips)
    return slips


def uncertain(state: State, key: str) -> State:
    pending = state.visit.filing if state.visit else None
    if pending is None or pending.key != key:
        return state
    pause = RETRY_S[min(pending.attempts, len(RETRY_S)) - 1]
    times = replace(state.times, retry_due=state.times.now + pause)
    return replace(changed(state, filing=replace(pending, attempts=pending.attempts + 1)), times=times)


def refused(state: State, key: str, problem: Problem) -> Step:
    """Back to the question that is complained of; else why is said where the declaration stood."""
    pending = state.visit.filing if state.visit else None
    if pending is None or pending.key != key:
        return state, ()
    times = replace(state.times, touched=state.times.now)
    told = replace(changed(state, filing=None, declaration=None, problem=problem), times=times)
    return unfit(told, problem) or (at(told, Screen.DECLARATION), ())


def unfit(state: State, problem: Problem | None) -> Step | None:
    """Where a refusal leads of what was filled in: to the question complained of, or to a newer form; else None."""
    asked_again = disputed(state, problem)
    return (asked_again, ()) if asked_again is not None else renewing.outdated(state, problem)


def disputed(state: State, problem: Problem | None) -> State | None:
    """The question that the server complains of, with what is wrong next to it; None where it names none."""
    from kiosk.visit.reviewing import complained

    used = form(state)
    fields = [one.field for one in asked(used, given(state))] if used else []
    for one in problem.complaints if problem else ():
        if one.field in fields:
            return complained(state, Complaint(one.field, one.code, message=_said(one.detail)))
    return None


def _said(detail: str) -> Text | None:
    """The server's own words, which came in the citizen's language."""
    return Text(detail, detail) if detail else None
