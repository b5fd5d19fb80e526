"""The lists: groups, services with all one needs to bring, and the question of priority."""

from __future__ import annotations

from typing import TypeVar

from kiosk.events import ChooseGroup, ChoosePriority, ChooseService
from kiosk.state import Screen, State, chosen_group, groups, page_size, pages
from kiosk.ui.frame import MARGIN, pager, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD_MIST, INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, TEAL_MIST, WARNING
from kiosk.ui.typeface import Weight
from kiosk.words import Words
from queue_server.contract import PriorityCategory, Service, ServiceGroup

GUTTER = 18
TURNER = 100.0

Entry = TypeVar("Entry")


def group_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    under = _("Each field has its own counters")
    y, low = _head(p, state, say, top, bottom, _("What do you need today?"), under)
    shown = _page(state, groups(state))
    for box, group in zip(_cells(p, state, y, low, len(shown), 250 if not p.landscape else 220), shown, strict=True):
        _group(p, say, group, box)


def _group(p: Painter, say: Words, group: ServiceGroup, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    side = min(112.0, box.h - 56)
    mark = Box(box.x + 32, box.y + (box.h - side) / 2, side, side)
    p.panel(mark, TEAL, 26)
    p.text(group.prefix, mark, 58, ON_PRIMARY, Weight.BOLD, "center", "middle", fixed=True)
    left = mark.right + 32
    wide = box.right - left - 84
    count = sum(service.waiting for service in group.services)
    name = say.local(group.name)
    under = say.gettext("%(people)s waiting") % {"people": say.people(count)}
    first = say.ngettext("%(count)d procedure", "%(count)d procedures", len(group.services)) % {
        "count": len(group.services),
    }
    line = f"{first}  ·  {under}"
    small = min(p.height(line, wide, 28), box.h * 0.42)
    big = min(p.height(name, wide, 42, Weight.BOLD), box.h - small - 34)
    y = box.y + (box.h - big - small - 8) / 2
    p.text(name, Box(left, y, wide, big), 42, INK, Weight.BOLD)
    p.text(line, Box(left, y + big + 8, wide, small), 28, MUTED, Weight.MEDIUM)
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 44) / 2, 44, 44), TEAL)
    p.target(f"group:{group.code}", box, ChooseGroup(group.code))


def service_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    group = chosen_group(state)
    if group is None:
        return
    under = say.gettext("See what to bring, then touch your procedure")
    y, low = _head(p, state, say, top, bottom, say.local(group.name), under)
    shown = _page(state, group.services)
    tall = 290.0 if p.large else 236.0
    for box, service in zip(_cells(p, state, y, low, len(shown), tall), shown, strict=True):
        _service(p, say, service, box)


def _service(p: Painter, say: Words, service: Service, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    aside = (206.0 if p.landscape else 226.0) * (1.1 if p.large else 1.0)
    queue = Box(box.right - aside, box.y + 2, aside - 2, box.h - 4)
    _queue(p, say, service, queue)
    inner = Box(box.x + 30, box.y + 14, box.w - aside - 50, box.h - 28)
    big, small = (30, 22) if p.landscape else (37, 26)
    name = say.local(service.name)
    high = min(p.height(name, inner.w, big, Weight.BOLD), inner.h * 0.46)
    facts = service_facts(say, service)
    heights = [p.height(text, inner.w - 38, small) for _, text in facts]
    room = inner.h - high - 4
    shrink = min(1.0, room / sum(heights)) if heights else 1.0
    spare = max(0.0, room - sum(heights)) / 2
    y = inner.y + spare
    p.text(name, Box(inner.x, y, inner.w, high), big, INK, Weight.BOLD)
    y += high + 4
    for (picture, text), tall in zip(facts, heights, strict=True):
        mark = small * 1.1
        p.icon(picture, Box(inner.x, y + 4, mark, mark), TEAL)
        p.text(text, Box(inner.x + 38, y, inner.w - 38, tall * shrink), small, MUTED, Weight.MEDIUM)
        y += tall * shrink
    p.target(f"service:{service.code}", box, ChooseService(service.code))


def service_facts(say: Words, service: Service) -> list[tuple[str, str]]:
    """Papers, time and fee, each with its pictogram; what the hall has not stated is left out."""
    facts = []
    if service.papers:
        facts.append(("paper", "; ".join(say.local(paper) for paper in service.papers)))
    if service.duration:
        facts.append(("clock", say.local(service.duration)))
    if service.fee:
        facts.append(("fee", say.local(service.fee)))
    return facts


def _queue(p: Painter, say: Words, service: Service, box: Box) -> None:
    """How many wait and how long it may take, at the right of a service."""
    _ = say.gettext
    ink, back = (TEAL, TEAL_MIST) if service.counters else (WARNING, GOLD_MIST)
    p.panel(box.inset(12, 12), back, 18)
    inner = box.inset(20, 18)
    if not service.counters:
        p.text(_("No counter open yet"), inner, 25, ink, Weight.SEMIBOLD, "center", "middle")
        return
    wait = say.wait(service.wait_low_s, service.wait_high_s)
    label = _("waiting")
    number, word = 44.0 if not p.landscape else 38.0, 23.0 if not p.landscape else 21.0
    tops = (
        p.height(str(service.waiting), inner.w, number, Weight.BOLD) * 0.9,
        p.height(label, inner.w, word, Weight.MEDIUM),
        p.height(wait, inner.w, word + 2, Weight.BOLD),
    )
    shrink = min(1.0, inner.h / sum(tops))
    y = inner.y + (inner.h - sum(tops) * shrink) / 2
    for text, size, weight, high in (
        (str(service.waiting), number * shrink, Weight.BOLD, tops[0]),
        (label, word, Weight.MEDIUM, tops[1]),
        (wait, word + 2, Weight.BOLD, tops[2]),
    ):
        slack = 6 if size > word + 2 else 0
        p.text(text, Box(inner.x, y - slack, inner.w, high * shrink + 2 * slack), size, ink, weight, "center", "middle")
        y += high * shrink


def priority_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    under = _("Those named here are called earlier. Please have the paper ready for the clerk.")
    y, low = _head(p, state, say, top, bottom, _("Are you entitled to priority?"), under)
    offered: tuple[PriorityCategory | None, ...] = (None, *(state.reply.priorities if state.reply else ()))
    shown = _page(state, offered)
    tall = 190.0 if p.large else 158.0
    for box, category in zip(_cells(p, state, y, low, len(shown), tall, 14), shown, strict=True):
        if category is None:
            _no_priority(p, say, box)
        else:
            _priority(p, say, category, box)


def _no_priority(p: Painter, say: Words, box: Box) -> None:
    p.panel(box, TEAL, 24, lifted=True)
    p.icon("person", Box(box.x + 34, box.y + (box.h - 54) / 2, 54, 54), ON_PRIMARY)
    inner = Box(box.x + 116, box.y + 8, box.w - 200, box.h - 16)
    size = 34 if p.landscape else 38
    p.text(say.gettext("No priority applies"), inner, size, ON_PRIMARY, Weight.BOLD, "left", "middle")
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 40) / 2, 40, 40), ON_PRIMARY)
    p.target("priority:none", box, ChoosePriority(None))


def _priority(p: Painter, say: Words, category: PriorityCategory, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    p.icon("heart", Box(box.x + 34, box.y + (box.h - 54) / 2, 54, 54), TEAL)
    left, wide = box.x + 116, box.w - 200
    name = say.local(category.name)
    big, small = (32, 24) if p.landscape else (36, 27)
    proof = say.gettext("Bring: %(paper)s") % {"paper": say.local(category.proof)} if category.proof else ""
    low = min(p.height(proof, wide, small), box.h * 0.5) if proof else 0.0
    high = min(p.height(name, wide, big, Weight.BOLD), box.h - low - 20)
    y = box.y + (box.h - high - low) / 2
    p.text(name, Box(left, y, wide, high), big, INK, Weight.BOLD)
    p.text(proof, Box(left, y + high, wide, low), small, MUTED, Weight.MEDIUM)
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 40) / 2, 40, 40), TEAL)
    p.target(f"priority:{category.code}", box, ChoosePriority(category.code))


# --- the grid --------------------------------------------------------------------------------------------------


def _page(state: State, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    size = page_size(state, state.screen)
    return entries[state.page * size : (state.page + 1) * size]


def _head(
    p: Painter, state: State, say: Words, top: float, bottom: float, question: str, under: str
) -> tuple[float, float]:
    """Title and page buttons; returns the top and the bottom of the room for the list."""
    turned = pages(state) > 1
    if p.landscape:
        aside = 640.0 if turned else 0.0
        y = title(p, top, question, under, room=p.w - 2 * MARGIN - aside - (30 if turned else 0))
        pager(p, state, say, Box(p.w - MARGIN - aside, top + 30, aside, 92))
        return y, bottom - 24
    y = title(p, top, question, under)
    low = bottom - 24
    if turned:
        low -= TURNER + 20
        pager(p, state, say, Box(MARGIN, low + 20, p.w - 2 * MARGIN, TURNER))
    return y, low


def _cells(
    p: Painter, state: State, y: float, low: float, count: int, tall: float, gutter: float = GUTTER
) -> list[Box]:
    """Equal places for `count` entries, up to `tall` high: low enough to be reached from a wheelchair."""
    columns = 2 if p.landscape else 1
    size = page_size(state, state.screen)
    rows_full = -(-size // columns)
    rows = -(-count // columns)
    wide = (p.w - 2 * MARGIN - (columns - 1) * gutter) / columns
    high = min(tall, (low - y - (rows_full - 1) * gutter) / rows_full) if pages(state) > 1 else 0.0
    high = high or min(tall, (low - y - (rows - 1) * gutter) / max(1, rows))
    used = rows * high + (rows - 1) * gutter
    third = p.h / 3
    start = y if p.landscape or state.screen is Screen.PRIORITY else max(y, min(third, low - used))
    return [
        Box(MARGIN + (place % columns) * (wide + gutter), start + (place // columns) * (high + gutter), wide, high)
        for place in range(count)
    ]
