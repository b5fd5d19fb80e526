"""Answers as people read them: dates as day, month and year, places and choices by name."""

from __future__ import annotations

from datetime import date

from queue_server.catalogue.places import Places
from queue_server.domain.forms import SIGNED_AT_COUNTER, Answers, Control, Form, Question, Value, asked
from queue_server.domain.text import Language, LocalText

YES = LocalText("Có", "Yes")
NO = LocalText("Không", "No")
SIGNED = LocalText("Đã ký", "Signed")
SIGNS_LATER = LocalText("Ký tại quầy", "Signs at the counter")
CURRENCY = LocalText("đồng", "đồng")


def in_words(form: Form, answers: Answers, places: Places, language: str) -> dict[str, str]:
    """By field, for the questions that are asked and answered. A commune is named with its province, unless the form
    asks for the province by itself."""
    split = {question.group for question in form.questions if question.control is Control.PROVINCE}
    return {
        question.field: _words(question, answers[question.field], places, language, question.group in split)
        for question in asked(form, answers)
        if question.field in answers
    }


def _words(question: Question, value: Value, places: Places, language: str, split: bool) -> str:
    match question.control:
        case Control.DATE:
            return _date(str(value))
        case Control.PROVINCE | Control.COMMUNE:
            name = places.name(str(value)) or str(value)
            return name.partition(", ")[0] if split else name
        case Control.CHOICE | Control.CHOICES:
            chosen = value if isinstance(value, list) else [str(value)]
            options = {option.code: _in(option.name, language) for option in question.options}
            return ", ".join(options.get(each, each) for each in chosen)
        case Control.YES_NO:
            return _in(YES if value is True else NO, language)
        case Control.MONEY:
            return f"{int(str(value)):,}".replace(",", ".") + f" {_in(CURRENCY, language)}"
        case Control.SIGNATURE:
            return _in(SIGNS_LATER if value == SIGNED_AT_COUNTER else SIGNED, language)
    return str(value)


def _in(text: LocalText, language: str) -> str:
    return text.en if language == Language.EN else text.vi


def _date(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value
