"""One question after the other: each answer is checked at once, and going back loses nothing."""

from __future__ import annotations

from dataclasses import replace

from kiosk import events as on
from kiosk.state import Screen, State, at
from kiosk.visit import drafting
from kiosk.visit import events as visit
from kiosk.visit.course import Step, changed, form, given, known, question, today, visiting
from kiosk.visit.keys import MOST_CHARACTERS, ready, typed
from kiosk.visit.state import Asking, Entry
from queue_server.contract import (
    SIGNED_AT_COUNTER,
    Complaint,
    Control,
    Form,
    Question,
    Value,
    asked,
    check_answer,
    following,
    preceding,
    prefill,
)


def first_question(state: State) -> State:
    """The question where the citizen left off; at the first time the first one."""
    used, here = form(state), visiting(state)
    if used is None:
        return state
    if here.asking is not None and used.question(here.asking.field):
        return ask(state, here.asking.field)
    first = following(used, here.answers, None)
    return ask(state, first.field) if first else at(state, Screen.REVIEW)


def ask(state: State, field: str, *, from_review: bool = False, complaint: Complaint | None = None) -> State:
    """The question `field`, with what was entered there before, its answer, or what is proposed."""
    used = form(state)
    wanted = used.question(field) if used else None
    if used is None or wanted is None:
        return state
    here = visiting(state)
    proposed = False
    if field in here.drafts:
        asking, text = here.drafts[field]
        proposed = asking.proposed
    else:
        value = here.answers.get(field)
        if value is None and field not in here.confirmed:
            value = prefill(used, here.answers, known(state)).get(field)
            proposed = value is not None
        asking, text = drafting.drafted(wanted, value, state.places)
    asking = replace(asking, complaint=complaint, from_review=from_review, proposed=proposed)
    entry = Entry(text=text, method=drafting.method(wanted, here.entry), signs=wanted.control in drafting.DIGITS)
    shown = changed(state, asking=asking, entry=ready(entry, drafting.capitals(wanted)), problem=None)
    return at(shown, Screen.QUESTION)


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does to the question on the screen; None where it means nothing there."""
    used, wanted, asking = form(state), question(state), visiting(state).asking
    if used is None or wanted is None or asking is None:
        return None
    match event:
        case visit.Done():
            return _done(state, used, wanted, asking), ()
        case visit.Skip() if not wanted.required:
            return _forward(_settled(state, wanted, None), used, asking), ()
        case on.Back():
            return _back(state, used, wanted, asking), ()
        case visit.TakeSameAs(other) if other in wanted.same_as and other in given(state):
            value = visiting(state).answers[other]
            taken, text = drafting.drafted(wanted, value, state.places)
            return _entered(state, replace(taken, from_review=asking.from_review), text), ()
    if wanted.control is Control.DATE and (figured := drafting.figured(asking, visiting(state).entry, event)):
        return changed(state, asking=replace(figured[0], complaint=None, proposed=False), entry=figured[1]), ()
    changed_asking = _handled(state, wanted, asking, event)
    if changed_asking is not None:
        return _entered(state, changed_asking), ()
    entry = typed(
        visiting(state).entry,
        event,
        drafting.capitals(wanted),
        drafting.MOST_TYPED.get(wanted.control, MOST_CHARACTERS),
    )
    if entry is None:
        return None
    retyped = entry.text != visiting(state).entry.text
    calm = replace(asking, complaint=None, proposed=False) if retyped else asking
    turned = replace(state, page=0) if retyped else state
    return changed(turned, entry=entry, asking=calm), ()


def leave(state: State) -> State:
    """The same state with what stands half entered put aside, to be found again."""
    here, wanted = visiting(state), question(state)
    if here.asking is None or wanted is None:
        return state
    text = here.entry.text if wanted.control in drafting.TYPED else ""
    kept = (replace(here.asking, complaint=None, from_review=False, figures=None), text)
    return changed(state, drafts={**here.drafts, here.asking.field: kept})


def unanswered(used: Form, state: State) -> Question | None:
    """The first question that is asked now and was never before the citizen."""
    here = visiting(state)
    return next((one for one in asked(used, here.answers) if one.field not in here.confirmed), None)


def _handled(state: State, wanted: Question, asking: Asking, event: on.Event) -> Asking | None:
    """The control after a touch that is no key."""
    calm = replace(asking, complaint=None, proposed=False)
    match wanted.control, event:
        case Control.DATE, visit.TurnWheel(part, by):
            return replace(calm, parts=drafting.turned(asking.parts, part, by, today(state)), figures=None)
        case Control.DATE, visit.ClearEntry():
            return replace(calm, parts=(None, None, None), figures=None)
        case Control.SIGNATURE, visit.Stroke(points):
            return replace(calm, strokes=drafting.stroked(asking.strokes, points), picked=())
        case Control.SIGNATURE, visit.ClearEntry():
            return replace(calm, strokes=(), picked=())
        case Control.COMMUNE, visit.OtherProvince():
            return replace(calm, province=None)
        case _, visit.PickOption(code):
            return _picked(state, wanted, calm, code)
    return None


def _picked(state: State, wanted: Question, calm: Asking, code: str) -> Asking | None:
    provinces = state.places.provinces if state.places else ()
    match wanted.control:
        case Control.YES_NO if code in (drafting.YES, drafting.NO):
            return replace(calm, picked=(code,))
        case Control.CHOICE if any(one.code == code for one in wanted.options):
            return replace(calm, picked=(code,))
        case Control.CHOICES if any(one.code == code for one in wanted.options):
            chosen = {*calm.picked} ^ {code}
            return replace(calm, picked=tuple(one.code for one in wanted.options if one.code in chosen))
        case Control.SIGNATURE if code == SIGNED_AT_COUNTER:
            return replace(calm, picked=(code,), strokes=())
        case Control.PROVINCE if any(one.code == code for one in provinces):
            return replace(calm, picked=(code,))
        case Control.COMMUNE if any(one.code == code for one in provinces):
            same = bool(calm.picked) and drafting.province_of(calm.picked[0], state.places) == code
            return replace(calm, province=code, picked=calm.picked if same else ())
        case Control.COMMUNE if drafting.province_of(code, state.places) is not None:
            return replace(calm, province=drafting.province_of(code, state.places), picked=(code,))
    return None


def _entered(state: State, asking: Asking, text: str | None = None) -> State:
    """The control's new inside; a list that has changed with it begins at its first page."""
    before, here = visiting(state).asking, visiting(state)
    # What was typed to find a province does not find a commune.
    new_list = before is not None and before.province != asking.province
    entry = replace(here.entry, text="" if new_list else here.entry.text if text is None else text)
    return changed(replace(state, page=0) if new_list else state, asking=asking, entry=entry)


def _done(state: State, used: Form, wanted: Question, asking: Asking) -> State:
    value = drafting.answered(wanted, asking, visiting(state).entry)
    complaint = check_answer(used, wanted, value, given(state), today(state))
    if complaint is not None:
        return changed(state, asking=replace(asking, complaint=complaint))
    return _forward(_settled(state, wanted, value), used, asking)


def _settled(state: State, wanted: Question, value: Value | None) -> State:
    """The answer stands. What the declaration said before is no longer so."""
    here = visiting(state)
    answers = {field: old for field, old in here.answers.items() if field != wanted.field}
    if value is not None:
        answers[wanted.field] = value
    drafts = {field: old for field, old in here.drafts.items() if field != wanted.field}
    confirmed = here.confirmed | {wanted.field}
    return changed(state, answers=answers, drafts=drafts, confirmed=confirmed, declaration=None, problem=None)


def _forward(state: State, used: Form, asking: Asking) -> State:
    """The next question; from the review page only those that an answer has newly raised."""
    if asking.from_review:
        raised = unanswered(used, state)
        return ask(state, raised.field, from_review=True) if raised else review(state)
    onward = following(used, visiting(state).answers, asking.field)
    raised = onward or unanswered(used, state)
    return ask(state, raised.field) if raised else review(state)


def review(state: State) -> State:
    return at(changed(state, entry=Entry(method=visiting(state).entry.method)), Screen.REVIEW)


def _back(state: State, used: Form, wanted: Question, asking: Asking) -> State:
    if wanted.control is Control.COMMUNE and asking.province is not None:
        # From the communes to the provinces, first.
        return _entered(state, replace(asking, province=None, complaint=None))
    left = leave(state)
    if asking.from_review:
        return review(left)
    before = preceding(used, visiting(left).answers, asking.field)
    if before is not None:
        return ask(left, before.field)
    return at(left, Screen.IDENTIFY if state.equipment.scanner else Screen.CONSENT)
