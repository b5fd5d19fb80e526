"""What a manager does with advice: take it, decline it, take it back."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from queue_server.domain.fate import Fate, follow
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.domain.measure import Measure, MeasureKind
from queue_server.store import advice as store
from queue_server.store.database import Tx

from .principal import OVER_COUNTERS, Principal


def answer(tx: Tx, hall: Hall, who: Principal, advice: int, fate: Fate, why: str | None, now: datetime) -> store.Given:
    """Write down that `who` takes, declines or takes back `advice`; the same answer again changes nothing.

    Raises Forbidden, AdviceUnknown, AdviceAnswered.
    """
    who.need(*OVER_COUNTERS)
    day = hall.day_at(now).date
    given = store.get(tx.sql, advice, day)
    if (given.fate, given.by) == (fate, who.actor):
        return given
    store.answer(tx.sql, given.id, follow(given.fate, fate), now, who.actor, why)
    tx.nudge("alert", given.alert)
    if given.advice.measure.counter is not None:
        tx.nudge("counter", given.advice.measure.counter)
    return store.get(tx.sql, advice, day)


def note_opened(tx: Tx, hall: Hall, counter: int, by: Actor, now: datetime) -> None:
    """`by` has opened `counter`: where that is advised, the advice has been taken."""
    for given in store.of_day(tx.sql, hall.day_at(now).date):
        measure = given.advice.measure
        if given.fate is Fate.OFFERED and (measure.kind, measure.counter) == (MeasureKind.OPEN_COUNTER, counter):
            store.answer(tx.sql, given.id, Fate.TAKEN, now, by)
            tx.nudge("alert", given.alert)


def in_force(sql: sqlite3.Connection, day: date) -> list[Measure]:
    """What a manager has changed in the hall for `day`."""
    return [
        given.advice.measure
        for given in store.of_day(sql, day)
        if given.fate is Fate.TAKEN and given.advice.measure.changes_hall
    ]
