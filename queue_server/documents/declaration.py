"""The declaration in its official layout, from the answers in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from queue_server.domain.forms import Answers, Control, Form, Question, Value, asked

from . import typesetting
from .errors import LayoutBroken
from .facts import DeclarationFacts
from .naming import named
from .spelled import spelled_date
from .typesetting import SCREEN_PPI

_STROKES = re.compile(r"[MLQCZ0-9., ]*")
_SAMPLE_SIGNATURE = "M 120 250 Q 240 60 360 220 L 520 180 C 600 90 700 320 860 140"


def declaration(
    form: Form, layout: bytes, answers: Answers, texts: Mapping[str, str], facts: DeclarationFacts
) -> bytes:
    """The declaration as PDF/A-2b. `layout`: the form's Typst source, as the catalogue keeps it; `answers`: as filed;
    `texts`: the same in Vietnamese words (dates, places, options), by field. Raises `LayoutBroken`."""
    return typesetting.pdf(layout, _data(form, answers, texts, facts), facts.made_at, name=form.layout)


def declaration_pages(
    form: Form,
    layout: bytes,
    answers: Answers,
    texts: Mapping[str, str],
    facts: DeclarationFacts,
    ppi: int = SCREEN_PPI,
) -> tuple[bytes, ...]:
    """The same as one PNG a page, `ppi` dots an inch."""
    return typesetting.pictures(layout, _data(form, answers, texts, facts), name=form.layout, ppi=ppi)


def check_layout(form: Form, layout: bytes) -> None:
    """Draw `form` once with nothing filled in and once with everything: raises `LayoutBroken` where that fails, or
    where the layout names a question that the form does not ask."""
    for line, name in named(layout):
        if form.question(name) is None:
            raise LayoutBroken(f"{form.layout}: no question asks {name}", line)
    facts = DeclarationFacts("UBND xã Ngọc Sơn", "Ngọc Sơn", datetime(2026, 1, 5, 9, 30, tzinfo=UTC))
    for filled in (False, True):
        answers = {question.field: _sample(question) for question in form.questions if filled}
        texts = {question.field: _sample_text(question) for question in form.questions if filled}
        data = {**_data(form, answers, texts, facts), "texts": texts}
        typesetting.tried(layout, data, facts.made_at, name=form.layout)


def _data(form: Form, answers: Answers, texts: Mapping[str, str], facts: DeclarationFacts) -> dict[str, Any]:
    """What a layout sees; docs/catalogue.md tells administrators of it."""
    shown = [question for question in asked(form, answers) if question.field in answers]
    made = facts.made_at
    return {
        "form": {"code": form.code, "version": form.version, "name": form.name.vi},
        "texts": {each.field: texts[each.field] for each in shown if each.field in texts},
        "answers": {each.field: answers[each.field] for each in shown if each.control is not Control.SIGNATURE},
        "spelled": {each.field: _spelled(answers[each.field]) for each in shown if each.control is Control.DATE},
        "signatures": {each.field: _strokes(answers[each.field]) for each in shown if _is_signature(each)},
        "addressee": facts.addressee,
        "place": facts.place,
        "made": {"day": f"{made:%d}", "month": f"{made:%m}", "year": f"{made:%Y}", "time": f"{made:%H:%M}"},
        "dossier": facts.code,
        "draft": facts.draft,
    }


def _is_signature(question: Question) -> bool:
    return question.control is Control.SIGNATURE


def _spelled(value: Value) -> str:
    try:
        return spelled_date(date.fromisoformat(str(value)))
    except ValueError:
        return ""


def _strokes(value: Value) -> str:
    """The signature's path, or nothing where it is none: it becomes part of a picture."""
    return str(value) if _STROKES.fullmatch(str(value)) else ""


def _sample(question: Question) -> Value:
    match question.control:
        case Control.DATE:
            return "2001-04-15"
        case Control.YES_NO:
            return True
        case Control.YEAR | Control.NUMBER | Control.MONEY:
            return 21
        case Control.CHOICE:
            return question.options[0].code
        case Control.CHOICES:
            return [option.code for option in question.options]
        case Control.SIGNATURE:
            return _SAMPLE_SIGNATURE
    return "Nguyễn Thị Hường"


def _sample_text(question: Question) -> str:
    return question.options[0].name.vi if question.options else str(_sample(question))
