"""When something is heard: the voice says each new screen, and a bell goes with every alert, voice or no voice.

Beside the flow as the screen is: it looks at the state before and after, and decides nothing.
"""

from __future__ import annotations

from kiosk.effects import Effect
from kiosk.events import Event
from kiosk.speech.spoken import spoken
from kiosk.state import RESTING, Help, Printing, Screen, State, warned
from kiosk.visit.effects import Alert, Say
from kiosk.visit.events import Focused
from kiosk.words import words

PERSONAL = frozenset({Screen.QUESTION, Screen.REVIEW, Screen.DECLARATION})
"""Where answers are read, in headphones only."""


def heard(before: State, after: State, event: Event | None = None) -> tuple[Effect, ...]:
    """What the voice has to say and whether the bell rings, now that `after` has followed `before`."""
    bell: tuple[Effect, ...] = (Alert(),) if _alerts(after) - _alerts(before) else ()
    if before.voice and (not after.voice or after.screen in RESTING):
        return (*bell, Say((), after.language))
    if not after.voice or after.screen in RESTING:
        return bell
    if isinstance(event, Focused):
        private = event.private
        # The name of a key tells what is being entered: with nobody's ear but one's own.
        allowed = event.label and (after.equipment.headphones or not private)
        return (*bell, Say((event.label,), after.language, private)) if allowed else bell
    if _heard(before) == _heard(after):
        return bell
    private = after.equipment.headphones and after.screen in PERSONAL
    return (*bell, Say(spoken(after, words(after.language)), after.language, private))


def _heard(state: State) -> object:
    """What must change before the screen is read again: not each letter typed, not each picture of the camera."""
    visit = state.visit
    asking = visit.asking if visit else None
    seen = (
        asking and (asking.field, asking.province, asking.complaint),
        visit and (visit.guide, visit.procedure, visit.problem, visit.card is not None, visit.scan_problem),
        visit and (visit.shot, visit.camera_advice, visit.papers, visit.declaration and visit.declaration.read),
        visit and visit.filing and visit.filing.attempts > 1,
        visit and visit.working,
    )
    over = state.access, state.leaving, warned(state)
    return state.voice, state.language, state.screen, state.page, state.printing, state.problem, over, seen


def _alerts(state: State) -> set[str]:
    """What nobody should miss who does not look; each is seen on the screen, too."""
    visit = state.visit
    told = {
        "idle": warned(state),
        "no-paper": state.printing is Printing.FAILED,
        "refused": state.screen is Screen.REFUSED,
        "wrong": visit is not None and visit.asking is not None and visit.asking.complaint is not None,
        "problem": visit is not None and visit.problem is not None,
        "scan": visit is not None and visit.scan_problem is not None,
        "card": visit is not None and visit.card is not None,
        "filed": state.screen is Screen.RECEIPT,
        "number": state.screen is Screen.TICKET,
        "help": state.help is Help.COMING,
    }
    return {name for name, so in told.items() if so}
