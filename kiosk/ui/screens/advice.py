"""What a procedure is, who may file it, what to bring, what it costs and how long it takes; then what to do here."""

from __future__ import annotations

from kiosk.events import Event, TurnPage
from kiosk.promise_words import filed_now
from kiosk.state import State, pages
from kiosk.ui.card import GUTTER
from kiosk.ui.frame import MARGIN, primary, secondary, title_lines
from kiosk.ui.frame import between as whole
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.stack import Line, grown, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.course import procedure
from kiosk.visit.events import FillIn, PrintChecklist, TakeNumber
from kiosk.words import Words
from queue_server.contract import Outcome, Paper, Procedure

LYING_TAB, STANDING_TAB = 88.0, 116.0
MOST_IN_CODE = 320
"""Bytes; a code with more has modules too small for a phone to read from the screen."""


def advice(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    chosen = procedure(state)
    if chosen is None:
        return
    tabbed = pages(state) > 1
    wide = p.w - 2 * MARGIN
    ceiling = whole(p)[0] + (18 if p.landscape else 36)
    # At low reach larger letters leave the summary no room: what one must know of the procedure comes first.
    summary = "" if p.low_reach and p.large else say.local(chosen.summary)
    head = title_lines(p, say.local(chosen.name), summary)
    most = 150.0 if p.landscape else 330.0
    high = min(height(p, head, wide), most * (1.2 if p.large else 1.0))
    stack(p, head, Box(MARGIN, ceiling, wide, high), place="top")
    y = ceiling + high + 18
    if p.landscape:
        aside = 470.0
        _buttons(p, state, say, chosen, Box(p.w - MARGIN - aside, y, aside, bottom - 20 - y))
        left = Box(MARGIN, y, wide - aside - 28, bottom - 20 - y)
        if tabbed:
            _tabs(p, state, say, Box(left.x, left.y, left.w, LYING_TAB))
            left = Box(left.x, left.y + LYING_TAB + GUTTER, left.w, left.h - LYING_TAB - GUTTER)
        _sheet(p, state, say, chosen, left)
        return
    if p.low_reach:
        _sheet(p, state, say, chosen, Box(MARGIN, y, wide, top - y - 10))
        _buttons(p, state, say, chosen, _below_tabs(p, state, say, Box(MARGIN, top + 10, wide, bottom - top - 34)))
        return
    buttons = (150.0 + GUTTER + 116.0) + (116.0 + GUTTER if tabbed else 0.0)
    place = Box(MARGIN, bottom - 28 - buttons, wide, buttons)
    _buttons(p, state, say, chosen, _below_tabs(p, state, say, place))
    room = Box(MARGIN, y, wide, place.y - 24 - y)
    if tabbed:
        _sheet(p, state, say, chosen, room)
        return
    about, papers = _about(p, state, say, chosen), _papers(p, say, chosen)
    inner = wide - 80
    first = height(p, about, inner) + 56
    second = max(height(p, papers, inner - 290) + 64, 350.0)
    part = min(1.0, (room.h - 20) / (first + second))
    upper = Box(room.x, room.y, room.w, first * part)
    _about_card(p, about, upper)
    _papers_card(p, say, chosen, papers, Box(room.x, upper.bottom + 20, room.w, second * part))


def _sheet(p: Painter, state: State, say: Words, chosen: Procedure, box: Box) -> None:
    """One of the two pages."""
    if pages(state) < 2 or state.page == 0:
        _about_card(p, _about(p, state, say, chosen), box)
    else:
        _papers_card(p, say, chosen, _papers(p, say, chosen), box)


def _about_card(p: Painter, lines: list[Line], box: Box) -> None:
    p.panel(box, SURFACE, 28, edge=LINE, lifted=True)
    inner = box.inset(40, 18)
    stack(p, grown(p, lines, inner) if p.landscape else lines, inner)


def _papers_card(p: Painter, say: Words, chosen: Procedure, lines: list[Line], box: Box) -> None:
    """The list, and beside it the same list as a code to take along on a phone."""
    p.panel(box, SURFACE, 28, edge=LINE, lifted=True)
    caption = say.gettext("Keep this list on your phone")
    side = min(270.0 if p.landscape else 250.0, box.h - 110)
    code = Box(box.right - side - 36, box.y + max(24.0, (box.h - side - 70) / 2), side, side)
    p.qr(list_text(say, chosen), code)
    p.text(caption, Box(code.x - 20, code.bottom + 6, side + 40, 66), 22, MUTED, Weight.SEMIBOLD, "center", fixed=True)
    place = Box(box.x + 40, box.y + 18, code.x - box.x - 70, box.h - 36)
    stack(p, grown(p, lines, place) if p.landscape else lines, place)


# --- what stands there ---------------------------------------------------------------------------------------------


def _about(p: Painter, state: State, say: Words, chosen: Procedure) -> list[Line]:
    _ = say.gettext
    lines: list[Line] = []
    if chosen.who:
        lines += _fact(p, "people", _("Who may file"), [say.local(one) for one in chosen.who])
    when = [say.local(chosen.duration)] if chosen.duration else []
    if due := filed_now(state, say, chosen.due_at):
        when.append(due)
    if when:
        lines += _fact(p, "clock", _("Time to the result"), when)
    fees = [say.local(chosen.fee)] if chosen.fee else [say.local(one.name) for one in chosen.fee_lines]
    if fees:
        lines += _fact(p, "fee", _("Fee"), fees)
    return lines


def _fact(p: Painter, picture: str, label: str, texts: list[str]) -> list[Line]:
    small, body, gap = (22, 27, 14) if p.landscape else (25, 31, 20)
    side, indent = (40.0, 64.0) if p.landscape else (48.0, 78.0)
    first = Line(label, small, MUTED, Weight.SEMIBOLD, gap, indent, picture, side)
    if len(texts) == 1:
        return [first, Line(texts[0], body, INK, Weight.MEDIUM, 2, indent)]
    # The point stands before the text, and the text's further lines under its first.
    return [first, *(Line(text, body, INK, Weight.MEDIUM, 2, indent + 28, "point", 14, indent) for text in texts)]


def _papers(p: Painter, say: Words, chosen: Procedure) -> list[Line]:
    _ = say.gettext
    body, small = (27, 22) if p.landscape else (31, 25)
    lines = [Line(_("Papers to bring"), small, MUTED, Weight.SEMIBOLD)]
    if not chosen.papers:
        lines.append(Line(_("No papers are needed."), body, INK, Weight.MEDIUM, 6))
    for paper in chosen.papers:
        lines.append(Line(say.local(paper.name), body, INK, Weight.SEMIBOLD, 12, 46, "paper", 34))
        lines.append(Line(paper_remark(say, paper), small, MUTED, Weight.MEDIUM, 0, 46))
    return lines


def paper_remark(say: Words, paper: Paper, *, may_be_held: bool = True) -> str:
    """What else is to be known of a paper. `may_be_held`: as long as nobody has looked whether it is."""
    _ = say.gettext
    remarks = [say.local(paper.note).rstrip(". ")] if paper.note else []
    if paper.shown:
        remarks.append(_("only to be shown"))
    elif not paper.required:
        remarks.append(_("if there is one"))
    if may_be_held and paper.valid_days is not None and not paper.shown:
        remarks.append(_("the hall may have it already"))
    return "; ".join(remarks)


def list_text(say: Words, chosen: Procedure) -> str:
    """The list as a code says it: no address, readable without a line to anywhere."""
    lines = [say.local(chosen.name), *(f"- {say.local(paper.name)}" for paper in chosen.papers)]
    if chosen.fee:
        lines.append(say.local(chosen.fee))
    while len("\n".join(lines).encode()) > MOST_IN_CODE and len(lines) > 1:
        lines = lines[:-1]
    return "\n".join(lines)


# --- what to do ----------------------------------------------------------------------------------------------------


def _below_tabs(p: Painter, state: State, say: Words, box: Box) -> Box:
    """Draw the tabs where there are two pages; returns what is left of `box`."""
    if pages(state) < 2:
        return box
    _tabs(p, state, say, Box(box.x, box.y, box.w, STANDING_TAB))
    return Box(box.x, box.y + STANDING_TAB + GUTTER, box.w, box.h - STANDING_TAB - GUTTER)


def _buttons(p: Painter, state: State, say: Words, chosen: Procedure, box: Box) -> None:
    """The best first. Under each other where the place is high, else beside."""
    _ = say.gettext
    labels = {Outcome.DOSSIER: _("Fill in and file here"), Outcome.PREPARED: _("Fill it in here first")}
    fillable = chosen.form is not None and chosen.outcome in labels
    others: list[tuple[str, str, Event]] = []
    if fillable:
        others.append(("advice:number", _("Take a number"), TakeNumber()))
    if state.parts and not state.unprintable:
        others.append(("advice:print", _("Print the list"), PrintChecklist()))
    upright = p.landscape or p.low_reach
    # The buttons stand at the bottom, where the next screen has its own.
    count = 1 + (len(others) if upright else bool(others))
    first = min(190.0 if upright else 150.0, (box.h - (count - 1) * GUTTER) / count)
    second = min(130.0 if upright else 116.0, first)
    y = box.bottom - first - (count - 1) * (second + GUTTER)
    main = Box(box.x, y, box.w, first)
    if fillable:
        primary(
            p, "advice:fill", main, labels[chosen.outcome], FillIn(), size=40 if p.landscape else 46, picture="pencil"
        )
    else:
        primary(p, "advice:number", main, _("Take a number"), TakeNumber(), size=44, picture="touch")
    wide = box.w if upright else (box.w - (len(others) - 1) * GUTTER) / max(1, len(others))
    for place, (name, label, event) in enumerate(others):
        x = box.x if upright else box.x + place * (wide + GUTTER)
        low = main.bottom + GUTTER + (place * (second + GUTTER) if upright else 0)
        secondary(p, name, Box(x, low, wide, second), label, event)


def _tabs(p: Painter, state: State, say: Words, box: Box) -> None:
    """The two pages by name; only the other one can be touched."""
    _ = say.gettext
    half = (box.w - 12) / 2
    names = (("advice:about", _("Who, how long, fee")), ("advice:papers", _("Papers to bring")))
    for place, (name, label) in enumerate(names):
        cell = Box(box.x + place * (half + 12), box.y, half, box.h)
        here = state.page == place
        p.panel(cell, TEAL_MIST if here else SURFACE, 22, edge=TEAL if here else LINE)
        stack(p, [Line(label, 28, TEAL if here else INK, Weight.BOLD)], cell.inset(14, 6), "center")
        if here:
            p.fill(Box(cell.x + 30, cell.bottom - 12, cell.w - 60, 5), TEAL)
        else:
            p.target(name, cell, TurnPage(place - state.page))
