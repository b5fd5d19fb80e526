"""The shape of the files that lead to a procedure: life events, and questions for those who do not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from queue_server.domain.procedure import GuideAnswer, GuideQuestion, LifeEvent

from .shape import Code, Shape, Text


class LifeEventShape(Shape):
    code: Code
    name: Text
    icon: Code

    def life_event(self) -> LifeEvent:
        return LifeEvent(self.code, self.name.text(), self.icon)


class LifeEventsShape(Shape):
    life_events: tuple[LifeEventShape, ...]


class GuideAnswerShape(Shape):
    name: Text
    next: Code | None = None
    procedures: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> GuideAnswerShape:
        if (self.next is None) == (not self.procedures):
            raise ValueError("needs either next or procedures")
        return self


class GuideQuestionShape(Shape):
    code: Code
    label: Text
    answers: Annotated[tuple[GuideAnswerShape, ...], Field(min_length=2)]

    def question(self) -> GuideQuestion:
        answers = tuple(GuideAnswer(each.name.text(), each.next, each.procedures) for each in self.answers)
        return GuideQuestion(self.code, self.label.text(), answers)


class GuideShape(Shape):
    guide: tuple[GuideQuestionShape, ...]
