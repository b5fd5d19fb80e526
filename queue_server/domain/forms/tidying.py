"""An answer as it is kept: composed letters, no stray blanks, no answers to what was not asked."""

from __future__ import annotations

import re
import unicodedata

from .asking import asked
from .form import Answers, Control, Form, Question, Value

_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
_DIGITS_APART = re.compile(r"[\s.\-]+")
_WRITTEN_IN_DIGITS = (Control.CITIZEN_ID, Control.PHONE)


def tidy(question: Question, value: Value | None) -> Value | None:
    """`value` in NFC, without blanks at its ends and runs of them; a number for people without its gaps. None where
    nothing is left."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        if question.control is Control.LONG_TEXT:
            text = "\n".join(_BLANKS_IN_LINE.sub(" ", line).strip() for line in text.splitlines())
        elif question.control in _WRITTEN_IN_DIGITS:
            text = _DIGITS_APART.sub("", text)
        else:
            text = _BLANKS.sub(" ", text)
        return text.strip() or None
    return None if value == [] else value


def kept(form: Form, answers: Answers) -> dict[str, Value]:
    """The answers that a dossier keeps: those to questions that are asked, tidied."""
    tidied = {
        question.field: value
        for question in form.questions
        if (value := tidy(question, answers.get(question.field))) is not None
    }
    return {question.field: tidied[question.field] for question in asked(form, tidied) if question.field in tidied}
