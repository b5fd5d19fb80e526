"""Right and wrong answers for any form of the catalogue, made from its questions, its schema and its rules.

Nothing here asks the checking itself whether an answer is right: what comes out is right or wrong by construction.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from queue_server.catalogue.places import load_places
from queue_server.domain.forms import Answers, ComplaintCode, Control, Form, Question, Rule, RuleKind, asked, holds

TODAY = date(2026, 11, 20)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạếềệốộớừứữựỳý"
NAMES = ("Nguyễn Thị Hương", "Lê Văn Ê", "Y", "H'Hen Niê", "Y-Thuyên Ê-ban", "Tôn Nữ Quỳnh Như", "Đặng Ngọc Ánh Dương")
SIGNATURE = "M10 10 L200 90.5 L300 20"
C = ComplaintCode


@lru_cache(maxsize=1)
def _codes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    provinces = load_places().provinces
    return tuple(each.code for each in provinces), tuple(one.code for each in provinces for one in each.communes)


def _one_of(several: Sequence[Any]) -> st.SearchStrategy[Any]:
    """As `sampled_from`, which would write all of them out."""
    return st.integers(0, len(several) - 1).map(lambda place: several[place])


def property_of(form: Form, question: Question) -> dict[str, Any]:
    """What the schema says of an answer, references followed."""
    said = dict(form.schema.get("properties", {}).get(question.field, {}))
    while "$ref" in said:
        said = {**form.schema["$defs"][said.pop("$ref").removeprefix("#/$defs/")], **said}
    return said


# --- right answers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """A form that shows itself by its name: a whole one fills a screen."""

    form: Form

    def __repr__(self) -> str:
        return f"{self.form.code}/{self.form.version}"


def valid(form: Form, today: date = TODAY) -> st.SearchStrategy[dict[str, Any]]:
    """Answers with which the form can be filed; optional questions are answered or not."""
    return _valid(_Asked(form), today)


@st.composite
def _valid(draw: st.DrawFn, named: _Asked, today: date) -> dict[str, Any]:
    form = named.form
    answers: dict[str, Any] = {}
    for question in form.questions:
        if not holds(question.when, answers):
            continue
        if question.required or draw(st.booleans()):
            answers[question.field] = draw(answer(form, question, answers, today))
    return answers


def answer(form: Form, question: Question, earlier: Answers, today: date = TODAY) -> st.SearchStrategy[Any]:
    """A right answer to one question after `earlier` ones."""
    said = property_of(form, question)
    if "const" in said:
        return st.just(said["const"])
    strategy = _of_kind(form, question, said, earlier, today)
    others = [
        earlier[other]
        for rule in form.rules
        if rule.kind is RuleKind.DIFFERS and question.field in (rule.field, rule.other)
        for other in (rule.field, rule.other)
        if other != question.field and other in earlier
    ]
    return strategy.filter(lambda value: value not in others) if others else strategy


def _of_kind(
    form: Form, question: Question, said: dict[str, Any], earlier: Answers, today: date
) -> st.SearchStrategy[Any]:
    codes = [option.code for option in question.options]
    shortest, longest = max(1, said.get("minLength", 1)), said.get("maxLength", 60)
    match question.control:
        case Control.NAME:
            fitting = [name for name in NAMES if shortest <= len(name) <= longest]
            return st.sampled_from(fitting) | st.text(LETTERS, min_size=shortest, max_size=longest)
        case Control.DATE:
            first, last = _span(form, question, earlier, today)
            assume(first <= last)
            return st.dates(first, last).map(date.isoformat)
        case Control.YEAR:
            first, last = _span(form, question, earlier, today)
            low = max(first.year + (first > date(first.year, 1, 1)), said.get("minimum", 0))
            high = min(
                last.year - (last < date(last.year, 12, 31)) if last != today else today.year, said.get("maximum", 9999)
            )
            assume(low <= high)
            return st.integers(low, high)
        case Control.NUMBER | Control.MONEY:
            step = said.get("multipleOf", 1)
            low, high = said.get("minimum", 0), said.get("maximum", 10**9)
            return st.integers(-(-low // step), high // step).map(lambda number: number * step)
        case Control.CITIZEN_ID:
            return st.builds(
                lambda place, sex, year, rest: f"{place:03d}{sex}{year:02d}{rest:06d}",
                st.integers(1, 96),
                st.sampled_from([0, 1]),
                st.integers(20, 99),
                st.integers(0, 999_999),
            )
        case Control.PHONE:
            return st.from_regex(r"0[35789][0-9]{8}", fullmatch=True, alphabet=st.characters(codec="ascii"))
        case Control.EMAIL:
            return st.from_regex(r"[a-z]{1,10}@[a-z]{1,10}\.(vn|com)", fullmatch=True)
        case Control.PROVINCE:
            return _one_of(_codes()[0])
        case Control.COMMUNE:
            return _one_of(_codes()[1])
        case Control.CHOICE:
            return st.sampled_from(codes)
        case Control.CHOICES:
            most = min(len(codes), said.get("maxItems", len(codes)))
            return st.lists(
                st.sampled_from(codes), min_size=max(1, said.get("minItems", 1)), max_size=most, unique=True
            )
        case Control.YES_NO:
            return st.booleans()
        case Control.SIGNATURE:
            return st.just(SIGNATURE)
    if "pattern" in said:
        plain = st.characters(codec="ascii", exclude_categories=("C",))
        return st.from_regex(said["pattern"], fullmatch=True, alphabet=plain).filter(
            lambda text: text == " ".join(text.split()) and shortest <= len(text) <= longest
        )
    return st.text(LETTERS + string.digits, min_size=shortest, max_size=min(longest, 200))


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _in_play(form: Form, field: str, earlier: Answers) -> Iterator[Rule]:
    """Rules on `field` that hold, or may yet."""
    for rule in form.rules:
        undecided = any(each.field not in earlier for each in rule.when)
        if field in (rule.field, rule.other) and (undecided or holds(rule.when, earlier)):
            yield rule


def _span(form: Form, question: Question, earlier: Answers, today: date) -> tuple[date, date]:
    """The first and the last day that no rule forbids, after what was answered; such that later answers have room."""
    first, last = _years_before(today, 149), date(today.year + 20, 12, 31)
    for rule in _in_play(form, question.field, earlier):
        is_field, years = rule.field == question.field, rule.years or 0
        known = earlier.get(rule.other if is_field else rule.field) if rule.other else None
        other = _day(known, first=not is_field)
        match rule.kind:
            case RuleKind.NOT_FUTURE:
                last = min(last, today)
            case RuleKind.WITHIN_YEARS:
                first = max(first, _years_before(today, years) + timedelta(days=5))
            case RuleKind.NOT_AFTER if is_field:
                last = min(last, other or today)
            case RuleKind.NOT_AFTER if other:
                first = max(first, other)
            case RuleKind.AGE_AT_LEAST if is_field:
                last = min(last, _years_before(other or _years_before(today, 1), years))
            case RuleKind.AGE_AT_LEAST if other:
                first = max(first, _years_before(other, -years) + timedelta(days=5))
    return first, last


def _day(value: object, *, first: bool) -> date | None:
    if isinstance(value, int):
        return date(value, 12, 31) if first else date(value, 1, 1)
    return date.fromisoformat(value) if isinstance(value, str) else None


# --- wrong answers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spoilt:
    """Answers of which just one was made wrong: `field`, and the complaint that it deserves."""

    answers: dict[str, Any]
    field: str
    code: ComplaintCode


def spoilt(form: Form, today: date = TODAY) -> st.SearchStrategy[Spoilt]:
    """Right answers with one made wrong."""
    return _spoilt(_Asked(form), today)


@st.composite
def _spoilt(draw: st.DrawFn, named: _Asked, today: date) -> Spoilt:
    form = named.form
    answers = draw(valid(form, today))
    question = draw(_one_of(asked(form, answers)))
    value, code = draw(_one_of(tuple(_wrong(form, question, today))))
    broken = {**answers, question.field: value}
    if value is None:
        del broken[question.field]
    return Spoilt(broken, question.field, code)


def _wrong(form: Form, question: Question, today: date) -> Iterator[tuple[Any, ComplaintCode]]:
    said = property_of(form, question)
    if question.required:
        yield from ((None, C.MISSING), ("  ", C.MISSING), ([], C.MISSING))
    if (
        "maxLength" in said
        and question.control in (Control.NAME, Control.TEXT, Control.LONG_TEXT)
        and ("pattern" not in said)
    ):
        yield "a" * (said["maxLength"] + 1), C.TOO_LONG
    match question.control:
        case Control.NAME:
            yield from (("An 2", C.NOT_A_NAME), ("<b>", C.NOT_A_NAME), (["An"], C.NOT_A_NAME))
        case Control.DATE:
            yield from (("2020-02-30", C.NOT_A_DATE), ("01/02/2020", C.NOT_A_DATE), ("1700-01-01", C.TOO_LONG_AGO))
            if any(
                rule.kind is RuleKind.NOT_FUTURE
                and rule.field == question.field
                and not rule.when
                and rule.message is None
                for rule in form.rules
            ):
                yield (today + timedelta(days=1)).isoformat(), C.IN_FUTURE
        case Control.YEAR | Control.NUMBER | Control.MONEY:
            yield from (("two", C.NOT_A_NUMBER), (True, C.NOT_A_NUMBER))
            if "minimum" in said:
                yield said["minimum"] - 1, C.TOO_SMALL
            if "maximum" in said:
                yield said["maximum"] + 1, C.TOO_LARGE
        case Control.CITIZEN_ID:
            yield from (("123", C.NOT_A_CITIZEN_ID), ("00109900000a", C.NOT_A_CITIZEN_ID), (1, C.NOT_A_CITIZEN_ID))
        case Control.PHONE:
            yield from (("12345", C.NOT_A_PHONE), ("0000000000", C.NOT_A_PHONE))
        case Control.EMAIL:
            yield from (("nobody", C.NOT_AN_EMAIL), ("a@b", C.NOT_AN_EMAIL))
        case Control.PROVINCE | Control.COMMUNE:
            yield from (("x", C.NOT_A_PLACE), ("Hà Nội", C.NOT_A_PLACE), ("9", C.NOT_A_PLACE), (1, C.NOT_A_PLACE))
        case Control.CHOICE:
            yield from (("no-such-option", C.NOT_AN_OPTION), (True, C.NOT_AN_OPTION))
        case Control.CHOICES:
            yield from ((["no-such-option"], C.NOT_AN_OPTION), ("no-such-option", C.NOT_AN_OPTION))
        case Control.YES_NO:
            yield from (("yes", C.NOT_AN_OPTION), (1, C.NOT_AN_OPTION))
        case Control.SIGNATURE:
            yield from (("M1 1", C.NOT_SIGNED), ("<svg>", C.NOT_SIGNED), ("M0 0 L5000 5", C.NOT_SIGNED))
        case _:
            yield (7, C.WRONG_FORM)
