"""The declaration in its official layout, read part by part, and the word of the citizen that it is right."""

from __future__ import annotations

from kiosk.events import Back, TurnPage
from kiosk.state import State
from kiosk.trouble_words import told
from kiosk.ui.card import BAD, CALM, GUTTER, strip
from kiosk.ui.frame import MARGIN, primary
from kiosk.ui.frame import between as whole
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Retake, TakeNumber
from kiosk.visit.own_problems import unanswered
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
        aside = 440.0
        page = Box(MARGIN, ceiling + 18, wide - aside - 28, bottom - ceiling - 36)
        side = Box(page.right + 28, page.y, aside, page.h)
        _head(p, say, shown, Box(side.x, side.y, side.w, 150))
        _turners(p, say, shown, Box(side.x, side.y + 160, side.w, 280), upright=True)
        _confirm(p, say, shown, Box(side.x, side.bottom - 190, side.w, 190))
    else:
        head = Box(MARGIN, ceiling + 20, wide, 120)
        _head(p, say, shown, head)
        confirm = Box(MARGIN, bottom - 28 - 170, wide, 170)
        turners = Box(MARGIN, confirm.y - GUTTER - 130, wide, 130)
        page = Box(MARGIN - 20, head.bottom + 14, wide + 40, turners.y - 20 - head.bottom - 14)
        _turners(p, say, shown, turners, upright=False)
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


def _turners(p: Painter, say: Words, shown: Declaration, box: Box, *, upright: bool) -> None:
    """Up and down, as one moves along the sheet."""
    _ = say.gettext
    pair = [("read-up", "up", _("Further up"), -1), ("read-down", "down", _("Read on"), 1)]
    for place, (name, picture, label, by) in enumerate(pair):
        if upright:
            high = (box.h - GUTTER) / 2
            cell = Box(box.x, box.y + place * (high + GUTTER), box.w, high)
        else:
            half = (box.w - GUTTER) / 2
            cell = Box(box.x + place * (half + GUTTER), box.y, half, box.h)
        if not 0 <= shown.page + by < shown.views:
            continue
        p.panel(cell, TEAL_MIST, 24, edge=TEAL)
        side = 52.0
        p.icon(picture, Box(cell.x + 34, cell.y + (cell.h - side) / 2, side, side), TEAL)
        line = [Line(label, 36, TEAL, Weight.BOLD)]
        stack(p, line, Box(cell.x + 34 + side + 20, cell.y + 4, cell.w - side - 80, cell.h - 8))
        p.target(name, cell, TurnPage(by), main=by > 0 and not shown.read)


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
        strip(p, box, "warning", *told(problem, say), BAD)
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
