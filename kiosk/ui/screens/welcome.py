"""The first screens: starting up, the welcome, and the choice of a language."""

from __future__ import annotations

from kiosk.events import ChooseLanguage, Start
from kiosk.offers import invitation, offers
from kiosk.state import Screen, State, groups
from kiosk.ui.frame import MARGIN, primary, title
from kiosk.ui.motif import drum
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, TEAL_MIST, WARNING, colour
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.course import offers_ways
from kiosk.words import Words, words
from queue_server.contract import Language, ServiceGroup

SHOWN_GROUPS = 6
FAINT = colour("C98A2B", 0.20)


def welcome(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Attract; while starting, the same place with a sign of work."""
    if p.landscape:
        _landscape(p, state, say, top, bottom)
    else:
        _portrait(p, state, say, top, bottom)


def _portrait(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    wide = p.w - 2 * MARGIN
    starting = state.screen is Screen.STARTING
    room = Box(MARGIN, bottom - 416, wide, 376)
    card = room if starting else _waiting_box(p, state, room)
    warning = Box(MARGIN, card.y - 30 - 128, wide, 128)
    button = Box(MARGIN, (warning.y - 60 if state.unprintable else card.y - 84) - 250, wide, 250)
    # The drum's sun rises over the button.
    side = 1180.0
    middle = card.y - 140 if starting else button.y - 40
    sun = Box((p.w - side) / 2, middle - side / 2, side, side)
    p.picture(drum(round(side * p.unit)), sun, FAINT)
    offered = offers_ways(state) and not starting
    offers = Box(MARGIN, button.y - 44 - 210, wide, 210)
    y = top + (80 if p.large else 130)
    floor = offers.y - 24 if offered else y + 480
    _greeting(p, state, say, Box(MARGIN, y, wide, min(480.0, floor - y)), "center")
    if offered:
        _offers(p, say, offers)
    if starting:
        p.spinner(sun.inset(side / 2 - 200))
        return
    p.target("anywhere", Box(0, top, p.w, bottom - top), Start(), 0)
    _waiting(p, state, say, card)
    if state.unprintable:
        _paper_warning(p, say, warning)
    _start(p, state, say, button)


def _landscape(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    side = bottom - top + 120
    sun = Box(p.w * 0.29 - side / 2, bottom - 290 - side / 2, side, side)
    p.picture(drum(round(side * p.unit)), sun, FAINT)
    wide = p.w * 0.58 - MARGIN
    y = top + (36 if p.large or state.unprintable else 64)
    button = Box(MARGIN, bottom - 60 - 210, wide, 210)
    floor = button.y - (30 + 104 if state.unprintable else 0) - 24
    if offers_ways(state) and state.screen is not Screen.STARTING:
        offers = Box(MARGIN, floor - 158, wide, 158)
        _offers(p, say, offers)
        floor = offers.y - 12
    _greeting(p, state, say, Box(MARGIN, y, wide, floor - y), "left")
    if state.screen is Screen.STARTING:
        p.spinner(sun.inset(side / 2 - 145))
        return
    p.target("anywhere", Box(0, top, p.w, bottom - top), Start(), 0)
    if state.unprintable:
        _paper_warning(p, say, Box(MARGIN, button.y - 30 - 104, wide, 104))
    _start(p, state, say, button)
    left = MARGIN + wide + 60
    room = Box(left, top + 60, p.w - MARGIN - left, bottom - top - 120)
    _waiting(p, state, say, _waiting_box(p, state, room))


def _greeting(p: Painter, state: State, say: Words, box: Box, align: str) -> None:
    _ = say.gettext
    starting = state.screen is Screen.STARTING
    hello = _("Starting up") if starting else _("Welcome")
    help_text = _("Connecting to the hall…") if starting else invitation(state, say)
    lines = [
        Line(hello, 74 if p.landscape else 84, TEAL, Weight.EXTRABOLD),
        Line(help_text, 35 if p.landscape else 44, INK, Weight.MEDIUM, gap=44),
    ]
    if not starting:
        other = words(Language.EN if say.language is Language.VI else Language.VI)
        below = invitation(state, other)
        lines.append(Line(below, 27 if p.landscape else 33, MUTED, gap=8))
    end = stack(p, lines, box, align, "top")
    # The rule stands in the gap under the greeting.
    high = height(p, lines[:1], box.w)
    squeeze = (end - box.y) / max(1.0, height(p, lines, box.w))
    x = box.x + (box.w / 2 - 60 if align == "center" else 0)
    p.fill(Box(x, box.y + (high + 18) * squeeze, 120, 6), GOLD)


def _offers(p: Painter, say: Words, box: Box) -> None:
    """What else can be done here than to take a number: beside each other, and to be read only."""
    every = offers(say)
    wide = box.w / len(every)
    side = min(84.0, box.h * (0.4 if p.large else 0.5))
    size = 25 if p.landscape else 31
    for place, (picture, text) in enumerate(every):
        cell = Box(box.x + place * wide, box.y, wide, box.h)
        p.icon(picture, Box(cell.x + (wide - side) / 2, cell.y, side, side), TEAL)
        label = Box(cell.x + 8, cell.y + side + 10, wide - 16, box.h - side - 10)
        stack(p, [Line(text, size, INK, Weight.SEMIBOLD)], label, "center", "top")


def _start(p: Painter, state: State, say: Words, box: Box) -> None:
    label = say.gettext("Begin") if offers_ways(state) else say.gettext("Take a number")
    primary(p, "start", box, label, Start(), size=60 if not p.landscape else 54, picture="touch")


def _paper_warning(p: Painter, say: Words, box: Box) -> None:
    p.panel(box, GOLD_MIST, 24, edge=GOLD)
    p.icon("printer", Box(box.x + 30, box.y + (box.h - 52) / 2, 52, 52), WARNING)
    text = say.gettext("The printer cannot print now. You can still take a number: note it from the screen.")
    p.text(text, Box(box.x + 110, box.y + 8, box.w - 140, box.h - 16), 27, INK, Weight.MEDIUM, "left", "middle")


def _head_high(p: Painter) -> float:
    return 64.0 * (1.15 if p.large else 1)


def _waiting_box(p: Painter, state: State, room: Box) -> Box:
    """The part of `room` that the list of groups takes: the lower one in portrait, the upper one in landscape."""
    count = max(1, len(groups(state)[:SHOWN_GROUPS]))
    most = (116.0 if p.landscape else 78.0) * (1.2 if p.large else 1)
    high = _head_high(p) + min(most * count, room.h - _head_high(p) - 16) + 16
    return Box(room.x, room.y if p.landscape else room.bottom - high, room.w, high)


def _waiting(p: Painter, state: State, say: Words, box: Box) -> None:
    """How many wait, by group: the first thing people ask."""
    _ = say.gettext
    shown = groups(state)[:SHOWN_GROUPS]
    head = _head_high(p)
    row = (box.h - head - 16) / max(1, len(shown))
    y = box.y
    p.panel(box, SURFACE, 24, edge=LINE)
    p.text(_("Waiting now"), Box(box.x + 32, y + 8, box.w - 64, head - 8), 28, MUTED, Weight.SEMIBOLD, place="middle")
    for place, group in enumerate(shown):
        line = Box(box.x + 32, y + head + place * row, box.w - 64, row)
        p.rule(line.x, line.y, line.w, LINE)
        _waiting_row(p, say, group, line)


def _waiting_row(p: Painter, say: Words, group: ServiceGroup, line: Box) -> None:
    badge = min(54.0, line.h - 20)
    p.panel(Box(line.x, line.y + (line.h - badge) / 2, badge, badge), TEAL_MIST, 14)
    chip = Box(line.x, line.y + (line.h - badge) / 2, badge, badge)
    p.text(group.prefix, chip, 28, TEAL, Weight.BOLD, "center", "middle", fixed=True)
    count = sum(service.waiting for service in group.services)
    aside = min(190.0 * (1.15 if p.large else 1), p.width(say.people(count), 29, Weight.BOLD) + 24)
    name = Box(line.x + badge + 22, line.y + 4, line.w - badge - 22 - aside, line.h - 8)
    p.text(say.local(group.name), name, 29, INK, Weight.MEDIUM, "left", "middle")
    place = Box(line.right - aside, line.y + 4, aside, line.h - 8)
    p.text(say.people(count), place, 29, INK, Weight.BOLD, "right", "middle")


def language(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Both questions in both languages: nobody can be asked in one only."""
    vi, en = words(Language.VI), words(Language.EN)
    floor = 0.0 if p.landscape else p.h / 3 + 60
    y = title(p, top, vi.gettext("Choose your language"), en.gettext("Choose your language"), floor=floor)
    boxes = _language_boxes(p, y, bottom)
    for box, code, name, under in (
        (boxes[0], Language.VI, "Tiếng Việt", vi.gettext("Continue")),
        (boxes[1], Language.EN, "English", en.gettext("Continue")),
    ):
        first = code is Language.VI
        p.panel(box, TEAL if first else SURFACE, 32, edge=None if first else TEAL, lifted=True)
        ink = ON_PRIMARY if first else TEAL
        half = box.h * 0.56
        p.text(name, Box(box.x + 40, box.y + 30, box.w - 80, half), 72, ink, Weight.BOLD, "center", "middle")
        low = Box(box.x + 40, box.y + 20 + half, box.w - 80, box.h - half - 50)
        p.text(under, low, 36, ink, Weight.MEDIUM, "center", "middle")
        p.target(f"language:{code.value}", box, ChooseLanguage(code), 32)


def _language_boxes(p: Painter, y: float, bottom: float) -> tuple[Box, Box]:
    wide = p.w - 2 * MARGIN
    if p.landscape:
        half = (wide - 40) / 2
        high = min(380.0, bottom - y - 60)
        low = y + (bottom - y - high) / 2 - 10
        return Box(MARGIN, low, half, high), Box(MARGIN + half + 40, low, half, high)
    high, low = 330.0, y + 10
    return Box(MARGIN, low, wide, high), Box(MARGIN, low + high + 48, wide, high)
