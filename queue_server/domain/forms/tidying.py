"""An answer as it is kept: what can be seen, no stray blanks, no answers to what was not asked."""

from __future__ import annotations

import re

from queue_server.domain.visible import visible

from .asking import asked
from .form import Answers, Control, Form, Question, Value

_BLANKS = re.compile(r"\s+")
_DIGITS_APART = re.compile(r"[\s.\-]+")
_WRITTEN_IN_DIGITS = (Control.CITIZEN_ID, Control.PHONE)


def tidy(question: Question, value: Value | None) -> Value | None:
    """`value` as far as it can be seen; on one line where it is no long text; a number for people without its gaps.
    None where nothing is left."""
    if isinstance(value, str):
        text = visible(value)
        if question.control in _WRITTEN_IN_DIGITS:
            text = _DIGITS_APART.sub("", text)
        elif question.control is not Control.LONG_TEXT:
            text = _BLANKS.sub(" ", text)
        return text or None
    return None if value == [] else value


def kept(form: Form, answers: Answers) -> dict[str, Value]:
    """The answers that a dossier keeps: those to questions that are asked, tidied."""
    tidied = {
        question.field: value
        for question in form.questions
        if (value := tidy(question, answers.get(question.field))) is not None
    }
    return {question.field: tidied[question.field] for question in asked(form, tidied) if question.field in tidied}
