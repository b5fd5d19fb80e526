"""What a key does to the text being typed, whatever the text is for."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from kiosk import typing
from kiosk.events import Event
from kiosk.visit import events as visit
from kiosk.visit.state import Entry

MOST_CHARACTERS = 2000
"""Of any text, as the check has it."""


class Capitals(Enum):
    """Where a letter becomes a capital by itself."""

    NOWHERE = 0
    FIRST = 1
    WORDS = 2
    ALL = 3


def typed(
    entry: Entry, event: Event, capitals: Capitals = Capitals.NOWHERE, most: int = MOST_CHARACTERS
) -> Entry | None:
    """`entry` after `event`; None where the event is no key. A text of `most` characters takes no more."""
    match event:
        case visit.TypeKey(key):
            if len(key) != 1 or not (key.isprintable() or key == "\n"):
                return entry
            raised = key.upper() if entry.shift or capitals is Capitals.ALL else key
            text = typing.press(entry.text, raised if len(raised) == 1 else key, entry.method)
            return ready(replace(entry, text=text if len(text) <= most else entry.text, shift=False), capitals)
        case visit.Erase():
            return ready(replace(entry, text=typing.erase(entry.text), shift=False), capitals)
        case visit.ClearEntry():
            return ready(replace(entry, text="", shift=False), capitals)
        case visit.Shift():
            return replace(entry, shift=not entry.shift)
        case visit.SwitchSigns():
            return replace(entry, signs=not entry.signs)
        case visit.SwitchMethod(method):
            return replace(entry, method=method)
    return None


def ready(entry: Entry, capitals: Capitals) -> Entry:
    """`entry` with the shift key down where the next letter begins a name or a sentence."""
    starts = not entry.text or (capitals is Capitals.WORDS and entry.text.endswith(" "))
    return replace(entry, shift=starts) if capitals in (Capitals.FIRST, Capitals.WORDS) else entry
