"""The ground of the wire models: what every one of them shares."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from queue_server.domain.forms import ComplaintCode
from queue_server.domain.text import Language
from queue_server.domain.visible import visible

API = "/api/v1"
IDEMPOTENCY_HEADER = "Idempotency-Key"
CSRF_HEADER = "X-CSRF-Token"
PROBLEM_TYPE = "application/problem+json"

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")]


def _seen(sent: object) -> object:
    return visible(sent) if isinstance(sent, str) else sent


def _said(sent: object) -> object:
    return None if isinstance(sent, str) and not visible(sent) else sent


SEEN = BeforeValidator(_seen)
"""Takes out of a free text what nobody can see."""
Reason = Annotated[str, SEEN, StringConstraints(min_length=1, max_length=200)]
MaybeReason = Annotated[Reason | None, BeforeValidator(_said)]
"""Where nothing can be seen, none was given."""
Instant = datetime
MOST = 2**53
"""The greatest number that any client can write and the database can keep."""


def is_of_our_time(value: date) -> bool:
    """No calendar goes on for ever."""
    return 1850 <= value.year <= 2200


def _of_our_time(value: date) -> date:
    if not is_of_our_time(value):
        raise ValueError("the year must lie between 1850 and 2200")
    return value


Day = Annotated[date, AfterValidator(_of_our_time)]
"""A day that a client names."""


def _whole(sent: object) -> bool:
    match sent:
        case str():
            return not any("\ud800" <= letter <= "\udfff" for letter in sent)
        case dict():
            return all(_whole(key) and _whole(value) for key, value in sent.items())
        case list() | tuple():
            return all(map(_whole, sent))
    return True


class Role(StrEnum):
    """Who may do what: three kinds of device, three kinds of person."""

    KIOSK = "kiosk"
    BOARD = "board"
    AGENT = "agent"
    CLERK = "clerk"
    MANAGER = "manager"
    ADMIN = "admin"


class Wire(BaseModel):
    """Base of what the server sends; a client ignores fields it does not know."""

    # Pydantic would remember the texts of the last JSON, a receipt's address or a citizen's answer among them.
    model_config = ConfigDict(frozen=True, from_attributes=True, cache_strings="keys")


class Request(BaseModel):
    """Base of what a client sends; a field the server does not know is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", cache_strings="keys")

    @model_validator(mode="before")
    @classmethod
    def _is_text(cls, sent: object) -> object:
        """Half a character, as JSON can write one, can be neither kept nor printed."""
        if not _whole(sent):
            raise ValueError("half a character (a lone surrogate) is no text")
        return sent


class LocalText(Wire):
    """One text in the hall's two languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == Language.EN else self.vi


class ComplaintView(Wire):
    """`field`: which answer; `code`: what is wrong; never the answer itself."""

    field: str
    code: ComplaintCode
    detail: str


class Problem(Wire):
    """An error by RFC 9457: `code` is stable, `detail` says what is wrong, `action` what to do next. `complaints`: what
    is wrong with which answer, where a form was filled in."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    action: str
    errors: tuple[str, ...] = ()
    complaints: tuple[ComplaintView, ...] = ()


class Nudge(Wire):
    """Something changed; fetch it again. `changed`: ticket, counter, device, alert, help, appointment; `id`: whose."""

    changed: str
    id: int
