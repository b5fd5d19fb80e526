"""What a touch does on each screen; a touch that does not fit the screen does nothing."""

from __future__ import annotations

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.rest import rest
from kiosk.state import (
    ALONE,
    CHOOSING,
    SILENCE_S,
    Pending,
    Printing,
    Screen,
    State,
    at,
    choices,
    chosen_group,
    chosen_service,
    clamped,
    groups,
    page_size,
)
from kiosk.visit import events as visit
from kiosk.visit import filing, turns
from kiosk.visit.course import first_screen, offers_ways, procedure
from queue_server.contract import TicketRequest

Step = tuple[State, tuple[do.Effect, ...]]


def touch(state: State, event: on.Event) -> Step:
    """The state after the touch `event`, and what is to be done."""
    match event:
        case on.SwitchLanguage(language):
            return replace(state, language=language), ()
        case on.ToggleLargeText():
            return clamped(replace(state, large_text=not state.large_text)), ()
        case visit.ToggleAccess():
            return replace(state, access=not state.access), ()
        case visit.ToggleContrast():
            return replace(state, contrast=not state.contrast), ()
        case visit.ToggleLowReach():
            return clamped(replace(state, low_reach=not state.low_reach)), ()
        case visit.ToggleVoice():
            return replace(state, voice=not state.voice), ()
        case visit.MoreTime():
            return replace(state, unhurried=True), ()
        case visit.Stay():
            return replace(state, leaving=False), ()
        case on.Touched():
            return state, ()
        case on.Home() if _leavable(state):
            return _home(state)
        case on.Back() if state.leaving or state.access:
            return replace(state, leaving=False, access=False), ()
    if state.leaving and not isinstance(event, visit.CallHelp):
        return state, ()
    alone = turns.touch(state, event)
    return alone if alone is not None else _number_touch(state, event)


def _number_touch(state: State, event: on.Event) -> Step:
    """On the way to a number."""
    match event:
        case on.Start() if state.screen is Screen.ATTRACT:
            return at(state, Screen.LANGUAGE), (do.FetchServices(),)
        case on.ChooseLanguage(language) if state.screen is Screen.LANGUAGE:
            return first_screen(replace(state, language=language)), ()
        case on.TurnPage(by) if choices(state):
            return clamped(replace(state, page=state.page + by)), ()
        case on.Confirm(key) if state.screen is Screen.CONFIRM and state.service:
            return _confirm(state, key, state.service)
        case on.Back():
            return back(state), ()
        case on.PrintAgain() if state.printing is Printing.FAILED and state.ticket:
            return replace(state, printing=Printing.RUNNING), (do.Print(state.ticket, state.reply, state.language),)
        case on.ChoosePriority() if state.screen is Screen.PRIORITY and state.visit and state.visit.for_dossier:
            chosen = choose(state, event)
            return filing.draw(chosen) if chosen is not state else (state, ())
    return choose(state, event), ()


def choose(state: State, event: on.Event) -> State:
    """One entry of a list, if the list is shown and has it."""
    match event:
        case on.ChooseGroup(code) if state.screen is Screen.GROUP:
            picked = replace(state, group=code)
            return at(picked, Screen.SERVICE) if chosen_group(picked) else state
        case on.ChooseService(code) if state.screen is Screen.SERVICE:
            picked = replace(state, service=code, priority=None)
            return at(picked, _after_service(state)) if chosen_service(picked) else state
        case on.ChoosePriority(code) if state.screen is Screen.PRIORITY and state.reply:
            known = code is None or any(category.code == code for category in state.reply.priorities)
            return at(replace(state, priority=code), Screen.CONFIRM) if known else state
    return state


def back(state: State) -> State:
    """One screen back; the choices made so far stay."""
    match state.screen:
        case Screen.LANGUAGE | Screen.REFUSED:
            return rest(state)
        case Screen.GROUP:
            return _before_lists(state)
        case Screen.SERVICE:
            return at(state, Screen.GROUP) if len(groups(state)) > 1 else _before_lists(state)
        case Screen.CONFIRM if _after_service(state) is Screen.PRIORITY:
            return at(state, Screen.PRIORITY)
        case Screen.PRIORITY if state.visit and state.visit.for_dossier:
            return at(state, Screen.PAPERS if state.visit.papers else Screen.REVIEW)
        case Screen.PRIORITY | Screen.CONFIRM if procedure(state):
            return at(state, Screen.ADVICE)
        case Screen.PRIORITY | Screen.CONFIRM:
            return _service_list(state)
    return state


def _before_lists(state: State) -> State:
    return at(state, Screen.WAY if offers_ways(state) else Screen.LANGUAGE)


def _after_service(state: State) -> Screen:
    return Screen.PRIORITY if state.reply and state.reply.priorities else Screen.CONFIRM


def _service_list(state: State) -> State:
    """The list of services, at the page where the chosen one stands."""
    group = chosen_group(state)
    codes = [service.code for service in group.services] if group else []
    place = codes.index(state.service) if state.service in codes else 0
    return clamped(replace(at(state, Screen.SERVICE), page=place // page_size(state, Screen.SERVICE)))


def _home(state: State) -> Step:
    """To the start. One slip of a finger does not lose what was entered: then it is asked once."""
    if _has_entered(state) and not state.leaving:
        return replace(state, leaving=True, access=False), ()
    return rest(state), (do.FetchServices(),)


def _has_entered(state: State) -> bool:
    """There is something to lose. A filing under way is not lost by leaving."""
    here = state.visit
    if here is None or here.filing or here.receipt or state.ticket:
        return False
    asking = here.asking if state.screen is Screen.QUESTION else None
    begun = asking and (here.entry.text or asking.picked or asking.strokes or any(asking.parts))
    return bool(here.answers or here.drafts or here.papers or here.card or begun)


def _leavable(state: State) -> bool:
    """Not while the request is fresh: its answer is a second away, and a ticket nobody sees helps nobody."""
    return state.screen in CHOOSING | ALONE | {Screen.TICKET, Screen.RECEIPT} or state.waits_in_vain


def _confirm(state: State, key: str, service: str) -> Step:
    request = TicketRequest(service=service, priority=state.priority, language=state.language)
    times = replace(state.times, retry_due=state.times.now + SILENCE_S)
    asked = replace(state, pending=Pending(key, request, since=state.times.now), times=times)
    return at(asked, Screen.ISSUING), (do.IssueTicket(key, request),)
