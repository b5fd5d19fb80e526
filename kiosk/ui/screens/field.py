"""The field that shows what is being typed: its end stays in sight however long it is."""

from __future__ import annotations

from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, INK, MUTED, RED, SURFACE, TEAL
from kiosk.ui.stack import one_line
from kiosk.ui.typeface import Weight

EDGE = 26.0
CARET = 4.0
WORD = 9
"""Letters."""


def field(p: Painter, box: Box, text: str, *, hint: str = "", wrong: bool = False, lines: int = 1) -> None:
    """`hint`: in grey while nothing is typed; `wrong`: edged in red; `lines`: how many there are, for long texts."""
    p.panel(box, RED if wrong else TEAL, 20)
    p.panel(box.inset(4), SURFACE, 17)
    room = Box(box.x + EDGE, box.y + 8, box.w - 2 * EDGE - 12, box.h - 16)
    if lines > 1:
        _long(p, room, text, hint)
        return
    size = _size(p, room.h)
    if text:
        size = one_line(p, text, size, Weight.SEMIBOLD, room.w)
    if not text:
        _caret(p, room.x, room, size)
        p.text(hint, Box(room.x + 18, room.y, room.w - 18, room.h), size * 0.8, MUTED, Weight.MEDIUM, "left", "middle")
        return
    shown = ending(p, text, size, room.w)
    wide = p.width(shown, size, Weight.SEMIBOLD)
    p.text(shown, Box(room.x, room.y, max(room.w, wide + 8), room.h), size, INK, Weight.SEMIBOLD, "left", "middle")
    blank = 12.0 if text.endswith(" ") else 0.0
    _caret(p, min(room.x + wide + blank + 5, box.right - 14), room, size)


def ending(p: Painter, text: str, size: float, room: float) -> str:
    """As much of the end of `text` as fits into `room`."""
    if p.width(text, size, Weight.SEMIBOLD) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if p.width("…" + text[middle:], size, Weight.SEMIBOLD) <= room:
            high = middle
        else:
            low = middle + 1
    # From a whole word on, where one begins not much later.
    blank = text.find(" ", low, low + WORD)
    return "… " + text[blank + 1 :] if 0 < blank < len(text) - 1 else "…" + text[low:]


def _long(p: Painter, room: Box, text: str, hint: str) -> None:
    size = 30.0 if p.landscape else 36.0
    if not text:
        p.fill(Box(room.x, room.y + 10, CARET, size * 1.2), GOLD)
        p.text(hint, Box(room.x + 18, room.y + 4, room.w - 18, room.h), size * 0.9, MUTED, Weight.MEDIUM)
        return
    shown = text
    while p.height(shown + "|", room.w, size, Weight.MEDIUM) > room.h and " " in shown.removeprefix("… "):
        shown = "… " + shown.removeprefix("… ").split(" ", 1)[1]
    p.text(shown + "|", room, size, INK, Weight.MEDIUM, "left", "top")


def _size(p: Painter, high: float) -> float:
    return min((44.0 if p.landscape else 54.0), high * 0.62) / (1.15 if p.large else 1.0)


def _caret(p: Painter, x: float, room: Box, size: float) -> None:
    tall = min(room.h, size * p.text_scale * 1.25)
    p.fill(Box(x, room.y + (room.h - tall) / 2, CARET, tall), GOLD)
