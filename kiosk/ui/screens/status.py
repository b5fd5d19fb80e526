"""Where a dossier stands: its state in words, sign and colour, when it is due, and nothing about anybody."""

from __future__ import annotations

from kiosk.events import Home
from kiosk.state import State
from kiosk.ui.card import BAD, CALM, GOOD, MIND, Tone, strip
from kiosk.ui.frame import MARGIN, primary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words, zone
from queue_server.contract import DossierState, DossierStatus

LOOKS: dict[DossierState, tuple[Tone, str]] = {
    DossierState.DRAFT: (CALM, "pencil"),
    DossierState.SUBMITTED: (CALM, "folder"),
    DossierState.RECEIVED: (CALM, "folder"),
    DossierState.SUPPLEMENT_REQUESTED: (MIND, "bag"),
    DossierState.PROCESSING: (CALM, "clock"),
    DossierState.RESULT_READY: (GOOD, "check"),
    DossierState.RETURNED: (GOOD, "check"),
    DossierState.REFUSED: (BAD, "warning"),
    DossierState.WITHDRAWN: (CALM, "cross"),
}


def status(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    shown = state.visit.status if state.visit else None
    if shown is None:
        return
    wide = p.w - 2 * MARGIN
    button = 120.0 if p.landscape else 160.0
    place = Box(MARGIN, bottom - button - 30, wide, button)
    primary(p, "done", place, _("Done"), Home(), size=44, picture="check")
    tone, picture = LOOKS[shown.state]
    lines = _lines(p, state, say, shown)
    banner = 112.0 if p.landscape else 190.0
    needed = height(p, lines, wide - 100) + banner + (70 if p.landscape else 90)
    high = min(needed, place.y - 40 - top)
    y = top + 24 if p.landscape else max(top + 40, top + (place.y - top - high) / 2)
    card = Box(MARGIN, y, wide, min(high, place.y - 28 - y))
    p.panel(card, SURFACE, 32, edge=LINE, lifted=True)
    said = say.local(shown.state_name)
    note = say.local(shown.note) if shown.note else ""
    strip(p, Box(card.x + 20, card.y + 20, wide - 40, banner), picture, said[:1].upper() + said[1:], note, tone)
    stack(p, lines, Box(card.x + 50, card.y + banner + 36, wide - 100, card.h - banner - 60))


def _lines(p: Painter, state: State, say: Words, shown: DossierStatus) -> list[Line]:
    _ = say.gettext
    small, body, gap = (23, 31, 16) if p.landscape else (28, 40, 26)
    side, indent = (42.0, 66.0) if p.landscape else (54.0, 84.0)

    def fact(picture: str, label: str, text: str) -> list[Line]:
        first = Line(label, small, MUTED, Weight.SEMIBOLD, gap, indent, picture, side)
        return [first, Line(text, body, INK, Weight.BOLD, 1, indent)]

    lines = fact("folder", _("Dossier code"), shown.code)
    lines += fact("paper", _("Procedure"), say.local(shown.procedure_name))
    if state.reply is None:
        return lines
    here = zone(state.reply.hall.timezone)
    if shown.filed_at is not None:
        lines += fact("calendar", _("Filed"), say.day(shown.filed_at.astimezone(here)))
    if shown.due_at is not None:
        moment = shown.due_at.astimezone(here)
        when = _("%(hour)s, %(day)s") % {"hour": say.hour(moment), "day": say.day(moment)}
        lines += fact("clock", _("The result is due"), when)
    return lines
