"""Figures of a day, counted from the tickets and their events."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from .instants import to_text


@dataclass(frozen=True, slots=True)
class DayFigures:
    """`mean_wait_s`: of the calls made that day, from queueing to the call; None before the first.
    `over_target`: calls that came later than the ticket's own target. `ratings`: how many per level."""

    served: int
    no_show: int
    mean_wait_s: int | None
    over_target: int
    ratings: dict[str, int]


def of_day(sql: sqlite3.Connection, day: date, midnight: datetime, targets_s: Mapping[str, int]) -> DayFigures:
    """The figures of `day`, which began at `midnight`; `targets_s`: by service, for calls that were
    logged without the target of their ticket."""
    text = day.isoformat()
    served, no_show = sql.execute(
        "SELECT COALESCE(SUM(state = 'finished'), 0), COALESCE(SUM(state = 'no-show'), 0) FROM ticket WHERE day = ?",
        (text,),
    ).fetchone()
    # The second condition is what the index is made for.
    waits = sql.execute(
        "SELECT json_extract(data, '$.service'), json_extract(data, '$.waited_s'), json_extract(data, '$.target_s')"
        " FROM event"
        " WHERE kind = 'called' AND kind IN ('called', 'recalled') AND at >= ?",
        (to_text(midnight),),
    ).fetchall()
    ratings = dict(
        sql.execute("SELECT rating, COUNT(*) FROM ticket WHERE day = ? AND rating IS NOT NULL GROUP BY rating", (text,))
    )
    return DayFigures(
        served,
        no_show,
        round(sum(wait for _, wait, _ in waits) / len(waits)) if waits else None,
        sum(wait > (targets_s.get(service, inf) if target is None else target) for service, wait, target in waits),
        ratings,
    )


def served_by(sql: sqlite3.Connection, counter: int, day: date) -> int:
    """How many services the counter has finished that day, each step of a visit counted."""
    row = sql.execute(
        "SELECT COUNT(*) FROM event JOIN ticket ON ticket.id = event.ticket"
        " WHERE event.kind IN ('finished', 'step-finished') AND event.counter = ? AND ticket.day = ?",
        (counter, day.isoformat()),
    ).fetchone()
    return int(row[0])


def states_of_day(sql: sqlite3.Connection, day: date) -> dict[str, int]:
    """How many of the day's tickets stand in each state."""
    return dict(sql.execute("SELECT state, COUNT(*) FROM ticket WHERE day = ? GROUP BY state", (day.isoformat(),)))
