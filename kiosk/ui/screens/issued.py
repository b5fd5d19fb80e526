"""The request under way, and the ticket: its number stays on the screen whether or not there is paper."""

from __future__ import annotations

from kiosk.events import Home, PrintAgain
from kiosk.state import Printing, State
from kiosk.ui.frame import GAP, MARGIN, primary, secondary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import (
    GOLD,
    GOLD_MIST,
    INK,
    LINE,
    MUTED,
    PAPER,
    RED,
    SUCCESS,
    SUCCESS_MIST,
    SURFACE,
    TEAL,
    TEAL_MIST,
    WARNING,
    Colour,
)
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words
from queue_server.contract import Ticket


def issuing(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    middle = top + (bottom - top) / 2
    late = state.pending is not None and state.pending.attempts > 1
    p.spinner(Box(p.w / 2 - 90, middle - 250, 180, 180))
    under = _("The hall is slow to answer. Please wait: your request is not lost.") if late else _("One moment, please")
    lines = [Line(_("Taking your number…"), 56, INK, Weight.BOLD), Line(under, 36, MUTED, Weight.MEDIUM, gap=10)]
    stack(p, lines, Box(MARGIN, middle - 10, p.w - 2 * MARGIN, bottom - middle - 20), "center", "top")


def ticket(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    shown = state.ticket
    if shown is None:
        return
    if p.landscape:
        _landscape(p, state, say, shown, Box(MARGIN, top + 26, p.w - 2 * MARGIN, bottom - top - 52))
    else:
        _portrait(p, state, say, shown, Box(MARGIN, top + 36, p.w - 2 * MARGIN, bottom - top - 72))


def _portrait(p: Painter, state: State, say: Words, shown: Ticket, box: Box) -> None:
    failed = state.printing is Printing.FAILED
    buttons, notice = 132.0, 250.0 if failed else 170.0
    card = Box(box.x, box.y, box.w, box.h - buttons - notice - 2 * 30)
    split = card.h * 0.56
    p.panel(card, SURFACE, 36, edge=LINE, lifted=True)
    _notches(p, card, card.y + split)
    _number(p, state, say, shown, Box(card.x + 40, card.y + 26, card.w - 80, split - 40))
    _code(p, say, shown, Box(card.x + 56, card.y + split + 30, card.w - 112, card.h - split - 56))
    _notice(p, state, say, Box(box.x, card.bottom + 30, box.w, notice))
    _buttons(p, state, say, Box(box.x, box.bottom - buttons, box.w, buttons))


def _landscape(p: Painter, state: State, say: Words, shown: Ticket, box: Box) -> None:
    buttons = 112.0
    card = Box(box.x, box.y, box.w * 0.56, box.h)
    p.panel(card, SURFACE, 36, edge=LINE, lifted=True)
    _number(p, state, say, shown, Box(card.x + 40, card.y + 20, card.w - 80, card.h - 40))
    left = card.right + 32
    right = Box(left, box.y, box.right - left, box.h)
    notice = Box(right.x, right.bottom - buttons - 24 - 176, right.w, 176)
    code = Box(right.x, right.y, right.w, notice.y - right.y - 24)
    p.panel(code, SURFACE, 36, edge=LINE, lifted=True)
    _code(p, say, shown, code.inset(32, 24))
    _notice(p, state, say, notice)
    _buttons(p, state, say, Box(right.x, right.bottom - buttons, right.w, buttons))


def _notches(p: Painter, card: Box, y: float) -> None:
    """The perforation of a paper ticket."""
    p.dashes(card.x + 50, y, card.w - 100, LINE)
    for x in (card.x, card.right):
        p.disc(Box(x - 26, y - 26, 52, 52), LINE)
        p.disc(Box(x - 24, y - 24, 48, 48), PAPER)
    p.fill(Box(card.x - 40, y - 30, 40, 60), PAPER)
    p.fill(Box(card.right, y - 30, 40, 60), PAPER)


def _number(p: Painter, state: State, say: Words, shown: Ticket, box: Box) -> None:
    _ = say.gettext
    label = _("Your number")
    service = _service_name(state, say, shown)
    figures = 128.0 if p.landscape else 132.0
    head = p.height(label, box.w, 34, Weight.SEMIBOLD)
    foot = min(p.height(service, box.w, 36, Weight.SEMIBOLD), 130.0)
    p.text(label, Box(box.x, box.y + 6, box.w, head), 34, MUTED, Weight.SEMIBOLD, "center")
    low = Box(box.x, box.bottom - figures, box.w, figures)
    room = Box(box.x, box.y + head, box.w, low.y - box.y - head - foot - 26)
    size = min(room.h * 0.8, 280.0, 280.0 * box.w / max(1.0, p.width(shown.number, 280, Weight.EXTRABOLD, fixed=True)))
    p.text(shown.number, room, size, RED, Weight.EXTRABOLD, "center", "middle", fixed=True)
    p.text(service, Box(box.x, low.y - foot - 24, box.w, foot), 36, INK, Weight.SEMIBOLD, "center", "middle")
    _figures(p, say, shown, low)


def _service_name(state: State, say: Words, shown: Ticket) -> str:
    offered = state.reply.groups if state.reply else ()
    found = next((one for group in offered for one in group.services if one.code == shown.service), None)
    return say.local(found.name) if found else shown.service


def _figures(p: Painter, say: Words, shown: Ticket, box: Box) -> None:
    _ = say.gettext
    cells = []
    if shown.ahead is not None:
        cells.append((_("Ahead of you"), say.people(shown.ahead)))
    if shown.wait_low_s is not None and shown.wait_high_s is not None:
        cells.append((_("Expected wait"), say.wait(shown.wait_low_s, shown.wait_high_s)))
    for place, (label, value) in enumerate(cells):
        wide = (box.w - GAP * (len(cells) - 1)) / len(cells)
        cell = Box(box.x + place * (wide + GAP), box.y, wide, box.h)
        p.panel(cell, TEAL_MIST, 20)
        lines = [Line(label, 25, MUTED, Weight.SEMIBOLD), Line(value, 42, TEAL, Weight.BOLD)]
        stack(p, lines, cell.inset(12, 6), "center")


def _code(p: Painter, say: Words, shown: Ticket, box: Box) -> None:
    if shown.track_url is None:
        return
    _ = say.gettext
    side = min(box.h, box.w * 0.48, 330.0)
    code = Box(box.x, box.y + (box.h - side) / 2, side, side)
    p.qr(shown.track_url, code)
    left = code.right + 36
    size = 29 if p.landscape else 36
    line = Line(_("Scan to follow your turn on your phone"), size, INK, Weight.SEMIBOLD, gap=76)
    wide = box.right - left
    high = min(height(p, [line], wide), box.h)
    y = box.y + (box.h - high) / 2
    p.icon("phone", Box(left - 10, y, 64, 64), TEAL)
    stack(p, [line], Box(left, y, wide, high + 1), place="top")


def _notice(p: Painter, state: State, say: Words, box: Box) -> None:
    _ = say.gettext
    if state.printing is Printing.FAILED:
        cause = _fault(say, state.fault)
        text = _("Your number is valid without paper. Please photograph it or write it down.")
        _strip(p, box, "printer", cause, text, WARNING, GOLD_MIST, GOLD)
    elif state.printing is Printing.DONE:
        text = _("Please keep it and wait for your number. Thank you!")
        _strip(p, box, "check", _("Please take your ticket below"), text, SUCCESS, SUCCESS_MIST, SUCCESS)
    else:
        text = _("Your number is already valid.")
        _strip(p, box, "printer", _("Printing your ticket…"), text, TEAL, TEAL_MIST, TEAL)


def _fault(say: Words, code: str | None) -> str:
    _ = say.gettext
    if code == "paper-out":
        return _("The printer is out of paper")
    if code == "cover-open":
        return _("The printer's cover is open")
    return _("The ticket could not be printed")


def _strip(p: Painter, box: Box, picture: str, head: str, text: str, ink: Colour, back: Colour, edge: Colour) -> None:
    p.panel(box, back, 24, edge=edge)
    side = 64.0
    p.icon(picture, Box(box.x + 34, box.y + (box.h - side) / 2, side, side), ink)
    left = box.x + 34 + side + 32
    big, small = (30, 25) if p.landscape else (38, 30)
    lines = [Line(head, big, ink, Weight.BOLD), Line(text, small, INK, Weight.MEDIUM, gap=4)]
    stack(p, lines, Box(left, box.y + 10, box.right - left - 24, box.h - 20))


def _buttons(p: Painter, state: State, say: Words, box: Box) -> None:
    _ = say.gettext
    if state.printing is Printing.FAILED:
        half = (box.w - GAP) / 2
        secondary(p, "print-again", Box(box.x, box.y, half, box.h), _("Print again"), PrintAgain())
        box = Box(box.x + half + GAP, box.y, half, box.h)
    primary(p, "home", box, _("Done"), Home(), size=40, picture="check")
