"""The shape of a form's file, and how it becomes the form that is asked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from queue_server.domain.forms import Control, Form, Group, Option, Prefill, Question, Rule, RuleKind

from .shape import Code, ConditionShape, FieldName, Shape, Text, conditions, text_of

MOST_QUESTIONS = 200


def _day_as_text(value: Any) -> Any:
    """A version looks like a day, and YAML reads it as one unless it stands in quotes."""
    return value.isoformat() if isinstance(value, date) else value


Version = Annotated[str, BeforeValidator(_day_as_text), Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]


class OptionShape(Shape):
    code: Code
    name: Text
    note: Text | None = None


class GroupShape(Shape):
    code: Code
    name: Text


class QuestionShape(Shape):
    field: FieldName
    control: Control
    group: Code
    label: Text
    short: Text
    help: Text | None = None
    options: tuple[OptionShape, ...] = ()
    when: tuple[ConditionShape, ...] = ()
    prefill: tuple[Prefill, ...] = ()
    same_as: tuple[FieldName, ...] = ()

    def question(self, required: bool) -> Question:
        return Question(
            self.field,
            self.control,
            self.group,
            self.label.text(),
            self.short.text(),
            text_of(self.help),
            tuple(Option(each.code, each.name.text(), text_of(each.note)) for each in self.options),
            conditions(self.when),
            self.prefill,
            self.same_as,
            required,
        )


class RuleShape(Shape):
    check: RuleKind
    field: FieldName
    other: FieldName | None = None
    years: Annotated[int, Field(strict=True, ge=0, le=200)] | None = None
    when: tuple[ConditionShape, ...] = ()
    message: Text | None = None

    def rule(self) -> Rule:
        when = conditions(self.when)
        return Rule(self.check, self.field, self.other, self.years, when, text_of(self.message))


class FormShape(Shape):
    code: Code
    version: Version
    name: Text
    official: Text
    groups: Annotated[tuple[GroupShape, ...], Field(min_length=1)]
    questions: Annotated[tuple[QuestionShape, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]
    schema_: dict[str, Any] = Field(alias="schema")
    rules: tuple[RuleShape, ...] = ()
    owner: FieldName | None = None
    owner_birth: FieldName | None = None
    addressee: Annotated[str, Field(min_length=1, max_length=200)] | None = None

    def form(self) -> Form:
        required = self.schema_.get("required", [])
        return Form(
            self.code,
            self.version,
            self.name.text(),
            self.official.text(),
            f"{self.code}/{self.version}.typ",
            tuple(Group(each.code, each.name.text()) for each in self.groups),
            tuple(each.question(each.field in required) for each in self.questions),
            self.schema_,
            tuple(each.rule() for each in self.rules),
            self.owner,
            self.owner_birth,
            self.addressee or "",
        )
