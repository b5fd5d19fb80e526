"""From data files to the hall as it holds on a given day, with errors that name the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from queue_server.domain.calendar import Holiday, Hours, Session, check_sessions
from queue_server.domain.hall import (
    Calling,
    Counter,
    Group,
    Hall,
    Kiosk,
    Numbering,
    PriorityCategory,
    RatingLevel,
    Service,
)
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode
from queue_server.domain.text import LocalText

FOLDER = Path(__file__).parent
SAMPLE_HALL = FOLDER / "halls" / "sample.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT_MEAN_MIN = 10.0
TYPICAL_DAY = ("07:30-11:30", "13:30-17:00")

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Prefix = Annotated[str, Field(pattern=r"^[A-Z]{0,4}$")]
Span = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class CatalogueError(Exception):
    """A data file is missing, unreadable or contradicts itself; the text says where and what was expected."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Text(_Data):
    vi: Annotated[str, Field(min_length=1, max_length=300)]
    en: Annotated[str, Field(min_length=1, max_length=300)]

    def text(self) -> LocalText:
        return LocalText(self.vi, self.en)


class _Procedure(_Data):
    code: Code
    effective_from: date
    source: str
    name: _Text
    papers: tuple[_Text, ...] = ()
    duration: _Text | None = None
    fee: _Text | None = None
    mean_min: Annotated[float, Field(gt=0, le=240)]


class _Target(_Data):
    level: str
    effective_from: date
    wait_min: Annotated[float, Field(gt=0, le=480)]


class _Holiday(_Data):
    first: date
    last: date
    name: _Text


class _Group(_Data):
    code: Code
    prefix: Prefix
    name: _Text
    services: tuple[Code, ...]


class _Counter(_Data):
    id: Annotated[int, Field(ge=1, le=999)]
    name: _Text
    groups: tuple[Code, ...] = ()
    services: tuple[Code, ...] = ()


class _Priority(_Data):
    code: Code
    name: _Text
    proof: _Text | None = None
    min_age: Annotated[int, Field(ge=0, le=150)] | None = None


class _Rating(_Data):
    code: Code
    name: _Text
    value: int


class _Hours(_Data):
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


class _Numbering(_Data):
    start: Annotated[int, Field(ge=0, le=9999)] = 1
    width: Annotated[int, Field(ge=1, le=6)] = 3
    separator: Literal["-", ""] = "-"  # the board reads numbers of this form aloud


class _Calling(_Data):
    priority_run: Annotated[int, Field(ge=1, le=100)] = 3
    recalls_before_no_show: Annotated[int, Field(ge=0, le=10)] = 2


class _Kiosk(_Data):
    idle_s: Annotated[int, Field(ge=15, le=600)] = 45
    ticket_s: Annotated[int, Field(ge=5, le=120)] = 15


class _Service(_Data):
    """What this hall does otherwise than the catalogue."""

    code: Code
    name: _Text | None = None
    wait_min: Annotated[float, Field(gt=0, le=480)] | None = None
    mean_min: Annotated[float, Field(gt=0, le=240)] | None = None


class _HallFile(_Data):
    agency: _Text
    name: _Text
    level: str
    timezone: str = "Asia/Ho_Chi_Minh"
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+$")] | None = None
    notices: tuple[_Text, ...] = ()
    rating_open_h: Annotated[int, Field(ge=1, le=720)] = 24
    hours: _Hours = _Hours()
    numbering: _Numbering = _Numbering()
    calling: _Calling = _Calling()
    kiosk: _Kiosk = _Kiosk()
    group: Annotated[tuple[_Group, ...], Field(min_length=1)]
    counter: Annotated[tuple[_Counter, ...], Field(min_length=1)]
    service: tuple[_Service, ...] = ()
    priority: tuple[_Priority, ...] = ()
    rating: Annotated[tuple[_Rating, ...], Field(min_length=2)]
    holiday: tuple[_Holiday, ...] = ()


class _Procedures(_Data):
    procedure: tuple[_Procedure, ...]


class _Targets(_Data):
    target: tuple[_Target, ...]


class _Holidays(_Data):
    holiday: tuple[_Holiday, ...]


_File = TypeVar("_File", bound=_Data)
_Dated = TypeVar("_Dated", _Procedure, _Target)
HallOn = Callable[[date], Hall]
"""The hall as it holds on a day: what the server asks whenever it needs the rules."""


@dataclass(frozen=True)
class _Sources:
    path: Path
    hall: _HallFile
    procedures: tuple[_Procedure, ...]
    targets: tuple[_Target, ...]
    holidays: tuple[_Holiday, ...]


def load_hall(path: Path = SAMPLE_HALL) -> HallOn:
    """Read a hall's file and the catalogue it builds on. Raises CatalogueError."""
    sources = _Sources(
        path,
        _read(path, _HallFile),
        _read(FOLDER / "procedures.toml", _Procedures).procedure,
        _read(FOLDER / "targets.toml", _Targets).target,
        _read(FOLDER / "holidays.toml", _Holidays).holiday,
    )

    @lru_cache(maxsize=8)
    def hall_on(day: date) -> Hall:
        return _hall(sources, day)

    return hall_on


def _read(path: Path, model: type[_File]) -> _File:
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: is not valid TOML: {error}") from error
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in issue['loc'])}: {issue['msg']}" for issue in error.errors()]
        raise CatalogueError(f"{path}: " + "; ".join(lines)) from error


def _hall(sources: _Sources, day: date) -> Hall:
    file = sources.hall
    offered = [code for group in file.group for code in group.services]
    own = {service.code: service for service in file.service}
    groups = {group.code: group for group in file.group}
    unused = sorted(set(own) - set(offered))
    if unused:
        raise CatalogueError(f"{sources.path}: service: no group offers {', '.join(unused)}")
    try:
        return Hall(
            agency=file.agency.text(),
            name=file.name.text(),
            timezone=file.timezone,
            services=tuple(_service(sources, code, own.get(code), day) for code in offered),
            groups=tuple(
                Group(g.code, g.prefix, g.name.text(), tuple(ServiceCode(code) for code in g.services))
                for g in file.group
            ),
            counters=tuple(
                Counter(CounterId(c.id), c.name.text(), _counter_services(sources.path, c, groups))
                for c in file.counter
            ),
            priorities=tuple(
                PriorityCategory(PriorityCode(p.code), p.name.text(), p.proof.text() if p.proof else None, p.min_age)
                for p in file.priority
            ),
            hours=_hours(file, sources.holidays),
            scale=tuple(
                RatingLevel(r.code, r.name.text(), r.value)
                for r in sorted(file.rating, key=lambda rating: rating.value, reverse=True)
            ),
            numbering=Numbering(**file.numbering.model_dump()),
            calling=Calling(**file.calling.model_dump()),
            kiosk=Kiosk(**file.kiosk.model_dump()),
            notices=tuple(notice.text() for notice in file.notices),
            public_url=file.public_url,
            rating_open_h=file.rating_open_h,
        )
    except ValueError as error:
        raise CatalogueError(f"{sources.path}: {error}") from error


def _service(sources: _Sources, code: str, own: _Service | None, day: date) -> Service:
    procedure = _in_force([p for p in sources.procedures if p.code == code], day)
    name = own.name if own and own.name else procedure.name if procedure else None
    if name is None:
        raise CatalogueError(
            f"{sources.path}: service {code} is not in the catalogue on {day}; add it under [[service]] with a name"
        )
    target = _in_force([t for t in sources.targets if t.level == sources.hall.level], day)
    wait_min = own.wait_min if own and own.wait_min else target.wait_min if target else None
    if wait_min is None:
        raise CatalogueError(f"{sources.path}: level: no wait target for “{sources.hall.level}” on {day}")
    mean_min = own.mean_min if own and own.mean_min else procedure.mean_min if procedure else DEFAULT_MEAN_MIN
    return Service(
        ServiceCode(code),
        name.text(),
        target_s=round(wait_min * 60),
        mean_s=round(mean_min * 60),
        papers=tuple(paper.text() for paper in procedure.papers) if procedure else (),
        duration=procedure.duration.text() if procedure and procedure.duration else None,
        fee=procedure.fee.text() if procedure and procedure.fee else None,
    )


def _in_force(entries: list[_Dated], day: date) -> _Dated | None:
    return max(
        (entry for entry in entries if entry.effective_from <= day),
        key=lambda entry: entry.effective_from,
        default=None,
    )


def _counter_services(path: Path, counter: _Counter, groups: dict[str, _Group]) -> frozenset[ServiceCode]:
    unknown = [code for code in counter.groups if code not in groups]
    if unknown:
        raise CatalogueError(f"{path}: counter {counter.id} names unknown groups: {', '.join(unknown)}")
    codes = {code for group in counter.groups for code in groups[group].services} | set(counter.services)
    return frozenset(ServiceCode(code) for code in codes)


def _hours(file: _HallFile, public: tuple[_Holiday, ...]) -> Hours:
    hours = file.hours
    days: list[tuple[str, ...] | None] = [getattr(hours, weekday) for weekday in WEEKDAYS]
    if hours.every_day is None and all(day is None for day in days):
        days = [*([TYPICAL_DAY] * 5), (), ()]
    default = _sessions("every_day", hours.every_day or ())
    week = [default if day is None else _sessions(key, day) for key, day in zip(WEEKDAYS, days, strict=True)]
    holidays = (*(public if hours.holidays else ()), *file.holiday)
    return Hours(
        week=tuple(week),
        holidays=tuple(Holiday(h.first, h.last, h.name.text()) for h in holidays),
        issuing_stops_min=hours.issuing_stops_min,
        issue_during_lunch=hours.issue_during_lunch,
    )


def _sessions(key: str, spans: tuple[str, ...]) -> tuple[Session, ...]:
    sessions = tuple(_session(span) for span in spans)
    try:
        check_sessions(sessions)
    except ValueError as error:
        raise ValueError(f"hours.{key}: {error}") from error
    return sessions


def _session(span: str) -> Session:
    opens, closes = span.split("-")
    return Session(time.fromisoformat(opens), time.min if closes == "24:00" else time.fromisoformat(closes))
