"""Which questions are asked, given the answers so far, and in which order."""

from __future__ import annotations

from .form import Answers, Condition, Form, Question


def holds(conditions: tuple[Condition, ...], answers: Answers) -> bool:
    """True where every condition holds."""
    return all(_holds(one, answers) for one in conditions)


def _holds(condition: Condition, answers: Answers) -> bool:
    value = answers.get(condition.field)
    if not condition.values:
        found = value is not None and value not in ("", [])
    elif isinstance(value, list):
        found = any(str(each) in condition.values for each in value)
    else:
        found = value is not None and _as_word(value) in condition.values
    return found != condition.negated


def _as_word(value: object) -> str:
    """As a data file writes it: `yes` and `no` for true and false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def asked(form: Form, answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked, in order. A condition on a question that is itself not asked sees no answer."""
    seen: dict[str, object] = {}
    shown = []
    for question in form.questions:
        if holds(question.when, seen):  # type: ignore[arg-type]
            shown.append(question)
            if question.field in answers:
                seen[question.field] = answers[question.field]
    return tuple(shown)


def following(form: Form, answers: Answers, field: str | None) -> Question | None:
    """The question after `field`; the first one for None; None after the last."""
    shown = asked(form, answers)
    fields = [one.field for one in shown]
    place = fields.index(field) + 1 if field in fields else 0
    return shown[place] if place < len(shown) else None


def preceding(form: Form, answers: Answers, field: str) -> Question | None:
    """The question before `field`; None before the first."""
    shown = asked(form, answers)
    fields = [one.field for one in shown]
    place = fields.index(field) if field in fields else 0
    return shown[place - 1] if place > 0 else None


def place(form: Form, answers: Answers, field: str) -> tuple[int, int]:
    """Where the question stands: (7, 23) for the seventh of 23."""
    fields = [one.field for one in asked(form, answers)]
    return (fields.index(field) + 1 if field in fields else 1), len(fields)
