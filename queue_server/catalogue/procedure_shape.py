"""The shape of a procedure's file, and how one of its versions becomes the procedure of a day."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from queue_server.domain.forms import Form
from queue_server.domain.ids import ServiceCode
from queue_server.domain.procedure import FeeRule, Outcome, Paper, Procedure, TimeRule

from .shape import Code, ConditionShape, FieldName, Shape, Text, Words, conditions, text_of

MOST_DONG = 10**12


def _clock(text: str) -> str:
    try:
        time.fromisoformat(text)
    except ValueError as error:
        raise ValueError("must be a time such as 15:00") from error
    return text


Dong = Annotated[int, Field(strict=True, ge=0, le=MOST_DONG)]
Clock = Annotated[str, AfterValidator(_clock)]


class PaperShape(Shape):
    type: Code
    name: Text
    note: Text | None = None
    required: Annotated[bool, Field(strict=True)] = True
    digitise: Annotated[bool, Field(strict=True)] = True
    shown: Annotated[bool, Field(strict=True)] = False
    valid_days: Annotated[int, Field(strict=True, ge=1, le=36500)] | None = None
    issued: FieldName | None = None
    when: tuple[ConditionShape, ...] = ()

    def paper(self) -> Paper:
        return Paper(
            self.type,
            self.name.text(),
            text_of(self.note),
            self.required,
            self.digitise and not self.shown,
            self.shown,
            self.valid_days,
            conditions(self.when),
            self.issued,
        )


class FeeStepShape(Shape):
    from_: Annotated[int, Field(strict=True, ge=1)] = Field(alias="from")
    price: Dong


class WithinShape(Shape):
    field: FieldName
    days: Annotated[int, Field(strict=True, ge=0, le=36500)]


class FeeShape(Shape):
    name: Text
    amount: Dong = 0
    per: FieldName | None = None
    steps: tuple[FeeStepShape, ...] = ()
    cap: Dong | None = None
    times: FieldName | None = None
    when: tuple[ConditionShape, ...] = ()
    within: WithinShape | None = None

    @model_validator(mode="after")
    def _steps_go_with_per(self) -> FeeShape:
        if (self.per is None) != (not self.steps):
            raise ValueError("per and steps go together")
        firsts = [step.from_ for step in self.steps]
        if firsts and (firsts[0] != 1 or firsts != sorted(set(firsts))):
            raise ValueError("steps must begin with from: 1 and rise")
        return self

    def rule(self) -> FeeRule:
        steps = tuple((step.from_, step.price) for step in self.steps)
        when = conditions(self.when)
        within = (self.within.field, self.within.days) if self.within else None
        return FeeRule(self.name.text(), self.amount, self.per, steps, self.cap, self.times, when, within)


class TimeShape(Shape):
    working_days: Annotated[int, Field(strict=True, ge=0, le=400)]
    cutoff: Clock | None = None
    extension_days: Annotated[int, Field(strict=True, ge=0, le=400)] = 0

    def rule(self) -> TimeRule:
        cutoff = time.fromisoformat(self.cutoff) if self.cutoff else None
        return TimeRule(self.working_days, cutoff, self.extension_days)


class VersionShape(Shape):
    """What holds from a day on. `declaration`: what is filled in, named first among the papers of a ticket."""

    effective_from: date
    source: Code
    name: Text
    summary: Text
    who: Annotated[tuple[Text, ...], Field(min_length=1)]
    declaration: Text | None = None
    papers: tuple[PaperShape, ...] = ()
    fees: tuple[FeeShape, ...] = ()
    fee: Text | None = None
    time: TimeShape | None = None
    duration: Text | None = None
    outcome: Outcome
    service: Code | None = None
    life_events: tuple[Code, ...] = ()
    keywords: tuple[Words, ...] = ()
    form: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}/[A-Za-z0-9._-]{1,40}$")] | None = None
    mean_min: Annotated[float, Field(gt=0, le=240)]

    def procedure(self, code: str, form: Form | None) -> Procedure:
        return Procedure(
            code=code,
            version=self.effective_from,
            name=self.name.text(),
            summary=self.summary.text(),
            who=tuple(each.text() for each in self.who),
            papers=tuple(each.paper() for each in self.papers),
            fees=tuple(each.rule() for each in self.fees),
            time=self.time.rule() if self.time else None,
            outcome=self.outcome,
            service=ServiceCode(self.service or code),
            fee=text_of(self.fee),
            duration=text_of(self.duration),
            life_events=self.life_events,
            keywords=self.keywords,
            form=form,
            mean_s=round(self.mean_min * 60),
            source=self.source,
        )


class ProcedureShape(Shape):
    code: Code
    versions: Annotated[tuple[VersionShape, ...], Field(min_length=1)]
