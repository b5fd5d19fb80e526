"""The drawn keyboards: letters with the Vietnamese marks, letters alone for finding, digits alone for numbers."""

from __future__ import annotations

from kiosk.state import State
from kiosk.typing import Mark, Method, mark_key
from kiosk.ui.painter import Box, Painter
from kiosk.ui.screens.keys import GAP, Key, lines, row
from kiosk.visit.events import ClearEntry, Done, Erase, Shift, SwitchMethod, SwitchSigns, TypeKey
from kiosk.visit.state import Entry
from kiosk.words import Words

LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SIGNS = ("!?:;'\"()&+", "-_/\\@#%*=", "–°[]§“”")
MARKED = {
    Mark.GRAVE: "à",
    Mark.ACUTE: "á",
    Mark.HOOK: "ả",
    Mark.TILDE: "ã",
    Mark.DOT: "ạ",
    Mark.HAT: "â",
    Mark.HORN: "ơ",
    Mark.BREVE: "ă",
    Mark.STROKE: "đ",
}
SAID = {
    Mark.GRAVE: "huyền",
    Mark.ACUTE: "sắc",
    Mark.HOOK: "hỏi",
    Mark.TILDE: "ngã",
    Mark.DOT: "nặng",
    Mark.HAT: "mũ",
    Mark.HORN: "móc",
    Mark.BREVE: "trăng",
    Mark.STROKE: "gạch",
}
"""What these marks are called; there are no other words for them in English."""
HINTS = {Method.TELEX: "as = á", Method.VNI: "a1 = á"}


def keyboard(p: Painter, state: State, say: Words, box: Box, *, done: str = "") -> None:
    """All letters, digits and signs, and where Vietnamese is composed its marks as keys of their own; `done` is what
    stands on the key that ends the typing."""
    entry = state.visit.entry if state.visit else Entry()
    composed = entry.method is not Method.PLAIN
    last = done or say.gettext("Done")
    if p.landscape:
        digits = Box(box.right - 290, box.y, 290, box.h)
        marks = Box(digits.x - 20 - 290, box.y, 290, box.h)
        _digit_block(p, say, digits)
        if composed:
            _mark_block(p, entry, say, marks)
        right = (marks.x if composed else digits.x) - 20
        _letters(p, entry, say, lines(Box(box.x, box.y, right - box.x, box.h), 4), last, switch=False)
        return
    rows = lines(box, 6 if composed else 5)
    if composed:
        row(p, _marks(entry), rows.pop(0), len(Mark))
    row(p, [_typed(digit, entry) for digit in "1234567890"], rows.pop(0), 10)
    _letters(p, entry, say, rows, last, switch=composed)


def _letters(p: Painter, entry: Entry, say: Words, rows: list[Box], done: str, *, switch: bool) -> None:
    """Four rows: letters or signs, and below them what changes the keyboard, blank and done."""
    _ = say.gettext
    first, second, third = SIGNS if entry.signs else LETTERS
    handy = "@" if entry.method is Method.PLAIN else "/"
    row(p, [_typed(sign, entry) for sign in first], rows[0], 10)
    row(p, [_typed(sign, entry) for sign in (*second, *([] if entry.signs else [handy]))], rows[1], 10)
    shift = Key("key:shift", "", Shift(), 1.5, icon="shift", spoken=_("Capital letters"), down=entry.shift, soft=True)
    row(p, [shift, *(_typed(sign, entry) for sign in third), _erase(say, 1.5)], rows[2], 10)
    signs = Key("key:signs", "abc" if entry.signs else "#+?", SwitchSigns(), 1.3, spoken=_("Signs"), soft=True)
    ends = Key("key:done", done, Done(), 2.6, icon="check", strong=True)
    blank = Key("key:space", "", TypeKey(" "), 2.4 if switch else 4.1, icon="space", spoken=_("Space"))
    sides = [_typed(",", entry), blank, _typed(".", entry)]
    row(p, [*([_switch(entry, 1.7)] if switch else []), signs, *sides, ends], rows[3], 10)


def _typed(sign: str, entry: Entry, name: str = "") -> Key:
    shown = sign.upper() if entry.shift else sign
    return Key(name or f"key:{sign}", shown, TypeKey(shown))


def _erase(say: Words, wide: float = 1.0) -> Key:
    return Key("key:erase", "", Erase(), wide, icon="erase", spoken=say.gettext("Erase"), soft=True, repeat=True)


def _switch(entry: Entry, wide: float) -> Key:
    other = Method.VNI if entry.method is Method.TELEX else Method.TELEX
    label = "Telex" if entry.method is Method.TELEX else "VNI"
    return Key("key:method", label, SwitchMethod(other), wide, note=HINTS[entry.method], soft=True)


def _marks(entry: Entry) -> list[Key]:
    """Pale where the mark cannot stand on what was typed."""
    keys = []
    for mark in Mark:
        pressed = mark_key(entry.text, mark, entry.method)
        event = TypeKey(pressed) if pressed else None
        shown = MARKED[mark].upper() if entry.shift else MARKED[mark]
        keys.append(Key(f"mark:{mark.value}", shown, event, note=SAID[mark], spoken=SAID[mark]))
    return keys


def _mark_block(p: Painter, entry: Entry, say: Words, box: Box) -> None:
    rows, keys = lines(box, 4), _marks(entry)
    for place in range(3):
        row(p, keys[3 * place : 3 * place + 3], rows[place], 3)
    row(p, [_switch(entry, 3)], rows[3], 3)


def _digit_block(p: Painter, say: Words, box: Box) -> None:
    rows, plain = lines(box, 4), Entry()
    for place, digits in enumerate(("123", "456", "789")):
        row(p, [_typed(digit, plain) for digit in digits], rows[place], 3)
    row(p, [_typed("-", plain), _typed("0", plain), _typed("+", plain)], rows[3], 3)


def finding_keys(p: Painter, state: State, say: Words, box: Box) -> None:
    """Three rows of letters for narrowing a list; no marks are needed."""
    _ = say.gettext
    rows, plain = lines(box, 3), Entry()
    row(p, [_typed(sign, plain) for sign in LETTERS[0]], rows[0], 10)
    row(p, [*(_typed(sign, plain) for sign in LETTERS[1]), _erase(say)], rows[1], 10)
    typed = bool(state.visit and state.visit.entry.text)
    clear = Key("clear", _("All"), ClearEntry() if typed else None, 1.5, soft=True)
    blank = Key("key:space", "", TypeKey(" "), 1.5, icon="space", spoken=_("Space"))
    row(p, [clear, *(_typed(sign, plain) for sign in LETTERS[2]), blank], rows[2], 10)


def number_pad(p: Painter, say: Words, box: Box, *, done: str = "", ends: bool = True) -> None:
    """Ten digits as on a telephone, erase, and under them the key that ends the typing."""
    rows, plain = lines(box, 5 if ends else 4), Entry()
    for place, digits in enumerate(("123", "456", "789")):
        row(p, [_typed(digit, plain) for digit in digits], rows[place], 3)
    clear = Key("clear", say.gettext("Clear all"), ClearEntry(), soft=True)
    row(p, [clear, _typed("0", plain), _erase(say)], rows[3], 3)
    if ends:
        row(p, [Key("key:done", done or say.gettext("Done"), Done(), 3, icon="check", strong=True)], rows[4], 3)


__all__ = ["GAP", "finding_keys", "keyboard", "number_pad"]
