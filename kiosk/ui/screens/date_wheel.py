"""A date by three wheels, turned by large arrows, or by typing the figures that one touches."""

from __future__ import annotations

from datetime import date

from kiosk.ui.frame import wall_time
from kiosk.ui.painter import Box, Grip, Painter
from kiosk.ui.palette import INK, LINE, MUTED, RED, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.screens.asked import Asked, layout
from kiosk.ui.screens.keyboard import number_pad
from kiosk.ui.screens.options import finish
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import TurnWheel, TypeFigures
from queue_server.contract import Prefill

PARTS = ("day", "month", "year")
BETWEEN = 24.0
EMPTY = ("– –", "– –", "– – – –")


def date_wheel(p: Painter, one: Asked, top: float, bottom: float) -> None:
    typing = one.asking.figures is not None
    done = 104.0 if p.landscape else 112.0 if p.low_reach else 140.0
    arrow, figure = (92.0, 116.0) if p.landscape else (136.0, 180.0)
    if p.low_reach:
        arrow, figure = 118.0, 110.0 if typing else 150.0
    if typing and p.landscape:
        _typing_aside(p, one, top, bottom)
        return
    pad = 560.0 if not p.low_reach else 380.0
    high = (figure + 20 + pad) if typing else (2 * (arrow + 10) + figure)
    note = 50.0 if p.large else 44.0
    room = layout(p, one, top, bottom, 0.0, high + note + done + 30, least=high + note + done + 16)
    body = room.touch
    finish(p, one, Box(body.x, body.bottom - done, body.w, done), ready=_ready(one))
    y = body.bottom - done - note - 10
    _age(p, one, Box(body.x, y, body.w, note))
    wide = min(body.w, 968.0)
    x = body.x + (body.w - wide) / 2
    spare = max(0.0, (y - body.y - high) / 2) if p.landscape else max(0.0, y - body.y - high - 10)
    begin = body.y + spare
    if typing:
        _figures(p, one, Box(x, begin, wide, figure))
        number_pad(p, one.say, Box(x + wide / 2 - 330, begin + figure + 20, 660, pad), ends=False)
    else:
        for part, cell in enumerate(_columns(Box(x, begin, wide, high))):
            _wheel(p, one, part, cell, arrow, figure)


def _typing_aside(p: Painter, one: Asked, top: float, bottom: float) -> None:
    room = layout(p, one, top, bottom, 130.0, 0.0, aside=560.0)
    number_pad(p, one.say, room.touch, ends=False)
    _figures(p, one, room.read)
    low = Box(room.read.x, room.touch.bottom - 104, room.read.w, 104)
    _age(p, one, Box(low.x, room.read.bottom + 16, low.w, 44))
    finish(p, one, low, ready=_ready(one))


def _columns(box: Box) -> list[Box]:
    """Day and month alike, the year wider."""
    unit = (box.w - 2 * BETWEEN) / 3.4
    return [
        Box(box.x, box.y, unit, box.h),
        Box(box.x + unit + BETWEEN, box.y, unit, box.h),
        Box(box.x + 2 * (unit + BETWEEN), box.y, 1.4 * unit, box.h),
    ]


def _wheel(p: Painter, one: Asked, part: int, box: Box, arrow: float, figure: float) -> None:
    _ = one.say.gettext
    up, down = Box(box.x, box.y, box.w, arrow), Box(box.x, box.bottom - arrow, box.w, arrow)
    names = (
        (_("Day later"), _("Day earlier")),
        (_("Month later"), _("Month earlier")),
        (_("Year later"), _("Year earlier")),
    )
    for place, picture, by, word, name in (
        (up, "rise", 1, "up", names[part][0]),
        (down, "fall", -1, "down", names[part][1]),
    ):
        p.panel(place, TEAL_MIST, 22, edge=TEAL)
        side = min(56.0, place.h - 36)
        p.icon(picture, Box(place.x + (place.w - side) / 2, place.y + (place.h - side) / 2, side, side), TEAL)
        p.target(f"wheel:{PARTS[part]}:{word}", place, TurnWheel(part, by), 22, label=name, grip=Grip.REPEAT)
    _figure(p, one, part, Box(box.x, up.bottom + 10, box.w, figure))


def _figures(p: Painter, one: Asked, box: Box) -> None:
    for part, cell in enumerate(_columns(box)):
        _figure(p, one, part, cell)


def _figure(p: Painter, one: Asked, part: int, box: Box) -> None:
    _ = one.say.gettext
    typed = one.asking.figures == part
    wrong = one.asking.complaint is not None
    p.panel(box, RED if wrong else TEAL if typed else LINE, 22)
    p.panel(box.inset(5 if typed or wrong else 2), SURFACE, 18)
    name = (_("Day"), _("Month"), _("Year"))[part]
    p.text(
        name,
        Box(box.x, box.y + 10, box.w, box.h * 0.26),
        min(box.h * 0.2, 25.0 if p.landscape else 29.0),
        MUTED,
        Weight.SEMIBOLD,
        "center",
        "middle",
        fixed=True,
    )
    value = one.asking.parts[part]
    shown = EMPTY[part] if value is None else f"{value:02d}" if part < 2 else str(value)
    if typed and one.visit.entry.text:
        shown = one.visit.entry.text
    size = min(box.h * 0.46, 66.0 if p.landscape else 84.0)
    low = Box(box.x, box.y + box.h * 0.3, box.w, box.h * 0.66)
    p.text(shown, low, size, INK if value is not None or typed else MUTED, Weight.BOLD, "center", "middle", fixed=True)
    p.target(f"figures:{PARTS[part]}", box, TypeFigures(part), 22)


def _ready(one: Asked) -> bool:
    """Once anything is entered; what is missing is then said."""
    return bool(one.visit.entry.text) or any(part is not None for part in one.asking.parts)


def _age(p: Painter, one: Asked, box: Box) -> None:
    """How old somebody born on that day is; else how the figures can be typed."""
    _ = one.say.gettext
    if one.asking.figures is not None:
        return
    age = _years(one)
    text = _("Touch the figures to type them")
    if age is not None:
        text = one.say.ngettext("%(count)d year old", "%(count)d years old", age) % {"count": age}
    stack(
        p, [Line(text, 28 if p.landscape else 32, TEAL if age is not None else MUTED, Weight.SEMIBOLD)], box, "center"
    )


def _years(one: Asked) -> int | None:
    """Full years since the day entered, where the question is about a birth; None while there is no such day."""
    birth = Prefill.CARD_BIRTH_DATE in one.question.prefill or "birth" in one.question.field
    day, month, year = one.asking.parts
    now = wall_time(one.state)
    if not birth or one.asking.figures is not None or day is None or month is None or year is None or now is None:
        return None
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    today = now.date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) if born <= today else None
