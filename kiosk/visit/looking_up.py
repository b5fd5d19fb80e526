"""Where does my dossier stand, and: I have an appointment. A code is typed or scanned."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from kiosk import events as on
from kiosk.state import SILENCE_S, Pending, Screen, State, at
from kiosk.typing import Method
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import Step, changed, visiting
from kiosk.visit.keys import Capitals, typed
from kiosk.visit.state import Entry
from queue_server.contract import CheckInRequest, DossierStatus

MOST_CHARACTERS = 200
CODE = Entry(method=Method.PLAIN)


def begin(state: State, screen: Screen) -> State:
    return at(changed(state, entry=CODE, status=None, problem=None, scan_problem=None), screen)


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does where a code is asked for; None where it means nothing there."""
    here = visiting(state)
    match state.screen, event:
        case Screen.STATUS, on.Back() | visit.Done() | visit.LookUpDossier():
            return begin(state, Screen.LOOK_UP), ()
        case Screen.LOOK_UP, visit.Done():
            return look_up(state, here.entry.text)
        case Screen.CHECK_IN, on.Confirm(key):
            return _check_in(state, key)
        case Screen.CHECK_IN, visit.Done():
            # An appointment is kept once, whoever presses how often.
            return _check_in(state, f"appointment-{here.entry.text.strip().upper()}")
        case Screen.LOOK_UP | Screen.CHECK_IN, on.Back():
            return at(changed(state, working=False, problem=None), Screen.WAY), ()
    if state.screen in (Screen.LOOK_UP, Screen.CHECK_IN):
        entry = typed(here.entry, event, Capitals.ALL, MOST_CHARACTERS)
        if entry is not None:
            return changed(state, entry=entry, problem=None, scan_problem=None), ()
    return None


def scanned(state: State, text: str) -> Step:
    """A code under the scanner, as if it had been typed."""
    if state.screen is Screen.LOOK_UP:
        return look_up(state, text)
    if state.screen is Screen.CHECK_IN:
        code = text.strip().rstrip("/").rsplit("/", 1)[-1]
        entered = replace(CODE, text=code[:MOST_CHARACTERS])
        return changed(state, entry=entered, problem=None, scan_problem=None), ()
    return state, ()


def look_up(state: State, text: str) -> Step:
    if not text.strip() or len(text) > MOST_CHARACTERS or visiting(state).working:
        return state, ()
    return changed(state, working=True, problem=None, scan_problem=None), (ask.LookUp(text.strip(), state.language),)


def arrived(state: State, status: DossierStatus) -> State:
    if state.screen is not Screen.LOOK_UP or not visiting(state).working:
        return state
    return at(changed(state, status=status, working=False, problem=None), Screen.STATUS)


def _check_in(state: State, key: str) -> Step:
    try:
        request = CheckInRequest(code=visiting(state).entry.text, priority=state.priority)
    except ValidationError:
        return changed(state, scan_problem="not-an-appointment"), ()
    times = replace(state.times, retry_due=state.times.now + SILENCE_S)
    asked = replace(state, pending=Pending(key, request, since=state.times.now), times=times)
    return at(asked, Screen.ISSUING), (ask.CheckInAt(key, request, state.language),)
