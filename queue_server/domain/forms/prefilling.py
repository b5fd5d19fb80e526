"""What is known before anything is asked becomes a proposed answer; the citizen sees it and may change it."""

from __future__ import annotations

from collections.abc import Mapping

from .asking import asked
from .form import Answers, Form, Prefill, Value

Known = Mapping[Prefill, Value]
"""What a scanned card, the hall and the calendar say; what is not known is not there."""


def prefill(form: Form, answers: Answers, known: Known) -> dict[str, Value]:
    """`answers` with a proposal for each question asked that has no answer yet and names a source that is known."""
    filled = dict(answers)
    for question in asked(form, answers):
        if question.field in filled:
            continue
        for source in question.prefill:
            if source in known:
                filled[question.field] = known[source]
                break
    return filled
