"""What could be done now against late tickets: a few measures worth trying out, each with the hall as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from .calendar import Break
from .future import HORIZON_S, Present
from .hall import Counter, Hall
from .hall_day import HallDay, seconds_at
from .ids import CounterId, ServiceCode
from .lunch import at_work, lunches
from .measure import Measure, MeasureKind, changed, with_service
from .simulation import Roster

READY_S = 180.0
"""So long it takes until somebody calls at a counter that is to be opened."""
ACCEPT = 0.5
"""The share of newcomers taken to accept an appointment on another day."""
LATER_MIN = 30
"""By how much a lunch is put off that goes by no turns; a second time if that leaves a service alone."""
LATE_FROM = 0.25
"""A service is late when this many tickets for it are expected over target."""
MOST = {
    MeasureKind.OPEN_COUNTER: 4,
    MeasureKind.ADD_SERVICE: 4,
    MeasureKind.SHIFT_LUNCH: 2,
    MeasureKind.OFFER_APPOINTMENTS: 2,
}


@dataclass(frozen=True, slots=True)
class Option:
    """`then`: the present with the measure taken."""

    measure: Measure
    then: Present


def options(present: Present, hall: Hall, day: HallDay, over: Mapping[ServiceCode, float]) -> list[Option]:
    """Measures worth a simulation, at most twelve. `present.rosters`: counters where somebody calls, all others being
    closed; `over`: tickets expected over target by service."""
    late = sorted((code for code, count in over.items() if count >= LATE_FROM), key=lambda code: (-over[code], code))
    found: list[Option] = []
    for kind, each in (
        (MeasureKind.OPEN_COUNTER, _openings(present, hall, day, late, over)),
        (MeasureKind.ADD_SERVICE, _loans(present, late, over)),
        (MeasureKind.SHIFT_LUNCH, _lunches(present, hall, day, late)),
        (MeasureKind.OFFER_APPOINTMENTS, _appointments(present, late)),
    ):
        found += islice(each, MOST[kind])
    return found


def _openings(
    present: Present, hall: Hall, day: HallDay, late: Sequence[ServiceCode], over: Mapping[ServiceCode, float]
) -> Iterator[Option]:
    """Closed counters that serve what is late, those first that serve most of it."""
    planned, calling = at_work(hall, day.date), {roster.counter.id for roster in present.rosters}
    closed = [counter for counter in hall.counters if counter.id not in calling and counter.services & set(late)]
    for counter in sorted(closed, key=lambda each: (-_sum(over, each.services), each.id)):
        spans = _cut(planned[counter.id], present.time + READY_S)
        if spans and spans[0][0] < present.time + HORIZON_S:
            services = tuple(code for code in late if code in counter.services)
            rosters = (*present.rosters, Roster(counter, spans))
            then = replace(present, rosters=rosters, held=present.held | {counter.id})
            yield Option(Measure(MeasureKind.OPEN_COUNTER, counter.id, services), then)


def _loans(present: Present, late: Sequence[ServiceCode], over: Mapping[ServiceCode, float]) -> Iterator[Option]:
    """Open counters that could take a late service besides, those first whose own are least late; of each service two,
    before a second look at the first."""
    waiting = [each.service for each in present.waiting]

    def load(counter: Counter) -> tuple[float, int, int]:
        return _sum(over, counter.able), sum(code in counter.services for code in waiting), counter.id

    rosters = [roster for roster in present.rosters if roster.is_open(present.time)]
    for code in late[:2]:
        able = sorted((each.counter for each in rosters if code not in each.counter.services), key=load)
        for counter in able[: MOST[MeasureKind.ADD_SERVICE] // 2]:
            more = with_service(counter, code)
            then = replace(present, rosters=[replace(r, counter=more) if r.counter is counter else r for r in rosters])
            yield Option(Measure(MeasureKind.ADD_SERVICE, counter.id, (code,)), then)


def _lunches(present: Present, hall: Hall, day: HallDay, late: Sequence[ServiceCode]) -> Iterator[Option]:
    """Counters that serve what is late and are about to go to lunch: they go later, if no service is left alone."""
    plan = lunches(hall, day.date)
    for index, roster in enumerate(present.rosters):
        was, services = plan.breaks.get(roster.counter.id), tuple(code for code in late if code in roster.counter.able)
        if was is None or not services or not roster.is_open(present.time):
            continue
        begins, ends = (seconds_at(day.date, at, hall.zone) for at in (was.begins, was.ends))
        if not present.time < begins <= present.time + HORIZON_S:
            continue
        for lunch in _later(hall, roster.counter.id, was):
            measure = Measure(MeasureKind.SHIFT_LUNCH, roster.counter.id, services, lunch, was)
            alone = lunches(changed(hall, day.date, [measure]), day.date)
            away = tuple(seconds_at(day.date, at, hall.zone) for at in (lunch.begins, lunch.ends))
            if lunch != alone.breaks.get(roster.counter.id) or set(alone.uncovered) - set(plan.uncovered):
                continue
            spans = _without(_with(roster.open, begins, ends), *away)
            rosters = [*present.rosters[:index], replace(roster, open=spans), *present.rosters[index + 1 :]]
            yield Option(measure, replace(present, rosters=rosters))
            break


def _later(hall: Hall, counter: CounterId, was: Break) -> Iterable[Break]:
    """Later lunches for `counter`: the turns after its own, or half an hour and an hour on."""
    if hall.lunch is not None and hall.counter(counter).lunch is None:
        return [turn for turn in hall.lunch.turns if turn.begins > was.begins]
    found = []
    for minutes in (LATER_MIN, 2 * LATER_MIN):
        begins, ends = (_add(at, minutes) for at in (was.begins, was.ends))
        if was.begins < begins < ends and was.ends < ends:
            found.append(Break(begins, ends))
    return found


def _appointments(present: Present, late: Sequence[ServiceCode]) -> Iterator[Option]:
    """Fewer come for a late service, as some take an appointment."""
    for code in late:
        if any(rate > 0 for (service, _), rate in present.rates.items() if service == code):
            rates = {kind: rate * ACCEPT if kind[0] == code else rate for kind, rate in present.rates.items()}
            yield Option(Measure(MeasureKind.OFFER_APPOINTMENTS, None, (code,)), replace(present, rates=rates))


def _sum(over: Mapping[ServiceCode, float], services: Iterable[ServiceCode]) -> float:
    return sum(over.get(code, 0.0) for code in services)


def _add(at: time, minutes: int) -> time:
    return (datetime.combine(date.min, at) + timedelta(minutes=minutes)).time()


Spans = tuple[tuple[float, float], ...]


def _cut(spans: Spans, since: float) -> Spans:
    return tuple((max(a, since), b) for a, b in spans if b > since)


def _with(spans: Spans, begins: float, ends: float) -> Spans:
    """`spans` and the one from `begins` to `ends` between them, joined."""
    before = [a for a, b in spans if b == begins]
    after = [b for a, b in spans if a == ends]
    rest = [span for span in spans if span[1] != begins and span[0] != ends]
    return tuple(sorted([*rest, (before[0] if before else begins, after[0] if after else ends)]))


def _without(spans: Spans, begins: float, ends: float) -> Spans:
    parts = [part for a, b in spans for part in ((a, min(b, begins)), (max(a, ends), b))]
    return tuple((a, b) for a, b in parts if a < b)
