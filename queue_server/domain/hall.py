"""A hall as its configuration describes it: services, groups, counters, priorities, numbering, calling, ratings."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from .appointment import AppointmentRules
from .calendar import Break, Hours
from .dossiers.retention import DossierRules
from .durations import Durations
from .errors import CounterUnknown, PriorityUnknown, RatingUnknown, ServiceUnknown
from .hall_day import HallDay, hall_day
from .ids import CounterId, PriorityCode, ServiceCode
from .text import LocalText


@dataclass(frozen=True, slots=True)
class Service:
    """What a citizen can ask for. `target_s`: the wait aimed at; `mean_s`: how long serving takes on average."""

    code: ServiceCode
    name: LocalText
    target_s: int
    mean_s: int
    papers: tuple[LocalText, ...] = ()
    duration: LocalText | None = None
    fee: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Services that share a number prefix."""

    code: str
    prefix: str
    name: LocalText
    services: tuple[ServiceCode, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """A desk and what it serves. `backup`: what it also serves when its own queues are empty or others run late;
    `lunch`: its own lunch, where it does not go by the hall's."""

    id: CounterId
    name: LocalText
    services: frozenset[ServiceCode]
    backup: frozenset[ServiceCode] = frozenset()
    lunch: Break | None = None

    @property
    def able(self) -> frozenset[ServiceCode]:
        """All that can be done here, as its own or as a back-up."""
        return self.services | self.backup


@dataclass(frozen=True, slots=True)
class PriorityCategory:
    """Who goes ahead; `proof`: the paper the hall wants to see; `min_age` in years."""

    code: PriorityCode
    name: LocalText
    proof: LocalText | None = None
    min_age: int | None = None


@dataclass(frozen=True, slots=True)
class RatingLevel:
    """A step of the satisfaction scale; `value` 1 is the worst."""

    code: str
    name: LocalText
    value: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a number is written: `A-001` has width 3, start 1, separator `-`."""

    start: int = 1
    width: int = 3
    separator: str = "-"

    def format(self, prefix: str, sequence: int) -> str:
        """Write `sequence` of `prefix` as people see it; a number that outgrows the width gets longer."""
        return f"{prefix}{self.separator if prefix else ''}{sequence:0{self.width}d}"


class PolicyName(StrEnum):
    """By what rule a free counter chooses whom it calls."""

    LATENESS = "lateness"
    FIRST_COME = "first-come"
    STRICT = "strict-priority"
    INTERLEAVED = "interleaved"
    ACCUMULATING = "accumulating"
    GENERALIZED_C_MU = "generalized-c-mu"


@dataclass(frozen=True, slots=True)
class Calling:
    """How people are called.

    `priority_weight`: how many times a priority minute counts; `priority_target_s`: the priority ticket's own target;
    `priority_run`: after so many priority calls in a row a waiting ordinary ticket goes next;
    `longest_multiple`, `longest_slack`: one before whom n people stood on arrival is called after at most
    multiple x n + slack calls; `interleave`: ordinary calls after each priority call; `accumulation`: how many times
    as fast a priority ticket gathers points; `auto_call_s`: pause after which an idle counter calls by itself, 0 never;
    `risk_share`: expected share over target from which the manager is warned;
    `recalls_before_no_show`: recalls after which no-show is offered."""

    priority_run: int = 3
    recalls_before_no_show: int = 2
    policy: PolicyName = PolicyName.LATENESS
    priority_weight: float = 4.0
    priority_target_s: float = 300.0
    longest_multiple: float = 5.0
    longest_slack: int = 20
    interleave: int = 3
    accumulation: float = 4.0
    auto_call_s: int = 0
    risk_share: float = 0.2


@dataclass(frozen=True, slots=True)
class Lunch:
    """Counters take turns within `window`, `minutes` each. Raises ValueError where not even one turn fits."""

    window: Break
    minutes: int

    def __post_init__(self) -> None:
        if not self.turns:
            raise ValueError(f"{self.minutes} minutes do not fit into {self.window}")

    @property
    def turns(self) -> tuple[Break, ...]:
        """One after the other from the window's beginning, as many as fit."""
        begins, ends = (datetime.combine(date.min, at) for at in (self.window.begins, self.window.ends))
        length = timedelta(minutes=self.minutes)
        moments = [begins + length * n for n in range((ends - begins) // length + 1)]
        return tuple(Break(a.time(), b.time()) for a, b in pairwise(moments))


@dataclass(frozen=True, slots=True)
class Kiosk:
    """Seconds until an abandoned kiosk starts over, and that the issued ticket stays on the screen; `self_service`:
    whether a dossier can be prepared and filed there; `names`: what each kiosk is called, by its device's name."""

    idle_s: int = 45
    ticket_s: int = 15
    self_service: bool = True
    names: Mapping[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeviceRules:
    """Seconds: `silent_after_s` without a word a machine is called silent; a device that has not worked for
    `alert_after_s` raises an alert."""

    alert_after_s: int = 300
    silent_after_s: int = 180


@dataclass(frozen=True, slots=True)
class Hall:
    """The whole configuration as it holds on one day. Raises ValueError where it contradicts itself."""

    agency: LocalText
    name: LocalText
    timezone: str
    services: tuple[Service, ...]
    groups: tuple[Group, ...]
    counters: tuple[Counter, ...]
    priorities: tuple[PriorityCategory, ...]
    hours: Hours
    scale: tuple[RatingLevel, ...]
    numbering: Numbering = field(default_factory=Numbering)
    calling: Calling = field(default_factory=Calling)
    kiosk: Kiosk = field(default_factory=Kiosk)
    devices: DeviceRules = field(default_factory=DeviceRules)
    dossiers: DossierRules = field(default_factory=DossierRules)
    appointments: AppointmentRules = field(default_factory=AppointmentRules)
    notices: tuple[LocalText, ...] = ()
    public_url: str | None = None
    rating_open_h: int = 24
    lunch: Lunch | None = None
    learned: Durations | None = None
    province: str | None = None

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"timezone: there is no zone “{self.timezone}”") from error
        codes = [service.code for service in self.services]
        _unique("service", codes)
        _unique("group", [group.code for group in self.groups])
        _unique("prefix", [group.prefix for group in self.groups])
        _unique("counter", [str(counter.id) for counter in self.counters])
        _unique("priority", [category.code for category in self.priorities])
        _unique("rating level", [level.code for level in self.scale])
        _unique("service in groups", [code for group in self.groups for code in group.services])
        known = set(codes)
        for place, mentioned in [
            *((f"group {group.code}", set(group.services)) for group in self.groups),
            *((f"counter {counter.id}", set(counter.able)) for counter in self.counters),
        ]:
            if mentioned - known:
                raise ValueError(f"{place} names unknown services: {', '.join(sorted(mentioned - known))}")
        for counter in self.counters:
            if both := counter.services & counter.backup:
                raise ValueError(f"counter {counter.id} has as its own and as backup: {', '.join(sorted(both))}")
        for service in self.services:
            if not any(service.code in group.services for group in self.groups):
                raise ValueError(f"service {service.code} is in no group")
            if not any(service.code in counter.services for counter in self.counters):
                raise ValueError(f"service {service.code} has no counter that serves it")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def durations(self) -> Durations:
        """How long services take: as learned, or as the catalogue says where nothing has been learned yet."""
        return self.learned or from_catalogue(self.services)

    @property
    def offered(self) -> frozenset[ServiceCode]:
        """The codes of all services."""
        return frozenset(service.code for service in self.services)

    def day(self, day: date) -> HallDay:
        """`day` with its sessions and its clock, for measuring waits."""
        return hall_day(self.hours, day, self.zone)

    def day_at(self, moment: datetime) -> HallDay:
        """The hall's own day at `moment` (aware)."""
        return self.day(moment.astimezone(self.zone).date())

    def service(self, code: str) -> Service:
        """Raises ServiceUnknown."""
        for service in self.services:
            if service.code == code:
                return service
        raise ServiceUnknown(service=code)

    def group_of(self, code: str) -> Group:
        """The group that a service belongs to. Raises ServiceUnknown."""
        for group in self.groups:
            if code in group.services:
                return group
        raise ServiceUnknown(service=code)

    def counter(self, counter_id: int) -> Counter:
        """Raises CounterUnknown."""
        for counter in self.counters:
            if counter.id == counter_id:
                return counter
        raise CounterUnknown(counter=counter_id)

    def priority(self, code: str) -> PriorityCategory:
        """Raises PriorityUnknown."""
        for category in self.priorities:
            if category.code == code:
                return category
        raise PriorityUnknown(priority=code)

    def level(self, code: str) -> RatingLevel:
        """Raises RatingUnknown."""
        for level in self.scale:
            if level.code == code:
                return level
        raise RatingUnknown(score=code)


def from_catalogue(services: Iterable[Service]) -> Durations:
    """What holds before anything has been learned."""
    return Durations({(service.code, None, None): float(service.mean_s) for service in services})


def _unique(what: str, values: Iterable[str]) -> None:
    twice = [value for value, times in Tally(values).items() if times > 1]
    if twice:
        raise ValueError(f"{what} given twice: {', '.join(twice)}")
