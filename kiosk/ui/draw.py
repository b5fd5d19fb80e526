"""From a state to its picture: which screen draws it, within the frame that all share."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.state import Screen, State, warned
from kiosk.ui.foot import footer, help_button
from kiosk.ui.frame import between, header, within_reach
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import PAPER
from kiosk.ui.screens.access import access_panel
from kiosk.ui.screens.advice import advice
from kiosk.ui.screens.asking import leave, still_there
from kiosk.ui.screens.capture import capture
from kiosk.ui.screens.choosing import group_list, priority_list, service_list
from kiosk.ui.screens.confirming import confirm
from kiosk.ui.screens.consent import consent
from kiosk.ui.screens.declaration import declaration
from kiosk.ui.screens.entering import check_in, look_up
from kiosk.ui.screens.filing import filing
from kiosk.ui.screens.find import find, found, guide
from kiosk.ui.screens.identify import identify
from kiosk.ui.screens.issued import issuing, ticket
from kiosk.ui.screens.notices import closed, refused, unreachable
from kiosk.ui.screens.papers import papers
from kiosk.ui.screens.question import question
from kiosk.ui.screens.receipt import receipt
from kiosk.ui.screens.review import review
from kiosk.ui.screens.searching import search
from kiosk.ui.screens.status import status
from kiosk.ui.screens.way import way
from kiosk.ui.screens.welcome import language, welcome
from kiosk.words import Words, words

Draw = Callable[[Painter, State, Words, float, float], None]

SCREENS: dict[Screen, Draw] = {
    Screen.STARTING: welcome,
    Screen.ATTRACT: welcome,
    Screen.LANGUAGE: language,
    Screen.GROUP: group_list,
    Screen.SERVICE: service_list,
    Screen.PRIORITY: priority_list,
    Screen.CONFIRM: confirm,
    Screen.ISSUING: issuing,
    Screen.TICKET: ticket,
    Screen.REFUSED: refused,
    Screen.CLOSED: closed,
    Screen.UNREACHABLE: unreachable,
    Screen.WAY: way,
    Screen.FIND: find,
    Screen.SEARCH: search,
    Screen.GUIDE: guide,
    Screen.FOUND: found,
    Screen.ADVICE: advice,
    Screen.CONSENT: consent,
    Screen.IDENTIFY: identify,
    Screen.QUESTION: question,
    Screen.REVIEW: review,
    Screen.PAPERS: papers,
    Screen.CAPTURE: capture,
    Screen.DECLARATION: declaration,
    Screen.FILING: filing,
    Screen.RECEIPT: receipt,
    Screen.LOOK_UP: look_up,
    Screen.STATUS: status,
    Screen.CHECK_IN: check_in,
}

LOW_ANYWAY = frozenset(
    {
        *(Screen.STARTING, Screen.ATTRACT, Screen.CONFIRM, Screen.ISSUING, Screen.TICKET, Screen.REFUSED),
        *(Screen.CLOSED, Screen.UNREACHABLE, Screen.FILING, Screen.RECEIPT, Screen.STATUS),
    }
)
"""Screens to be read, whose few buttons stand in the lower half in any case."""


def draw(painter: Painter, state: State) -> None:
    """Draw `state` whole."""
    say = words(state.language)
    top, bottom = between(painter) if state.screen in LOW_ANYWAY else within_reach(painter)
    painter.fill(Box(0, 0, painter.w, painter.h), PAPER)
    SCREENS[state.screen](painter, state, say, top, bottom)
    # After the screen, so that its ornament ends at the band and the foot.
    header(painter, state, say)
    footer(painter, state, say)
    cover = still_there if warned(state) else leave if state.leaving else access_panel if state.access else None
    if cover is not None:
        cover(painter, state, say)
        # Whoever is lost there needs it most.
        help_button(painter, state, say)
