"""A few answers as large buttons: yes and no, one of several, or as many as apply."""

from __future__ import annotations

from kiosk.ui.frame import GAP, primary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE, TEAL, TEAL_MIST
from kiosk.ui.screens.asked import Asked, layout
from kiosk.ui.stack import Line, one_line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Done, PickOption
from queue_server.contract import Control


def options(p: Painter, one: Asked, top: float, bottom: float) -> None:
    offered = _offered(one)
    columns = 2 if p.landscape or p.low_reach or one.control is Control.YES_NO else 1
    rows = -(-len(offered) // columns)
    tall = _tall(p, one, rows)
    done = 104.0 if p.landscape else 140.0
    needed = rows * (tall + GAP) + done + 12
    room = layout(p, one, top, bottom, 0.0, needed, least=rows * (92 + GAP) + done + 12)
    body = room.touch
    high = min(tall, (body.h - done - 12 - rows * GAP) / rows)
    wide = (body.w - (columns - 1) * GAP) / columns
    spare = body.h - done - 12 - rows * (high + GAP)
    begin = body.y + (spare / 3 if p.landscape else spare)
    for place, (code, name, note) in enumerate(offered):
        cell = Box(body.x + place % columns * (wide + GAP), begin + place // columns * (high + GAP), wide, high)
        _option(p, one, cell, code, name, note)
    finish(p, one, Box(body.x, body.bottom - done, body.w, done), ready=bool(one.asking.picked) or _may_be_none(one))


def _tall(p: Painter, one: Asked, rows: int) -> float:
    """The fewer there are, the larger each; on a lying screen they fill the room above the button."""
    if p.landscape:
        return {1: 240.0, 2: 180.0}.get(rows, 136.0)
    if rows > 5:
        return 118.0
    return 200.0 if one.control is Control.YES_NO else 150.0


def finish(p: Painter, one: Asked, box: Box, *, ready: bool) -> None:
    """The button that goes on; pale while there is nothing to go on with."""
    _ = one.say.gettext
    if ready:
        primary(p, "key:done", box, _("Continue"), Done(), picture="check")
    else:
        pale(p, box, _("Continue"))


def pale(p: Painter, box: Box, label: str, *, size: float = 36) -> None:
    """The place of a button that has nothing to do yet."""
    p.panel(box, TEAL_MIST, 28, edge=LINE)
    fit = one_line(p, label, size, Weight.BOLD, box.w - 48)
    p.text(label, box.inset(24, 4), fit, MUTED, Weight.BOLD, "center", "middle", part=fit / size)


def _may_be_none(one: Asked) -> bool:
    return one.control is Control.CHOICES and not one.question.required


def _offered(one: Asked) -> list[tuple[str, str, str]]:
    _ = one.say.gettext
    if one.control is Control.YES_NO and not one.question.options:
        return [("yes", _("Yes"), ""), ("no", _("No"), "")]
    return [
        (each.code, one.say.local(each.name), one.say.local(each.note) if each.note else "")
        for each in one.question.options
    ]


def _option(p: Painter, one: Asked, box: Box, code: str, name: str, note: str) -> None:
    picked = code in one.asking.picked
    p.panel(box, TEAL_MIST if picked else SURFACE, 24, edge=TEAL if picked else LINE, lifted=not picked)
    if picked:
        p.panel(Box(box.x, box.y, 14, box.h), TEAL, 7)
    many = one.control is Control.CHOICES
    mark = ("ticked" if many else "chosen") if picked else ("box" if many else "round")
    side = min(54.0, box.h - 36)
    p.icon(mark, Box(box.x + 34, box.y + (box.h - side) / 2, side, side), TEAL)
    big = 42 if (box.h >= 160 if p.landscape else box.w > 600) else 34
    big = min(big, 32) if box.h <= 90 else big
    lines = [Line(name, big, INK, Weight.BOLD), Line(note, big * 0.68, MUTED, Weight.MEDIUM, gap=2)]
    left = box.x + 34 + side + 26
    stack(p, lines, Box(left, box.y + 6, box.right - left - 18, box.h - 12))
    p.target(f"pick:{code}", box, PickOption(code), 24)
