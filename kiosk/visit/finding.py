"""From “what do I need?” to one procedure: by life event, by group, by search, or by three questions."""

from __future__ import annotations

from dataclasses import replace

from kiosk import events as on
from kiosk.state import Screen, State, at, clamped, first_list, guide_question
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.consenting import begin
from kiosk.visit.course import Step, changed, procedure, procedure_of, visiting
from kiosk.visit.keys import typed
from kiosk.visit.numbering import number
from kiosk.visit.state import Entry
from queue_server.contract import CatalogueReply, find

MOST_FOUND = 8


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does on the screens of finding; None where it means nothing there."""
    match event:
        case on.Back():
            return back(state), ()
        case visit.TakeNumber() if state.screen is Screen.ADVICE:
            return number(state), ()
        case visit.TakeNumber():
            return first_list(state), ()
        case visit.PrintChecklist() if state.screen is Screen.ADVICE and (chosen := procedure(state)):
            return state, (ask.PrintList(chosen, state.reply, state.language),)
        case visit.FillIn() if state.screen is Screen.ADVICE:
            return begin(state), ()
    moved = _move(state, event)
    return (moved, ()) if moved is not None else None


def _move(state: State, event: on.Event) -> State | None:
    catalogue = state.catalogue
    if catalogue is None:
        return None
    match event:
        case visit.StartSearch() if state.screen is Screen.FIND:
            return _searched(forward(changed(state, guide=(), event=None), Screen.SEARCH), visiting(state).sought)
        case visit.StartGuide() if state.screen is Screen.FIND and catalogue.guide:
            return forward(changed(state, guide=(), event=None), Screen.GUIDE)
        case visit.ChooseLifeEvent(code) if state.screen is Screen.FIND:
            return _listed(state, tuple(one.code for one in catalogue.procedures if code in one.life_events), code)
        case visit.ChooseFindGroup(code) if state.screen is Screen.FIND:
            return _listed(state, tuple(one.code for one in catalogue.procedures if one.group == code))
        case visit.AnswerGuide(place) if state.screen is Screen.GUIDE:
            return _guided(state, place)
        case visit.ChooseProcedure(code) if state.screen in (Screen.FOUND, Screen.SEARCH):
            return _advised(state, code)
        case visit.Done() if state.screen is Screen.SEARCH:
            found = visiting(state).found
            return _advised(state, found[0]) if len(found) == 1 else state
    if state.screen is Screen.SEARCH and (entry := typed(visiting(state).entry, event)) is not None:
        return _searched(changed(state, entry=entry), entry.text)
    return None


def forward(state: State, screen: Screen) -> State:
    """On to `screen`, remembering the way back."""
    trail = (*visiting(state).trail, (state.screen.value, state.page))
    return at(changed(state, trail=trail), screen)


def back(state: State) -> State:
    """To where the citizen came from, at the page that was shown; from the start of it all to the ways."""
    here = visiting(state)
    if state.screen is Screen.GUIDE and here.guide:
        return at(changed(state, guide=here.guide[:-1]), Screen.GUIDE)
    if state.screen is Screen.FIND or not here.trail:
        return at(changed(state, trail=()), Screen.WAY)
    (name, page), trail = here.trail[-1], here.trail[:-1]
    returned = at(changed(state, trail=trail), Screen(name))
    if returned.screen is Screen.SEARCH:
        returned = _searched(returned, here.sought)
    return clamped(replace(returned, page=page))


def _listed(state: State, codes: tuple[str, ...], event: str | None = None) -> State:
    """The procedures `codes` as a list; a single one at once."""
    if not codes:
        return state
    found = changed(state, found=codes, event=event, guide=())
    return _advised(found, codes[0]) if len(codes) == 1 else forward(found, Screen.FOUND)


def _advised(state: State, code: str) -> State:
    if procedure_of(state, code) is None:
        return state
    return forward(changed(state, procedure=code, problem=None), Screen.ADVICE)


def _guided(state: State, place: int) -> State:
    """The next question for those who do not know, or what they may be looking for."""
    asked = guide_question(state)
    if asked is None or not 0 <= place < len(asked.answers):
        return state
    answer = asked.answers[place]
    if answer.next is not None:
        return at(changed(state, guide=(*visiting(state).guide, answer.next)), Screen.GUIDE)
    codes = tuple(code for code in answer.procedures if procedure_of(state, code))
    if not codes:
        return state
    found = changed(state, found=codes, event=None)
    return _advised(found, codes[0]) if len(codes) == 1 else forward(found, Screen.FOUND)


def _searched(state: State, text: str) -> State:
    """What `text` finds, while it is being typed."""
    entry = visiting(state).entry
    if entry.text != text:
        entry = Entry(text=text, method=entry.method)
    found = _matches(state.catalogue, text)
    return replace(changed(state, entry=entry, sought=text, found=found), page=0)


def _matches(catalogue: CatalogueReply | None, text: str) -> tuple[str, ...]:
    if catalogue is None or not text.strip():
        return ()
    return tuple(one.code for one in find(text, catalogue.procedures, MOST_FOUND))
