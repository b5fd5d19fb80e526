"""How kiosks did with dossiers on a day: counted, nobody named."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

AT_KIOSK = (
    "day = ? AND EXISTS (SELECT 1 FROM dossier_event e WHERE e.dossier = dossier.id"
    " AND e.act IN ('prepared', 'submitted') AND e.actor LIKE 'device:%')"
)

FIRST = (
    "(SELECT COALESCE(json_extract(e.data, '$.asked_again'), 0) FROM dossier_event e"
    " WHERE e.dossier = dossier.id ORDER BY e.id LIMIT 1)"
)
"""How many papers were asked for although a valid copy was there, as it was noted when the dossier was filed."""


class Day(NamedTuple):
    """`filed`: prepared or filed at a kiosk; `nothing_twice`: of those, for how many no paper was asked of which the
    hall held a valid copy from the same owner; `reused`: how many copies were used again."""

    filed: int
    nothing_twice: int
    reused: int


def of_day(sql: sqlite3.Connection, day: date) -> Day:
    row = sql.execute(
        f"SELECT COUNT(*), SUM({FIRST} = 0), SUM(reused) FROM dossier WHERE {AT_KIOSK}", (day.isoformat(),)
    ).fetchone()
    return Day(*(int(figure or 0) for figure in row))
