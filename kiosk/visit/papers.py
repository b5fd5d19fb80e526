"""The papers of a dossier: used again, photographed here, or brought to the counter."""

from __future__ import annotations

from dataclasses import replace

from kiosk import events as on
from kiosk.state import Screen, State, at, page_size
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit import filing
from kiosk.visit.asking import review
from kiosk.visit.course import Step, changed, given, numbered, owner, procedure, visiting
from kiosk.visit.state import Advice, PaperStand, Shot
from queue_server.contract import PAPER_PAGES, HeldPaper, HeldReply, HeldRequest, Outcome, Paper, PaperSource, holds

USELESS = frozenset({Advice.NO_PAPER, Advice.UNREADABLE, Advice.TOO_LARGE})
"""Such a picture is of no use to anybody; any other may be kept if the citizen says so."""


def wanted(state: State) -> tuple[Paper, ...]:
    """The papers that these answers ask for."""
    chosen, answers = procedure(state), given(state)
    return tuple(one for one in chosen.papers if holds(one.when, answers)) if chosen else ()


def begin(state: State) -> Step:
    """The list of papers, those of before as they stood; and the question which of them the hall holds."""
    asked_for = wanted(state)
    before = {stand.type: stand for stand in visiting(state).papers}
    stands = tuple(_opened(state, one, before.get(one.type)) for one in asked_for)
    listed = changed(state, papers=stands, paper=None, shot=None, before=None, problem=None, pointed=None)
    whose = owner(state)
    types = tuple(one.type for one in asked_for if one.digitise and one.valid_days is not None)
    if not stands:
        return leave(listed)
    if whose is None or not types:
        return at(listed, Screen.PAPERS), ()
    return at(changed(listed, working=True), Screen.PAPERS), (ask.AskHeld(HeldRequest(owner=whose, types=types)),)


def touch(state: State, event: on.Event) -> Step | None:
    """What a touch does on the list of papers and under the camera; None where it means nothing there."""
    if state.screen is Screen.CAPTURE:
        return _capture(state, event)
    match event:
        case visit.ReusePaper(code) if (stand := _stand(state, code)) and stand.held:
            return _put(state, replace(stand, source=PaperSource.HELD, left_out=False)), ()
        case visit.BringPaper(code) if stand := _stand(state, code):
            return _put(state, replace(stand, source=PaperSource.AT_COUNTER, left_out=False)), ()
        case visit.LeaveOutPaper(code) if (stand := _stand(state, code)) and not required(state, code):
            return _put(state, replace(stand, source=None, pages=(), left_out=True)), ()
        case visit.ShowPaper(code) if (stand := _stand(state, code)) and shows(state, code):
            laid = changed(_put(state, replace(stand, source=None, pages=(), left_out=False)), paper=code, before=stand)
            return at(changed(laid, shot=None, camera=None, camera_advice=None, working=False), Screen.CAPTURE), ()
        case visit.FindMissing():
            left = missing(state)
            return (_pointed(state, left[0]) if left else changed(state, pointed=None)), ()
        case visit.Done() if complete(state):
            return leave(state)
        case on.Back():
            return review(changed(state, working=False)), ()
    return None


def complete(state: State) -> bool:
    """Each paper that is required has its place."""
    return not missing(state)


def missing(state: State) -> tuple[str, ...]:
    """The types of the papers that are required and have no place yet."""
    stands = visiting(state).papers
    return tuple(one.type for one in stands if one.source is None and required(state, one.type))


def _pointed(state: State, code: str) -> State:
    """The list, at the page where this paper stands, with the citizen's eye led to it."""
    codes = [stand.type for stand in visiting(state).papers]
    page = codes.index(code) // page_size(state, Screen.PAPERS)
    return replace(changed(state, pointed=code), page=page)


def required(state: State, code: str) -> bool:
    return any(one.type == code and one.required for one in wanted(state))


def held(state: State, reply: HeldReply) -> State:
    """Papers the hall has already, offered for use again."""
    by_type = {one.type: one for one in reply.papers}
    stands = tuple(_as_held(stand, by_type.get(stand.type)) for stand in visiting(state).papers)
    # Under the camera it is the picture that is waited for.
    waits = visiting(state).working and state.screen is not Screen.PAPERS
    return changed(state, papers=stands, working=waits)


def _as_held(stand: PaperStand, found: HeldPaper | None) -> PaperStand:
    """Used again is only what is held of whoever files now: the answers may have changed since."""
    gone = stand.source is PaperSource.HELD and found is None
    return replace(stand, held=found, source=None if gone else stand.source)


def seen(state: State, picture: str, advice: Advice) -> State:
    if state.screen is not Screen.CAPTURE or visiting(state).shot:
        return state
    return changed(state, camera=picture, camera_advice=advice)


def shot(state: State, picture: str, advice: Advice) -> Step:
    """The picture that was asked for; whoever went back meanwhile needs it no more."""
    if state.screen is not Screen.CAPTURE or visiting(state).shot is not None:
        return state, (ask.Forget((picture,)),)
    return changed(state, shot=Shot(picture, advice), working=False), ()


def turned(state: State, picture: str, instead: str) -> Step:
    """`picture` lies another way round now; it may have been given up meanwhile."""
    taken = visiting(state).shot
    if taken is None or taken.picture != picture:
        return state, (ask.Forget((instead,)),) if instead != picture else ()
    return changed(state, shot=replace(taken, picture=instead), working=False), ()


def pictures(state: State) -> frozenset[str]:
    """Those in the vault that are still needed: the pages of all papers, and the page just taken."""
    here = state.visit
    if here is None:
        return frozenset()
    stands = (*here.papers, here.before) if here.before else here.papers
    sent = here.filing.pages if here.filing else ()
    kept = {picture for stand in stands for picture in stand.pages} | {one for _, pages in sent for one in pages}
    return frozenset(kept | {here.shot.picture} if here.shot else kept)


def room(stand: PaperStand) -> bool:
    """May another page follow the one that is being kept?"""
    return len(stand.pages) + 1 < PAPER_PAGES


def leave(state: State) -> Step:
    """From the papers: for what a counter completes who goes first there, then the declaration."""
    chosen = procedure(state)
    offered = state.reply is not None and state.reply.priorities
    if chosen is not None and chosen.outcome is Outcome.PREPARED and offered:
        picked = numbered(state, chosen)
        if picked is not None:
            whose = owner(state)
            asks = changed(filing.with_priority(picked, whose), for_dossier=True)
            return at(asks, Screen.PRIORITY), ()
    return filing.draw(state)


def _capture(state: State, event: on.Event) -> Step | None:
    here = visiting(state)
    stand = _stand(state, here.paper) if here.paper else None
    if stand is None:
        return (at(state, Screen.PAPERS), ()) if isinstance(event, on.Back) else None
    match event:
        case visit.Shoot() if here.shot is None and not here.working:
            return changed(state, working=True), (ask.ShootPaper(),)
        case visit.Retake() if here.shot is not None:
            return changed(state, shot=None, working=False), ()
        case visit.TurnShot() if _useful(here.shot) and here.shot is not None and not here.working:
            return changed(state, working=True), (ask.TurnShot(here.shot.picture),)
        case visit.KeepPage(more) if _useful(here.shot) and here.shot is not None and not here.working:
            kept = replace(stand, pages=(*stand.pages, here.shot.picture))
            if more and room(stand):
                return changed(_put(state, kept), shot=None), ()
            return _closed(_put(state, replace(kept, source=PaperSource.CAPTURED))), ()
        case visit.BringPaper():
            return _closed(_put(state, replace(stand, source=PaperSource.AT_COUNTER, pages=()))), ()
        case on.Back() | visit.Done():
            # What was kept of it counts; where nothing was, it stands as before.
            as_before = here.before or replace(stand, source=None)
            back = replace(stand, source=PaperSource.CAPTURED) if stand.pages else as_before
            return _closed(_put(state, back)), ()
    return None


def _useful(taken: Shot | None) -> bool:
    return taken is not None and taken.advice not in USELESS


def _closed(state: State) -> State:
    shut = changed(state, paper=None, before=None, shot=None, camera=None, camera_advice=None, working=False)
    return at(shut, Screen.PAPERS)


def _opened(state: State, paper: Paper, before: PaperStand | None) -> PaperStand:
    """How a paper stands when the list is first seen. What needs no picture, or cannot get one, is brought along."""
    if before is not None and before.source is not None:
        return before
    stand = before or PaperStand(paper.type)
    brought = paper.shown or not paper.digitise or not state.equipment.camera
    return replace(stand, source=PaperSource.AT_COUNTER if brought and paper.required else None)


def shows(state: State, code: str) -> bool:
    """May this paper be laid under the camera?"""
    return state.equipment.camera and any(one.type == code and one.digitise for one in wanted(state))


def _stand(state: State, code: str) -> PaperStand | None:
    return next((one for one in visiting(state).papers if one.type == code), None)


def _put(state: State, stand: PaperStand) -> State:
    return changed(
        state,
        papers=tuple(stand if one.type == stand.type else one for one in visiting(state).papers),
        declaration=None,
        pointed=None,
    )
