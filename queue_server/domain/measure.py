"""What a manager can do when the hall runs late, and what of it holds for the rest of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .calendar import Break
from .hall import Counter, Hall
from .ids import CounterId, ServiceCode
from .lunch import lunches


class MeasureKind(StrEnum):
    OPEN_COUNTER = "open-counter"
    ADD_SERVICE = "add-service"
    SHIFT_LUNCH = "shift-lunch"
    OFFER_APPOINTMENTS = "offer-appointments"


class MeasureKey(NamedTuple):
    """What makes two measures the same, whatever else is known of them by then."""

    kind: MeasureKind
    counter: CounterId | None
    service: ServiceCode | None


@dataclass(frozen=True, slots=True)
class Measure:
    """`counter`: whose; `services`: for whom it is done, the latest first; `lunch`, `was`: the counter's lunch as it
    would be and as it is planned."""

    kind: MeasureKind
    counter: CounterId | None = None
    services: tuple[ServiceCode, ...] = ()
    lunch: Break | None = None
    was: Break | None = None

    @property
    def key(self) -> MeasureKey:
        by_service = self.kind in (MeasureKind.ADD_SERVICE, MeasureKind.OFFER_APPOINTMENTS)
        return MeasureKey(self.kind, self.counter, self.services[0] if by_service else None)

    @property
    def changes_hall(self) -> bool:
        """Whether the hall's rules are others while it holds."""
        return self.kind in (MeasureKind.ADD_SERVICE, MeasureKind.SHIFT_LUNCH)


def with_service(counter: Counter, service: ServiceCode) -> Counter:
    """`counter`, serving `service` as one of its own."""
    return replace(counter, services=counter.services | {service}, backup=counter.backup - {service})


def changed(hall: Hall, day: date, taken: Iterable[Measure]) -> Hall:
    """`hall` as it is on `day` once the measures `taken` hold. One that the hall's file no longer allows is left out.

    Where a lunch is moved the others stay where they were planned.
    """
    added: dict[CounterId, set[ServiceCode]] = {}
    moved: dict[CounterId, Break] = {}
    for each in taken:
        if each.counter is None:
            continue
        if each.kind is MeasureKind.ADD_SERVICE:
            added.setdefault(each.counter, set()).update(hall.offered & set(each.services))
        elif each.kind is MeasureKind.SHIFT_LUNCH and each.lunch is not None:
            moved[each.counter] = each.lunch
    if not added and not moved:
        return hall
    planned = lunches(hall, day).breaks if moved else {}
    counters = []
    for counter in hall.counters:
        for service in added.get(counter.id, ()):
            counter = with_service(counter, service)  # noqa: PLW2901 - the counter as it grows
        lunch = moved.get(counter.id) or planned.get(counter.id) or counter.lunch
        counters.append(counter if lunch == counter.lunch else replace(counter, lunch=lunch))
    return replace(hall, counters=tuple(counters))
