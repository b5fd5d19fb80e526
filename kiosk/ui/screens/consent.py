"""Before anything personal is entered: what is kept, why, how long, and that one may refuse."""

from __future__ import annotations

from kiosk.state import State
from kiosk.ui.card import GUTTER
from kiosk.ui.frame import MARGIN, primary, secondary, title
from kiosk.ui.frame import between as whole
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE
from kiosk.ui.stack import Line, grown, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Agree, Decline
from kiosk.words import Words


def consent(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Two sentences large enough to be read, and two answers of the same size."""
    _ = say.gettext
    wide = p.w - 2 * MARGIN
    button = 150.0 if p.landscape else 190.0
    buttons = Box(MARGIN, bottom - button - 32, wide, button)
    head = _("May we keep what you enter?")
    lines = _lines(p, say)
    if p.low_reach:
        y = whole(p)[0] + 30
        small = [Line(head, 54, INK, Weight.BOLD)]
        high = height(p, small, wide)
        stack(p, small, Box(MARGIN, y, wide, high + 1), place="top")
        card_high = min(height(p, lines, wide - 100) + 90, buttons.y - 40 - y - high)
        card = Box(MARGIN, y + high + 20, wide, card_high)
    else:
        room = height(p, lines, wide - 100) + 70
        y = title(p, top, head, floor=0 if p.landscape else buttons.y - 40 - room)
        free = buttons.y - 28 - y
        card = Box(MARGIN, y, wide, free if p.landscape else min(room, free))
    p.panel(card, SURFACE, 28, edge=LINE, lifted=True)
    stack(p, grown(p, lines, card.inset(50, 26), 1.2), card.inset(50, 26))
    half = (wide - GUTTER - 8) / 2
    refuse = Box(buttons.x, buttons.y, half, button)
    agree = Box(buttons.right - half, buttons.y, half, button)
    secondary(p, "consent:no", refuse, _("No, take a number"), Decline(), size=38)
    primary(p, "consent:agree", agree, _("I agree"), Agree(), size=46, picture="check")


def _lines(p: Painter, say: Words) -> list[Line]:
    _ = say.gettext
    size = 31 if p.landscape else 38
    side, indent = (46.0, 74.0) if p.landscape else (56.0, 92.0)
    kept = _(
        "The hall keeps what you enter and photograph here only to handle this procedure, locked, and for as long as "
        "the law on archives asks."
    )
    refuse = _(
        "You may refuse and take a number instead; as long as nothing has been filed, all is wiped from this kiosk "
        "when you leave."
    )
    rights = _("You may ask at any counter what is kept of you, and have it corrected or erased.")
    return [
        Line(kept, size, INK, Weight.MEDIUM, 0, indent, "lock", side),
        Line(refuse, size, INK, Weight.MEDIUM, 28, indent, "touch", side),
        Line(rights, size * 0.8, MUTED, Weight.MEDIUM, 28, indent, "info", side * 0.8),
    ]
