"""All answers on one page: to be looked through, and each to be changed."""

from __future__ import annotations

from kiosk import events as on
from kiosk.state import Screen, State, at
from kiosk.visit import asking, papers
from kiosk.visit import events as visit
from kiosk.visit.course import Step, changed, form, given, owner, today, visiting
from kiosk.visit.numbering import number
from queue_server.contract import Complaint, ComplaintCode, asked, check


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does on the review page; None where it means nothing there."""
    used = form(state)
    if used is None:
        return None
    match event:
        case visit.ChangeAnswer(field) if any(one.field == field for one in asked(used, visiting(state).answers)):
            return asking.ask(state, field, from_review=True), ()
        case visit.Done() | visit.Agree():
            return go_on(state)
        case on.Back():
            shown = asked(used, visiting(state).answers)
            return (asking.ask(state, shown[-1].field) if shown else at(state, Screen.CONSENT)), ()
    return None


def go_on(state: State) -> Step:
    """To the papers, once all is answered and right; else to the first question that is not."""
    used = form(state)
    if used is None:
        return state, ()
    wrong = check(used, given(state), today(state))
    raised = asking.unanswered(used, state)
    if wrong:
        return complained(state, wrong[0]), ()
    if raised is not None:
        return asking.ask(state, raised.field, from_review=True), ()
    if owner(state) is None:
        # Nobody can file under no name: the question for it, or else a person at the counter.
        if used.owner and any(one.field == used.owner for one in asked(used, visiting(state).answers)):
            return complained(state, Complaint(used.owner, ComplaintCode.MISSING)), ()
        return number(state), ()
    return papers.begin(changed(state, reviewed=True))


def complained(state: State, complaint: Complaint) -> State:
    """The question that `complaint` is about, with what is wrong next to it."""
    here = visiting(state)
    drafts = {field: old for field, old in here.drafts.items() if field != complaint.field}
    return asking.ask(changed(state, drafts=drafts), complaint.field, from_review=True, complaint=complaint)
