"""An answer as people read it: dates, places, choices and numbers in words and groups."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kiosk.visit.listing import place_name
from kiosk.words import Words
from queue_server.contract import SIGNED_AT_COUNTER, Control, Language, PlacesReply, Question, Value

TRUE = (True, "yes")


def answer_text(question: Question, value: Value, places: PlacesReply | None, say: Words) -> str:
    """Empty for a drawn signature, which is shown as it was drawn."""
    _ = say.gettext
    match question.control:
        case Control.SIGNATURE:
            return _("I sign at the counter") if value == SIGNED_AT_COUNTER else ""
        case Control.DATE:
            return _date(str(value), say)
        case Control.PROVINCE | Control.COMMUNE:
            return place_name(places, str(value)) or str(value)
        case Control.YES_NO:
            return _option(question, "yes" if value in TRUE else "no", say) or (_("Yes") if value in TRUE else _("No"))
        case Control.CHOICE:
            return _option(question, str(value), say) or str(value)
        case Control.CHOICES:
            codes = value if isinstance(value, list) else [str(value)]
            return "; ".join(_option(question, code, say) or code for code in codes)
    return grouped(question.control, str(value), say)


def grouped(control: Control, text: str, say: Words) -> str:
    """Digits in the groups in which people read them: 001 085 012 345, 0912 345 678, 2.000.000 đồng."""
    if not text.isdecimal():
        return text
    match control:
        case Control.CITIZEN_ID:
            return " ".join(text[place : place + 3] for place in range(0, len(text), 3))
        case Control.PHONE:
            return " ".join(part for part in (text[:4], text[4:7], text[7:]) if part)
        case Control.MONEY:
            return say.gettext("%(amount)s dong") % {"amount": thousands(int(text), say)}
    return text


def thousands(number: int, say: Words) -> str:
    shown = f"{number:,}"
    return shown.replace(",", ".") if say.language is Language.VI else shown


def _option(question: Question, code: str, say: Words) -> str:
    found = next((one for one in question.options if one.code == code), None)
    return say.local(found.name) if found else ""


def _date(value: str, say: Words) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return (
        say.date(datetime(day.year, day.month, day.day, tzinfo=UTC))
        if say.language is Language.EN
        else f"{day:%d/%m/%Y}"
    )
