"""What a form is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from queue_server.domain.text import LocalText

Value = str | int | bool | list[str]
"""A date is `YYYY-MM-DD`, a province or commune its official code (2 and 5 digits), money whole đồng, a signature the
path data of an SVG image in a box of 1000 x 400; a choice is its option's code, several choices a list of codes."""
Answers = Mapping[str, Value]
"""By the question's field; what was left out is not there."""


class Control(StrEnum):
    """How a question is asked."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    NAME = "name"
    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    MONEY = "money"
    CITIZEN_ID = "citizen-id"
    PHONE = "phone"
    EMAIL = "email"
    PROVINCE = "province"
    COMMUNE = "commune"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    SIGNATURE = "signature"


class Prefill(StrEnum):
    """Where an answer may come from before it is asked; the citizen sees and may change it."""

    CARD_ID = "card.id"
    CARD_NAME = "card.name"
    CARD_BIRTH_DATE = "card.birth-date"
    CARD_BIRTH_YEAR = "card.birth-year"
    CARD_SEX = "card.sex"
    CARD_ADDRESS = "card.address"
    CARD_ISSUED = "card.issued"
    TODAY = "today"
    HALL_AGENCY = "hall.agency"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where the answer to `field` is one of `values`, or, with `values` empty, where there is any answer;
    `negated` turns it round."""

    field: str
    values: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """`code` is the value kept."""

    code: str
    name: LocalText
    note: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together on the review page and in the progress line."""

    code: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Question:
    """One screen. `label`: the question as one would ask it; `short`: its name on the review page and in complaints;
    `when`: all must hold, else it is not asked; `prefill`: the first source that is known is proposed;
    `same_as`: fields of the same kind whose answers are offered as one touch (“as the mother's home”)."""

    field: str
    control: Control
    group: str
    label: LocalText
    short: LocalText
    help: LocalText | None = None
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()
    prefill: tuple[Prefill, ...] = ()
    same_as: tuple[str, ...] = ()
    required: bool = True


class RuleKind(StrEnum):
    """What a JSON Schema cannot say: answers compared with each other, with today, or with an age."""

    NOT_AFTER = "not-after"
    """The date `field` is not after the date `other`."""
    NOT_FUTURE = "not-future"
    WITHIN_YEARS = "within-years"
    """The date `field` is at most `years` before today."""
    AGE_AT_LEAST = "age-at-least"
    """Who was born on the date `field` is `years` old today, or on the date `other`."""
    DIFFERS = "differs"
    """`field` and `other` do not have the same answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Checked once all its fields are answered; asked questions only. `when` as with questions. `message` overrides
    the usual words of the complaint."""

    kind: RuleKind
    field: str
    other: str | None = None
    years: int | None = None
    when: tuple[Condition, ...] = ()
    message: LocalText | None = None


@dataclass(frozen=True)
class Form:
    """`code` and `version` name it for good: answers are kept with both. `official`: the name and source of the printed
    form; `layout`: the name of its Typst template; `schema`: JSON Schema 2020-12, an object with one property a
    question; `owner`, `owner_birth`: the fields with the id number and the birth date of whoever files; `addressee`: to
    whom it is addressed, with `{unit}` for the hall's “xã Ngọc Sơn”, the hall's agency where empty."""

    code: str
    version: str
    name: LocalText
    official: LocalText
    layout: str
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    schema: dict[str, Any] = field(hash=False)
    rules: tuple[Rule, ...] = ()
    owner: str | None = None
    owner_birth: str | None = None
    addressee: str = ""

    def question(self, field_name: str) -> Question | None:
        return next((one for one in self.questions if one.field == field_name), None)
