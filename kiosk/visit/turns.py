"""Which part of a visit an event belongs to: the table from screens to what a touch does there, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.state import Help, Screen, State, at
from kiosk.visit import asking, consenting, filing, finding, looking_up, papers, renewing, reviewing
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import Step, changed, visiting
from kiosk.visit.effects import AskForHelp, AskHeld, DrawDeclaration, LookUp
from kiosk.visit.own_problems import UNANSWERED, own
from queue_server.contract import HelpRequest

Touch = Callable[[State, on.Event], Step | None]
SCANNING = frozenset({Screen.IDENTIFY, Screen.LOOK_UP, Screen.CHECK_IN})


def _ways(state: State, event: on.Event) -> Step | None:
    from kiosk.state import first_list

    match event:
        case visit.TakeNumber():
            return first_list(state), ()
        case visit.FindProcedure():
            return at(changed(state, trail=()), Screen.FIND), ()
        case visit.LookUpDossier():
            return looking_up.begin(state, Screen.LOOK_UP), ()
        case visit.CheckIn():
            return looking_up.begin(state, Screen.CHECK_IN), ()
        case on.Back():
            return at(state, Screen.LANGUAGE), ()
    return None


TOUCHED: Mapping[Screen, Touch] = {
    Screen.WAY: _ways,
    **dict.fromkeys((Screen.FIND, Screen.SEARCH, Screen.GUIDE, Screen.FOUND, Screen.ADVICE), finding.touch),
    **dict.fromkeys((Screen.CONSENT, Screen.IDENTIFY), consenting.touch),
    Screen.QUESTION: asking.touch,
    Screen.REVIEW: reviewing.touch,
    **dict.fromkeys((Screen.PAPERS, Screen.CAPTURE), papers.touch),
    **dict.fromkeys((Screen.DECLARATION, Screen.RECEIPT), filing.touch),
    **dict.fromkeys((Screen.LOOK_UP, Screen.STATUS, Screen.CHECK_IN), looking_up.touch),
}


def touch(state: State, event: on.Event) -> Step | None:
    """The state after a touch on a screen of the visit; None where it means nothing special there."""
    if isinstance(event, visit.CallHelp):
        return call(state)
    handler = TOUCHED.get(state.screen)
    return handler(state, event) if handler else None


def call(state: State) -> Step:
    """Help is called once. Whoever waits for it has time: nothing is forgotten meanwhile."""
    if state.help is not Help.NONE:
        return state, ()
    return replace(state, help=Help.CALLED, unhurried=True), (AskForHelp(HelpRequest(screen=state.screen.value)),)


def answer(state: State, event: on.Event) -> Step | None:
    """The state after an answer of server, scanner or camera to a visit; None for other events."""
    match event:
        case visit.CatalogueArrived(reply):
            if state.visit is not None and state.visit.renewing:
                return renewing.arrived(state, reply)
            # Nobody else's form changes under his hands.
            if state.visit is not None or (state.catalogue and state.catalogue.version == reply.version):
                return state, ()
            return replace(state, catalogue=reply), (ask.KeepCatalogue(reply),)
        case visit.PlacesArrived(reply):
            return replace(state, places=reply), ()
        case visit.Equipped(scanner, camera, headphones, lost):
            worn = headphones or state.equipment.headphones
            now = replace(state.equipment, scanner=scanner, camera=camera, headphones=worn, camera_lost=lost)
            return replace(state, equipment=now), ()
        case visit.Voiced(headphones):
            return replace(state, equipment=replace(state.equipment, speaker=True, headphones=headphones)), ()
        case visit.HelpIsComing(answered):
            return replace(state, help=Help.COMING if answered else state.help), ()
        case visit.Filed(key, receipt):
            return filing.filed(state, key, receipt)
        case visit.LeftOverFiled(receipt):
            return state, (ask.PrintReceipt(receipt, state.reply, state.house_language),)
        case visit.RequestFailed(AskForHelp.__name__):
            return replace(state, help=Help.NONE if state.help is Help.CALLED else state.help), ()
    return _visit_answer(state, event) if isinstance(event, ANSWERS) else None


QUESTIONS = (AskHeld, DrawDeclaration, LookUp)
REPLIES = (visit.HeldArrived, visit.DeclarationArrived, visit.StatusArrived, visit.RequestFailed)
ANSWERS = (
    *(visit.CardScanned, visit.CodeScanned, visit.ScanRefused, visit.PaperSeen, visit.PaperShot, visit.HeldArrived),
    visit.PaperTurned,
    *(visit.DeclarationArrived, visit.RequestFailed, visit.FilingRefused, visit.FilingUncertain),
    visit.StatusArrived,
)


def _visit_answer(state: State, event: on.Event) -> Step:
    """Answers to somebody who has left change nothing, nor do those to a question that another one has followed."""
    if state.visit is None:
        return state, ()
    if isinstance(event, REPLIES) and event.asked not in (None, *state.visit.awaited):
        return state, ()
    match event:
        case visit.CardScanned() if state.screen in (Screen.LOOK_UP, Screen.CHECK_IN):
            return changed(_awake(state), scan_problem="card"), ()
        case visit.CardScanned(card):
            return consenting.scanned(_awake(state), card), ()
        case visit.CodeScanned(text):
            if state.screen is Screen.IDENTIFY:
                return changed(_awake(state), scan_problem="not-a-card"), ()
            return looking_up.scanned(_awake(state), text)
        case visit.ScanRefused(problem):
            told = changed(_awake(state), scan_problem=problem)
            return (told if state.screen in SCANNING else state), ()
        case visit.PaperSeen(picture, advice):
            return papers.seen(state, picture, advice), ()
        case visit.PaperShot(picture, advice):
            return papers.shot(_awake(state), picture, advice)
        case visit.PaperTurned(picture, turned):
            return papers.turned(state, picture, turned)
        case visit.HeldArrived(reply):
            return papers.held(state, reply), ()
        case visit.DeclarationArrived(reply, pages):
            return filing.drawn(state, reply, pages), ()
        case visit.StatusArrived(status):
            return looking_up.arrived(state, status), ()
        case visit.FilingRefused(key, problem):
            return filing.refused(state, key, problem)
        case visit.FilingUncertain(key):
            return filing.uncertain(state, key), ()
        case visit.RequestFailed(what, problem):
            return _failed(state, what, problem)
    return state, ()


def _failed(state: State, what: str, problem: object) -> Step:
    from queue_server.contract import Problem

    said = problem if isinstance(problem, Problem) else None
    screen = {
        AskHeld.__name__: Screen.PAPERS,
        DrawDeclaration.__name__: Screen.DECLARATION,
        LookUp.__name__: Screen.LOOK_UP,
    }.get(what)
    if state.screen is not screen or not visiting(state).working:
        return state, ()
    told = changed(state, working=False, problem=said or own(UNANSWERED))
    if screen is Screen.PAPERS:
        return changed(told, problem=None), ()  # then each paper is shown or brought
    if screen is Screen.DECLARATION:
        return filing.unfit(told, said) or (told, ())
    return told, ()


def awaiting(state: State, effects: tuple[do.Effect, ...]) -> State:
    """Remember what the server is asked now, so that a slow answer to something else is not taken for its answer."""
    for effect in effects:
        if isinstance(effect, QUESTIONS):
            others = (one for one in visiting(state).awaited if type(one) is not type(effect))
            state = changed(state, awaited=(*others, effect))
    return state


def _awake(state: State) -> State:
    """Whoever holds something under a device is there."""
    return replace(state, times=replace(state.times, touched=state.times.now))


def watched(before: State, after: State) -> tuple[do.Effect, ...]:
    """What scanner and camera must do, and what must be forgotten, now that `after` has followed `before`."""
    effects: list[do.Effect] = []
    if _scans(before) != _scans(after):
        effects.append(ask.WatchScanner(on=_scans(after)))
    if _films(before) != _films(after):
        effects.append(ask.WatchPaper(on=_films(after)))
    if before.visit is not None and after.visit is None:
        effects.append(ask.Wipe())
    elif gone := papers.pictures(before) - papers.pictures(after):
        effects.append(ask.Forget(tuple(sorted(gone))))
    return tuple(effects)


def _scans(state: State) -> bool:
    return state.screen in SCANNING and state.equipment.scanner


def _films(state: State) -> bool:
    """Also while the camera is lost: it is looked for until it is there again."""
    return state.screen is Screen.CAPTURE and visiting(state).shot is None
