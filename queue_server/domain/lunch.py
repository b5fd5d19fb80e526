"""Who goes to lunch when, so that a hall which stays open at noon keeps somebody at every service.

The turns of the hall's lunch are given out by a search with look-back: one counter after the other takes the turn in
which the fewest of its like are away, and gives it up again where some service would be left alone. A service that
cannot be kept open, because too few can do it, is named and no longer stands in the way of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple

from .calendar import Break, Session, sessions_on
from .hall import Counter, Hall, Lunch
from .hall_day import seconds_at
from .ids import CounterId, ServiceCode

MOST_STEPS = 4_000
"""After so many steps a search is given up as hopeless, so that no hall's file can keep the server from starting."""


@dataclass(frozen=True, slots=True)
class LunchPlan:
    """`breaks`: when each counter is at lunch, none for those that go with the whole hall; `uncovered`: services that
    nobody can serve for a while although the hall is open, and when first."""

    breaks: Mapping[CounterId, Break]
    uncovered: Mapping[ServiceCode, Break]


class _Not(NamedTuple):
    """Not all of `counters` in this turn."""

    counters: frozenset[CounterId]
    turn: int


def lunches(hall: Hall, day: date) -> LunchPlan:
    """The plan for `day`; a lunch while the hall is closed is none."""
    return plan(hall.counters, [each.code for each in hall.services], hall.lunch, sessions_on(hall.hours, day))


def at_work(hall: Hall, day: date) -> dict[CounterId, tuple[tuple[float, float], ...]]:
    """When each counter is to be manned on `day`: the hall's sessions without its lunch, in seconds after midnight."""
    breaks, sessions = lunches(hall, day).breaks, hall.day(day).sessions
    spans: dict[CounterId, tuple[tuple[float, float], ...]] = {}
    for counter in hall.counters:
        spans[counter.id] = sessions
        if (away := breaks.get(counter.id)) is not None:
            begins, ends = (seconds_at(day, at, hall.zone) for at in (away.begins, away.ends))
            parts = [part for a, b in sessions for part in ((a, min(b, begins)), (max(a, ends), b))]
            spans[counter.id] = tuple((a, b) for a, b in parts if a < b)
    return spans


def uncovered(hall: Hall) -> dict[ServiceCode, Break]:
    """Services that are left alone at lunch on some day of the week, and when."""
    found: dict[ServiceCode, Break] = {}
    codes = [each.code for each in hall.services]
    for sessions in dict.fromkeys(hall.hours.week):
        for code, when in plan(hall.counters, codes, hall.lunch, sessions).uncovered.items():
            found.setdefault(code, when)
    return found


def plan(
    counters: Sequence[Counter], services: Iterable[ServiceCode], lunch: Lunch | None, sessions: Sequence[Session]
) -> LunchPlan:
    """Give each counter a turn of `lunch` so that each service keeps one who can do it, wherever that is possible.

    A counter's own lunch stands. The same input gives the same plan.
    """
    fixed = {counter.id: counter.lunch for counter in counters if counter.lunch is not None}
    turns = lunch.turns if lunch is not None else ()
    free = [counter for counter in counters if turns and counter.id not in fixed]
    spans = list(_spans((*turns, *fixed.values()), sessions))
    chosen: dict[CounterId, int] = _search(free, (), len(turns)) or {}
    kept: list[_Not] = []
    for service in services:
        able = [counter.id for counter in counters if service in counter.able]
        wanted = list(_wanted(able, fixed, {counter.id for counter in free}, turns, spans))
        stands = all(_holds(each, chosen) for each in wanted)
        found = chosen if stands else _search(free, (*kept, *wanted), len(turns))
        if found is not None:
            chosen, kept = found, [*kept, *wanted]
    chosen = _evened(free, kept, len(turns)) or chosen
    breaks = {**{ident: turns[turn] for ident, turn in chosen.items()}, **fixed}
    breaks = {
        c.id: breaks[c.id] for c in counters if c.id in breaks and any(_within(span, breaks[c.id]) for span in spans)
    }
    return LunchPlan(breaks, dict(_left_alone(counters, services, breaks, spans)))


def _spans(breaks: Iterable[Break], sessions: Sequence[Session]) -> Iterator[Break]:
    """The time in which the hall is open, cut wherever somebody may leave or come back."""
    opened = [Break(each.opens, time.max if each.closes == time.min else each.closes) for each in sessions]
    cuts = sorted({at for each in (*breaks, *opened) for at in (each.begins, each.ends)})
    for begins, ends in pairwise(cuts):
        span = Break(begins, ends)
        if any(_within(span, each) for each in opened):
            yield span


def _within(span: Break, whole: Break) -> bool:
    return whole.begins <= span.begins and span.ends <= whole.ends


def _wanted(
    able: Sequence[CounterId],
    fixed: Mapping[CounterId, Break],
    free: Collection[CounterId],
    turns: Sequence[Break],
    spans: Iterable[Break],
) -> Iterator[_Not]:
    """What keeps a service open that only the counters `able` can do: in no turn may all of them be away."""
    movable = frozenset(ident for ident in able if ident in free)
    if len(movable) + sum(ident in fixed for ident in able) < len(able):
        return  # somebody there has no lunch at all
    for turn, span in ((n, span) for span in spans for n, turn in enumerate(turns) if _within(span, turn)):
        if movable and all(_within(span, fixed[ident]) for ident in able if ident in fixed):
            yield _Not(movable, turn)


def _holds(wanted: _Not, given: Mapping[CounterId, int]) -> bool:
    return any(given.get(ident) != wanted.turn for ident in wanted.counters)


def _evened(free: Sequence[Counter], wanted: Collection[_Not], turns: int) -> dict[CounterId, int] | None:
    """The same with as few away at once as can be, give or take one; None where that cannot be."""
    fewest = -(-len(free) // turns) if turns else 0
    return _search(free, wanted, turns, fewest) or _search(free, wanted, turns, fewest + 1)


def _search(
    free: Sequence[Counter], wanted: Collection[_Not], turns: int, most: int | None = None
) -> dict[CounterId, int] | None:
    """A turn for each of `free` such that all of `wanted` hold, at most `most` in each; None where there is none, or
    none is found in time."""
    concerned = {c.id: [each for each in wanted if c.id in each.counters] for c in free}
    order = sorted(free, key=lambda c: min((len(each.counters) for each in concerned[c.id]), default=len(free) + 1))
    given: dict[CounterId, int] = {}
    steps = MOST_STEPS

    def fits(ident: CounterId, turn: int) -> bool:
        if most is not None and sum(each == turn for each in given.values()) >= most:
            return False
        return all(
            each.turn != turn or any(given.get(other) != turn for other in each.counters if other != ident)
            for each in concerned[ident]
        )

    def crowd(counter: Counter, turn: int) -> tuple[int, int, int]:
        away = [other for other in order if given.get(other.id) == turn]
        return sum(len(other.able & counter.able) for other in away), len(away), turn

    def place(index: int) -> bool:
        nonlocal steps
        if index == len(order):
            return True
        counter = order[index]
        for turn in sorted(range(turns), key=lambda turn: crowd(counter, turn)):
            steps -= 1
            if steps < 0:
                return False
            if fits(counter.id, turn):
                given[counter.id] = turn
                if place(index + 1):
                    return True
                del given[counter.id]
        return False

    return given if place(0) else None


def _left_alone(
    counters: Sequence[Counter],
    services: Iterable[ServiceCode],
    breaks: Mapping[CounterId, Break],
    spans: Iterable[Break],
) -> Iterator[tuple[ServiceCode, Break]]:
    """Each service that nobody can do for a while, and the first such while."""
    spans = list(spans)
    for service in services:
        able = [counter.id for counter in counters if service in counter.able]
        for span in spans:
            if all(ident in breaks and _within(span, breaks[ident]) for ident in able):
                yield service, span
                break
