"""What every screen shares: the hall's name above, the room between, its title and its large buttons."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.events import Event, TurnPage
from kiosk.state import State, pages
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import (
    GOLD,
    INK,
    MUTED,
    ON_PRIMARY,
    ON_RED_SOFT,
    RED,
    RED_DEEP,
    SURFACE,
    TEAL,
    TEAL_MIST,
    Colour,
)
from kiosk.ui.stack import Line, height, one_line, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words, zone

MARGIN = 56
GAP = 20
MINUTE_S = 60


def wall_time(state: State) -> datetime | None:
    """The hall's time now, from the server's clock and the seconds since its last answer."""
    if state.reply is None:
        return None
    passed = timedelta(seconds=max(0.0, state.times.now - state.times.answered))
    return (state.reply.now + passed).astimezone(zone(state.reply.hall.timezone))


def between(p: Painter) -> tuple[float, float]:
    """Where the header ends and where the foot begins."""
    return (138.0, p.h - 132.0) if p.landscape else (220.0, p.h - 190.0)


def within_reach(p: Painter) -> tuple[float, float]:
    """As `between`, but at low reach the lower half only: the upper one is for what is read."""
    top, bottom = between(p)
    return (p.h / 2, bottom) if p.low_reach else (top, bottom)


def header(p: Painter, state: State, say: Words) -> None:
    """The red band with agency and hall."""
    deep = between(p)[0] - 6
    p.fill(Box(0, 0, p.w, deep), RED)
    p.fill(Box(0, deep - 10, p.w, 10), RED_DEEP)
    p.fill(Box(0, deep, p.w, 6), GOLD)
    room = p.w - 2 * MARGIN
    moment = wall_time(state)
    if moment is not None:
        aside = 250 if p.landscape else 230
        room -= aside + GAP
        clock = Box(p.w - MARGIN - aside, 0, aside, deep - 10)
        tall = (deep - 10) / 2
        size = 46 if p.landscape else 56
        p.text(
            say.clock(moment),
            Box(clock.x, 14, aside, tall + 8),
            size,
            ON_PRIMARY,
            Weight.SEMIBOLD,
            "right",
            "middle",
            fixed=True,
        )
        day = (
            f"{say.weekday(moment)}\n{moment:%d/%m/%Y}" if not p.landscape else f"{say.weekday(moment)}, {moment:%d/%m}"
        )
        low = Box(clock.x - 20, tall + (12 if p.landscape else 14), aside + 20, tall - (18 if p.landscape else 22))
        p.text(day, low, 22 if p.landscape else 24, ON_RED_SOFT, Weight.MEDIUM, "right", "middle", fixed=True)
    _names(p, say, state, room, deep - 10)


def _names(p: Painter, say: Words, state: State, room: float, deep: float) -> None:
    if state.reply is not None:
        agency, name = say.local(state.reply.hall.agency).upper(), say.local(state.reply.hall.name)
    else:
        agency, name = "", say.gettext("One-Stop Service Hall")
    small, big = (22, 34) if p.landscape else (26, 40)
    lines = [Line(agency, small, ON_RED_SOFT, Weight.SEMIBOLD), Line(name, big, ON_PRIMARY, Weight.BOLD, gap=4)]
    stack(p, lines, Box(MARGIN, 12, room, deep - 22))


# --- the middle ------------------------------------------------------------------------------------------------


def title(
    p: Painter,
    y: float,
    text: str,
    under: str = "",
    *,
    room: float | None = None,
    floor: float = 0.0,
    picture: str = "",
) -> float:
    """A screen's question and what helps to answer it; returns where the content may begin.

    It stands right above content that begins at `floor`, as low as a hand reaches from a wheelchair. At low reach it
    fills the upper half, with `picture` above it.
    """
    if p.low_reach and y >= p.h / 2:
        _title_above(p, y, text, under, picture)
        return y + 16
    wide = room or p.w - 2 * MARGIN
    lines = title_lines(p, text, under)
    high = height(p, lines, wide)
    space = 16 if p.landscape else 30
    y = max(y + (20 if p.landscape else 44), floor - high - space)
    stack(p, lines, Box(MARGIN, y, wide, high + 1), place="top")
    return y + high + space


def _title_above(p: Painter, y: float, text: str, under: str, picture: str) -> None:
    top = between(p)[0] + 40
    if picture:
        side = 190.0
        p.disc(Box((p.w - side) / 2, top + 20, side, side), TEAL_MIST)
        p.icon(picture, Box((p.w - side) / 2 + 45, top + 65, side - 90, side - 90), TEAL)
        top += side + 40
    lines = [Line(text, 64, INK, Weight.BOLD), Line(under, 36, MUTED, gap=10)]
    stack(p, lines, Box(MARGIN, top, p.w - 2 * MARGIN, y - top - 30), "center")


def title_lines(p: Painter, text: str, under: str) -> list[Line]:
    big, small = (42, 25) if p.landscape else (56, 31)
    return (
        [Line(text, big, INK, Weight.BOLD), Line(under, small, MUTED, gap=2)]
        if under
        else [Line(text, big, INK, Weight.BOLD)]
    )


def pager(p: Painter, state: State, say: Words, box: Box) -> None:
    """Two large buttons and the page between them; nothing where one page is enough."""
    _ = say.gettext
    total = pages(state)
    if total < 2:
        return
    middle = 130.0
    wide = (box.w - middle) / 2
    of = _("%(page)d of %(pages)d") % {"page": state.page + 1, "pages": total}
    p.text(of, Box(box.x + wide, box.y, middle, box.h), 28, MUTED, Weight.SEMIBOLD, "center", "middle")
    if state.page > 0:
        turn_button(p, "previous-page", Box(box.x, box.y, wide, box.h), _("Previous page"), -1)
    if state.page < total - 1:
        turn_button(p, "next-page", Box(box.x + wide + middle, box.y, wide, box.h), _("Next page"), 1)


def turn_button(p: Painter, name: str, box: Box, label: str, by: int) -> None:
    p.panel(box, TEAL_MIST, 24, edge=TEAL)
    side = 38
    if by > 0:
        p.icon("forward", Box(box.right - side - 24, box.y + (box.h - side) / 2, side, side), TEAL)
    else:
        p.icon("back", Box(box.x + 24, box.y + (box.h - side) / 2, side, side), TEAL)
    room = Box(box.x + (20 if by > 0 else 74), box.y, box.w - 94, box.h)
    stack(p, [Line(label, 30, TEAL, Weight.BOLD)], room, "center")
    p.target(name, box, TurnPage(by))


def primary(
    p: Painter,
    name: str,
    box: Box,
    label: str,
    event: Event | None,
    *,
    size: float = 40,
    picture: str = "",
) -> None:
    """The one thing that most people want to do here."""
    p.panel(box, TEAL, 28, lifted=True)
    if picture:
        side = min(64.0, box.h * 0.5, box.w * 0.14)
        room = box.w - side - 76
        fit = one_line(p, label, size, Weight.BOLD, room)
        wide = _lines_wide(p, label, fit, room)
        left = box.x + (box.w - wide - side - 24) / 2
        p.icon(picture, Box(left, box.y + (box.h - side) / 2, side, side), ON_PRIMARY)
        # A little more than measured, so that rounding never breaks the line.
        place = Box(left + side + 24, box.y + 4, wide + 4, box.h - 8)
        p.text(label, place, fit, ON_PRIMARY, Weight.BOLD, "left", "middle", part=fit / size)
    else:
        _label(p, box, label, size, ON_PRIMARY)
    p.target(name, box, event, 28, main=True)


def secondary(p: Painter, name: str, box: Box, label: str, event: Event, *, size: float = 34) -> None:
    """The other thing one may do."""
    p.panel(box, SURFACE, 28, edge=TEAL)
    _label(p, box, label, size, TEAL)
    p.target(name, box, event, 28)


def _label(p: Painter, box: Box, label: str, size: float, ink: Colour) -> None:
    """A button's words in its middle, on one line if that can be."""
    fit = one_line(p, label, size, Weight.BOLD, box.w - 48)
    p.text(label, box.inset(24, 4), fit, ink, Weight.BOLD, "center", "middle", part=fit / size)


def _lines_wide(p: Painter, label: str, size: float, room: float) -> float:
    """How wide `label` is, on two lines of like length where one does not hold it."""
    wide = p.width(label, size, Weight.BOLD)
    if wide <= room:
        return wide
    words = label.split()
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    both = (max(p.width(one, size, Weight.BOLD) for one in pair) for pair in halves)
    return min(room, min(both, default=room))
