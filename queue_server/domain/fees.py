"""What a procedure costs, given the answers: whole đồng, or not known yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .forms import Answers, holds
from .forms.formats import day_of
from .procedure import FeeRule, Procedure

MOST = 10**12
"""In đồng: more comes of a slip of the finger, and a clerk says the fee."""


def fee_for(procedure: Procedure, answers: Answers, today: date) -> int | None:
    """The fee by the first rule that holds; None where none does, or where an answer that decides it is missing: then
    a clerk says it."""
    for rule in procedure.fees:
        in_time = _in_time(rule, answers, today)
        if in_time is None:
            return None
        if in_time and holds(rule.when, answers):
            return _amount(rule, answers)
    return None


def _in_time(rule: FeeRule, answers: Answers, today: date) -> bool | None:
    if rule.within is None:
        return True
    field, days = rule.within
    answer = answers.get(field)
    day = day_of(answer) if isinstance(answer, str) else None
    return None if day is None else today - day <= timedelta(days=days)


def _amount(rule: FeeRule, answers: Answers) -> int | None:
    each = rule.amount
    if rule.per is not None:
        units = _number(answers, rule.per)
        if units is None:
            return None
        each += price(rule.steps, units)
    if rule.cap is not None:
        each = min(each, rule.cap)
    times = 1 if rule.times is None else _number(answers, rule.times)
    return None if times is None or each * times > MOST else each * times


def _number(answers: Answers, field: str) -> int | None:
    value = answers.get(field)
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None


def price(steps: Sequence[tuple[int, int]], units: int) -> int:
    """What `units` cost: each the price of the last step that begins at or before it."""
    total = 0
    for place, (first, each) in enumerate(steps):
        last = steps[place + 1][0] - 1 if place + 1 < len(steps) else units
        total += max(0, min(units, last) - first + 1) * each
    return total
