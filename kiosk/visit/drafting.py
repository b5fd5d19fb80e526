"""An answer while it is being given: what each control keeps, and the value that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kiosk.events import Event
from kiosk.typing import Method
from kiosk.visit import events as visit
from kiosk.visit.keys import Capitals
from kiosk.visit.state import Asking, Entry
from queue_server.contract import SIGNED_AT_COUNTER, Control, PlacesReply, Question, Value

TYPED = frozenset(
    {
        *(Control.TEXT, Control.LONG_TEXT, Control.NAME, Control.YEAR, Control.NUMBER, Control.MONEY),
        *(Control.CITIZEN_ID, Control.PHONE, Control.EMAIL),
    }
)
"""Answered with the keyboard."""
DIGITS = frozenset({Control.YEAR, Control.NUMBER, Control.MONEY, Control.CITIZEN_ID, Control.PHONE})
PLAIN = DIGITS | {Control.EMAIL}
"""Where keys compose no Vietnamese letters."""
CAPITALS = {Control.NAME: Capitals.WORDS, Control.TEXT: Capitals.FIRST, Control.LONG_TEXT: Capitals.FIRST}
MOST_TYPED = {Control.YEAR: 4, Control.NUMBER: 9, Control.MONEY: 12, Control.CITIZEN_ID: 12, Control.PHONE: 12}
YES, NO = "yes", "no"
MOST_POINTS = 4000
"""Of a signature; a scribble beyond that adds nothing."""
FIGURES = (2, 2, 4)
"""Digits of day, month and year."""
OLDEST = 130
"""Years; nobody was born before that."""
Strokes = tuple[tuple[tuple[int, int], ...], ...]
Parts = tuple[int | None, int | None, int | None]


def capitals(question: Question) -> Capitals:
    return CAPITALS.get(question.control, Capitals.NOWHERE)


def drafted(question: Question, value: Value | None, places: PlacesReply | None) -> tuple[Asking, str]:
    """The control's inside for `value`, and the text typed there; `value` None: empty."""
    empty = Asking(question.field)
    match question.control:
        case control if value is None:
            return empty, ""
        case control if control in TYPED:
            return empty, str(value)
        case Control.DATE:
            return replace(empty, parts=_parts(str(value))), ""
        case Control.YES_NO:
            return replace(empty, picked=(YES if value is True or value == YES else NO,)), ""
        case Control.CHOICES:
            return replace(empty, picked=tuple(value) if isinstance(value, list) else ()), ""
        case Control.COMMUNE:
            return replace(empty, picked=(str(value),), province=province_of(str(value), places)), ""
        case Control.SIGNATURE if value == SIGNED_AT_COUNTER:
            return replace(empty, picked=(SIGNED_AT_COUNTER,)), ""
        case Control.SIGNATURE:
            return replace(empty, strokes=strokes(str(value))), ""
    return replace(empty, picked=(str(value),)), ""


def answered(question: Question, asking: Asking, entry: Entry) -> Value | None:
    """What the control holds, as a value; None where it holds nothing. A date or number that is none yet goes through
    as text, so that the check can say so."""
    match question.control:
        case Control.YEAR | Control.NUMBER | Control.MONEY:
            return _number(entry.text.strip())
        case control if control in TYPED:
            return entry.text.strip() or None
        case Control.DATE:
            return None if asking.parts == (None, None, None) else _day(asking.parts)
        case Control.YES_NO:
            return asking.picked[0] == YES if asking.picked else None
        case Control.CHOICES:
            return list(asking.picked) or None
        case Control.SIGNATURE:
            return asking.picked[0] if asking.picked else path(asking.strokes) or None
    return asking.picked[0] if asking.picked else None


def method(question: Question, entry: Entry) -> Method:
    """How keys compose for this question, as the citizen last chose it where there is a choice."""
    if question.control in PLAIN:
        return Method.PLAIN
    return entry.method if entry.method is not Method.PLAIN else Method.TELEX


def province_of(commune: str, places: PlacesReply | None) -> str | None:
    offered = places.provinces if places else ()
    return next((one.code for one in offered if any(each.code == commune for each in one.communes)), None)


def turned(parts: Parts, part: int, by: int, day: date) -> Parts:
    """The wheel `part` (day, month, year) turned by `by`; a wheel that stands nowhere yet begins where most people
    need it. Day and month wrap round; no year is after next year's."""
    if part not in (0, 1, 2):
        return parts
    now = parts[part]
    reached = now + by if now is not None else (1, 1, day.year - 30)[part] + by - (by > 0) + (by < 0)
    if part == 2:
        return _with(parts, part, min(max(reached, day.year - OLDEST), day.year + 1))
    return _with(parts, part, (reached - 1) % (31, 12)[part] + 1)


def figured(asking: Asking, entry: Entry, event: Event) -> tuple[Asking, Entry] | None:
    """A date's figures as they are typed; what is typed counts as soon as it can mean something. None where the event
    is no digit."""
    part = asking.figures
    match event:
        case visit.TypeFigures(place) if place in (0, 1, 2):
            return replace(asking, figures=place), replace(entry, text="")
        case visit.TypeKey(key) if part is not None and key.isascii() and key.isdigit():
            text = entry.text + key
            full = len(text) >= FIGURES[part]
            reached = replace(asking, parts=_with(asking.parts, part, int(text)))
            onward = part + 1 if part < 2 else None
            return replace(reached, figures=onward if full else part), replace(entry, text="" if full else text)
        case visit.Erase() if part is not None:
            text = entry.text[:-1]
            return replace(asking, parts=_with(asking.parts, part, int(text) if text else None)), replace(
                entry, text=text
            )
    return None


def _with(parts: Parts, part: int, value: int | None) -> Parts:
    day, month, year = (value if place == part else old for place, old in enumerate(parts))
    return day, month, year


def path(drawn: Strokes) -> str:
    """A signature as the path data of an SVG image."""
    return " ".join("M" + " L".join(f"{x} {y}" for x, y in stroke) for stroke in drawn if stroke)


def strokes(data: str) -> Strokes:
    """The lines of `path`."""
    lines = []
    for line in data.split("M"):
        numbers = [round(float(found)) for found in re.findall(r"-?\d+(?:\.\d+)?", line)]
        if points := tuple(zip(numbers[::2], numbers[1::2], strict=False)):
            lines.append(points)
    return tuple(lines)


def stroked(drawn: Strokes, points: Sequence[tuple[int, int]]) -> Strokes:
    """One more line, kept within the box."""
    inside = tuple((min(max(int(x), 0), 1000), min(max(int(y), 0), 400)) for x, y in points)
    if not inside or sum(map(len, drawn)) + len(inside) > MOST_POINTS:
        return drawn
    return (*drawn, inside)


def _parts(value: str) -> Parts:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None, None, None
    return day.day, day.month, day.year


def _day(parts: Parts) -> str:
    day, month, year = (part or 0 for part in parts)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _number(text: str) -> Value | None:
    plain = text.replace(".", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else text or None
