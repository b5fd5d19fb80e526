"""Forms filled in: one answer a question, each different, so that each can be found again on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from queue_server.documents import DeclarationFacts
from queue_server.domain.forms import Answers, Control, Form, Question, Value, asked

HALL_ZONE = timezone(timedelta(hours=7))
SIGNATURE = "M 120 250 Q 240 60 360 220 L 520 180 C 600 90 700 320 860 140"
FACTS = DeclarationFacts(
    "UBND xã Ngọc Sơn", "Ngọc Sơn", datetime(2026, 1, 5, 9, 30, tzinfo=HALL_ZONE), "000.00.12.H62-260105-0004"
)
WRITTEN = (
    Control.TEXT,
    Control.LONG_TEXT,
    Control.NAME,
    Control.DATE,
    Control.CITIZEN_ID,
    Control.PHONE,
    Control.EMAIL,
    Control.COMMUNE,
)
"""Controls whose answers stand on the paper as they were given; a choice may decide between two wordings instead."""

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
GIVEN = ("Thị Hường", "Văn Bình", "Thị Ánh Tuyết", "Quốc Khánh", "Thị Mỹ Duyên", "Đức Thắng", "Thùy Trang")

Choice = Callable[[Question], str]


def first_option(question: Question) -> str:
    return question.options[0].code


def filled(form: Form, choose: Choice = first_option, *, yes: bool = True) -> tuple[dict[str, Value], dict[str, str]]:
    """Answers, and the same in words, to all that is asked when each choice falls as `choose` says."""
    answers: dict[str, Value] = {}
    for place, question in enumerate(form.questions):
        answers[question.field] = _answer(question, place, choose, yes)
    shown = asked(form, answers)
    kept = {question.field: answers[question.field] for question in shown}
    return kept, in_words(form, kept)


def in_words(form: Form, answers: Answers) -> dict[str, str]:
    return {each.field: _words(each, answers[each.field]) for each in form.questions if each.field in answers}


def _answer(question: Question, place: int, choose: Choice, yes: bool) -> Value:
    match question.control:
        case Control.YES_NO:
            return yes
        case Control.CHOICE:
            return choose(question)
        case Control.CHOICES:
            return [option.code for option in question.options]
        case Control.NUMBER | Control.MONEY | Control.YEAR:
            return 2 + place
        case Control.DATE:
            return f"19{60 + place}-04-{place % 28 + 1:02}"
        case Control.CITIZEN_ID:
            return f"0153010{place:05}"
        case Control.PHONE:
            return f"09123456{place:02}"
        case Control.EMAIL:
            return f"huong{place}@example.vn"
        case Control.SIGNATURE:
            return SIGNATURE
        case Control.NAME:
            return f"{FAMILY[place % 12]} {GIVEN[place % 7]}"
        case Control.COMMUNE:
            return f"{place:05}"
    return f"Số {place} đường {GIVEN[place % 7]}"


def _words(question: Question, value: Value) -> str:
    if question.control is Control.DATE:
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    if question.control is Control.COMMUNE:
        return f"Xã {value}, Tỉnh Lào Cai"
    if question.control is Control.YES_NO:
        return "Có" if value else "Không"
    if question.options:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(option.name.vi for option in question.options if option.code in codes)
    return str(value)
