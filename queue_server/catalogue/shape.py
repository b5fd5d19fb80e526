"""What the shapes of all YAML files share: texts in two languages, codes, conditions on answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.domain.forms import Condition
from queue_server.domain.text import LocalText


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words = Annotated[str, Field(min_length=1, max_length=1500)]


class Text(Shape):
    vi: Words
    en: Words

    def text(self) -> LocalText:
        return LocalText(self.vi.strip(), self.en.strip())


def text_of(text: Text | None) -> LocalText | None:
    return text.text() if text else None


class ConditionShape(Shape):
    field: FieldName
    is_: tuple[str, ...] | None = Field(default=None, alias="is", min_length=1)
    is_not: tuple[str, ...] | None = Field(default=None, min_length=1)
    filled: Annotated[bool, Field(strict=True)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> ConditionShape:
        if sum(each is not None for each in (self.is_, self.is_not, self.filled)) != 1:
            raise ValueError("needs exactly one of is, is_not, filled")
        return self

    def condition(self) -> Condition:
        if self.filled is not None:
            return Condition(self.field, (), negated=not self.filled)
        return Condition(self.field, self.is_ or self.is_not or (), negated=self.is_not is not None)


def conditions(shapes: tuple[ConditionShape, ...]) -> tuple[Condition, ...]:
    return tuple(each.condition() for each in shapes)
