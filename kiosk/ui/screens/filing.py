"""The filing under way: calm, and clear that nothing is lost however long it takes."""

from __future__ import annotations

from kiosk.state import State
from kiosk.ui.card import MIND, strip
from kiosk.ui.frame import MARGIN
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, MUTED
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words


def filing(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """After the first try without an answer it says so, and that no second dossier can come of it."""
    _ = say.gettext
    pending = state.visit.filing if state.visit else None
    late = pending is not None and pending.attempts > 1
    middle = top + (bottom - top) * 0.46
    side = 180.0
    p.spinner(Box((p.w - side) / 2, middle - side - 60, side, side))
    lines = [
        Line(_("Your dossier is being filed"), 56, INK, Weight.BOLD),
        Line(_("Please stay here: the receipt comes in a moment."), 34, MUTED, Weight.MEDIUM, gap=10),
    ]
    end = stack(p, lines, Box(MARGIN, middle - 30, p.w - 2 * MARGIN, bottom - middle - 250), "center", "top")
    if late:
        head = _("The line is slow. Nothing is lost.")
        text = _("It is sent again until the hall has answered, and it is filed once only.")
        high = 170.0 if p.landscape else 200.0
        strip(p, Box(MARGIN, min(end + 40, bottom - high - 30), p.w - 2 * MARGIN, high), "unplugged", head, text, MIND)
