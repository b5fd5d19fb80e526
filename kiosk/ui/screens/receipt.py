"""The receipt: the code, the day and hour, the fee, what is still to bring, and a code for the phone."""

from __future__ import annotations

from kiosk.amounts import money
from kiosk.events import Home
from kiosk.state import Printing, State
from kiosk.ui.card import CALM, GOOD, GUTTER, MIND, strip
from kiosk.ui.frame import MARGIN, primary, secondary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, RED, SUCCESS, SUCCESS_MIST, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.stack import Line, grown, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import PrintReceiptAgain
from kiosk.words import Words, zone
from queue_server.contract import Receipt


def receipt(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    shown = state.visit.receipt if state.visit else None
    if shown is None:
        return
    wide = p.w - 2 * MARGIN
    if p.landscape:
        aside = 500.0
        left = Box(MARGIN, top + 20, wide - aside - 24, bottom - top - 40)
        right = Box(left.right + 24, left.y, aside, left.h)
        _sheet(p, state, say, shown, left)
        buttons = Box(right.x, right.bottom - 110, right.w, 110)
        told = 220.0 if p.large else 160.0
        notice = Box(right.x, buttons.y - 18 - told, right.w, told)
        code = Box(right.x, right.y, right.w, notice.y - 18 - right.y)
        p.panel(code, SURFACE, 28, edge=LINE, lifted=True)
        _code(p, say, shown, code.inset(28, 20))
    else:
        buttons = Box(MARGIN, bottom - 28 - 130, wide, 130)
        notice = Box(MARGIN, buttons.y - 22 - 150, wide, 150)
        card = Box(MARGIN, top + 30, wide, notice.y - 22 - top - 30)
        torn = 270.0
        _sheet(p, state, say, shown, card, below=torn + 20)
        p.dashes(card.x + 40, card.bottom - torn - 22, wide - 80, LINE)
        _code(p, say, shown, Box(card.x + 48, card.bottom - torn - 4, wide - 96, torn - 16))
    _notice(p, state, say, notice)
    _buttons(p, state, say, buttons)


def _sheet(p: Painter, state: State, say: Words, shown: Receipt, box: Box, below: float = 0.0) -> None:
    """What the paper says too. `below`: room kept free at the bottom."""
    _ = say.gettext
    p.panel(box, SURFACE, 32, edge=LINE, lifted=True)
    head = 100.0 if p.landscape else 130.0
    band = Box(box.x + 20, box.y + 20, box.w - 40, head)
    p.panel(band, SUCCESS_MIST, 22)
    p.icon("check", Box(band.x + 30, band.y + (head - 60) / 2, 60, 60), SUCCESS)
    done = _("Your dossier is filed") if shown.ticket is None else _("Your dossier is prepared")
    lines = [Line(done, 40, SUCCESS, Weight.BOLD), Line(say.local(shown.procedure_name), 28, INK, Weight.SEMIBOLD)]
    stack(p, lines, Box(band.x + 116, band.y + 4, band.w - 136, head - 8))
    y = band.bottom + 14
    inner = Box(box.x + 44, y, box.w - 88, box.bottom - below - y - 16)
    facts = _facts(p, state, say, shown)
    if shown.ticket is not None:
        high = min(200.0, inner.h * 0.36)
        _ticket(p, say, shown, Box(inner.x, inner.y, inner.w, high))
        inner = Box(inner.x, inner.y + high + 10, inner.w, inner.h - high - 10)
    facts = grown(p, facts, inner, 1.2)
    stack(p, facts, inner, place="middle" if height(p, facts, inner.w) < inner.h * 0.94 else "top")


def _ticket(p: Painter, say: Words, shown: Receipt, box: Box) -> None:
    """The number under which the clerk calls, with the dossier before him or her."""
    assert shown.ticket is not None
    p.panel(box, TEAL_MIST, 22)
    label = say.gettext("Please wait for your number; the clerk has your dossier.")
    wide = box.w * 0.46
    number = Box(box.x + 16, box.y + 6, wide - 20, box.h - 12)
    size = min(box.h * 0.62, 110.0)
    p.text(shown.ticket.number, number, size, RED, Weight.EXTRABOLD, "center", "middle", fixed=True)
    lines = [Line(label, 29, TEAL, Weight.BOLD)]
    if shown.ticket.wait_low_s is not None and shown.ticket.wait_high_s is not None:
        wait = say.wait(shown.ticket.wait_low_s, shown.ticket.wait_high_s)
        lines.append(Line(say.gettext("Expected wait: %(wait)s") % {"wait": wait}, 27, INK, Weight.SEMIBOLD, gap=4))
    stack(p, lines, Box(box.x + wide, box.y + 8, box.w - wide - 24, box.h - 16))


def _facts(p: Painter, state: State, say: Words, shown: Receipt) -> list[Line]:
    _ = say.gettext
    small, body, gap = (22, 31, 14) if p.landscape else (26, 38, 20)
    side, indent = (40.0, 62.0) if p.landscape else (48.0, 76.0)

    def fact(picture: str, label: str, *texts: str) -> list[Line]:
        first = Line(label, small, MUTED, Weight.SEMIBOLD, gap, indent, picture, side)
        if len(texts) == 1:
            return [first, Line(texts[0], body, INK, Weight.BOLD, 1, indent)]
        return [first, *(Line(text, body, INK, Weight.BOLD, 1, indent + 32, "point", 16, indent) for text in texts)]

    lines = fact("folder", _("Dossier code"), shown.code)
    if shown.due_at is not None and state.reply is not None:
        moment = shown.due_at.astimezone(zone(state.reply.hall.timezone))
        when = _("%(hour)s, %(day)s") % {"hour": say.hour(moment), "day": say.day(moment)}
        lines += fact("clock", _("The result is due"), when)
    if shown.fee is not None:
        fee = _("Free of charge") if shown.fee == 0 else money(say, shown.fee)
        lines += fact("fee", _("Fee, paid at the counter") if shown.fee else _("Fee"), fee)
    elif shown.fee_note is not None:
        lines += fact("fee", _("Fee, told by the clerk and paid at the counter"), say.local(shown.fee_note))
    if shown.papers_at_counter:
        bring = [say.local(one) for one in shown.papers_at_counter]
        lines += fact("bag", _("Please bring"), *bring)
    if shown.reused:
        many = say.ngettext("%(count)d paper used again", "%(count)d papers used again", shown.reused)
        lines += fact("archive", _("From what the hall holds"), many % {"count": shown.reused})
    return lines


def _code(p: Painter, say: Words, shown: Receipt, box: Box) -> None:
    side = min(box.h, box.w * 0.48)
    code = Box(box.x, box.y + (box.h - side) / 2, side, side)
    p.qr(shown.track_url, code)
    left = code.right + 32
    text = say.gettext("Scan to see on your phone where your dossier stands")
    line = Line(text, 27 if p.landscape else 35, INK, Weight.SEMIBOLD, gap=72)
    high = min(height(p, [line], box.right - left), box.h)
    y = box.y + (box.h - high) / 2
    p.icon("phone", Box(left - 8, y, 60, 60), TEAL)
    stack(p, [line], Box(left, y, box.right - left, high + 1), place="top")


def _notice(p: Painter, state: State, say: Words, box: Box) -> None:
    _ = say.gettext
    if state.printing is Printing.FAILED:
        text = _("It is valid without paper. Please photograph this screen or note the code.")
        strip(p, box, "printer", _("The receipt could not be printed"), text, MIND)
    elif state.printing is Printing.DONE:
        strip(
            p, box, "check", _("Please take your receipt below"), _("Please also take your card and your papers."), GOOD
        )
    else:
        strip(p, box, "printer", _("Printing your receipt…"), _("Your dossier is already filed."), CALM)


def _buttons(p: Painter, state: State, say: Words, box: Box) -> None:
    _ = say.gettext
    failed = state.printing is Printing.FAILED
    if failed:
        half = (box.w - GUTTER) / 2
        secondary(p, "print-again", Box(box.x, box.y, half, box.h), _("Print again"), PrintReceiptAgain())
        box = Box(box.x + half + GUTTER, box.y, half, box.h)
    primary(p, "home", box, _("Done"), Home(), size=42, picture="" if failed and p.landscape else "check")
