"""The shape of the data files: which keys each may have, and what may stand there."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from queue_server.domain.dossiers.code import is_unit
from queue_server.domain.hall import PolicyName
from queue_server.domain.text import LocalText

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Prefix = Annotated[str, Field(pattern=r"^[A-Z]{0,4}$")]
_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")

SHORTEST_PAUSE_S = 5
"""A counter that calls by itself leaves its clerk at least this long to breathe, in seconds."""


def _span(text: str) -> str:
    if not _SPAN.fullmatch(text):
        raise ValueError("must be HH:MM-HH:MM")
    return text


Span = Annotated[str, AfterValidator(_span)]
Whole = Annotated[int, Field(strict=True)]
"""A number as TOML writes it: neither text nor true or false stand for one."""
Number = Annotated[float, Field(strict=True)]


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Data):
    vi: Annotated[str, Field(min_length=1, max_length=300)]
    en: Annotated[str, Field(min_length=1, max_length=300)]

    def text(self) -> LocalText:
        return LocalText(self.vi, self.en)


class TargetEntry(Data):
    """For all services of a level, or only for `services`."""

    level: str
    services: tuple[Code, ...] = ()
    effective_from: date
    wait_min: Annotated[float, Field(gt=0, le=480)]


class HolidayEntry(Data):
    first: date
    last: date
    name: Text


class GroupEntry(Data):
    code: Code
    prefix: Prefix
    name: Text
    services: tuple[Code, ...]


class CounterEntry(Data):
    id: Annotated[int, Field(ge=1, le=999)]
    name: Text
    groups: tuple[Code, ...] = ()
    services: tuple[Code, ...] = ()
    backup: tuple[Code, ...] = ()
    backup_groups: tuple[Code, ...] = ()
    lunch: Span | None = None


class PriorityEntry(Data):
    code: Code
    name: Text
    proof: Text | None = None
    min_age: Annotated[int, Field(ge=0, le=150)] | None = None


class RatingEntry(Data):
    code: Code
    name: Text
    value: int


class HoursTable(Data):
    every_day: tuple[Span, ...] | None = None
    monday: tuple[Span, ...] | None = None
    tuesday: tuple[Span, ...] | None = None
    wednesday: tuple[Span, ...] | None = None
    thursday: tuple[Span, ...] | None = None
    friday: tuple[Span, ...] | None = None
    saturday: tuple[Span, ...] | None = None
    sunday: tuple[Span, ...] | None = None
    holidays: bool = True
    issuing_stops_min: Annotated[int, Field(ge=0, le=480)] = 0
    issue_during_lunch: bool = False


class NumberingTable(Data):
    start: Annotated[int, Field(ge=0, le=9999)] = 1
    width: Annotated[int, Field(ge=1, le=6)] = 3
    separator: Literal["-", ""] = "-"  # the board reads numbers of this form aloud


class CallingTable(Data):
    policy: PolicyName = PolicyName.LATENESS
    priority_weight: Annotated[Number, Field(ge=1, le=100)] = 4.0
    priority_target_min: Annotated[Number, Field(gt=0, le=480)] = 5.0
    priority_run: Annotated[Whole, Field(ge=1, le=100)] = 3
    longest_multiple: Annotated[Number, Field(ge=1, le=100)] = 5.0
    longest_slack: Annotated[Whole, Field(ge=0, le=1000)] = 20
    interleave: Annotated[Whole, Field(ge=1, le=100)] = 3
    accumulation: Annotated[Number, Field(ge=1, le=100)] = 4.0
    auto_call_s: Annotated[Whole, Field(ge=0, le=600)] = 0
    risk_share: Annotated[Number, Field(gt=0, le=1)] = 0.2
    recalls_before_no_show: Annotated[Whole, Field(ge=0, le=10)] = 2

    @field_validator("auto_call_s")
    @classmethod
    def _never_or_after_a_pause(cls, value: int) -> int:
        if 0 < value < SHORTEST_PAUSE_S:
            raise ValueError(f"must be 0 (never) or at least {SHORTEST_PAUSE_S}")
        return value


class LunchTable(Data):
    window: Span
    minutes: Annotated[Whole, Field(ge=10, le=240)]


class KioskTable(Data):
    idle_s: Annotated[int, Field(ge=15, le=600)] = 45
    ticket_s: Annotated[int, Field(ge=5, le=120)] = 15
    self_service: Annotated[bool, Field(strict=True)] = True
    names: dict[Code, Text] = Field(default_factory=dict)


class DevicesTable(Data):
    """Machines report each minute: one report that is lost must not call a machine silent."""

    alert_after_s: Annotated[Whole, Field(ge=0, le=86400)] = 300
    silent_after_s: Annotated[Whole, Field(ge=120, le=86400)] = 180


class AppointmentsTable(Data):
    per_slot: Annotated[Whole, Field(ge=0, le=100)] = 2
    slot_min: Annotated[Whole, Field(ge=5, le=240)] = 30
    days_ahead: Annotated[Whole, Field(ge=0, le=90)] = 14


class DossiersTable(Data):
    """Where dossier codes begin, and how many days what is personal is kept."""

    unit_code: str = "000.00.00.H00"
    keep_days: Annotated[Whole, Field(ge=1, le=36500)] = 365
    keep_drafts_days: Annotated[Whole, Field(ge=1, le=365)] = 7
    keep_idle_days: Annotated[Whole, Field(ge=1, le=36500)] = 365

    @field_validator("unit_code")
    @classmethod
    def _in_one_of_the_two_forms(cls, value: str) -> str:
        if not is_unit(value):
            raise ValueError("must be a unit code like 000.00.12.H62 or H57.132")
        return value


class ServiceEntry(Data):
    """What this hall does otherwise than the catalogue."""

    code: Code
    name: Text | None = None
    wait_min: Annotated[float, Field(gt=0, le=480)] | None = None
    mean_min: Annotated[float, Field(gt=0, le=240)] | None = None


class HallFile(Data):
    agency: Text
    name: Text
    level: str
    province: Annotated[str, Field(pattern=r"^[0-9]{2}$")] | None = None
    catalogue: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+$")] | None = None
    notices: tuple[Text, ...] = ()
    rating_open_h: Annotated[int, Field(ge=1, le=720)] = 24
    hours: HoursTable = HoursTable()
    numbering: NumberingTable = NumberingTable()
    calling: CallingTable = CallingTable()
    lunch: LunchTable | None = None
    kiosk: KioskTable = KioskTable()
    devices: DevicesTable = DevicesTable()
    dossiers: DossiersTable = DossiersTable()
    appointments: AppointmentsTable = AppointmentsTable()
    group: Annotated[tuple[GroupEntry, ...], Field(min_length=1)]
    counter: Annotated[tuple[CounterEntry, ...], Field(min_length=1)]
    service: tuple[ServiceEntry, ...] = ()
    priority: tuple[PriorityEntry, ...] = ()
    rating: Annotated[tuple[RatingEntry, ...], Field(min_length=2)]
    holiday: tuple[HolidayEntry, ...] = ()


class Targets(Data):
    target: tuple[TargetEntry, ...]


class Holidays(Data):
    holiday: tuple[HolidayEntry, ...]
