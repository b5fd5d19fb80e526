"""The papers of a dossier: what is still to do with each, and the three ways to do it."""

from __future__ import annotations

from kiosk.events import Event
from kiosk.paper_words import missing_words
from kiosk.state import Screen, State, page_size, pages
from kiosk.ui.card import CALM, CHIP, GOOD, GUTTER, MIND, Tone, chip, rows
from kiosk.ui.frame import MARGIN, pager, primary, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, WARNING
from kiosk.ui.screens.advice import paper_remark
from kiosk.ui.stack import ONE_LINE, Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.course import procedure
from kiosk.visit.events import BringPaper, Done, FindMissing, LeaveOutPaper, ReusePaper, ShowPaper
from kiosk.visit.papers import missing, required, shows
from kiosk.visit.state import PaperStand
from kiosk.words import Words
from queue_server.contract import PaperSource

TURNER = 96.0
ICON = 44.0
LONGEST_LOW = 60
"""Letters of a remark that a panel has room for on a lying screen."""


def papers(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    stands = state.visit.papers if state.visit else ()
    wide = p.w - 2 * MARGIN
    button = 110.0 if p.landscape else 140.0
    low = bottom - 24 - button
    left = missing(state)
    done = Box(MARGIN, low, wide, button)
    turned = pages(state) > 1
    if turned and p.landscape:
        done = Box(MARGIN + wide * 0.5 + GUTTER, low, wide * 0.5 - GUTTER, button)
        pager(p, state, say, Box(MARGIN, low, wide * 0.5, button))
    elif turned:
        low -= TURNER + GUTTER
        pager(p, state, say, Box(MARGIN, low, wide, TURNER))
    if left:
        _missing(p, state, say, done)
    else:
        primary(p, "done", done, _("Continue"), Done(), size=44, picture="check")
    head = _("Your papers")
    under = _("Photograph them here, or bring them to the counter.")
    if not state.equipment.camera:
        under = _("Please bring these papers to the counter.")
    if state.equipment.camera_lost:
        under = _("The document camera does not work just now: please bring these papers to the counter.")
    size = page_size(state, Screen.PAPERS)
    shown = stands[state.page * size : (state.page + 1) * size]
    columns = 2 if p.landscape and len(stands) > 2 else 1
    count = -(-(size if turned else len(stands)) // columns)
    tall = (380.0 if count == 1 and columns == 2 else 250.0) if p.landscape else 300.0 if count < 4 else 240.0
    if p.large:
        tall *= 1.2
    used = count * (tall + GUTTER) - GUTTER
    y = title(p, top, head, under, floor=0 if p.landscape else min(p.h / 3, low - 24 - used), picture="paper")
    room = Box(MARGIN, y, (wide - (columns - 1) * GUTTER) / columns, low - 20 - y)
    places = rows(room, count, tall)
    for place, stand in enumerate(shown):
        column, row = place % columns, place // columns
        cell = places[row]
        _paper(p, state, say, stand, Box(cell.x + column * (cell.w + GUTTER), cell.y, cell.w, cell.h))


def _missing(p: Painter, state: State, say: Words, box: Box) -> None:
    """What is missing by its name, in the place of the button that goes on; touched, it leads there."""
    p.panel(box, GOLD_MIST, 28, edge=GOLD)
    side = 52.0
    p.icon("paper", Box(box.x + 28, box.y + (box.h - side) / 2, side, side), WARNING)
    p.icon("chevron", Box(box.right - 60, box.y + (box.h - 36) / 2, 36, 36), WARNING)
    low = p.landscape and box.w < p.w / 2
    under = "" if low else say.gettext("Touch here to go to it.")
    big, small = (29, 25) if p.landscape else (35, 29)
    lines = [Line(missing_words(state, say), big, WARNING, Weight.BOLD), Line(under, small, INK, Weight.MEDIUM, gap=3)]
    left = box.x + 28 + side + 24
    stack(p, lines, Box(left, box.y + 8, box.right - 76 - left, box.h - 16))
    p.target("missing", box, FindMissing(), 28)


def _paper(p: Painter, state: State, say: Words, stand: PaperStand, box: Box) -> None:
    """Name and state above, the ways below. The one that was asked for as missing is lit up."""
    lit = state.visit is not None and state.visit.pointed == stand.type
    p.panel(box, GOLD_MIST if lit else SURFACE, 26, edge=GOLD if lit else LINE, lifted=True)
    if lit:
        p.panel(Box(box.x, box.y, 16, box.h), GOLD, 8)
    inner = box.inset(26, 12 if p.landscape else 16)
    buttons = 90.0
    tone, picture, words = _stand(say, stand, required=required(state, stand.type))
    most = min(250.0 * (1.15 if p.large else 1.0), inner.w * 0.36)
    aside = min(most, p.width(words, CHIP, Weight.BOLD) + 44)
    chip(p, Box(inner.right - aside, inner.y, aside, min(64.0, inner.h - buttons - 8)), words, tone)
    p.icon(picture, Box(inner.x, inner.y + 6, 52, 52), tone.ink)
    name, remark = _named(state, say, stand.type)
    big, small = (28, 22) if p.landscape else (34, 26)
    # At low reach, and where it is long in a low panel, the room is for the buttons; the advice has told the rest.
    told = p.low_reach or (p.landscape and box.h < 300 and len(remark) > LONGEST_LOW)
    lines = [Line(name, big, INK, Weight.BOLD), Line("" if told else remark, small, MUTED, Weight.MEDIUM, gap=2)]
    stack(p, lines, Box(inner.x + 72, inner.y, inner.w - aside - 92, inner.h - buttons - 12), place="top")
    _ways(p, state, say, stand, Box(inner.x, inner.bottom - buttons, inner.w, buttons), lit=lit)


def _named(state: State, say: Words, type_code: str) -> tuple[str, str]:
    chosen = procedure(state)
    paper = next((one for one in chosen.papers if one.type == type_code), None) if chosen else None
    return (say.local(paper.name), paper_remark(say, paper, may_be_held=False)) if paper else (type_code, "")


def _stand(say: Words, stand: PaperStand, *, required: bool) -> tuple[Tone, str, str]:
    """Colour, pictogram and words say the same."""
    _ = say.gettext
    match stand.source:
        case PaperSource.CAPTURED:
            many = len(stand.pages)
            return GOOD, "check", say.ngettext("%(count)d page taken", "%(count)d pages taken", many) % {"count": many}
        case PaperSource.HELD:
            return GOOD, "archive", _("Used again")
        case PaperSource.AT_COUNTER:
            return MIND, "bag", _("To be brought")
    if stand.held is not None:
        return CALM, "archive", _("Held already")
    if stand.left_out:
        return CALM, "info", _("There is none")
    if not required:
        return CALM, "paper", _("Only if there is one")
    return CALM, "paper", _("To do")


def _ways(p: Painter, state: State, say: Words, stand: PaperStand, box: Box, *, lit: bool) -> None:
    """What may be done with it; the best first, and what has been chosen no more."""
    _ = say.gettext
    ways: list[tuple[str, str, str, Event]] = []
    if stand.held is not None and stand.source is not PaperSource.HELD:
        ways.append((f"reuse:{stand.type}", "archive", _("Use it again"), ReusePaper(stand.type)))
    if shows(state, stand.type):
        label = _("Photograph again") if stand.pages else _("Photograph")
        ways.append((f"paper:{stand.type}", "camera", label, ShowPaper(stand.type)))
    if stand.source is not PaperSource.AT_COUNTER:
        ways.append((f"bring:{stand.type}", "bag", _("Bring it"), BringPaper(stand.type)))
    if not (required(state, stand.type) or stand.left_out or stand.held):
        ways.append((f"none:{stand.type}", "cross", _("I do not have it"), LeaveOutPaper(stand.type)))
    wide = (box.w - (len(ways) - 1) * 12) / max(1, len(ways))
    # All with their sign, or none: where one of them needs its room for the words.
    signed = all(p.width(label, 27 * ONE_LINE, Weight.BOLD) <= wide - ICON - 42 for _name, _sign, label, _event in ways)
    for place, (name, picture, label, event) in enumerate(ways):
        cell = Box(box.x + place * (wide + 12), box.y, wide, box.h)
        best = place == 0 and stand.source is None and required(state, stand.type)
        ink = ON_PRIMARY if best else TEAL
        p.panel(cell, TEAL if best else SURFACE, 20, edge=None if best else TEAL)
        line, text = [Line(label, 27, ink, Weight.BOLD)], cell.inset(12, 4)
        if signed:
            side = ICON
            left = cell.x + max(18.0, (cell.w - side - 14 - p.width(label, 27, Weight.BOLD)) / 2)
            p.icon(picture, Box(left, cell.y + (cell.h - side) / 2, side, side), ink)
            text = Box(left + side + 14, cell.y + 4, cell.right - left - side - 24, cell.h - 8)
        stack(p, line, text, "left" if signed else "center")
        p.target(name, cell, event, 20, main=lit and place == 0)
