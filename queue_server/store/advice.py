"""Alerts, the advice given with them, and what was done with it: only ever added to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from queue_server.domain.advice import Advice
from queue_server.domain.calendar import Break
from queue_server.domain.errors import AdviceUnknown
from queue_server.domain.fate import Fate
from queue_server.domain.ids import Actor, CounterId, ServiceCode
from queue_server.domain.measure import Measure, MeasureKind

from .instants import from_text, maybe_from_text, to_text


@dataclass(frozen=True, slots=True)
class Alert:
    """`share`, `over`, `services`: as expected when it was raised; `services`: tickets over target by service."""

    id: int
    raised_at: datetime
    share: float
    over: float
    services: Mapping[ServiceCode, float]
    cleared_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """Advice as it was given at `at`, and its newest answer: by whom, when and why."""

    id: int
    alert: int
    at: datetime
    advice: Advice
    fate: Fate = Fate.OFFERED
    by: Actor | None = None
    answered_at: datetime | None = None
    why: str | None = None


def raise_alert(
    sql: sqlite3.Connection, day: date, at: datetime, share: float, over: float, services: Mapping[ServiceCode, float]
) -> int:
    cursor = sql.execute(
        "INSERT INTO alert (day, raised_at, share, over, services) VALUES (?, ?, ?, ?, ?)",
        (day.isoformat(), to_text(at), share, over, json.dumps(dict(services))),
    )
    return int(cursor.lastrowid or 0)


def clear_alerts(sql: sqlite3.Connection, at: datetime, by: Actor) -> None:
    """Clear what stands, of whatever day, and withdraw advice that nobody has answered."""
    sql.execute(
        "INSERT INTO advice_answer (advice, fate, at, actor) SELECT advice.id, ?, ?, ? FROM advice"
        " JOIN alert ON alert.id = advice.alert WHERE cleared_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM advice_answer WHERE advice_answer.advice = advice.id)",
        (Fate.WITHDRAWN, to_text(at), by),
    )
    sql.execute("UPDATE alert SET cleared_at = ? WHERE cleared_at IS NULL", (to_text(at),))


def has_stale_alert(sql: sqlite3.Connection, day: date) -> bool:
    """Whether an alert of another day than `day` has not been cleared."""
    row = sql.execute("SELECT 1 FROM alert WHERE cleared_at IS NULL AND day <> ?", (day.isoformat(),)).fetchone()
    return row is not None


def standing_alert(sql: sqlite3.Connection, day: date) -> Alert | None:
    """The alert of `day` that has not been cleared."""
    row = sql.execute(f"{_ALERTS} AND cleared_at IS NULL", (day.isoformat(),)).fetchone()
    return None if row is None else _alert(row)


def alerts(sql: sqlite3.Connection, day: date) -> list[Alert]:
    """All alerts of `day`, oldest first."""
    return [_alert(row) for row in sql.execute(f"{_ALERTS} ORDER BY id", (day.isoformat(),))]


def give(sql: sqlite3.Connection, alert: int, at: datetime, advice: Advice) -> int:
    measure = advice.measure
    cursor = sql.execute(
        "INSERT INTO advice (alert, at, kind, counter, services, lunch, was, before, after, late_before_s,"
        " late_after_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            alert,
            to_text(at),
            measure.kind,
            measure.counter,
            json.dumps(measure.services),
            None if measure.lunch is None else str(measure.lunch),
            None if measure.was is None else str(measure.was),
            advice.before,
            advice.after,
            advice.late_before_s,
            advice.late_after_s,
        ),
    )
    return int(cursor.lastrowid or 0)


def answer(sql: sqlite3.Connection, advice: int, fate: Fate, at: datetime, by: Actor, why: str | None = None) -> None:
    sql.execute(
        "INSERT INTO advice_answer (advice, fate, at, actor, why) VALUES (?, ?, ?, ?, ?)",
        (advice, fate, to_text(at), by, why),
    )


def get(sql: sqlite3.Connection, advice: int, day: date) -> Given:
    """Raises AdviceUnknown, also for advice of another day."""
    row = sql.execute(f"{_GIVEN} AND advice.id = ?", (day.isoformat(), advice)).fetchone()
    if row is None:
        raise AdviceUnknown
    return _given(row)


def of_day(sql: sqlite3.Connection, day: date) -> list[Given]:
    """All advice given on `day`, oldest first."""
    return [_given(row) for row in sql.execute(f"{_GIVEN} ORDER BY advice.id", (day.isoformat(),))]


def histories(sql: sqlite3.Connection) -> Iterator[tuple[int, list[Fate]]]:
    """Each advice and what was done with it, oldest first."""
    rows = sql.execute(
        "SELECT advice.id, fate FROM advice LEFT JOIN advice_answer AS answered ON answered.advice = advice.id"
        " ORDER BY advice.id, answered.id"
    )
    for ident, group in groupby(rows, key=lambda row: int(row[0])):
        yield ident, [Fate(fate) for _, fate in group if fate is not None]


_ALERTS = "SELECT id, raised_at, share, over, services, cleared_at FROM alert WHERE day = ?"
_GIVEN = (
    "SELECT advice.id, advice.alert, advice.at, kind, counter, advice.services, lunch, was, before, after,"
    " late_before_s, late_after_s, fate, actor, answered.at, why FROM alert JOIN advice ON advice.alert = alert.id"
    " LEFT JOIN advice_answer AS answered ON answered.id ="
    " (SELECT MAX(id) FROM advice_answer WHERE advice_answer.advice = advice.id) WHERE day = ?"
)


def _alert(row: tuple[int, str, float, float, str, str | None]) -> Alert:
    ident, raised_at, share, over, services, cleared_at = row
    return Alert(ident, from_text(raised_at), share, over, json.loads(services), maybe_from_text(cleared_at))


def _given(row: tuple[object, ...]) -> Given:
    ident, alert, at, kind, counter, services, lunch, was, before, after, late_before_s, late_after_s = row[:12]
    fate, by, answered_at, why = row[12:]
    measure = Measure(
        MeasureKind(str(kind)),
        None if counter is None else CounterId(int(str(counter))),
        tuple(ServiceCode(code) for code in json.loads(str(services))),
        _break(lunch),
        _break(was),
    )
    effect = (float(str(each)) for each in (before, after, late_before_s, late_after_s))
    return Given(
        int(str(ident)),
        int(str(alert)),
        from_text(str(at)),
        Advice(measure, *effect),
        Fate(str(fate)) if fate is not None else Fate.OFFERED,
        None if by is None else Actor(str(by)),
        None if answered_at is None else from_text(str(answered_at)),
        None if why is None else str(why),
    )


def _break(text: object) -> Break | None:
    if text is None:
        return None
    begins, _, ends = str(text).partition("-")
    return Break(time.fromisoformat(begins), time.fromisoformat(ends))
