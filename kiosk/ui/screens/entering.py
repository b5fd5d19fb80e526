"""The field that shows what is being typed, and the screens that ask for a code: a dossier's, an appointment's."""

from __future__ import annotations

from dataclasses import replace

from kiosk.state import State
from kiosk.trouble_words import of_code
from kiosk.typing import Method
from kiosk.ui.card import BAD, CALM, GUTTER, strip
from kiosk.ui.frame import MARGIN, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import GOLD, INK, LINE, MUTED, SURFACE, TEAL
from kiosk.ui.screens.keyboard import keyboard
from kiosk.ui.typeface import Weight
from kiosk.visit.state import Visit
from kiosk.words import Words

APPOINTMENT_SIGNS = 6


def entry_field(p: Painter, box: Box, text: str, hint: str, *, picture: str = "") -> None:
    """What has been typed, or in grey what may be; the mark shows where the next letter comes."""
    p.panel(box, SURFACE, 20, edge=TEAL)
    left = box.x + 28
    if picture:
        side = 46.0
        p.icon(picture, Box(left, box.y + (box.h - side) / 2, side, side), TEAL)
        left += side + 22
    room = Box(left, box.y + 4, box.right - left - 40, box.h - 8)
    size = 38 if p.landscape else 44
    if not text:
        p.fill(Box(left, box.y + box.h * 0.22, 4, box.h * 0.56), GOLD)
        p.text(hint, Box(room.x + 16, room.y, room.w - 16, room.h), size * 0.8, MUTED, Weight.MEDIUM, "left", "middle")
        return
    p.text(text, room, size, INK, Weight.SEMIBOLD, "left", "middle")
    end = min(left + p.width(text, size, Weight.SEMIBOLD) + 6, room.right)
    p.fill(Box(end, box.y + box.h * 0.22, 4, box.h * 0.56), GOLD)


def plain_keys(p: Painter, state: State, say: Words, box: Box) -> None:
    """The keyboard without marks: codes have none, and names are found without."""
    here = state.visit or Visit()
    plain = replace(here, entry=replace(here.entry, method=Method.PLAIN))
    keyboard(p, replace(state, visit=plain), say, box)


def keys_high(p: Painter) -> float:
    """So high that a finger hits one key only."""
    return 384.0 if p.landscape else 480.0 if p.low_reach else 540.0


def look_up(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """The receipt's QR code, or the code typed."""
    _ = say.gettext
    scan = _("Hold the QR code of your receipt under the scanner, or type the code.")
    typed = _("It stands on your receipt, for example H57.132-260804-0583.")
    head = _("Where does your dossier stand?")
    _ask(p, state, say, top, bottom, head, scan if state.equipment.scanner else typed, "H57.132-260804-0583")


def check_in(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """Six letters and digits, each in a place of its own."""
    _ = say.gettext
    scan = _("Hold the code of your appointment under the scanner, or type it.")
    typed = _("It has six letters and digits and stands on your appointment slip.")
    _ask(p, state, say, top, bottom, _("You have an appointment"), scan if state.equipment.scanner else typed, "")


def _ask(p: Painter, state: State, say: Words, top: float, bottom: float, head: str, under: str, hint: str) -> None:
    _ = say.gettext
    wide = p.w - 2 * MARGIN
    high = keys_high(p)
    keys = Box(MARGIN, bottom - high - 16, wide, high)
    text = state.visit.entry.text if state.visit else ""
    field = 96.0 if p.landscape else 130.0
    if p.low_reach:
        title(p, top, head, under, picture="search")
        y = top + 12
    else:
        used = field + 2 * GUTTER + 190
        # In landscape there is room for the hint or for what was wrong, not for both.
        told = state.visit is not None and (state.visit.working or of_code(state, say) is not None)
        y = title(p, top, head, "" if told and p.landscape else under, floor=0 if p.landscape else keys.y - used - 60)
    box = Box(MARGIN, y, wide, field)
    if hint:
        entry_field(p, box, text, hint, picture="folder")
    else:
        _places(p, box, text)
    said = Box(MARGIN, box.bottom + GUTTER, wide, min(170.0, keys.y - box.bottom - 2 * GUTTER))
    if said.h >= 56:
        _said(p, state, say, said)
    plain_keys(p, state, say, keys)


def _said(p: Painter, state: State, say: Words, box: Box) -> None:
    """Under the field: that it is being looked for, or what was wrong."""
    _ = say.gettext
    here = state.visit
    if here is None:
        return
    if here.working:
        strip(p, box, "clock", _("One moment, please"), tone=CALM)
    elif (wrong := of_code(state, say)) is not None:
        strip(p, box, "warning", *wrong, BAD)


def _places(p: Painter, box: Box, text: str) -> None:
    side = min(box.h, (box.w - (APPOINTMENT_SIGNS - 1) * 14) / APPOINTMENT_SIGNS)
    left = box.x + (box.w - APPOINTMENT_SIGNS * side - (APPOINTMENT_SIGNS - 1) * 14) / 2
    for place in range(APPOINTMENT_SIGNS):
        cell = Box(left + place * (side + 14), box.y, side, side)
        following = place == len(text)
        p.panel(cell, SURFACE, 18, edge=TEAL if following or place < len(text) else LINE)
        if place < len(text):
            p.text(text[place], cell, 52, INK, Weight.BOLD, "center", "middle", fixed=True)
        elif following:
            p.fill(Box(cell.x + side / 2 - 16, cell.bottom - 24, 32, 5), GOLD)
