"""Checks answers: each by the form's schema as soon as it is given, all together before the dossier is filed."""

from __future__ import annotations

from datetime import date

from .asking import asked
from .complaint import Complaint, ComplaintCode
from .form import Answers, Form, Question, Value


def check_answer(
    form: Form, question: Question, value: Value | None, answers: Answers, today: date
) -> Complaint | None:
    """What is wrong with `value` as the answer to `question`, given the other `answers`; None if nothing is. None or an
    empty value stands for no answer, which an optional question takes."""
    empty = value is None or value in ("", [])
    if empty:
        return Complaint(question.field, ComplaintCode.MISSING) if question.required else None
    return None


def check(form: Form, answers: Answers, today: date) -> tuple[Complaint, ...]:
    """Everything that is wrong, in the order of the questions; empty when the form can be filed."""
    wrong = []
    for question in asked(form, answers):
        complaint = check_answer(form, question, answers.get(question.field), answers, today)
        if complaint is not None:
            wrong.append(complaint)
    return tuple(wrong)
