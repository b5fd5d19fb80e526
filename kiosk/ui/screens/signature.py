"""A signature drawn by finger in a wide box, as large as the screen lets it be."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.frame import GAP, secondary
from kiosk.ui.painter import Box, Grip, Painter
from kiosk.ui.palette import INK, LINE, MUTED, RED, SURFACE, TEAL
from kiosk.ui.pen import HIGH, THICK, WIDE
from kiosk.ui.screens.asked import Asked, layout
from kiosk.ui.screens.options import finish
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import ClearEntry, PickOption
from queue_server.contract import SIGNED_AT_COUNTER

Stroke = Sequence[tuple[int, int]]


def signature(p: Painter, one: Asked, top: float, bottom: float) -> None:
    _ = one.say.gettext
    done = 104.0 if p.landscape else 140.0
    high = p.w - 112.0
    high = min(high * HIGH / WIDE, 400.0)
    room = layout(p, one, top, bottom, 0.0, high + GAP + done, least=260 + GAP + done)
    body = room.touch
    high = min(high, body.h - done - GAP)
    wide = high * WIDE / HIGH
    pad = Box(body.x + (body.w - wide) / 2, body.bottom - done - GAP - high, wide, high)
    wrong = one.asking.complaint is not None
    p.panel(pad.inset(-4), RED if wrong else TEAL, 22)
    p.panel(pad, SURFACE, 18)
    p.rule(pad.x + pad.w * 0.06, pad.y + pad.h * 0.78, pad.w * 0.88, LINE, 4)
    later = SIGNED_AT_COUNTER in one.asking.picked
    if later:
        lines = [
            Line(_("You sign at the counter"), 44, INK, Weight.BOLD),
            Line(_("The clerk prints the declaration for you to sign."), 30, INK, Weight.MEDIUM, gap=4),
        ]
        stack(p, lines, pad.inset(24, 12), "center", "middle")
    elif not one.asking.strokes:
        hint = Box(pad.x, pad.y + pad.h * 0.8, pad.w, pad.h * 0.18)
        p.text(
            _("Sign here with your finger"), hint, 28 if p.landscape else 32, MUTED, Weight.MEDIUM, "center", "middle"
        )
    drawn(p, pad, one.asking.strokes)
    p.target("sign", pad, None, 18, label=_("Sign here with your finger"), grip=Grip.DRAW)
    low = Box(body.x, body.bottom - done, body.w, done)
    aside = 340.0
    again = Box(low.x, low.y, aside, low.h)
    if one.asking.strokes:
        secondary(p, "clear", again, _("Sign again"), ClearEntry(), size=32)
    elif later:
        secondary(p, "clear", again, _("Sign here instead"), ClearEntry(), size=32)
    else:
        # For whoever cannot draw here, by finger or by keys.
        name = f"pick:{SIGNED_AT_COUNTER}"
        secondary(p, name, again, _("I sign at the counter"), PickOption(SIGNED_AT_COUNTER), size=32)
    ready = later or bool(one.asking.strokes)
    finish(p, one, Box(low.x + aside + GAP, low.y, low.w - aside - GAP, low.h), ready=ready)


def drawn(p: Painter, box: Box, strokes: Sequence[Stroke]) -> None:
    """The lines of a signature within `box`."""
    thick = THICK * min(1.0, box.w / 900)
    for stroke in strokes:
        points = [(box.x + x / WIDE * box.w, box.y + y / HIGH * box.h) for x, y in stroke]
        if points:
            p.line(points, INK, max(2.5, thick))
