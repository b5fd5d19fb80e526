"""All answers in their groups, each to be touched and changed, before anything is filed."""

from __future__ import annotations

import textwrap

from kiosk.state import State, page_size, pages
from kiosk.ui.frame import GAP, MARGIN, between, pager, primary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, WARNING
from kiosk.ui.screens.answer_text import answer_text
from kiosk.ui.screens.signature import drawn
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.drafting import strokes
from kiosk.visit.events import ChangeAnswer, Done
from kiosk.visit.listing import answered, form_of
from kiosk.visit.state import Visit
from kiosk.words import Words
from queue_server.contract import SIGNED_AT_COUNTER, Control, Form, Question

HEAD = 46.0
BETWEEN = 8.0
LONGEST = 46
"""Characters of an answer that are shown; more stand on its own screen."""


def review(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    form = form_of(state.catalogue, state.visit)
    if form is None or state.visit is None:
        return
    _ = say.gettext
    done, turner = (104.0, 92.0) if p.landscape else (140.0, 100.0)
    wide = p.w - 2 * MARGIN
    low = bottom - 16
    button = Box(MARGIN, low - done, wide, done)
    if p.landscape:
        turned = pages(state) > 1
        aside = wide * 0.5 if turned else wide
        button = Box(MARGIN + wide - aside + (GAP if turned else 0), low - done, aside - (GAP if turned else 0), done)
        pager(p, state, say, Box(MARGIN, low - done, wide - aside, done))
    primary(p, "key:done", button, _("Yes, all of this is right"), Done(), picture="check")
    low = button.y - 16
    if not p.landscape and pages(state) > 1:
        pager(p, state, say, Box(MARGIN, low - turner, wide, turner))
        low -= turner + 14
    y = _title(p, say, top, state)
    _rows(p, state, state.visit, form, say, Box(MARGIN, y, wide, low - y))


def _title(p: Painter, say: Words, top: float, state: State) -> float:
    _ = say.gettext
    big, small = (40, 25) if p.landscape else (54, 31)
    renewed = state.visit is not None and state.visit.renewed
    lines = [
        Line(_("Is everything right?"), big, INK, Weight.BOLD),
        Line(
            _changed_form(say) if renewed else _("Touch a line to change it."),
            small,
            WARNING if renewed else MUTED,
            gap=2,
        ),
    ]
    if p.low_reach:
        begin = between(p)[0] + 40
        stack(p, lines, Box(MARGIN, begin, p.w - 2 * MARGIN, top - begin - 40), "center")
        return top + 14
    high = height(p, lines, p.w - 2 * MARGIN)
    begin = top + (12 if p.landscape else 34)
    stack(p, lines, Box(MARGIN, begin, p.w - 2 * MARGIN, high + 1), place="top")
    return begin + high + (10 if p.landscape else 24)


def _changed_form(say: Words) -> str:
    _ = say.gettext
    return _("The form changed today. Your answers stayed where they still fit; please look through them once more.")


def _rows(p: Painter, state: State, visit: Visit, form: Form, say: Words, box: Box) -> None:
    size = page_size(state, state.screen)
    asked = answered(form, visit)
    shown = asked[state.page * size : (state.page + 1) * size]
    columns = 2 if p.landscape else 1
    wide = (box.w - (columns - 1) * GAP) / columns
    lines = -(-size // columns)
    for column in range(columns):
        part = shown[column * lines : (column + 1) * lines]
        heads = sum(1 for place, one in enumerate(part) if _begins(part, place, one))
        high = (box.h - heads * HEAD - (lines - 1) * BETWEEN) / lines
        y, x = box.y, box.x + column * (wide + GAP)
        for place, one in enumerate(part):
            if _begins(part, place, one):
                _head(p, form, say, one.group, Box(x, y, wide, HEAD))
                y += HEAD
            _row(p, state, visit, say, one, Box(x, y, wide, min(high, 128.0)))
            y += min(high, 128.0) + BETWEEN


def _begins(part: tuple[Question, ...], place: int, one: Question) -> bool:
    return place == 0 or part[place - 1].group != one.group


def _head(p: Painter, form: Form, say: Words, group: str, box: Box) -> None:
    name = next((one.name for one in form.groups if one.code == group), None)
    if name is not None:
        p.text(say.local(name), Box(box.x, box.y, box.w, box.h - 4), 26, TEAL, Weight.BOLD, "left", "middle")


def _row(p: Painter, state: State, visit: Visit, say: Words, one: Question, box: Box) -> None:
    _ = say.gettext
    p.panel(box, SURFACE, 18, edge=LINE)
    aside = 62.0
    p.icon("pencil", Box(box.right - aside, box.y + (box.h - 36) / 2, 36, 36), TEAL)
    room = Box(box.x + 24, box.y + 4, box.w - aside - 40, box.h - 8)
    value = visit.answers.get(one.field)
    small, big = (21, 28) if p.landscape else (25, 34)
    name = Line(say.local(one.short), small, MUTED, Weight.SEMIBOLD)
    if one.control is Control.SIGNATURE and value and value != SIGNED_AT_COUNTER:
        stack(p, [name], Box(room.x, room.y, room.w * 0.5, room.h))
        tall = room.h - 4
        drawn(p, Box(room.right - tall * 2.5 - 10, room.y + 2, tall * 2.5, tall), strokes(str(value)))
    else:
        text = answer_text(one, value, state.places, say) if value is not None and value != "" else ""
        text = textwrap.shorten(text, LONGEST, placeholder=" …")
        ink = INK if text else WARNING if one.required else MUTED
        stack(p, [name, Line(text or _("not answered"), big, ink, Weight.SEMIBOLD, gap=0)], room)
    p.target(f"change:{one.field}", box, ChangeAnswer(one.field), 18, label=say.local(one.short))
