"""Why no numbers are given now: read on the screen, and heard."""

from __future__ import annotations

from kiosk.words import Words
from queue_server.contract import Opening, OpeningReason


def opening_words(say: Words, opening: Opening) -> tuple[str, str]:
    """The reason, and what it means."""
    _ = say.gettext
    match opening.reason:
        case OpeningReason.BEFORE_OPENING:
            return _("The hall is not open yet"), _("Numbers are given from the opening hour.")
        case OpeningReason.LUNCH:
            return _("Lunch break"), _("Numbers are given again after the break.")
        case OpeningReason.AFTER_CLOSING:
            return _("The hall has closed for today"), _("Please come back on the next working day.")
        case OpeningReason.DAY_OFF:
            return _("Today is a day off"), _("The hall does not work today.")
        case OpeningReason.HOLIDAY:
            note = say.local(opening.note) if opening.note else _("The hall does not work today.")
            return _("Public holiday"), note
        case OpeningReason.ISSUING_STOPPED:
            why = _("Those who hold a number will still be served.")
            return _("No more numbers are given in this session"), why
    return _("No numbers are given now"), _("Please ask the staff at the counter.")
