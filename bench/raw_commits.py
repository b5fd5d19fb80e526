"""The reference for durability: SQLite alone, committing the rows of a ticket as fast as the disk lets it.

One connection, WAL, synchronous=FULL, on the hall's own schema with its indexes and checks:
BEGIN IMMEDIATE; number, ticket, event, idempotency key; COMMIT. Nothing is read, decided or shown.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

from queue_server.store.migrations import migrate

from .child import Ask, serve

DAY = "2026-11-23"
AT = "2026-11-23T01:05:00.000000+00:00"
ACTOR = "device:kiosk-1"
REQUEST = '{"service":"2.000815","priority":null,"then":[],"language":"vi"}'
NUMBER = (
    "INSERT INTO sequence (day, prefix, first, last) VALUES (?, ?, 1, 1)"
    " ON CONFLICT (day, prefix) DO UPDATE SET last = last + 1 RETURNING last"
)
TICKET = (
    "INSERT INTO ticket (id, number, day, prefix, sequence, service, state, priority, issued_at, queued_at, steps,"
    " track_token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
EVENT = "INSERT INTO event (ticket, counter, at, actor, kind, why, data) VALUES (?, ?, ?, ?, ?, ?, ?)"
KEY = "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?)"
ROW = "INSERT INTO line (text) VALUES (?)"


class RawCommits:
    """The file at `path`, kept open; tickets go on from where the last stretch ended."""

    def __init__(self, path: Path) -> None:
        self._sql = sqlite3.connect(path, isolation_level=None)
        self._sql.execute("PRAGMA journal_mode = WAL")
        self._sql.execute("PRAGMA synchronous = FULL")
        self._sql.execute("PRAGMA foreign_keys = ON")
        migrate(self._sql)
        self._sql.execute("CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        self._issued = 0

    def ticket(self) -> None:
        sql = self._sql
        self._issued = ident = self._issued + 1
        sql.execute("BEGIN IMMEDIATE")
        (sequence,) = sql.execute(NUMBER, (DAY, "B")).fetchone()
        number, token = f"B-{sequence:03d}", f"{ident:022d}"
        row = (ident, number, DAY, "B", sequence, "2.000815", "waiting", None, AT, AT, "", token)
        sql.execute(TICKET, row)
        sql.execute(EVENT, (ident, None, AT, ACTOR, "issued", None, '{"service": "2.000815"}'))
        sql.execute(KEY, (ACTOR, f"{ident:032d}", REQUEST, ident, AT, None))
        sql.execute("COMMIT")

    def row(self) -> None:
        """The least that can be committed: one short row, in a transaction of its own."""
        self._sql.execute(ROW, (REQUEST,))

    def run(self, what: str, seconds: float) -> Ask:
        """Commit for `seconds`; `what`: ticket or row."""
        commit = {"ticket": self.ticket, "row": self.row}[what]
        each: list[float] = []
        began = last = time.perf_counter()
        while last - began < seconds:
            commit()
            now = time.perf_counter()
            each.append(now - last)
            last = now
        return {"each_s": each, "all_s": last - began}


if __name__ == "__main__":
    serve(RawCommits(Path(sys.argv[1])).run)
