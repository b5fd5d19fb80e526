"""The lists: groups, services with all one needs to bring, and the question of priority."""

from __future__ import annotations

from typing import TypeVar

from kiosk.events import ChooseGroup, ChoosePriority, ChooseService
from kiosk.state import State, age_priority, choices, chosen_group, groups, page_size, pages
from kiosk.ui.frame import MARGIN, pager, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD_MIST, INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, TEAL_MIST, WARNING
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words
from queue_server.contract import PriorityCategory, Service, ServiceGroup

GUTTER = 16
TURNER = 100.0

Entry = TypeVar("Entry")


def group_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    under = _("Each field has its own counters")
    y, low = _head(p, state, say, top, bottom, _("What do you need today?"), under, _group_high(p))
    shown = _page(state, groups(state))
    for box, group in zip(_cells(p, state, y, low, len(shown), _group_high(p)), shown, strict=True):
        _group(p, say, group, box)


def _group(p: Painter, say: Words, group: ServiceGroup, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    side = min(112.0, box.h - 56)
    mark = Box(box.x + 32, box.y + (box.h - side) / 2, side, side)
    p.panel(mark, TEAL, 26)
    p.text(group.prefix, mark, 58, ON_PRIMARY, Weight.BOLD, "center", "middle", fixed=True)
    left = mark.right + 32
    count = sum(service.waiting for service in group.services)
    many = len(group.services)
    offered = say.ngettext("%(count)d procedure", "%(count)d procedures", many) % {"count": many}
    waiting = say.gettext("%(people)s waiting") % {"people": say.people(count)}
    lines = [
        Line(say.local(group.name), 42, INK, Weight.BOLD),
        Line(f"{offered}  ·  {waiting}", 28, MUTED, Weight.MEDIUM, gap=8),
    ]
    stack(p, lines, Box(left, box.y + 14, box.right - left - 84, box.h - 28))
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 44) / 2, 44, 44), TEAL)
    p.target(f"group:{group.code}", box, ChooseGroup(group.code))


def service_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    group = chosen_group(state)
    if group is None:
        return
    under = say.gettext("See what to bring, then touch your procedure")
    few = len(group.services) <= (4 if p.landscape else 3)
    tall = (310.0 if p.large else 224.0) * (1.35 if few else 1.0)
    y, low = _head(p, state, say, top, bottom, say.local(group.name), under, tall)
    shown = _page(state, group.services)
    for box, service in zip(_cells(p, state, y, low, len(shown), tall), shown, strict=True):
        _service(p, say, service, box, 1.16 if few else 1.0)


def _service(p: Painter, say: Words, service: Service, box: Box, scale: float) -> None:
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    aside = (180.0 if p.landscape else 226.0) * (1.15 if p.large else 1.0)
    _queue(p, say, service, Box(box.right - aside - 12, box.y + 12, aside, box.h - 24))
    big, small = (30 * scale, 22 * scale) if p.landscape else (37 * scale, 26 * scale)
    edge = 10 if p.landscape else 14
    side = small * 1.15 * p.text_scale
    lines = [Line(say.local(service.name), big, INK, Weight.BOLD)]
    for place, (picture, text) in enumerate(service_facts(say, service)):
        gap = 4 if place == 0 else 1
        lines.append(Line(text, small, MUTED, Weight.MEDIUM, gap, side + 12, picture, side))
    stack(p, lines, Box(box.x + 28, box.y + edge, box.w - aside - 60, box.h - 2 * edge))
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
    """How many go first and how long it may take, at the right of a service."""
    _ = say.gettext
    ink, back = (TEAL, TEAL_MIST) if service.counters else (WARNING, GOLD_MIST)
    p.panel(box, back, 18)
    inner = box.inset(8, 6)
    if not service.counters:
        stack(p, [Line(_("No counter open yet"), 25, ink, Weight.SEMIBOLD)], inner, "center")
        return
    number, word = (38, 21) if p.landscape else (46, 24)
    lines = [
        Line(str(service.ahead), number, ink, Weight.BOLD),
        Line(_("ahead of you"), word, ink, Weight.MEDIUM, gap=-6),
        Line(say.wait(service.wait_low_s, service.wait_high_s), word + 2, ink, Weight.BOLD, gap=2),
    ]
    stack(p, lines, inner, "center")


def priority_list(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    under = _("Those named here are called earlier. Please have the paper ready for the clerk.")
    tall = 190.0 if p.large else 156.0
    y, low = _head(p, state, say, top, bottom, _("Are you entitled to priority?"), under, tall)
    offered: tuple[PriorityCategory | None, ...] = (None, *(state.reply.priorities if state.reply else ()))
    shown = _page(state, offered)
    for box, category in zip(_cells(p, state, y, low, len(shown), tall), shown, strict=True):
        if category is None:
            _no_priority(p, say, box)
        else:
            _priority(p, say, category, box, aged=category == age_priority(state))


def _no_priority(p: Painter, say: Words, box: Box) -> None:
    p.panel(box, TEAL, 24, lifted=True)
    p.icon("person", Box(box.x + 34, box.y + (box.h - 54) / 2, 54, 54), ON_PRIMARY)
    inner = Box(box.x + 116, box.y + 8, box.w - 200, box.h - 16)
    size = 34 if p.landscape else 38
    p.text(say.gettext("No priority applies"), inner, size, ON_PRIMARY, Weight.BOLD, "left", "middle")
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 40) / 2, 40, 40), ON_PRIMARY)
    p.target("priority:none", box, ChoosePriority(None))


def _priority(p: Painter, say: Words, category: PriorityCategory, box: Box, *, aged: bool) -> None:
    """`aged`: the card or the answers say that this one applies; it is still the citizen who takes it."""
    p.panel(box, TEAL_MIST if aged else SURFACE, 24, edge=TEAL if aged else LINE, lifted=True)
    p.icon("heart", Box(box.x + 34, box.y + (box.h - 54) / 2, 54, 54), TEAL)
    big, small = (32, 24) if p.landscape else (36, 27)
    lines = [Line(say.local(category.name), big, INK, Weight.BOLD)]
    if aged:
        lines.append(Line(say.gettext("By your age this applies to you"), small, TEAL, Weight.SEMIBOLD, gap=2))
    if category.proof:
        proof = say.gettext("Bring: %(paper)s") % {"paper": say.local(category.proof)}
        lines.append(Line(proof, small, MUTED, Weight.MEDIUM, gap=2))
    stack(p, lines, Box(box.x + 116, box.y + 8, box.w - 200, box.h - 16))
    p.icon("chevron", Box(box.right - 72, box.y + (box.h - 40) / 2, 40, 40), TEAL)
    p.target(f"priority:{category.code}", box, ChoosePriority(category.code))


# --- the grid --------------------------------------------------------------------------------------------------


def _page(state: State, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    size = page_size(state, state.screen)
    return entries[state.page * size : (state.page + 1) * size]


def _group_high(p: Painter) -> float:
    return 270.0 if p.landscape else 250.0


def _head(
    p: Painter, state: State, say: Words, top: float, bottom: float, question: str, under: str, tall: float
) -> tuple[float, float]:
    """Title and page buttons; returns the top and the bottom of the room for the list, whose cells are `tall`."""
    turned = pages(state) > 1
    if p.landscape:
        aside = (740.0 if p.large else 640.0) if turned else 0.0
        y = title(p, top, question, under, room=p.w - 2 * MARGIN - aside - (30 if turned else 0))
        pager(p, state, say, Box(p.w - MARGIN - aside, top + 26, aside, 92))
        return y, bottom - 20
    low = bottom - 24
    if turned:
        low -= TURNER + 20
        pager(p, state, say, Box(MARGIN, low + 20, p.w - 2 * MARGIN, TURNER))
    count = min(choices(state), page_size(state, state.screen))
    used = count * (tall + GUTTER) - GUTTER
    return title(p, top, question, under, floor=min(p.h / 3, low - used)), low


def _cells(p: Painter, state: State, y: float, low: float, count: int, tall: float) -> list[Box]:
    """Equal places for `count` entries, up to `tall` high, and of the same height on every page."""
    columns = 2 if p.landscape else 1
    rows = -(-(page_size(state, state.screen) if pages(state) > 1 else count) // columns)
    wide = (p.w - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    high = min(tall, (low - y - (rows - 1) * GUTTER) / max(1, rows))
    return [
        Box(MARGIN + (place % columns) * (wide + GUTTER), y + (place // columns) * (high + GUTTER), wide, high)
        for place in range(count)
    ]
