"""How kiosks did with dossiers on a day: counted, nobody named."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

AT_KIOSK = (
    "day = ? AND EXISTS (SELECT 1 FROM dossier_event e WHERE e.dossier = dossier.id"
    " AND e.act IN ('prepared', 'submitted') AND e.actor LIKE 'device:%')"
)


class Day(NamedTuple):
    """`filed`: prepared or filed at a kiosk; `nothing_twice`: of those, how many photographed no paper of which the
    hall already had a copy from the same owner, in good order or past its time."""

    filed: int
    nothing_twice: int


def of_day(sql: sqlite3.Connection, day: date) -> Day:
    filed = sql.execute(f"SELECT COUNT(*) FROM dossier WHERE {AT_KIOSK}", (day.isoformat(),)).fetchone()
    twice = sql.execute(
        f"SELECT COUNT(*) FROM dossier WHERE {AT_KIOSK} AND EXISTS ("
        "SELECT 1 FROM dossier_paper p JOIN dossier earlier ON earlier.owner_key = dossier.owner_key"
        " AND earlier.id < dossier.id AND earlier.state NOT IN ('refused', 'withdrawn')"
        " JOIN dossier_paper had ON had.dossier = earlier.id AND had.type = p.type AND had.digest IS NOT NULL"
        " WHERE p.dossier = dossier.id AND p.source = 'captured' AND p.digest IS NOT NULL)",
        (day.isoformat(),),
    ).fetchone()
    return Day(int(filed[0]), int(filed[0]) - int(twice[0]))
