"""From a state to what is read aloud: which screen says what, and what covers it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.speech import alone, numbers
from kiosk.state import Screen, State, warned
from kiosk.words import Words

Says = Callable[[State, Words], list[str]]

SCREENS: dict[Screen, Says] = {
    **dict.fromkeys((Screen.STARTING, Screen.ATTRACT, Screen.CLOSED, Screen.UNREACHABLE), numbers.resting),
    **dict.fromkeys((Screen.LANGUAGE, Screen.GROUP, Screen.SERVICE, Screen.PRIORITY), numbers.choosing),
    Screen.CONFIRM: numbers.confirming,
    Screen.ISSUING: numbers.issuing,
    Screen.TICKET: numbers.ticket,
    Screen.REFUSED: numbers.refused,
    Screen.WAY: alone.way,
    Screen.FIND: alone.find,
    Screen.SEARCH: alone.search,
    Screen.GUIDE: alone.guide,
    Screen.FOUND: alone.found,
    Screen.ADVICE: alone.advice,
    Screen.CONSENT: alone.consent,
    Screen.IDENTIFY: alone.identify,
    Screen.QUESTION: alone.question,
    Screen.REVIEW: alone.review,
    Screen.PAPERS: alone.papers,
    Screen.CAPTURE: alone.capture,
    Screen.DECLARATION: alone.declaration,
    Screen.FILING: alone.filing,
    Screen.RECEIPT: alone.receipt,
    Screen.LOOK_UP: lambda state, say: alone.asking_code(state, say, say.gettext("Where does your dossier stand?")),
    Screen.CHECK_IN: lambda state, say: alone.asking_code(state, say, say.gettext("You have an appointment")),
    Screen.STATUS: alone.status,
}


def spoken(state: State, say: Words) -> tuple[str, ...]:
    """The screen's question, its help, its choices and what is wrong, in this order. What somebody entered is among it
    only while headphones are plugged in; numbers and codes are spelt."""
    _ = say.gettext
    if warned(state):
        more = [_("I need more time")] if state.visit is not None else []
        return (_("Are you still there?"), _("Yes, continue"), *more)
    if state.leaving:
        lost = _("What you have entered is wiped from this kiosk. Nothing has been filed.")
        return (_("Leave and start over?"), lost, _("Yes, leave"), _("No, go on"))
    if state.access:
        names = (_("Larger text"), _("High contrast"), _("Lower buttons"), _("Voice"))
        return (_("Make the screen fit you"), *names)
    return tuple(text for text in SCREENS[state.screen](state, say) if text)
