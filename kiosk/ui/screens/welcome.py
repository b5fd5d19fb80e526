"""The first screens: starting up, the welcome, and the choice of a language."""

from __future__ import annotations

from kiosk.events import ChooseLanguage, Start
from kiosk.state import Screen, State, groups
from kiosk.ui.frame import GAP, MARGIN, primary, title
from kiosk.ui.motif import drum
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, TEAL_MIST, WARNING, colour
from kiosk.ui.typeface import Weight
from kiosk.words import Words, words
from queue_server.contract import Language, ServiceGroup

FAINT = colour("C98A2B", 0.20)


def welcome(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Attract; while starting, the same place with a sign of work."""
    if p.landscape:
        _landscape(p, state, say, top, bottom)
    else:
        _portrait(p, state, say, top, bottom)


def _portrait(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    side = 860.0
    p.picture(drum(round(side * p.unit)), Box((p.w - side) / 2, top + 30, side, side), FAINT)
    wide = p.w - 2 * MARGIN
    y = top + 190
    y += _greeting(p, state, say, Box(MARGIN, y, wide, 420), "center")
    if state.screen is Screen.STARTING:
        p.spinner(Box(p.w / 2 - 60, top + 640, 120, 120))
        return
    low = bottom - 40
    low = _waiting(p, state, say, Box(MARGIN, low - 376, wide, 376))
    if state.unprintable:
        low = _paper_warning(p, say, Box(MARGIN, low - GAP - 128, wide, 128))
    button = Box(MARGIN + 40, low - 320, wide - 80, 240)
    p.target("anywhere", Box(0, top, p.w, bottom - top), Start(), 0)
    _start(p, say, button)


def _landscape(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    side = bottom - top + 120
    p.picture(drum(round(side * p.unit)), Box(p.w * 0.29 - side / 2, top - 40, side, side), FAINT)
    wide = p.w * 0.58 - MARGIN
    y = top + 70
    _greeting(p, state, say, Box(MARGIN, y, wide, 300), "left")
    if state.screen is Screen.STARTING:
        p.spinner(Box(MARGIN, top + 400, 110, 110))
        return
    p.target("anywhere", Box(0, top, p.w, bottom - top), Start(), 0)
    button = Box(MARGIN, bottom - 60 - 210, wide, 210)
    if state.unprintable:
        _paper_warning(p, say, Box(MARGIN, button.y - 30 - 104, wide, 104))
    _start(p, say, button)
    left = MARGIN + wide + 60
    _waiting(p, state, say, Box(left, top + 60, p.w - MARGIN - left, bottom - top - 120))


def _greeting(p: Painter, state: State, say: Words, box: Box, align: str) -> float:
    _ = say.gettext
    big, small = (76, 34) if p.landscape else (92, 42)
    starting = state.screen is Screen.STARTING
    hello = _("Starting up") if starting else _("Welcome")
    help_text = _("Connecting to the hall…") if starting else _("Touch the screen to take your number")
    high = p.height(hello, box.w, big, Weight.EXTRABOLD)
    p.text(hello, Box(box.x, box.y, box.w, high), big, TEAL, Weight.EXTRABOLD, align)
    if align == "center":
        p.fill(Box(box.x + box.w / 2 - 60, box.y + high + 14, 120, 6), GOLD)
    else:
        p.fill(Box(box.x, box.y + high + 10, 120, 6), GOLD)
    y = box.y + high + 40
    tall = p.height(help_text, box.w, small, Weight.MEDIUM)
    p.text(help_text, Box(box.x, y, box.w, tall), small, INK, Weight.MEDIUM, align)
    other = words(Language.EN if say.language is Language.VI else Language.VI)
    if not starting:
        below = other.gettext("Touch the screen to take your number")
        under = p.height(below, box.w, small * 0.76)
        p.text(below, Box(box.x, y + tall + 8, box.w, under), small * 0.76, MUTED, Weight.REGULAR, align)
        tall += under + 8
    return y + tall - box.y


def _start(p: Painter, say: Words, box: Box) -> None:
    primary(p, "start", box, say.gettext("Take a number"), Start(), size=60 if not p.landscape else 54, picture="touch")


def _paper_warning(p: Painter, say: Words, box: Box) -> float:
    p.panel(box, GOLD_MIST, 24, edge=GOLD)
    p.icon("printer", Box(box.x + 30, box.y + (box.h - 52) / 2, 52, 52), WARNING)
    text = say.gettext("The printer cannot print now. You can still take a number: note it from the screen.")
    p.text(text, Box(box.x + 110, box.y + 8, box.w - 140, box.h - 16), 27, INK, Weight.MEDIUM, "left", "middle")
    return box.y


def _waiting(p: Painter, state: State, say: Words, box: Box) -> float:
    """How many wait, by group: the first thing people ask. Returns where it begins."""
    _ = say.gettext
    shown = groups(state)[:6]
    head = 64.0 * (1.15 if p.large else 1)
    row = min(78.0 * (1.2 if p.large else 1), (box.h - head - 16) / max(1, len(shown)))
    high = head + row * len(shown) + 16
    y = box.bottom - high if not p.landscape else box.y
    p.panel(Box(box.x, y, box.w, high), SURFACE, 24, edge=LINE)
    p.text(_("Waiting now"), Box(box.x + 32, y + 8, box.w - 64, head - 8), 28, MUTED, Weight.SEMIBOLD, place="middle")
    for place, group in enumerate(shown):
        line = Box(box.x + 32, y + head + place * row, box.w - 64, row)
        p.rule(line.x, line.y, line.w, LINE)
        _waiting_row(p, say, group, line)
    return y


def _waiting_row(p: Painter, say: Words, group: ServiceGroup, line: Box) -> None:
    badge = min(54.0, line.h - 20)
    p.panel(Box(line.x, line.y + (line.h - badge) / 2, badge, badge), TEAL_MIST, 14)
    chip = Box(line.x, line.y + (line.h - badge) / 2, badge, badge)
    p.text(group.prefix, chip, 28, TEAL, Weight.BOLD, "center", "middle", fixed=True)
    count = sum(service.waiting for service in group.services)
    aside = 190.0 * (1.15 if p.large else 1)
    name = Box(line.x + badge + 22, line.y + 4, line.w - badge - 22 - aside, line.h - 8)
    p.text(say.local(group.name), name, 29, INK, Weight.MEDIUM, "left", "middle")
    place = Box(line.right - aside, line.y + 4, aside, line.h - 8)
    p.text(say.people(count), place, 29, INK, Weight.BOLD, "right", "middle")


def language(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Both questions in both languages: nobody can be asked in one only."""
    vi, en = words(Language.VI), words(Language.EN)
    y = title(p, top, vi.gettext("Choose your language"), en.gettext("Choose your language"))
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
    high = 330.0
    low = max(y + 40, (p.h - 2 * high) / 2 + 60)
    return Box(MARGIN, low, wide, high), Box(MARGIN, low + high + 48, wide, high)
