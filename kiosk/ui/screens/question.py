"""One question a screen: each kind of answer by the control made for it, none made for a procedure."""

from __future__ import annotations

from kiosk.state import State
from kiosk.ui.frame import primary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.screens.answer_text import grouped
from kiosk.ui.screens.asked import Asked, asked_now, layout, under
from kiosk.ui.screens.chooser import chooser
from kiosk.ui.screens.date_wheel import date_wheel
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keyboard import keyboard, number_pad
from kiosk.ui.screens.options import options
from kiosk.ui.screens.signature import signature
from kiosk.visit.events import Done
from kiosk.visit.listing import is_list
from kiosk.words import Words
from queue_server.contract import Control

LETTERS = frozenset({Control.TEXT, Control.LONG_TEXT, Control.NAME, Control.EMAIL})
DIGITS = frozenset({Control.CITIZEN_ID, Control.PHONE, Control.NUMBER, Control.MONEY, Control.YEAR})


def question(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    one = asked_now(state, say)
    if one is None:
        return
    if one.control in LETTERS:
        _letters(p, one, top, bottom)
    elif one.control in DIGITS:
        _digits(p, one, top, bottom)
    elif is_list(one.question):
        chooser(p, one, top, bottom)
    elif one.control is Control.DATE:
        date_wheel(p, one, top, bottom)
    elif one.control is Control.SIGNATURE:
        signature(p, one, top, bottom)
    else:
        options(p, one, top, bottom)


def _letters(p: Painter, one: Asked, top: float, bottom: float) -> None:
    many = one.control is Control.LONG_TEXT
    high = (116.0 if p.landscape else 230.0) if many else (84.0 if p.landscape else 116.0)
    most = 400.0 if p.landscape else 640.0
    room = layout(p, one, top, bottom, high, most, least=346.0 if p.landscape else 560.0)
    hint = "ten@example.vn" if one.control is Control.EMAIL else ""
    wrong = one.asking.complaint is not None
    field(p, room.read, one.visit.entry.text, hint=hint, wrong=wrong, lines=3 if many else 1)
    keys = Box(room.touch.x, room.touch.bottom - min(most, room.touch.h), room.touch.w, min(most, room.touch.h))
    if not p.landscape:
        # The keyboard is as wide as the screen lets it be.
        keys = Box(24, keys.y, p.w - 48, keys.h)
    keyboard(p, one.state, one.say, keys)


def _digits(p: Painter, one: Asked, top: float, bottom: float) -> None:
    shown = grouped(one.control, one.visit.entry.text, one.say)
    wrong = one.asking.complaint is not None
    if p.landscape:
        room = layout(p, one, top, bottom, 96.0, 0.0, aside=560.0)
        field(p, room.read, shown, wrong=wrong)
        number_pad(p, one.say, room.touch, ends=False)
        low = under(p, one, room)
        high = min(116.0, low.h)
        primary(
            p, "key:done", Box(low.x, low.bottom - high, low.w, high), one.say.gettext("Done"), Done(), picture="check"
        )
        return
    most = 700.0
    room = layout(p, one, top, bottom, 130.0, most)
    field(p, room.read, shown, wrong=wrong)
    high = min(most, room.touch.h)
    wide = min(room.touch.w, 760.0)
    number_pad(p, one.say, Box((p.w - wide) / 2, room.touch.bottom - high, wide, high))
