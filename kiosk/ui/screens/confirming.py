"""The last look before the number: what was chosen, what to bring, how long it may take."""

from __future__ import annotations

from kiosk.state import State, chosen_priority, chosen_service
from kiosk.ui.frame import MARGIN, primary, title, title_lines
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST, WARNING
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words
from queue_server.contract import Service


def confirm(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    service = chosen_service(state)
    if service is None:
        return
    wide = p.w - 2 * MARGIN
    high, space = (150.0, 26.0) if p.landscape else (200.0, 44.0)
    button = Box(MARGIN, bottom - high - space, wide, high)
    text = _("Please check, then take your number")
    if p.landscape:
        y = title(p, top, text)
        card = Box(MARGIN, y, wide, button.y - space - y)
        aside = 340.0
        p.panel(card, SURFACE, 28, edge=LINE, lifted=True)
        _figures(p, say, service, Box(card.right - aside - 16, card.y + 16, aside, card.h - 32))
        lines = _lines(p, say, state, service)
        half = (card.w - aside - 140) / 2
        # What to bring at the left, all else beside it.
        papers = 2 + len(service.papers) if service.papers else 1
        stack(p, lines[:papers], Box(card.x + 36, card.y + 20, half, card.h - 40))
        stack(p, lines[papers:], Box(card.x + 36 + half + 44, card.y + 20, half, card.h - 40))
    else:
        figures = 230.0
        lines = _lines(p, say, state, service)
        needed = height(p, lines, wide - 96) + figures + 110
        head = height(p, title_lines(p, text, ""), wide) + 80
        card_high = min(needed, button.y - space - top - head)
        card = Box(MARGIN, button.y - space - card_high, wide, card_high)
        title(p, top, text, floor=card.y)
        p.panel(card, SURFACE, 28, edge=LINE, lifted=True)
        stack(p, lines, Box(card.x + 48, card.y + 36, wide - 96, card_high - figures - 84), place="top")
        _figures(p, say, service, Box(card.x + 20, card.bottom - figures - 20, wide - 40, figures))
    primary(p, "confirm", button, _("Take this number"), None, size=52, picture="check")


def _lines(p: Painter, say: Words, state: State, service: Service) -> list[Line]:
    """The service, then each fact under its label."""
    big, small, body, gap = (40, 23, 29, 20) if p.landscape else (52, 27, 36, 34)
    side, indent = (42.0, 66.0) if p.landscape else (52.0, 84.0)
    lines = [Line(say.local(service.name), big, INK, Weight.BOLD)]
    for picture, label, texts in _facts(say, state, service):
        lines.append(Line(label, small, MUTED, Weight.SEMIBOLD, gap, indent, picture, side))
        lines.extend(Line(text, body, INK, Weight.MEDIUM, 2, indent) for text in texts)
    return lines


def _facts(say: Words, state: State, service: Service) -> list[tuple[str, str, list[str]]]:
    _ = say.gettext
    rows = []
    if service.papers:
        papers = [say.local(paper) for paper in service.papers]
        rows.append(("paper", _("Papers to bring"), [f"•  {one}" for one in papers] if len(papers) > 1 else papers))
    if service.duration:
        rows.append(("clock", _("Time to the result"), [say.local(service.duration)]))
    if service.fee:
        rows.append(("fee", _("Fee"), [say.local(service.fee)]))
    category = chosen_priority(state)
    if category:
        proof = [_("Bring: %(paper)s") % {"paper": say.local(category.proof)}] if category.proof else []
        rows.append(("heart", _("Priority"), [say.local(category.name), *proof]))
    return rows


def _figures(p: Painter, say: Words, service: Service, box: Box) -> None:
    _ = say.gettext
    p.panel(box, TEAL_MIST, 20)
    wait, ink = say.wait(service.wait_low_s, service.wait_high_s), TEAL
    if not service.counters:
        wait, ink = _("No counter open yet"), WARNING
    if p.landscape:
        half = (box.h - 20) / 2
        cells = [Box(box.x + 20, box.y + 10 + place * half, box.w - 40, half) for place in (0, 1)]
    else:
        half = (box.w - 20) / 2
        cells = [Box(box.x + 10 + place * half, box.y + 10, half, box.h - 20) for place in (0, 1)]
    for cell, label, value, colour in (
        (cells[0], _("Ahead of you"), say.people(service.ahead), TEAL),
        (cells[1], _("Expected wait"), wait, ink),
    ):
        lines = [Line(label, 28, MUTED, Weight.SEMIBOLD), Line(value, 50, colour, Weight.BOLD)]
        stack(p, lines, cell.inset(8, 4), "center")
