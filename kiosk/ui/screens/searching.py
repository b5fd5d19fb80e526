"""Search by name: what is typed, what was found so far, and the keyboard."""

from __future__ import annotations

from kiosk.state import State
from kiosk.ui.card import GUTTER, choice, grid
from kiosk.ui.frame import MARGIN, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import LINE, MUTED, SURFACE, TEAL
from kiosk.ui.screens.entering import entry_field, keys_high, plain_keys
from kiosk.ui.screens.find import procedure_choice
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.course import procedure_of
from kiosk.words import Words


def search(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """The best few; whoever types on finds fewer."""
    _ = say.gettext
    wide = p.w - 2 * MARGIN
    high = keys_high(p)
    keys = Box(MARGIN, bottom - high - 16, wide, high)
    y = _typed(p, state, say, top)
    columns, lines = (2, 2) if p.landscape else (1, 2 if p.low_reach else 5 if not p.large else 4)
    room = Box(MARGIN, y, wide, keys.y - y - GUTTER)
    found = [one for one in (procedure_of(state, code) for code in (state.visit.found if state.visit else ())) if one][
        : columns * lines
    ]
    if found:
        tall = 100.0 if p.landscape else 130.0
        for box, one in zip(grid(room, len(found), columns, tall, lines), found, strict=True):
            choice(p, box, procedure_choice(say, one), size=27 if p.landscape else 34)
    else:
        _empty(p, state, say, room)
    plain_keys(p, state, say, keys)


def _typed(p: Painter, state: State, say: Words, top: float) -> float:
    """The question and the field; at low reach both stand above, where they are only read."""
    _ = say.gettext
    text = state.visit.entry.text if state.visit else ""
    hint = _("For example: birth, marriage, copy")
    wide = p.w - 2 * MARGIN
    if p.low_reach:
        title(p, top, _("What are you looking for?"), picture="search")
        entry_field(p, Box(MARGIN, top - 130, wide, 110), text, hint, picture="search")
        return top + 10
    if p.landscape:
        # The keyboard takes so much that the field itself has to ask.
        entry_field(p, Box(MARGIN, top + 16, wide, 84), text, _("What are you looking for?"), picture="search")
        if text:
            aside = Box(MARGIN + wide * 0.55, top + 16, wide * 0.45 - 30, 84)
            p.text(_("What are you looking for?"), aside, 25, MUTED, Weight.MEDIUM, "right", "middle")
        return top + 16 + 84 + GUTTER
    y = title(p, top, _("What are you looking for?"))
    high = 116.0
    entry_field(p, Box(MARGIN, y - 6, wide, high), text, hint, picture="search")
    return y + high + GUTTER - 6


def _empty(p: Painter, state: State, say: Words, room: Box) -> None:
    """Before anything is typed, and when nothing fits."""
    _ = say.gettext
    if room.h < 60:
        return
    typed = state.visit is not None and state.visit.entry.text.strip()
    head = _("Nothing has that name here yet") if typed else _("Tone marks may be left out")
    text = (
        _("Try fewer letters or another word, or go back and choose by field.")
        if typed
        else _("What is found appears here while you type.")
    )
    box = Box(room.x, room.y, room.w, min(room.h, 170.0))
    p.panel(box, SURFACE, 24, edge=LINE)
    p.icon("info", Box(box.x + 30, box.y + (box.h - 54) / 2, 54, 54), TEAL)
    lines = [Line(head, 32, TEAL, Weight.BOLD), Line(text, 27, MUTED, Weight.MEDIUM, gap=3)]
    stack(p, lines, Box(box.x + 112, box.y + 8, box.w - 140, box.h - 16))
