"""Checks answers: each by the form's schema as soon as it is given, all together before the dossier is filed.

The kiosk and the server check by these same lines. Whether a place exists is known to the server alone, which passes
the codes of all places; without them only a code's form is checked.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .asking import asked
from .complaint import MESSAGES, Complaint, ComplaintCode
from .form import Answers, Control, Form, Question, Value
from .formats import FORMATS, birth_year, day_of
from .rules import broken, years_after
from .tidying import kept, tidy

if TYPE_CHECKING:
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError

MOST_CHARACTERS = 2000
"""Of any text, whatever its schema forgets to say."""
MOST_ON_A_LINE = 200
"""Of a text that has one line on the form, whatever its schema allows."""
MOST_OF_A_NUMBER = 10**12
"""Of any number, whatever its schema forgets to say: a thousand billion đồng."""
MOST_YEARS_AGO = 150
"""A day before that is a slip of the finger."""
TEXT_FORMAT: dict[Control, str] = {
    Control.NAME: "person-name",
    Control.CITIZEN_ID: "citizen-id",
    Control.PHONE: "vn-phone",
    Control.EMAIL: "email",
    Control.DATE: "date",
    Control.PROVINCE: "province",
    Control.COMMUNE: "commune",
    Control.SIGNATURE: "signature",
}
_NUMBERS = (Control.YEAR, Control.NUMBER, Control.MONEY)
_PLACES = (Control.PROVINCE, Control.COMMUNE)
_FIRST = ("type", "format", "enum", "const")
"""Where several things are wrong, these are said first."""
_BY_KEYWORD: dict[str, ComplaintCode] = {
    "enum": ComplaintCode.NOT_AN_OPTION,
    "const": ComplaintCode.NOT_AN_OPTION,
    "uniqueItems": ComplaintCode.NOT_AN_OPTION,
    "minLength": ComplaintCode.TOO_SHORT,
    "maxLength": ComplaintCode.TOO_LONG,
    "minimum": ComplaintCode.TOO_SMALL,
    "exclusiveMinimum": ComplaintCode.TOO_SMALL,
    "minItems": ComplaintCode.TOO_SMALL,
    "maximum": ComplaintCode.TOO_LARGE,
    "exclusiveMaximum": ComplaintCode.TOO_LARGE,
    "maxItems": ComplaintCode.TOO_LARGE,
}


def check_answer(
    form: Form,
    question: Question,
    value: Value | None,
    answers: Answers,
    today: date,
    places: Collection[str] | None = None,
) -> Complaint | None:
    """What is wrong with `value` as the answer to `question`, given the other `answers`; None if nothing is. None or an
    empty value stands for no answer, which an optional question takes. A rule between two answers is checked at the
    one that is asked later."""
    value = tidy(question, value)
    if value is None:
        return Complaint(question.field, ComplaintCode.MISSING) if question.required else None
    complaint = (
        _of_its_kind(question, value, today, places)
        or _by_schema(form, question, value)
        or _beyond_all_numbers(question, value)
    )
    if complaint is not None:
        return complaint
    return broken(form, question.field, {**answers, question.field: value}, today)


def check(form: Form, answers: Answers, today: date, places: Collection[str] | None = None) -> tuple[Complaint, ...]:
    """Everything that is wrong, in the order of the questions, then answers to questions that the form does not have;
    empty when the form can be filed. Answers to questions that are not asked are passed over: `kept` drops them."""
    known = {question.field for question in form.questions}
    given = kept(form, answers)
    sound, wrong = dict(given), []
    for question in asked(form, given):
        complaint = check_answer(form, question, given.get(question.field), sound, today, places)
        if complaint is not None:
            wrong.append(complaint)
            sound.pop(question.field, None)  # what is wrong by itself is not compared with others as well
    strangers = [Complaint(field, ComplaintCode.NOT_ASKED) for field in answers if field not in known]
    return (*wrong, *strangers)


def _of_its_kind(question: Question, value: Value, today: date, places: Collection[str] | None) -> Complaint | None:
    """What the control asks of any answer, whatever the schema says."""
    control, field = question.control, question.field
    options = {option.code for option in question.options}
    if control is Control.YES_NO:
        return None if isinstance(value, bool) else Complaint(field, ComplaintCode.NOT_AN_OPTION)
    if control is Control.CHOICES:
        good = isinstance(value, list) and len(set(value)) == len(value) and set(value) <= options
        return None if good else Complaint(field, ComplaintCode.NOT_AN_OPTION)
    if control in _NUMBERS:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return None if is_number else Complaint(field, ComplaintCode.NOT_A_NUMBER)
    if control is Control.CHOICE:
        good = isinstance(value, str) and value in options
        return None if good else Complaint(field, ComplaintCode.NOT_AN_OPTION)
    fits, otherwise = FORMATS.get(TEXT_FORMAT.get(control, ""), (bool, ComplaintCode.WRONG_FORM))
    if not isinstance(value, str) or not fits(value):
        return Complaint(field, otherwise)
    return _of_a_text(question, value, today, places)


def _of_a_text(question: Question, value: str, today: date, places: Collection[str] | None) -> Complaint | None:
    control, field = question.control, question.field
    day = day_of(value) if control is Control.DATE else None
    if day is not None and years_after(day, MOST_YEARS_AGO) < today:
        return Complaint(field, ComplaintCode.TOO_LONG_AGO, str(MOST_YEARS_AGO))
    if control is Control.CITIZEN_ID and birth_year(value) > today.year:
        return Complaint(field, ComplaintCode.NOT_A_CITIZEN_ID)
    if control in _PLACES and places is not None and value not in places:
        return Complaint(field, ComplaintCode.NOT_A_PLACE)
    most = MOST_CHARACTERS if control is Control.LONG_TEXT else MOST_ON_A_LINE
    if control is not Control.SIGNATURE and len(value) > most:
        return Complaint(field, ComplaintCode.TOO_LONG, str(most))
    return None


def _beyond_all_numbers(question: Question, value: Value) -> Complaint | None:
    if not isinstance(value, int) or abs(value) <= MOST_OF_A_NUMBER:
        return None
    code, limit = (ComplaintCode.TOO_LARGE, 1) if value > 0 else (ComplaintCode.TOO_SMALL, -1)
    return Complaint(question.field, code, str(limit * MOST_OF_A_NUMBER))


def _by_schema(form: Form, question: Question, value: Value) -> Complaint | None:
    schema = form.schema.get("properties", {}).get(question.field)
    if not schema:
        return None
    definitions = {key: form.schema[key] for key in ("$defs",) if key in form.schema}
    errors = _validator(json.dumps({**definitions, **schema}, sort_keys=True)).iter_errors(value)
    first = min(errors, key=_rank, default=None)
    return None if first is None else _said(question, first)


def _rank(error: ValidationError) -> int:
    return _FIRST.index(error.validator) if error.validator in _FIRST else len(_FIRST)


def _said(question: Question, error: ValidationError) -> Complaint:
    keyword, wanted = str(error.validator), error.validator_value
    if keyword == "format":
        return Complaint(question.field, FORMATS.get(str(wanted), (None, ComplaintCode.WRONG_FORM))[1])
    if keyword == "type":
        return Complaint(question.field, _of_wrong_type(wanted))
    if keyword == "pattern" and question.control in TEXT_FORMAT:
        return Complaint(question.field, FORMATS[TEXT_FORMAT[question.control]][1])
    code = _BY_KEYWORD.get(keyword, ComplaintCode.WRONG_FORM)
    return Complaint(question.field, code, str(wanted) if "{limit}" in MESSAGES[code] else "")


def _of_wrong_type(wanted: Any) -> ComplaintCode:
    if wanted in ("integer", "number"):
        return ComplaintCode.NOT_A_NUMBER
    return ComplaintCode.NOT_AN_OPTION if wanted in ("boolean", "array") else ComplaintCode.WRONG_FORM


@lru_cache(maxsize=1024)
def _validator(schema: str) -> Any:
    """Made once for each schema. References beyond the form itself lead nowhere: nothing is fetched."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(json.loads(schema), format_checker=_formats(), registry=Registry())


@lru_cache(maxsize=1)
def _formats() -> FormatChecker:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, (fits, _) in FORMATS.items():
        checker.checks(name)(lambda value, fits=fits: not isinstance(value, str) or fits(value))
    return checker
