"""The foot of every screen: back, start over, help, access and language, each always at its own place."""

from __future__ import annotations

from kiosk.events import Back, Event, Home, SwitchLanguage
from kiosk.state import RESTING, Help, Screen, State
from kiosk.ui.frame import MARGIN, between
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, PAPER, SUCCESS, SUCCESS_MIST, SURFACE, TEAL, Colour
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import CallHelp, ToggleAccess
from kiosk.words import Words, following, words

BETWEEN = 16
ENDED = frozenset({Screen.ISSUING, Screen.TICKET, Screen.REFUSED, Screen.FILING, Screen.RECEIPT})
"""Nothing to go back to: what was asked for is done, or under way."""
SLOTS = ("back", "home", "help", "access", "language")


def footer(p: Painter, state: State, say: Words) -> None:
    """Five places; one that means nothing here stays empty, so that none ever moves."""
    _ = say.gettext
    top = between(p)[1]
    p.fill(Box(0, top, p.w, p.h - top), SURFACE)
    p.rule(0, top, p.w, LINE)
    walking = state.screen not in RESTING | ENDED
    if walking:
        _button(p, "back", _place(p, "back"), "back", _("Back"), Back())
    if walking or state.waits_in_vain:
        _button(p, "home", _place(p, "home"), "home", _("Start over"), Home())
    help_button(p, state, say)
    _button(p, "access", _place(p, "access"), "larger", _("Larger text, voice"), ToggleAccess())
    other = following(state.language)
    _button(p, "switch-language", _place(p, "language"), "globe", words(other).own_name, SwitchLanguage(other))


def _place(p: Painter, slot: str) -> Box:
    top = between(p)[1]
    edge = 20.0 if p.landscape else 18.0
    wide = (p.w - 2 * MARGIN - (len(SLOTS) - 1) * BETWEEN) / len(SLOTS)
    return Box(MARGIN + SLOTS.index(slot) * (wide + BETWEEN), top + edge, wide, p.h - top - 2 * edge)


def help_button(p: Painter, state: State, say: Words) -> None:
    """Also above whatever covers the screen. A call that stands is seen on the button itself, by words, colour and
    sign."""
    _ = say.gettext
    box = _place(p, "help")
    match state.help:
        case Help.CALLED:
            _button(p, "help", box, "bell", _("Called: please wait"), CallHelp(), INK, GOLD_MIST, GOLD)
        case Help.COMING:
            _button(p, "help", box, "person", _("Somebody is coming"), CallHelp(), SUCCESS, SUCCESS_MIST, SUCCESS)
        case _:
            _button(p, "help", box, "help", _("Call for help"), CallHelp())


def _button(
    p: Painter,
    name: str,
    box: Box,
    picture: str,
    label: str,
    event: Event,
    ink: Colour = INK,
    back: Colour = PAPER,
    edge: Colour = LINE,
) -> None:
    p.panel(box, back, 24, edge=edge)
    line = [Line(label, 26, ink, Weight.SEMIBOLD)]
    if p.landscape:
        p.icon(picture, Box(box.x + 16, box.y + (box.h - 38) / 2, 38, 38), TEAL)
        stack(p, line, Box(box.x + 62, box.y + 4, box.w - 68, box.h - 8))
    else:
        p.icon(picture, Box(box.x + box.w / 2 - 23, box.y + 12, 46, 46), TEAL)
        stack(p, line, Box(box.x + 8, box.y + 60, box.w - 16, box.h - 66), "center")
    p.target(name, box, event)
