"""A long list: a province first, then its communes, narrowed by the first letters, no diacritics needed."""

from __future__ import annotations

from kiosk.events import TurnPage
from kiosk.state import page_size, pages
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD_MIST, INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST, WARNING
from kiosk.ui.screens.asked import Asked, layout
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keyboard import finding_keys
from kiosk.ui.screens.options import finish
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import OtherProvince, PickOption
from kiosk.visit.listing import Entry, listed, place_name, province_of
from queue_server.contract import Control

GUTTER = 12.0
LEAST_CELL, LEAST_KEYS = 92.0, 290.0
"""How low they become where a question is long."""
NEAR = 8.0
"""Between the lines of the list."""


def chooser(p: Painter, one: Asked, top: float, bottom: float) -> None:
    if p.landscape:
        _wide(p, one, top, bottom)
    else:
        _tall(p, one, top, bottom)


def _wide(p: Painter, one: Asked, top: float, bottom: float) -> None:
    """The list at the left; at the right the letters, and under them pages and the button that goes on."""
    room = layout(p, one, top, bottom, 88.0, 480.0, least=390.0)
    _path(p, one, room.read)
    body = room.touch
    right = Box(body.right - 884, body.y, 884, body.h)
    _list(p, one, Box(body.x, body.y, body.w - right.w - 24, body.h), 1 if p.large else 2)
    done = 92.0
    finding_keys(p, one.state, one.say, Box(right.x, right.y, right.w, right.h - done - GUTTER))
    aside = (500.0 if p.large else 440.0) if pages(one.state) > 1 else 0.0
    y = right.bottom - done
    _pager(p, one, Box(right.x, y, aside, done), 160.0 if p.large else 110.0)
    left = right.x + (aside + 16 if aside else 0)
    finish(p, one, Box(left, y, right.right - left, done), ready=_ready(one))


def _tall(p: Painter, one: Asked, top: float, bottom: float) -> None:
    """The list above, the letters below, and under them pages and the button that goes on."""
    done, keys, cell = (104.0, 284.0, 92.0) if p.low_reach else (140.0, 344.0, 108.0)
    rows = page_size(one.state, one.state.screen) // 2
    touch = rows * (cell + GUTTER) - GUTTER + keys + done + 4 * GUTTER
    give = 0.0 if p.low_reach else rows * (cell - LEAST_CELL) + keys - LEAST_KEYS
    room = layout(p, one, top, bottom, 100.0, touch, least=touch - give)
    _path(p, one, room.read)
    body = room.touch
    # A long question is not set smaller: the list gives way, then the keys.
    short = min(give, max(0.0, touch - body.h))
    given = min(short, rows * max(0.0, cell - LEAST_CELL))
    cell, keys = cell - given / rows, keys - (short - given)
    listed_high = rows * (cell + GUTTER) - GUTTER
    y = body.bottom - done
    aside = body.w * 0.52 if pages(one.state) > 1 else 0.0
    _pager(p, one, Box(body.x, y, aside, done), 104.0)
    left = body.x + (aside + 16 if aside else 0)
    finish(p, one, Box(left, y, body.right - left, done), ready=_ready(one))
    y -= keys + GUTTER
    finding_keys(p, one.state, one.say, Box(24, y, p.w - 48, keys))
    begin = body.y + GUTTER if p.low_reach else max(body.y + GUTTER, y - GUTTER - listed_high)
    _list(p, one, Box(body.x, begin, body.w, y - GUTTER - begin), 2)


def _ready(one: Asked) -> bool:
    return bool(one.asking.picked)


def _path(p: Painter, one: Asked, box: Box) -> None:
    """What is chosen so far, and what was typed to find the rest."""
    _ = one.say.gettext
    province = province_of(one.state.places, one.asking.province) if one.control is Control.COMMUNE else None
    left, right = box.x, box.right
    if province is not None:
        wide = box.w * 0.5 if p.landscape else box.w * 0.46
        cell = Box(left, box.y, wide, box.h)
        p.panel(cell, TEAL_MIST, 20, edge=TEAL)
        lines = [Line(province.name, 29, TEAL, Weight.BOLD)]
        if not p.low_reach:
            # There it would be out of reach, and back does the same.
            lines.append(Line(_("Change province"), 25, INK, Weight.MEDIUM))
            p.target("other-province", cell, OtherProvince(), 20)
        stack(p, lines, Box(cell.x + 20, cell.y + 4, cell.w - 36, cell.h - 8))
        left += wide + 14
    picked = _picked(one)
    if one.visit.entry.text or not picked:
        hint = _("Type the first letters")
        field(p, Box(left, box.y, right - left, box.h), one.visit.entry.text, hint=hint)
    else:
        cell = Box(left, box.y, right - left, box.h)
        p.panel(cell, TEAL, 20)
        p.panel(cell.inset(4), SURFACE, 17)
        p.icon("check", Box(cell.x + 20, cell.y + (cell.h - 40) / 2, 40, 40), TEAL)
        stack(p, [Line(picked, 32, INK, Weight.BOLD)], Box(cell.x + 74, cell.y + 6, cell.w - 90, cell.h - 12))


def _picked(one: Asked) -> str:
    if not one.asking.picked:
        return ""
    code = one.asking.picked[0]
    if one.control in (Control.PROVINCE, Control.COMMUNE):
        return place_name(one.state.places, code).split(",")[0]
    return next(
        (
            each.name.vi if one.say.language == "vi" else each.name.en
            for each in one.question.options
            if each.code == code
        ),
        "",
    )


def _list(p: Painter, one: Asked, box: Box, columns: int) -> None:
    size = page_size(one.state, one.state.screen)
    found = listed(one.question, one.visit, one.state.places, one.state.language)
    shown = found[one.state.page * size : (one.state.page + 1) * size]
    if not shown:
        p.panel(Box(box.x, box.y, box.w, min(box.h, 150)), GOLD_MIST, 20)
        text = one.say.gettext("No name begins like this. Erase a letter, or touch “All”.")
        stack(
            p, [Line(text, 30, WARNING, Weight.BOLD)], Box(box.x, box.y, box.w, min(box.h, 150)).inset(24, 8), "center"
        )
        return
    rows = size // columns
    wide = (box.w - (columns - 1) * NEAR) / columns
    high = (box.h - (rows - 1) * NEAR) / rows
    for place, entry in enumerate(shown):
        # Down the columns, as one reads an alphabet.
        x, y = box.x + place // rows * (wide + NEAR), box.y + place % rows * (high + NEAR)
        _line(p, one, Box(x, y, wide, high), entry)


def _line(p: Painter, one: Asked, box: Box, entry: Entry) -> None:
    picked = entry.code in one.asking.picked
    p.panel(box, TEAL_MIST if picked else SURFACE, 18, edge=TEAL if picked else LINE)
    left = box.x + 20
    if picked:
        side = 34.0
        p.icon("check", Box(left, box.y + (box.h - side) / 2, side, side), TEAL)
        left += side + 12
    size = 26 if p.landscape else 33
    stack(p, [Line(entry.name, size, INK, Weight.SEMIBOLD)], Box(left, box.y + 4, box.right - left - 12, box.h - 8))
    p.target(f"pick:{entry.code}", box, PickOption(entry.code), 18)


def _pager(p: Painter, one: Asked, box: Box, middle: float) -> None:
    total, page = pages(one.state), one.state.page
    if total < 2:
        return
    _ = one.say.gettext
    wide = (box.w - middle) / 2
    of = _("%(page)d of %(pages)d") % {"page": page + 1, "pages": total}
    p.text(of, Box(box.x + wide, box.y, middle, box.h), 28, MUTED, Weight.SEMIBOLD, "center", "middle")
    if page > 0:
        _turner(p, "previous-page", Box(box.x, box.y, wide, box.h), "back", _("Previous"), -1)
    if page < total - 1:
        _turner(p, "next-page", Box(box.x + wide + middle, box.y, wide, box.h), "forward", _("Next"), 1)


def _turner(p: Painter, name: str, box: Box, picture: str, label: str, by: int) -> None:
    p.panel(box, TEAL_MIST, 20, edge=TEAL)
    side = 32.0
    p.icon(picture, Box(box.x + (box.w - side) / 2, box.y + box.h * 0.14, side, side), TEAL)
    stack(
        p, [Line(label, 26, TEAL, Weight.BOLD)], Box(box.x + 6, box.y + box.h * 0.5, box.w - 12, box.h * 0.45), "center"
    )
    p.target(name, box, TurnPage(by), 20)
