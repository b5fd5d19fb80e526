"""The first question: only a number, or all that can be done here without a clerk."""

from __future__ import annotations

from kiosk.state import State, groups
from kiosk.ui.card import GUTTER, Choice, choice, rows
from kiosk.ui.frame import MARGIN, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import ON_PRIMARY, TEAL
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import CheckIn, FindProcedure, LookUpDossier, TakeNumber
from kiosk.words import Words


def way(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """A number is what most come for, and its button is the largest."""
    _ = say.gettext
    others = _others(state, say)
    y = title(p, top, _("What would you like to do?"), floor=0 if p.landscape else bottom - 1250, picture="touch")
    room = Box(MARGIN, y + 10, p.w - 2 * MARGIN, bottom - y - 40)
    if p.landscape:
        half = (room.w - 24) / 2
        _number(p, state, say, Box(room.x, room.y, half * 0.9, room.h))
        left = room.x + half * 0.9 + 24
        side = Box(left, room.y, room.right - left, room.h)
        for box, one in zip(rows(side, len(others), 240), others, strict=True):
            choice(p, box, one)
        return
    high = min(380.0, room.h * 0.34)
    _number(p, state, say, Box(room.x, room.y, room.w, high))
    below = Box(room.x, room.y + high + GUTTER + 8, room.w, room.h - high - GUTTER - 8)
    for box, one in zip(rows(below, len(others), 240), others, strict=True):
        choice(p, box, one)


def _others(state: State, say: Words) -> list[Choice]:
    _ = say.gettext
    found = [
        Choice(
            "way:look-up", _("Look up a dossier"), LookUpDossier(), _("Where it stands and when it is due"), "search"
        ),
        Choice("way:appointment", _("I have an appointment"), CheckIn(), _("Say that you are here"), "calendar"),
    ]
    if state.catalogue and state.catalogue.procedures:
        under = _("What to bring, what it costs, fill in and file right here")
        found.insert(0, Choice("way:file", _("Do it here, or ask how"), FindProcedure(), under, "pencil"))
    return found


def _number(p: Painter, state: State, say: Words, box: Box) -> None:
    _ = say.gettext
    p.panel(box, TEAL, 32, lifted=True)
    waiting = sum(service.waiting for group in groups(state) for service in group.services)
    now = _("%(people)s waiting") % {"people": say.people(waiting)}
    if p.landscape:
        side = 130.0
        p.icon("touch", Box(box.x + (box.w - side) / 2, box.y + box.h * 0.2, side, side), ON_PRIMARY)
        lines = _lines(say, now)
        low = box.y + box.h * 0.2 + side + 20
        stack(p, lines, Box(box.x + 30, low, box.w - 60, box.bottom - low - 40), "center")
    else:
        side = min(150.0, box.h - 90)
        p.icon("touch", Box(box.x + 60, box.y + (box.h - side) / 2, side, side), ON_PRIMARY)
        left = box.x + 60 + side + 46
        stack(p, _lines(say, now), Box(left, box.y + 16, box.right - left - 40, box.h - 32))
    p.target("way:number", box, TakeNumber(), 32, main=True)


def _lines(say: Words, now: str) -> list[Line]:
    _ = say.gettext
    return [
        Line(_("Take a number"), 60, ON_PRIMARY, Weight.EXTRABOLD),
        Line(_("to be served at a counter"), 34, ON_PRIMARY, Weight.MEDIUM, gap=4),
        Line(now, 30, ON_PRIMARY, Weight.SEMIBOLD, gap=12),
    ]
