"""What a JSON Schema cannot say: answers against each other, against today, against an age.

An answer may be a day or only a year; a year is wrong only where each of its days would be.
"""

from __future__ import annotations

from datetime import date

from .asking import holds
from .complaint import Complaint, ComplaintCode
from .form import Answers, Form, Rule, RuleKind, Value
from .formats import day_of

Span = tuple[date, date]
"""The first and the last day that is meant."""


def broken(form: Form, field: str, answers: Answers, today: date) -> Complaint | None:
    """The first rule that `answers` break where `field` is the last of its questions; None if there is none."""
    for rule in form.rules:
        if _last_asked(form, rule) == field and holds(rule.when, answers):
            complaint = _complaint(form, rule, field, answers, today)
            if complaint is not None:
                return complaint
    return None


def _last_asked(form: Form, rule: Rule) -> str:
    """Where both answers are there for the first time: there it is said, once."""
    fields = [question.field for question in form.questions if question.field in (rule.field, rule.other)]
    return fields[-1] if fields else rule.field


def _complaint(form: Form, rule: Rule, field: str, answers: Answers, today: date) -> Complaint | None:
    value = answers.get(rule.field)
    other = answers.get(rule.other) if rule.other else None
    if value is None or (rule.other and other is None):
        return None
    code = _code(rule, field, value, other, today)
    if code is None:
        return None
    named = rule.other if field == rule.field else rule.field
    question = form.question(named) if named else None
    limit = str(rule.years) if rule.years is not None else ""
    return Complaint(field, code, limit, question.short if question else None, rule.message)


def _code(rule: Rule, field: str, value: Value, other: Value | None, today: date) -> ComplaintCode | None:
    if rule.kind is RuleKind.DIFFERS:
        return ComplaintCode.SAME_AS_OTHER if value == other else None
    when = _span(value)
    on = (today, today) if other is None else _span(other)
    if when is None or on is None:
        return None
    years = rule.years or 0
    match rule.kind:
        case RuleKind.NOT_AFTER if when[0] > on[1]:
            return ComplaintCode.BEFORE_OTHER if field == rule.field else ComplaintCode.AFTER_OTHER
        case RuleKind.NOT_FUTURE if when[0] > today:
            return ComplaintCode.IN_FUTURE
        case RuleKind.WITHIN_YEARS if years_after(when[1], years) < today:
            return ComplaintCode.TOO_LONG_AGO
        case RuleKind.AGE_AT_LEAST if years_after(when[0], years) > on[1]:
            return ComplaintCode.TOO_YOUNG
    return None


def _span(value: Value) -> Span | None:
    if isinstance(value, str):
        day = day_of(value)
        return (day, day) if day else None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999:
        return date(value, 1, 1), date(value, 12, 31)
    return None


def years_after(day: date, years: int) -> date:
    """The anniversary; of 29 February, where there is none, the day after the 28th."""
    year = day.year + years
    if year > date.max.year:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
