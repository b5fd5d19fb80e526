"""Hold the card under the scanner, or type instead: it saves typing and proves nothing, and says so."""

from __future__ import annotations

from hardware.advice import Advice
from kiosk.card_words import card_advice
from kiosk.state import State, age_priority
from kiosk.ui.card import ROOMY
from kiosk.ui.frame import GAP, MARGIN, between, primary, secondary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import (
    DANGER_MIST,
    GOLD,
    GOLD_MIST,
    INK,
    LINE,
    MUTED,
    RED,
    SUCCESS,
    SUCCESS_MIST,
    SURFACE,
    TEAL,
    TEAL_MIST,
    Colour,
)
from kiosk.ui.stack import Line, grown, height, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Done, TypeInstead
from kiosk.visit.state import CardFields
from kiosk.words import Words


def identify(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    card = state.visit.card if state.visit else None
    done = 110.0 if p.landscape else 150.0
    row = Box(MARGIN, bottom - 16 - done, p.w - 2 * MARGIN, done)
    if card is not None:
        primary(p, "key:done", row, _("Continue"), Done(), picture="check")
    else:
        secondary(p, "type-instead", row, _("I will type it instead"), TypeInstead(), size=36)
    # At low reach there is nothing above the button to touch, so the rest keeps its place.
    begin = between(p)[0] + (12 if p.landscape else 40)
    body = Box(MARGIN, begin, p.w - 2 * MARGIN, row.y - 20 - begin)
    problem = card_advice(state)
    words = _words(state, say, card, problem)
    high = min(height(p, words, body.w), body.h * 0.3)
    stack(p, words, Box(body.x, body.y, body.w, high + 1), place="top")
    rest = Box(body.x, body.y + high + 22, body.w, body.h - high - 22)
    said = 96.0 if p.landscape else 150.0
    said *= 1.2 if p.large else 1.0
    notice = Box(rest.x, rest.bottom - said, rest.w, said)
    _proof(p, say, notice)
    middle = Box(rest.x, rest.y, rest.w, rest.h - said - GAP)
    if card is not None:
        _found(p, state, say, card, middle)
        return
    if problem is not None:
        told, middle = _beside(middle) if p.landscape else _above(middle, 190.0 * (1.15 if p.large else 1.0))
        _strip(p, told, "warning", problem.what, problem.do, (RED, DANGER_MIST, RED))
    _how(p, say, middle)


def _above(box: Box, high: float) -> tuple[Box, Box]:
    """What is told, and under it the rest."""
    return Box(box.x, box.y, box.w, high), Box(box.x, box.y + high + GAP, box.w, box.h - high - GAP)


def _beside(box: Box) -> tuple[Box, Box]:
    """What is told at the right; at the left the rest: a lying screen has no height for both."""
    aside = box.w * 0.58
    return Box(box.right - aside, box.y, aside, box.h), Box(box.x, box.y, box.w - aside - GAP, box.h)


def _words(state: State, say: Words, card: CardFields | None, problem: Advice | None) -> list[Line]:
    _ = say.gettext
    if card is not None and problem is not None:
        return [Line(problem.what, 44, RED, Weight.BOLD), Line(problem.do, 30, INK, gap=6)]
    if card is not None:
        other = _("If it is not yours, hold your own under the scanner.")
        return [Line(_("Your card was read"), 50, INK, Weight.BOLD), Line(other, 30, MUTED, gap=6)]
    return [
        Line(_("Hold your identity card under the scanner"), 50, INK, Weight.BOLD),
        Line(
            _("What stands on it is then filled in for you; you look through it and may change it."), 30, MUTED, gap=6
        ),
    ]


def _proof(p: Painter, say: Words, box: Box) -> None:
    _ = say.gettext
    text = _("The card only saves you typing. It is not taken as proof of who you are.")
    _strip(p, box, "info", text, "", (INK, GOLD_MIST, GOLD))


def _strip(p: Painter, box: Box, picture: str, head: str, text: str, tone: tuple[Colour, Colour, Colour]) -> None:
    ink, back, edge = tone
    p.panel(box, back, 22, edge=edge)
    side = min(60.0, box.h - 28)
    p.icon(picture, Box(box.x + 26, box.y + (box.h - side) / 2, side, side), ink)
    left = box.x + 26 + side + 24
    big, small = (28, 25) if p.landscape else (34, 30)
    lines = [Line(head, big, ink, Weight.BOLD), Line(text, small, INK, Weight.MEDIUM, gap=3)]
    place = Box(left, box.y + 6, box.right - left - 20, box.h - 12)
    stack(p, grown(p, lines, place, 1.25) if box.h >= ROOMY else lines, place)


# --- how to hold it ---------------------------------------------------------------------------------------------


def _how(p: Painter, say: Words, box: Box) -> None:
    """The card with its code up, the light from above, and three short sentences."""
    _ = say.gettext
    p.panel(box, SURFACE, 28, edge=LINE)
    steps = (
        _("The side with the square code faces up"),
        _("Hold it flat, a hand's breadth under the light"),
        _("Keep still until you hear the sound"),
    )
    if box.h < 250 or (p.landscape and box.w < 1000):
        # The message above says what to do; the picture shows it.
        _pictogram(p, box.inset(30, 12))
        return
    if p.landscape:
        picture = Box(box.x + 30, box.y + 20, box.w * 0.4, box.h - 40)
        words = Box(picture.right + 40, box.y + 20, box.right - picture.right - 70, box.h - 40)
    else:
        picture = Box(box.x + 60, box.y + 24, box.w - 120, box.h * 0.58 - 24)
        words = Box(box.x + 48, picture.bottom + 16, box.w - 96, box.bottom - picture.bottom - 36)
    _pictogram(p, picture)
    size = 29 if p.landscape else 36
    rows = [
        Line(f"{place}.  {text}", size, INK, Weight.SEMIBOLD, 12 if place > 1 else 0)
        for place, text in enumerate(steps, 1)
    ]
    stack(p, rows, words)


def _pictogram(p: Painter, box: Box) -> None:
    wide = min(box.w * 0.62, box.h * 0.95)
    card_high = wide * 0.5
    scanner = Box(box.x + box.w / 2 - wide * 0.32, box.y + 4, wide * 0.64, box.h * 0.17)
    card = Box(box.x + (box.w - wide) / 2, box.bottom - card_high - 6, wide, card_high)
    p.panel(scanner, INK, 16)
    p.panel(Box(scanner.x + scanner.w * 0.25, scanner.bottom - 12, scanner.w * 0.5, 12), RED, 5)
    rays = 5
    for ray in range(rays):
        part = ray / (rays - 1)
        start = scanner.x + scanner.w * (0.28 + 0.44 * part)
        end = card.x + card.w * (0.55 + 0.38 * part)
        p.line([(start, scanner.bottom + 8), (end, card.y - 8)], GOLD, 4)
    p.panel(card, TEAL_MIST, 20, edge=TEAL)
    side = card_high * 0.34
    face = Box(card.x + card.w * 0.06, card.y + card_high * 0.3, side, side * 1.2)
    p.panel(face, SURFACE, 8, edge=TEAL)
    p.icon("person", Box(face.x + face.w * 0.1, face.y + face.h * 0.14, face.w * 0.8, face.w * 0.8), TEAL)
    for line in range(3):
        p.panel(Box(face.right + 18, face.y + 8 + line * card_high * 0.14, card.w * (0.24 - 0.05 * line), 8), TEAL, 4)
    _code(p, Box(card.right - card_high * 0.52, card.y + card_high * 0.22, card_high * 0.42, card_high * 0.42))


def _code(p: Painter, box: Box) -> None:
    """The look of a QR code, made of a few squares; it says nothing."""
    p.fill(box, SURFACE)
    cell = box.w / 9
    rows = (
        "111010111",
        "101001101",
        "111011111",
        "000101000",
        "101110011",
        "010010110",
        "111001011",
        "101110100",
        "111010101",
    )
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark == "1":
                p.fill(Box(box.x + across * cell, box.y + down * cell, cell + 0.6, cell + 0.6), INK)


# --- the card that was read -------------------------------------------------------------------------------------


def _found(p: Painter, state: State, say: Words, card: CardFields, box: Box) -> None:
    """Name and number, of which the middle stays hidden: others may look over one's shoulder."""
    _ = say.gettext
    category = age_priority(state)
    lane = 190.0 if category and not p.landscape else 0.0
    high = min(box.h - (lane + GAP if lane else 0), 260.0 if p.landscape else 340.0)
    shown = Box(box.x, box.y, box.w * (0.58 if category and p.landscape else 1.0), high)
    p.panel(shown, SUCCESS_MIST, 28, edge=SUCCESS)
    side = min(120.0, high - 60)
    p.icon("card", Box(shown.x + 44, shown.y + (high - side) / 2, side, side), SUCCESS)
    left = shown.x + 44 + side + 44
    lines = [
        Line(card.name, 38 if p.landscape else 46, INK, Weight.BOLD),
        Line(masked(card.id), 32 if p.landscape else 38, INK, Weight.SEMIBOLD, gap=6),
    ]
    if not (p.landscape and p.large):  # there the head says it
        lines.append(Line(_("Please check that this is your card."), 28, MUTED, Weight.MEDIUM, gap=8))
    stack(p, lines, Box(left, shown.y + 8, shown.right - left - 30, high - 16))
    if category is not None:
        head = _("You may go first: %(category)s") % {"category": say.local(category.name)}
        text = (
            _("Please have the paper ready: %(paper)s") % {"paper": say.local(category.proof)} if category.proof else ""
        )
        place = Box(box.x, shown.bottom + GAP, box.w, lane)
        if p.landscape:
            place = Box(shown.right + GAP, shown.y, box.right - shown.right - GAP, high)
        _strip(p, place, "heart", head, text, (TEAL, TEAL_MIST, TEAL))


def masked(number: str) -> str:
    """001 ••• ••• 345: enough to recognise one's own."""
    return f"{number[:3]} ••• ••• {number[-3:]}"
