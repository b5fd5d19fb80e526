"""When there is no number to take: the hall is closed, the server is silent, or it said no."""

from __future__ import annotations

from kiosk.events import Home
from kiosk.opening_words import opening_words
from kiosk.state import State
from kiosk.ui.frame import MARGIN, primary, wall_time
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, GOLD_MIST, INK, LINE, MUTED, RED, SURFACE, TEAL, TEAL_MIST, WARNING, Colour
from kiosk.ui.stack import Line, height, stack
from kiosk.ui.typeface import Weight
from kiosk.words import Words, zone


def closed(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Why no numbers are given, and when they are again: hour, weekday and date in the hall's zone."""
    _ = say.gettext
    if state.reply is None:
        return
    opening = state.reply.opening
    head, why = opening_words(say, opening)
    y = _sheet(p, top, bottom, "clock", head, why, TEAL, TEAL_MIST, below=250.0 if opening.opens_at else 0.0)
    if opening.opens_at is None:
        return
    moment = opening.opens_at.astimezone(zone(state.reply.hall.timezone))
    now = wall_time(state)
    today = now is not None and moment.date() == now.date()
    day = _("Today, %(date)s") % {"date": say.date(moment)} if today else say.day(moment)
    _opens(p, say.gettext("The hall opens at"), say.hour(moment), day, y, bottom)


def _opens(p: Painter, label: str, hour: str, day: str, y: float, bottom: float) -> None:
    wide = p.w - 2 * MARGIN
    high = 250.0 if p.landscape else 400.0
    high *= 1.12 if p.large and not p.landscape else 1.0
    box = Box(MARGIN, min(y, bottom - high - 30), wide, high)
    p.panel(box, SURFACE, 32, edge=LINE, lifted=True)
    big, small = (88, 32) if p.landscape else (124, 40)
    lines = [
        Line(label, small, MUTED, Weight.MEDIUM),
        Line(hour, big, RED, Weight.EXTRABOLD),
        Line(day, small + 4, INK, Weight.SEMIBOLD),
    ]
    stack(p, lines, box.inset(40, 20), "center")


def unreachable(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """The server is silent. Somebody whose request is under way is told that it is not lost."""
    _ = say.gettext
    waiting = state.pending is not None
    head = _("We cannot give a number just now")
    if waiting:
        why = _("Your request is not lost. Your number appears here as soon as the hall answers.")
    else:
        why = _("The connection to the hall is interrupted. It is tried again by itself.")
    y = _sheet(p, top, bottom, "unplugged", head, why, WARNING, GOLD_MIST)
    text = _("Please take a paper number or ask the staff at the counter.")
    wide = p.w - 2 * MARGIN
    size = 34 if p.landscape else 44
    high = p.height(text, wide - 190, size, Weight.BOLD) + 64
    box = Box(MARGIN, y, wide, min(high, bottom - y - 120))
    p.panel(box, GOLD_MIST, 28, edge=GOLD)
    p.icon("people", Box(box.x + 44, box.y + (box.h - 72) / 2, 72, 72), WARNING)
    p.text(text, Box(box.x + 150, box.y + 8, wide - 190, box.h - 16), size, INK, Weight.BOLD, "left", "middle")
    side = 64.0
    p.spinner(Box(p.w / 2 - side / 2, min(box.bottom + 50, bottom - side - 24), side, side))


def refused(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """What the server says and advises, in its words."""
    _ = say.gettext
    problem = state.problem
    detail = (problem.detail or problem.title) if problem else ""
    action = problem.action if problem else ""
    advice = action or _("Please ask the staff at the counter.")
    y = _sheet(p, top, bottom, "info", _("No number was taken"), detail, WARNING, GOLD_MIST)
    wide = p.w - 2 * MARGIN
    size = 32 if p.landscape else 40
    button = 130.0 if p.landscape else 170.0
    place = Box(MARGIN, bottom - button - 40, wide, button)
    high = min(p.height(advice, wide - 190, size, Weight.SEMIBOLD) + 64, place.y - y - 24)
    box = Box(MARGIN, y, wide, high)
    p.panel(box, TEAL_MIST, 28, edge=TEAL)
    p.icon("forward", Box(box.x + 48, box.y + (box.h - 60) / 2, 60, 60), TEAL)
    p.text(advice, Box(box.x + 150, box.y + 8, wide - 190, box.h - 16), size, INK, Weight.SEMIBOLD, "left", "middle")
    primary(p, "done", place, _("Back to the start"), Home(), size=44, picture="home")


def _sheet(
    p: Painter,
    top: float,
    bottom: float,
    picture: str,
    head: str,
    why: str,
    ink: Colour,
    back: Colour,
    *,
    below: float = 330.0,
) -> float:
    """A pictogram, what is the matter and why; returns where more may stand, on a lying screen `below` high, so that
    all of it stands in the middle."""
    wide = p.w - 2 * MARGIN
    lines = [Line(head, 52 if p.landscape else 64, INK, Weight.BOLD)]
    lines.append(Line(why, 30 if p.landscape else 36, MUTED, Weight.MEDIUM, gap=10))
    if p.landscape:
        side = 130.0
        y = top + max(36.0, (bottom - top - side - (44 + below if below else 0)) * 0.42)
        p.disc(Box(MARGIN, y, side, side), back)
        p.icon(picture, Box(MARGIN + 30, y + 30, 70, 70), ink)
        left, room = MARGIN + side + 40, wide - side - 40
        high = max(side, min(height(p, lines, room), bottom - y - below - 44))
        stack(p, lines, Box(left, y, room, high))
        return y + high + 44
    side = 240.0
    y = top + (90 if p.large else 150)
    p.disc(Box(p.w / 2 - side / 2, y, side, side), back)
    p.icon(picture, Box(p.w / 2 - 65, y + 55, 130, 130), ink)
    y += side + 50
    high = min(height(p, lines, wide), bottom - y - 560)
    return stack(p, lines, Box(MARGIN, y, wide, high + 1), "center", "top") + 60
