"""The questions that cover a screen: is somebody still there, does he or she need longer, is it to be given up."""

from __future__ import annotations

import math

from kiosk.events import Home, Touched
from kiosk.state import State, seconds_left, warning_s
from kiosk.ui.frame import GAP, between, primary, secondary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, MUTED, SURFACE, VEIL, WARNING
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import MoreTime, Stay
from kiosk.words import Words


def still_there(p: Painter, state: State, say: Words) -> None:
    """Only its own answers can be touched, and anywhere else means: yes. Whoever fills in a form may ask for more
    time, for all that follows."""
    _ = say.gettext
    left = math.ceil(max(0.0, seconds_left(state) or 0.0))
    at_work = state.visit is not None
    box = _sheet(p, 660.0 if p.landscape else 860.0, 130.0 if at_work else 0.0)
    p.target("anywhere", Box(0, 0, p.w, p.h), Touched(), 0)
    ring = (150.0 if at_work else 190.0) if p.landscape else 240.0
    place = Box(box.x + (box.w - ring) / 2, box.y + (30 if p.landscape else 46), ring, ring)
    p.arc(place, 0, 360, LINE, 8)
    p.arc(place, 0, max(1.0, 360 * min(1.0, left / warning_s(state))), GOLD, 8)
    p.text(str(left), place, ring * 0.48, INK, Weight.BOLD, "center", "middle", fixed=True)
    lost = _("If nobody answers, all that was entered is wiped and the screen returns to the start.")
    under = lost if at_work else _("If nobody answers, the screen returns to the start.")
    lines = [
        Line(_("Are you still there?"), 54, INK, Weight.BOLD),
        Line(under, 32, MUTED, Weight.MEDIUM, gap=8),
    ]
    row = _row(p, box)
    low = row.y - 20
    if at_work:
        more = Box(row.x, row.y - row.h - 20, row.w, row.h)
        secondary(p, "more-time", more, _("I need more time"), MoreTime(), size=36)
        low = more.y - 20
    y = place.bottom + 10
    stack(p, lines, Box(box.x + 40, y, box.w - 80, low - y), "center")
    _answers(p, row, _("Start over"), _("Yes, continue"), Touched())


def leave(p: Painter, state: State, say: Words) -> None:
    """Before what somebody has entered is thrown away."""
    _ = say.gettext
    box = _sheet(p, 560.0 if p.landscape else 760.0)
    side = 140.0 if p.landscape else 200.0
    disc = Box(box.x + (box.w - side) / 2, box.y + 44, side, side)
    p.disc(disc, GOLD_MIST)
    p.icon("warning", disc.inset(side * 0.24), WARNING)
    lines = [
        Line(_("Leave and start over?"), 54, INK, Weight.BOLD),
        Line(_("What you have entered is wiped from this kiosk. Nothing has been filed."), 32, MUTED, Weight.MEDIUM, 8),
    ]
    row = _row(p, box)
    stack(p, lines, Box(box.x + 40, disc.bottom + 10, box.w - 80, row.y - 20 - disc.bottom - 10), "center")
    _answers(p, row, _("Yes, leave"), _("No, go on"), Stay())


def _sheet(p: Painter, high: float, more: float = 0.0) -> Box:
    p.targets.clear()
    p.fill(Box(0, 0, p.w, p.h), VEIL)
    wide = min(p.w - 120, 960.0)
    high += more
    # Never over the foot, where help stays.
    top = min((p.h - high) / 2 + (0 if p.landscape else 180), between(p)[1] - high - 16)
    box = Box((p.w - wide) / 2, top, wide, high)
    p.panel(box, SURFACE, 40)
    return box


def _row(p: Painter, box: Box) -> Box:
    button = 130.0 if p.landscape else 160.0
    return Box(box.x + 48, box.bottom - button - 44, box.w - 96, button)


def _answers(p: Painter, row: Box, leaving: str, staying: str, stay: Touched | Stay) -> None:
    half = (row.w - GAP) / 2
    secondary(p, "home", Box(row.x, row.y, half, row.h), leaving, Home())
    primary(p, "stay", Box(row.x + half + GAP, row.y, half, row.h), staying, stay, size=36)
