"""What is personal goes when its time is over, by the hall's rules; what was done stays, and names nobody."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from queue_server.domain.dossiers.retention import over
from queue_server.domain.dossiers.state import LEFT_ALONE
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.store import attachments, dossier_papers, dossiers, personal_audit
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.database import Database, Tx
from queue_server.store.dossiers import Row

from .uploads import forget_expired, remove

SYSTEM = Actor("system")
ON_TIME = "erased-on-time"
ON_REQUEST = "erased-on-request"
HELD_OVER = "held-papers-over"


def due_rows(sql: sqlite3.Connection, hall: Hall, now: datetime) -> list[Row]:
    """Dossiers whose personal part is to go by now."""
    return dossiers.unerased(sql, over(hall.dossiers, now))


def erase_due(db: Database, files: AttachmentFiles, hall: Hall, now: datetime, by: Actor = SYSTEM) -> int:
    """Erase what is due, uploads that nobody named and held papers that are out of date; how many dossiers. Blocking:
    not for the event loop."""
    forget_expired(db, files, now)
    if db.to_scrub:
        db.scrub()
    today = now.astimezone(hall.zone).date()
    rows = db.submit(lambda tx: due_rows(tx.sql, hall, now)).result()
    out_of_date = db.submit(lambda tx: dossier_papers.any_out_of_date(tx.sql, today)).result()
    unused = db.submit(lambda tx: attachments.any_unused(tx.sql)).result()
    if not rows and not out_of_date and not unused:
        return 0

    def work(tx: Tx) -> list[str]:
        erase(tx, due_rows(tx.sql, hall, now), now, by, ON_TIME)
        if dropped := dossier_papers.drop_out_of_date(tx.sql, today):
            personal_audit.note(tx.sql, now, by, HELD_OVER, count=dropped)
        return attachments.take_unused(tx.sql)

    remove(db, files, work)
    db.scrub()
    return len(rows)


def erase(tx: Tx, rows: list[Row], now: datetime, by: Actor, why: str) -> None:
    """Empty these dossiers, with a line in the audit each; their attachments are to be taken in the same step. What
    nobody went on with ends by it: nobody shall be sent to a counter with an empty dossier."""
    for row in rows:
        if row.dossier.state in LEFT_ALONE:
            dossiers.save(tx.sql, None, row.id, *row.dossier.lapse(now, by))
        dossiers.erase(tx.sql, row.id, now)
        personal_audit.note(tx.sql, now, by, why, row.id)
        tx.nudge("dossier", row.id)
