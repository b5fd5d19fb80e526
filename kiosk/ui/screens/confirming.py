"""The last look before the number: what was chosen, what to bring, how long it may take."""

from __future__ import annotations

from kiosk.state import State, chosen_priority, chosen_service
from kiosk.ui.frame import GAP, MARGIN, primary, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST, WARNING
from kiosk.ui.typeface import Weight
from kiosk.words import Words
from queue_server.contract import Service


def confirm(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    service = chosen_service(state)
    if service is None:
        return
    y = title(p, top, _("Please check, then take your number"))
    wide = p.w - 2 * MARGIN
    button_high = 150.0 if p.landscape else 196.0
    button = Box(MARGIN, bottom - button_high - (28 if p.landscape else 44), wide, button_high)
    room = button.y - 36 - y
    high = room if p.landscape else min(room, 300 + _facts_height(p, say, state, service, wide - 96))
    # The card stands right above its button, within reach.
    card = Box(MARGIN, button.y - (28 if p.landscape else 40) - high, wide, high)
    p.panel(card, SURFACE, 28, edge=LINE, lifted=True)
    if p.landscape:
        aside = 380.0
        _facts(p, say, state, service, Box(card.x + 40, card.y + 22, card.w - aside - 90, card.h - 44))
        _figures(p, say, service, Box(card.right - aside - 16, card.y + 16, aside, card.h - 32))
    else:
        figures = 190.0
        _facts(p, say, state, service, Box(card.x + 48, card.y + 34, card.w - 96, card.h - figures - 60))
        _figures(p, say, service, Box(card.x + 20, card.bottom - figures - 20, card.w - 40, figures))
    primary(p, "confirm", button, _("Take this number"), None, size=52, picture="check")


def _rows(say: Words, state: State, service: Service) -> list[tuple[str, str, list[str]]]:
    _ = say.gettext
    rows = []
    if service.papers:
        rows.append(("paper", _("Papers to bring"), [say.local(paper) for paper in service.papers]))
    if service.duration:
        rows.append(("clock", _("Time to the result"), [say.local(service.duration)]))
    if service.fee:
        rows.append(("fee", _("Fee"), [say.local(service.fee)]))
    category = chosen_priority(state)
    if category:
        proof = say.gettext("Bring: %(paper)s") % {"paper": say.local(category.proof)} if category.proof else ""
        rows.append(("heart", _("Priority"), [say.local(category.name), *([proof] if proof else [])]))
    return rows


def _sizes(p: Painter) -> tuple[float, float, float]:
    return (38, 21, 26) if p.landscape else (48, 25, 31)


def _facts_height(p: Painter, say: Words, state: State, service: Service, wide: float) -> float:
    big, small, body = _sizes(p)
    total = p.height(say.local(service.name), wide, big, Weight.BOLD)
    for _icon, label, lines in _rows(say, state, service):
        total += p.height(label, wide - 70, small, Weight.SEMIBOLD) + 20
        total += sum(p.height(line, wide - 70, body, Weight.MEDIUM) for line in lines)
    return total


def _facts(p: Painter, say: Words, state: State, service: Service, box: Box) -> None:
    big, small, body = _sizes(p)
    needed = _facts_height(p, say, state, service, box.w)
    part = min(1.0, box.h / needed)
    gap = min(34.0 if not p.landscape else 22.0, 20 + max(0.0, box.h - needed) / 6) * part
    name = say.local(service.name)
    high = p.height(name, box.w, big, Weight.BOLD) * part
    p.text(name, Box(box.x, box.y, box.w, high), big, INK, Weight.BOLD)
    y = box.y + high
    for picture, label, lines in _rows(say, state, service):
        y += gap
        p.icon(picture, Box(box.x, y + 6, 44, 44), TEAL)
        left, wide = box.x + 70, box.w - 70
        high = p.height(label, wide, small, Weight.SEMIBOLD) * part
        p.text(label, Box(left, y, wide, high), small, MUTED, Weight.SEMIBOLD)
        y += high
        for line in lines:
            high = p.height(line, wide, body, Weight.MEDIUM) * part
            p.text(line, Box(left, y, wide, high), body, INK, Weight.MEDIUM)
            y += high


def _figures(p: Painter, say: Words, service: Service, box: Box) -> None:
    _ = say.gettext
    p.panel(box, TEAL_MIST, 20)
    cells = [
        (_("Waiting now"), say.people(service.waiting), TEAL),
        (_("Expected wait"), say.wait(service.wait_low_s, service.wait_high_s), TEAL),
    ]
    if not service.counters:
        cells[1] = (_("Expected wait"), _("No counter open yet"), WARNING)
    for place, (label, value, ink) in enumerate(cells):
        if p.landscape:
            cell = Box(box.x + 24, box.y + 10 + place * (box.h - 20) / 2, box.w - 48, (box.h - 20) / 2)
        else:
            half = (box.w - GAP) / 2
            cell = Box(box.x + 10 + place * half, box.y + 10, half, box.h - 20)
        low = p.height(label, cell.w, 26, Weight.SEMIBOLD)
        big = min(p.height(value, cell.w, 46, Weight.BOLD), cell.h - low)
        y = cell.y + (cell.h - low - big) / 2
        p.text(label, Box(cell.x, y, cell.w, low), 26, MUTED, Weight.SEMIBOLD, "center")
        p.text(value, Box(cell.x, y + low, cell.w, big), 46, ink, Weight.BOLD, "center", "middle")
