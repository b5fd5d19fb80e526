"""From data files to the hall as it holds on a given day, with errors that name the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from queue_server.domain.appointment import AppointmentRules
from queue_server.domain.calendar import Break, Holiday, Hours, Session, bridge, check_sessions
from queue_server.domain.dossiers.retention import DossierRules
from queue_server.domain.hall import (
    Calling,
    Counter,
    DeviceRules,
    Group,
    Hall,
    Kiosk,
    Lunch,
    Numbering,
    PriorityCategory,
    RatingLevel,
    Service,
)
from queue_server.domain.ids import CounterId, PriorityCode, ServiceCode
from queue_server.domain.text import LocalText

from .faults import CatalogueError
from .files import (
    CallingTable,
    CounterEntry,
    Data,
    GroupEntry,
    HallFile,
    HolidayEntry,
    Holidays,
    KioskTable,
    ServiceEntry,
    TargetEntry,
    Targets,
)
from .folder import BUILT_IN, read_procedures
from .places import load_places
from .procedure_shape import VersionShape

FOLDER = Path(__file__).parent
SAMPLE_HALL = FOLDER / "halls" / "sample.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT_MEAN_MIN = 10.0
TYPICAL_DAY = ("07:30-11:30", "13:30-17:00")


_File = TypeVar("_File", bound=Data)
_Dated = TypeVar("_Dated", VersionShape, TargetEntry)
HallOn = Callable[[date], Hall]
"""The hall as it holds on a day: what the server asks whenever it needs the rules."""


@dataclass(frozen=True)
class _Sources:
    path: Path
    hall: HallFile
    procedures: Mapping[str, Sequence[VersionShape]]
    targets: tuple[TargetEntry, ...]
    holidays: tuple[HolidayEntry, ...]


def load_hall(path: Path = SAMPLE_HALL) -> HallOn:
    """Read a hall's file and the catalogue it builds on. Raises CatalogueError."""
    file = _read(path, HallFile)
    if file.province is not None and all(file.province != each.code for each in load_places().provinces):
        raise CatalogueError(f"{path}: province: there is no province {file.province}; 01 is Hà Nội, 79 Hồ Chí Minh")
    sources = _Sources(
        path,
        file,
        _procedures(path, file),
        _read(FOLDER / "targets.toml", Targets).target,
        _read(FOLDER / "holidays.toml", Holidays).holiday,
    )

    @lru_cache(maxsize=8)
    def hall_on(day: date) -> Hall:
        return _hall(sources, day)

    return hall_on


def _procedures(path: Path, file: HallFile) -> dict[str, Sequence[VersionShape]]:
    """The built-in ones, and those of the hall's own catalogue before them."""
    folders = (BUILT_IN, *([path.parent / file.catalogue] if file.catalogue else []))
    read = (each for folder in folders for each in read_procedures(folder).items())
    return {code: shape.versions for code, (_, shape) in read}


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
            counters=tuple(_counter(entry, groups) for entry in file.counter),
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
            calling=_calling(file.calling),
            kiosk=_kiosk(file.kiosk),
            devices=DeviceRules(**file.devices.model_dump()),
            dossiers=DossierRules(**file.dossiers.model_dump()),
            appointments=AppointmentRules(**file.appointments.model_dump()),
            notices=tuple(notice.text() for notice in file.notices),
            public_url=file.public_url,
            rating_open_h=file.rating_open_h,
            lunch=_lunch(file),
            province=file.province,
        )
    except ValueError as error:
        raise CatalogueError(f"{sources.path}: {error}") from error


def _service(sources: _Sources, code: str, own: ServiceEntry | None, day: date) -> Service:
    procedure = _in_force(list(sources.procedures.get(code, ())), day)
    name = own.name.text() if own and own.name else procedure.name.text() if procedure else None
    if name is None:
        raise CatalogueError(
            f"{sources.path}: service {code} is not in the catalogue on {day}; add it under [[service]] with a name"
        )
    target = _target([t for t in sources.targets if t.level == sources.hall.level], code, day)
    wait_min = own.wait_min if own and own.wait_min else target.wait_min if target else None
    if wait_min is None:
        raise CatalogueError(f"{sources.path}: level: no wait target for “{sources.hall.level}” on {day}")
    mean_min = own.mean_min if own and own.mean_min else procedure.mean_min if procedure else DEFAULT_MEAN_MIN
    return Service(
        ServiceCode(code),
        name,
        target_s=round(wait_min * 60),
        mean_s=round(mean_min * 60),
        papers=_papers(procedure) if procedure else (),
        duration=procedure.duration.text() if procedure and procedure.duration else None,
        fee=procedure.fee.text() if procedure and procedure.fee else None,
    )


def _papers(procedure: VersionShape) -> tuple[LocalText, ...]:
    """As a ticket names them: what is to be filled in first."""
    first = () if procedure.declaration is None else (procedure.declaration.text(),)
    return (*first, *(paper.name.text() for paper in procedure.papers))


def _in_force(entries: list[_Dated], day: date) -> _Dated | None:
    return max(
        (entry for entry in entries if entry.effective_from <= day),
        key=lambda entry: entry.effective_from,
        default=None,
    )


def _target(entries: Sequence[TargetEntry], code: str, day: date) -> TargetEntry | None:
    """What is in force for just this service goes before what is in force for all."""
    own = [entry for entry in entries if code in entry.services]
    return _in_force(own, day) or _in_force([entry for entry in entries if not entry.services], day)


def _counter(entry: CounterEntry, groups: dict[str, GroupEntry]) -> Counter:
    unknown = [code for code in (*entry.groups, *entry.backup_groups) if code not in groups]
    if unknown:
        raise ValueError(f"counter {entry.id} names unknown groups: {', '.join(unknown)}")
    own = {code for group in entry.groups for code in groups[group].services} | set(entry.services)
    helped = {code for group in entry.backup_groups for code in groups[group].services} - own
    return Counter(
        CounterId(entry.id),
        entry.name.text(),
        frozenset(ServiceCode(code) for code in own),
        frozenset(ServiceCode(code) for code in helped | set(entry.backup)),
        _break(f"counter {entry.id}: lunch", entry.lunch) if entry.lunch else None,
    )


def _kiosk(table: KioskTable) -> Kiosk:
    names = {device: name.text() for device, name in table.names.items()}
    return Kiosk(table.idle_s, table.ticket_s, table.self_service, names)


def _calling(table: CallingTable) -> Calling:
    values = table.model_dump()
    return Calling(priority_target_s=60 * values.pop("priority_target_min"), **values)


def _lunch(file: HallFile) -> Lunch | None:
    if file.lunch is None:
        return None
    window = _break("lunch.window", file.lunch.window)
    try:
        return Lunch(window, file.lunch.minutes)
    except ValueError as error:
        raise ValueError(f"lunch: {error}") from error


def _break(key: str, span: str) -> Break:
    session = _session(span)
    try:
        if span.endswith("24:00"):
            raise ValueError(f"{span} must end before midnight")
        return Break(session.opens, session.closes)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _hours(file: HallFile, public: tuple[HolidayEntry, ...]) -> Hours:
    hours = file.hours
    days: list[tuple[str, ...] | None] = [getattr(hours, weekday) for weekday in WEEKDAYS]
    if hours.every_day is None and all(day is None for day in days):
        days = [*([TYPICAL_DAY] * 5), (), ()]
    lunch = _lunch(file)
    default = _sessions("every_day", hours.every_day or (), lunch)
    week = [default if day is None else _sessions(key, day, lunch) for key, day in zip(WEEKDAYS, days, strict=True)]
    holidays = (*(public if hours.holidays else ()), *file.holiday)
    return Hours(
        week=tuple(week),
        holidays=tuple(Holiday(h.first, h.last, h.name.text()) for h in holidays),
        issuing_stops_min=hours.issuing_stops_min,
        issue_during_lunch=hours.issue_during_lunch,
    )


def _sessions(key: str, spans: tuple[str, ...], lunch: Lunch | None) -> tuple[Session, ...]:
    sessions = tuple(_session(span) for span in spans)
    try:
        check_sessions(sessions)
        return sessions if lunch is None else bridge(sessions, lunch.window)
    except ValueError as error:
        raise ValueError(f"hours.{key}: {error}") from error


def _session(span: str) -> Session:
    opens, closes = span.split("-")
    return Session(time.fromisoformat(opens), time.min if closes == "24:00" else time.fromisoformat(closes))
