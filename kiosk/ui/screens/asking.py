"""The question whether somebody is still there, over the screen that nobody touches."""

from __future__ import annotations

import math

from kiosk.events import Home, Touched
from kiosk.state import WARNING_S, State, seconds_left
from kiosk.ui.frame import GAP, primary, secondary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, INK, LINE, MUTED, SURFACE, VEIL
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words


def still_there(p: Painter, state: State, say: Words) -> None:
    """Covers the screen; only its own two answers can be touched, and anywhere else means: yes."""
    _ = say.gettext
    left = math.ceil(max(0.0, seconds_left(state) or 0.0))
    p.targets.clear()
    p.fill(Box(0, 0, p.w, p.h), VEIL)
    p.target("anywhere", Box(0, 0, p.w, p.h), Touched(), 0)
    wide = min(p.w - 120, 960.0)
    high = 660.0 if p.landscape else 860.0
    box = Box((p.w - wide) / 2, (p.h - high) / 2 + (0 if p.landscape else 180), wide, high)
    p.panel(box, SURFACE, 40)
    ring = 190.0 if p.landscape else 240.0
    place = Box(box.x + (wide - ring) / 2, box.y + 46, ring, ring)
    p.arc(place, 0, 360, LINE, 8)
    p.arc(place, 0, max(1.0, 360 * min(1.0, left / WARNING_S)), GOLD, 8)
    p.text(str(left), place, 96 if p.landscape else 116, INK, Weight.BOLD, "center", "middle", fixed=True)
    button = 130.0 if p.landscape else 160.0
    lines = [
        Line(_("Are you still there?"), 54, INK, Weight.BOLD),
        Line(_("The screen returns to the start by itself."), 32, MUTED, Weight.MEDIUM, gap=8),
    ]
    y = place.bottom + 10
    stack(p, lines, Box(box.x + 40, y, wide - 80, box.bottom - button - 54 - y), "center")
    row = Box(box.x + 48, box.bottom - button - 44, wide - 96, button)
    half = (row.w - GAP) / 2
    secondary(p, "home", Box(row.x, row.y, half, row.h), _("Start over"), Home())
    primary(p, "stay", Box(row.x + half + GAP, row.y, half, row.h), _("Yes, continue"), Touched(), size=36)
