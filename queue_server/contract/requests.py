"""What a client sends about tickets and counters."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.domain.text import Language

from .base import Code, MaybeReason, Reason, Request


class TicketRequest(Request):
    """A citizen takes a number. `then`: further services of the same visit, in order."""

    service: Code
    priority: Code | None = None
    then: tuple[Code, ...] = Field(default=(), max_length=5)
    language: Language = Language.VI


class ReasonRequest(Request):
    reason: Reason


class OptionalReasonRequest(Request):
    reason: MaybeReason = None


class FinishRequest(Request):
    """`next_service`: the visit goes on there, in its queue, with the same ticket."""

    next_service: Code | None = None


class ResumeRequest(Request):
    """`counter`: call the person straight to this free counter; without it the ticket waits again."""

    counter: Annotated[int, Field(ge=1, le=999)] | None = None


class TransferRequest(Request):
    """At least one of the two: another service, another counter."""

    service: Code | None = None
    counter: Annotated[int, Field(ge=1, le=999)] | None = None
    reason: MaybeReason = None


class PriorityRequest(Request):
    """`priority`: the category granted, or null to withdraw it."""

    priority: Code | None
    reason: Reason


class RateRequest(Request):
    """`score`: a level's code of the hall's scale."""

    score: Code
