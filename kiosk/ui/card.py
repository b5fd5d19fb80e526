"""Cards to choose from, strips that tell something, and places for them: the building blocks of self-service."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.ui.icons import PENS
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import (
    DANGER_MIST,
    GOLD,
    GOLD_MIST,
    INK,
    LINE,
    MUTED,
    ON_PRIMARY,
    RED,
    SUCCESS,
    SUCCESS_MIST,
    SURFACE,
    TEAL,
    TEAL_MIST,
    WARNING,
    Colour,
)
from kiosk.ui.stack import Line, grown, stack
from kiosk.ui.typeface import Weight

GUTTER = 16.0
CHIP = 24.0
ROOMY = 160.0
"""A strip as high as this tells something by itself, in larger letters."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How a message looks; its words and its pictogram say the same, for whoever does not see the colour."""

    ink: Colour
    back: Colour
    edge: Colour


CALM = Tone(TEAL, TEAL_MIST, TEAL)
GOOD = Tone(SUCCESS, SUCCESS_MIST, SUCCESS)
MIND = Tone(WARNING, GOLD_MIST, GOLD)
BAD = Tone(RED, DANGER_MIST, RED)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose. `picture`: a pictogram, one that nobody drew becomes a paper; `strong`: for most people."""

    name: str
    label: str
    event: Event | None
    under: str = ""
    picture: str = ""
    strong: bool = False
    note: str = ""
    """A few words at the right, above the arrow's place."""
    letter: str = ""
    """In place of a pictogram: by which the hall's signs and numbers name it."""


def known(picture: str) -> str:
    """`picture` if it is drawn here."""
    return picture if picture in PENS else "paper"


def choice(p: Painter, box: Box, one: Choice, *, size: float | None = None) -> None:
    """A card over the full width of its place: pictogram, name, what it is, arrow."""
    back, ink, soft = (TEAL, ON_PRIMARY, ON_PRIMARY) if one.strong else (SURFACE, INK, MUTED)
    mark = ON_PRIMARY if one.strong else TEAL
    p.panel(box, back, 28, edge=None if one.strong else LINE, lifted=True)
    left = box.x + 32
    if one.picture:
        side = min(96.0 if one.strong else 76.0, box.h - 48)
        p.icon(known(one.picture), Box(left, box.y + (box.h - side) / 2, side, side), mark)
        left += side + 30
    arrow = 40.0
    right = box.right - arrow - 44
    if one.note:
        aside = min(230.0 * (1.2 if p.large else 1.0), box.w * 0.3)
        chip(p, Box(right - aside, box.y + box.h / 2 - 34, aside, 68), one.note)
        right -= aside + 20
    big = size or (34 if p.landscape else 40)
    lines = [Line(one.label, big, ink, Weight.BOLD), Line(one.under, big * 0.7, soft, Weight.MEDIUM, gap=4)]
    stack(p, lines, Box(left, box.y + 10, right - left, box.h - 20))
    p.icon("chevron", Box(box.right - arrow - 28, box.y + (box.h - arrow) / 2, arrow, arrow), mark)
    p.target(one.name, box, one.event, 28)


def tile(p: Painter, box: Box, one: Choice) -> None:
    """A card for a grid: pictogram at the left, name beside it."""
    p.panel(box, SURFACE, 24, edge=LINE, lifted=True)
    side = min(72.0, box.h - 40)
    mark = Box(box.x + 18, box.y + (box.h - side - 20) / 2, side + 20, side + 20)
    p.panel(mark, TEAL if one.letter else TEAL_MIST, 20)
    if one.letter:
        p.text(one.letter, mark, 46, ON_PRIMARY, Weight.BOLD, "center", "middle", fixed=True)
    else:
        p.icon(known(one.picture), mark.inset(10), TEAL)
    left = box.x + side + 58
    size = 29 if p.landscape else 33
    stack(p, [Line(one.label, size, INK, Weight.BOLD)], Box(left, box.y + 8, box.right - left - 18, box.h - 16))
    p.target(one.name, box, one.event, 24)


def chip(p: Painter, box: Box, text: str, tone: Tone = CALM) -> None:
    """A few words on a ground of their own."""
    p.panel(box, tone.back, min(box.h / 2, 22))
    stack(p, [Line(text, CHIP, tone.ink, Weight.BOLD)], box.inset(12, 4), "center")


def strip(p: Painter, box: Box, picture: str, head: str, text: str = "", tone: Tone = CALM) -> None:
    """What just happened or is the matter: pictogram, a sentence, and what follows from it."""
    p.panel(box, tone.back, 24, edge=tone.edge)
    side = min(64.0, box.h - 30)
    p.icon(picture, Box(box.x + 30, box.y + (box.h - side) / 2, side, side), tone.ink)
    left = box.x + 30 + side + 28
    big, small = (29, 25) if p.landscape else (35, 29)
    lines = [Line(head, big, tone.ink, Weight.BOLD), Line(text, small, INK, Weight.MEDIUM, gap=3)]
    place = Box(left, box.y + 8, box.right - left - 22, box.h - 16)
    stack(p, grown(p, lines, place, 1.25) if box.h >= ROOMY else lines, place)


def rows(box: Box, count: int, most: float, gap: float = GUTTER) -> list[Box]:
    """`count` places under each other in `box`, each at most `most` high."""
    high = min(most, (box.h - (count - 1) * gap) / max(1, count))
    return [Box(box.x, box.y + place * (high + gap), box.w, high) for place in range(count)]


def grid(box: Box, count: int, columns: int, most: float, lines: int | None = None) -> list[Box]:
    """Places in `columns`, as high on a page with few as on a full one of `lines`."""
    wide = (box.w - (columns - 1) * GUTTER) / columns
    lines = lines or -(-count // columns)
    high = min(most, (box.h - (lines - 1) * GUTTER) / max(1, lines))
    return [
        Box(box.x + (place % columns) * (wide + GUTTER), box.y + (place // columns) * (high + GUTTER), wide, high)
        for place in range(count)
    ]
