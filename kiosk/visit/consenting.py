"""Before the first question: agree to what is kept, and scan a card so that less has to be typed."""

from __future__ import annotations

from dataclasses import replace

from kiosk import events as on
from kiosk.state import Screen, State, at
from kiosk.visit import events as visit
from kiosk.visit.asking import first_question
from kiosk.visit.course import Step, born_on, changed, form, procedure, said_by, visiting, with_age
from kiosk.visit.numbering import number
from kiosk.visit.state import CONSENT_VERSION, CardFields, Entry
from queue_server.contract import Outcome


def begin(state: State) -> State:
    """From the advice to the form; the answers to another procedure's form go."""
    chosen = procedure(state)
    if chosen is None or chosen.form is None or chosen.outcome is Outcome.GUIDANCE:
        return state
    here = changed(state, problem=None)
    if visiting(state).filling != chosen.code:
        here = changed(
            here,
            filling=chosen.code,
            consent=None,
            answers={},
            confirmed=frozenset(),
            drafts={},
            asking=None,
            reviewed=False,
            papers=(),
            declaration=None,
        )
    return first_question(here) if visiting(here).consent else at(here, Screen.CONSENT)


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does on the screens of consent and identity; None where it means nothing there."""
    match state.screen, event:
        case Screen.CONSENT, visit.Agree():
            agreed = changed(state, consent=CONSENT_VERSION)
            return (_identify(agreed) if state.equipment.scanner else first_question(agreed)), ()
        case Screen.CONSENT, visit.Decline():
            return _declined(state), ()
        case Screen.CONSENT, on.Back():
            return at(state, Screen.ADVICE), ()
        case Screen.IDENTIFY, visit.TypeInstead() | visit.Done():
            return first_question(changed(state, scan_problem=None)), ()
        case Screen.IDENTIFY, on.Back():
            return at(state, Screen.CONSENT), ()
    return None


def scanned(state: State, card: CardFields) -> State:
    """The card proposes answers; it proves nothing. Only where it was asked for. It is shown first: a neighbour's card
    is noticed before its words stand in a form."""
    if state.screen is not Screen.IDENTIFY:
        return state
    return with_age(changed(_taken_back(state, card), card=card, scan_problem=None), born_on(card))


def _taken_back(state: State, card: CardFields) -> State:
    """Without what another card had filled in; what the citizen has written stays."""
    here, used = visiting(state), form(state)
    if used is None or here.card is None or here.card == card:
        return state
    said = said_by(here.card)
    filled = {
        question.field: said[source]
        for question in used.questions
        for source in [next((one for one in question.prefill if one in said), None)]
        if source is not None
    }
    gone = {field for field, value in filled.items() if here.answers.get(field) == value}
    drafts = {
        field: kept
        for field, kept in here.drafts.items()
        if field not in gone and not (field in filled and kept[0].proposed)
    }
    return changed(
        state,
        answers={field: value for field, value in here.answers.items() if field not in gone},
        confirmed=here.confirmed - gone,
        drafts=drafts,
        asking=None,
        declaration=None,
    )


def _identify(state: State) -> State:
    return at(changed(state, scan_problem=None, entry=Entry()), Screen.IDENTIFY)


def _declined(state: State) -> State:
    """Nothing is kept; a number is offered."""
    kept = changed(
        state,
        consent=None,
        card=None,
        answers={},
        confirmed=frozenset(),
        drafts={},
        asking=None,
        papers=(),
        filling=None,
    )
    return number(replace(kept, priority=None))
