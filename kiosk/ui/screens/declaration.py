"""The declaration in its official layout, read part by part, and the word of the citizen that it is right."""

from __future__ import annotations

from kiosk.events import Back, TurnPage
from kiosk.promise_words import due_words, fee_words
from kiosk.state import State
from kiosk.trouble_words import told
from kiosk.ui.card import BAD, CALM, GUTTER, strip
from kiosk.ui.frame import MARGIN, primary
from kiosk.ui.frame import between as whole
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.stack import Line, grown, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Retake, TakeNumber
from kiosk.visit.own_problems import unanswered
from kiosk.visit.papers import wanted
from kiosk.visit.renewing import withdrawn
from kiosk.visit.state import VIEWS, Declaration
from kiosk.words import Words

OVERLAP = 0.04
"""Of a page's height: shown in both parts, so that no line is cut at the seam."""


def declaration(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    here = state.visit
    ceiling = whole(p)[0]
    if here is None or here.declaration is None:
        _waiting(p, state, say, ceiling, bottom)
        return
    shown = here.declaration
    wide = p.w - 2 * MARGIN
    if p.landscape:
        aside = 600.0
        page = Box(MARGIN, ceiling + 18, wide - aside - 28, bottom - ceiling - 36)
        side = Box(page.right + 28, page.y, aside, page.h)
        _head(p, say, shown, Box(side.x, side.y, side.w, 110))
        turners = Box(side.x, side.y + 122, side.w, 110)
        confirm = Box(side.x, side.bottom - 150, side.w, 150)
        promise = Box(side.x, turners.bottom + GUTTER, side.w, confirm.y - turners.bottom - 2 * GUTTER)
    else:
        head = Box(MARGIN, ceiling + 16, wide, 108)
        _head(p, say, shown, head)
        confirm = Box(MARGIN, bottom - 20 - 140, wide, 140)
        high = min(height(p, _promise_lines(p, state, say, shown), wide - 64) + 28, 212.0)
        promise = Box(MARGIN, confirm.y - GUTTER - high, wide, high)
        turners = Box(MARGIN, promise.y - GUTTER - 110, wide, 110)
        page = Box(MARGIN - 20, head.bottom + 10, wide + 40, turners.y - 16 - head.bottom - 10)
    _turners(p, say, shown, turners)
    _promise(p, state, say, shown, promise)
    _confirm(p, say, shown, confirm)
    _page(p, shown, page)


def _page(p: Painter, shown: Declaration, box: Box) -> None:
    """A part of the page, as wide as there is room for."""
    p.panel(box, SURFACE, 14, edge=LINE, lifted=True)
    number, part = divmod(shown.page, VIEWS)
    start, end = max(0.0, part / VIEWS - OVERLAP), min(1.0, (part + 1) / VIEWS + OVERLAP)
    handle = shown.pages[number] if number < len(shown.pages) else None
    if p.photo(handle, box.inset(10), part=(start, end)) is None:
        p.spinner(Box(box.x + box.w / 2 - 60, box.y + box.h / 2 - 60, 120, 120))


def _head(p: Painter, say: Words, shown: Declaration, box: Box) -> None:
    _ = say.gettext
    number, part = divmod(shown.page, VIEWS)
    of = {"page": number + 1, "pages": len(shown.pages), "part": _("upper half") if part == 0 else _("lower half")}
    lines = [
        Line(_("Please read your declaration"), 36 if p.landscape else 46, INK, Weight.BOLD),
        Line(_("Page %(page)d of %(pages)d, %(part)s") % of, 26 if p.landscape else 31, MUTED, Weight.SEMIBOLD, gap=2),
    ]
    stack(p, lines, box)


def _turners(p: Painter, say: Words, shown: Declaration, box: Box) -> None:
    """Up and down, as one moves along the sheet."""
    _ = say.gettext
    pair = [("read-up", "up", _("Further up"), -1), ("read-down", "down", _("Read on"), 1)]
    for place, (name, picture, label, by) in enumerate(pair):
        half = (box.w - GUTTER) / 2
        cell = Box(box.x + place * (half + GUTTER), box.y, half, box.h)
        if not 0 <= shown.page + by < shown.views:
            continue
        p.panel(cell, TEAL_MIST, 24, edge=TEAL)
        side, edge, size = (42.0, 22.0, 31) if p.landscape else (52.0, 34.0, 36)
        p.icon(picture, Box(cell.x + edge, cell.y + (cell.h - side) / 2, side, side), TEAL)
        left = cell.x + edge + side + 18
        line = [Line(label, size, TEAL, Weight.BOLD)]
        stack(p, line, Box(left, cell.y + 4, cell.right - left - 12, cell.h - 8))
        p.target(name, cell, TurnPage(by), main=by > 0 and not shown.read)


def _promise_lines(p: Painter, state: State, say: Words, shown: Declaration) -> list[Line]:
    """What it costs and when the result is due: nobody is to sign without having seen it."""
    big, small, side, indent = (29, 25, 40.0, 62.0) if p.landscape else (33, 28, 46.0, 72.0)
    cost, *more = fee_words(say, shown.fee, shown.fee_note)
    lines = [Line(cost, big, INK, Weight.BOLD, 0, indent, "fee", side)]
    lines += [Line(text, small, INK, Weight.MEDIUM, 2, indent) for text in more]
    if due := due_words(state, say, shown.due_at):
        lines.append(Line(due, big, INK, Weight.BOLD, 14, indent, "clock", side))
    return lines


def _promise(p: Painter, state: State, say: Words, shown: Declaration, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE)
    inner, lines = box.inset(32, 14), _promise_lines(p, state, say, shown)
    # On an upright screen the box is as high as its lines; on a lying one it has room to spare.
    stack(p, grown(p, lines, box.inset(32, 24), 1.2) if p.landscape else lines, inner)


def _confirm(p: Painter, say: Words, shown: Declaration, box: Box) -> None:
    """Only what has been read can be confirmed."""
    _ = say.gettext
    if shown.read:
        primary(
            p,
            "file",
            box,
            _("It is right: file it"),
            None,
            size=36 if p.landscape else 40,
            picture="check",
        )
    else:
        strip(p, box, "eye", _("Read to the end, then confirm here"), "", CALM)


def _waiting(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """While it is being drawn, or when that did not work."""
    _ = say.gettext
    middle = top + (bottom - top) / 2
    here = state.visit
    wide = p.w - 2 * MARGIN
    if here is not None and here.problem is not None and not here.working:
        problem = here.problem
        box = Box(MARGIN, middle - 170, wide, 260)
        strip(p, box, "warning", *told(problem, say, wanted(state)), BAD)
        place = Box(MARGIN, bottom - 200, wide, 150)
        if withdrawn(problem):
            primary(p, "way:number", place, _("Take a number"), TakeNumber(), size=44, picture="touch")
        elif unanswered(problem):
            primary(p, "again", place, _("Try again"), Retake(), size=44, picture="touch")
        else:
            primary(p, "again", place, _("Go back and check"), Back(), size=44, picture="back")
        return
    p.spinner(Box(p.w / 2 - 80, middle - 220, 160, 160))
    lines = [
        Line(_("Your declaration is being written"), 52, INK, Weight.BOLD),
        Line(_("One moment, please"), 34, MUTED, Weight.MEDIUM, gap=8),
    ]
    stack(p, lines, Box(MARGIN, middle - 20, wide, bottom - middle - 20), "center", "top")
