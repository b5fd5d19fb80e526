"""Keeps an eye on the hall: how many will wait too long, and what would help. It raises and clears the alert."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import fmean

from queue_server.domain.advice import RUNS, Advice, advise
from queue_server.domain.alarm import Alarm
from queue_server.domain.counter import CounterState
from queue_server.domain.fate import Fate
from queue_server.domain.forecast import Toll, tolls
from queue_server.domain.future import Present
from queue_server.domain.hall import Hall
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.measure import MeasureKey
from queue_server.domain.options import options
from queue_server.store import advice as store
from queue_server.store import counters, events
from queue_server.store.database import Database, Tx

from .chance import seeded
from .day_end import SYSTEM
from .present import present

ADVISE_EVERY = timedelta(seconds=60)
LEFT_ALONE = timedelta(minutes=30)
"""What somebody has answered is not advised again so soon."""
SETTLED_S = 300.0
"""So long after the hall opens, a counter that is closed is no longer taken to open by itself."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What is expected at `at`: how many tickets go over their target in the next 30 minutes, out of how many, and for
    which services."""

    at: datetime
    over: float
    tickets: float
    services: Mapping[ServiceCode, float]

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.over / self.tickets if self.tickets > 0 else 0.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """The hall as it was read; `event`: the newest one, the seed of chance."""

    present: Present
    event: int
    alert: store.Alert | None
    has_stale: bool
    offered: Mapping[MeasureKey, int]
    answered: Collection[MeasureKey]

    @property
    def calling(self) -> Collection[CounterId]:
        """The counters that are counted on."""
        return frozenset(roster.counter.id for roster in self.present.rosters)


@dataclass(frozen=True, slots=True)
class _Thought:
    risk: Risk
    alarm: Alarm
    advice: list[Advice] | None


class Watch:
    """What is known between two looks. `risk`: None before the first; `advised_at`: when measures were last tried out
    for the alert that stands; `effects`: what each advice is expected to do now, by its id."""

    def __init__(self) -> None:
        self.risk: Risk | None = None
        self.advised_at: datetime | None = None
        self.effects: Mapping[int, Advice] = {}
        self._advised_with: Collection[CounterId] = ()
        self._alarm = Alarm()
        self._one = asyncio.Lock()

    async def look(self, db: Database, hall: Hall, now: datetime) -> None:
        """Look at the hall once. The thinking is done on a thread of its own, neither the loop's nor the store's."""
        async with self._one:
            seen = await db.read(lambda sql: _see(sql, hall, now))
            thought = await asyncio.to_thread(self._think, hall, seen, now)
            if seen.has_stale or _changes(seen, thought):
                offered = await db.write(lambda tx: _record(tx, hall, thought, now))
            else:
                offered = seen.offered
            if thought.advice is not None:
                self.advised_at, self._advised_with = now, seen.calling
                self.effects = {offered[key]: each for each in thought.advice if (key := each.measure.key) in offered}
            elif not thought.alarm.is_raised:
                self.advised_at, self.effects = None, {}
            self._alarm, self.risk = thought.alarm, thought.risk

    def _think(self, hall: Hall, seen: _Seen, now: datetime) -> _Thought:
        chance = seeded(seen.event)
        now_tolls = tolls(seen.present, chance, RUNS)
        risk = _risk(now_tolls, now)
        alarm = replace(self._alarm, is_raised=seen.alert is not None)
        alarm = alarm.after(risk.share, risk.over, hall.calling.risk_share, now.timestamp())
        if not alarm.is_raised or not self._is_due(seen, now):
            return _Thought(risk, alarm, None)
        day = hall.day_at(now)
        tried = options(seen.present, hall, day, risk.services)
        untold = [option for option in tried if option.measure.key not in seen.answered]
        return _Thought(risk, alarm, advise(now_tolls, untold, chance, seen.offered.keys()))

    def _is_due(self, seen: _Seen, now: datetime) -> bool:
        """Advice is thought over each minute, and at once where some has been answered or a counter opens or closes."""
        has_changed = set(seen.offered.values()) != set(self.effects) or seen.calling != self._advised_with
        return seen.alert is None or self.advised_at is None or has_changed or now - self.advised_at >= ADVISE_EVERY


def _risk(found: Sequence[Toll], at: datetime) -> Risk:
    services = {code for toll in found for code in toll.by_service}
    return Risk(
        at,
        fmean(toll.over for toll in found),
        fmean(toll.judged for toll in found),
        {code: fmean(toll.by_service.get(code, 0) for toll in found) for code in sorted(services)},
    )


def _see(sql: sqlite3.Connection, hall: Hall, now: datetime) -> _Seen:
    day = hall.day_at(now)
    opened = {ident for ident, status in counters.get_all(sql).items() if status.state is CounterState.OPEN}
    alert = store.standing_alert(sql, day.date)
    given = store.of_day(sql, day.date)
    return _Seen(
        present=_as_it_is(present(sql, hall, now), opened, day.sessions),
        event=events.last_id(sql),
        alert=alert,
        has_stale=store.has_stale_alert(sql, day.date),
        offered=_offered(given),
        answered=_answered(given, now),
    )


def _as_it_is(present: Present, opened: Collection[CounterId], sessions: tuple[tuple[float, float], ...]) -> Present:
    """The present in which no counter opens by itself; before the hall has settled the plan stands."""
    settled = not sessions or any(opens + SETTLED_S <= present.time < closes for opens, closes in sessions)
    if not opened or not settled:
        return present
    return replace(present, rosters=[roster for roster in present.rosters if roster.counter.id in opened])


def _offered(given: list[store.Given]) -> dict[MeasureKey, int]:
    return {each.advice.measure.key: each.id for each in given if each.fate is Fate.OFFERED}


def _answered(given: list[store.Given], now: datetime) -> set[MeasureKey]:
    """What somebody has answered lately."""
    return {
        each.advice.measure.key
        for each in given
        if each.fate not in (Fate.OFFERED, Fate.WITHDRAWN)
        and each.answered_at is not None
        and now - each.answered_at < LEFT_ALONE
    }


def _changes(seen: _Seen, thought: _Thought) -> bool:
    """Whether there is something to write down."""
    if thought.alarm.is_raised != (seen.alert is not None):
        return True
    return thought.advice is not None and {each.measure.key for each in thought.advice} != set(seen.offered)


def _record(tx: Tx, hall: Hall, thought: _Thought, now: datetime) -> Mapping[MeasureKey, int]:
    """Write down what was found; what is offered from now on. A counter may have opened or a manager answered since the
    hall was read: what they did stands."""
    day = hall.day_at(now).date
    alert = store.standing_alert(tx.sql, day)
    if store.has_stale_alert(tx.sql, day) or (alert is not None and not thought.alarm.is_raised):
        store.clear_alerts(tx.sql, now, SYSTEM)
        tx.nudge("alert", 0 if alert is None else alert.id)
    if not thought.alarm.is_raised:
        return {}
    risk = thought.risk
    ident = store.raise_alert(tx.sql, day, now, risk.share, risk.over, risk.services) if alert is None else alert.id
    tx.nudge("alert", ident)
    given = store.of_day(tx.sql, day)
    offered, answered = _offered(given), _answered(given, now)
    if thought.advice is None:
        return offered
    kept: dict[MeasureKey, int] = {}
    for each in thought.advice:
        key = each.measure.key
        if key in answered:
            continue
        kept[key] = offered.pop(key) if key in offered else store.give(tx.sql, ident, now, each)
    for gone in offered.values():
        store.answer(tx.sql, gone, Fate.WITHDRAWN, now, SYSTEM)
    return kept
