"""Who looked at, took out, erased or sealed anew what is personal: added to, never changed, and naming no citizen."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta

from queue_server.domain.ids import Actor

from .instants import from_text, to_text

ONCE_IN = timedelta(minutes=10)
"""A page that keeps itself up to date looks again and again: one line in the audit is enough."""


def note(
    sql: sqlite3.Connection,
    at: datetime,
    by: Actor,
    act: str,
    dossier: int | None = None,
    **data: str | int,
) -> None:
    sql.execute(
        "INSERT INTO personal_audit (at, actor, act, dossier, data) VALUES (?, ?, ?, ?, ?)",
        (to_text(at), by, act, dossier, json.dumps(data, ensure_ascii=False)),
    )


def noted_lately(sql: sqlite3.Connection, at: datetime, by: Actor, act: str, dossier: int) -> bool:
    found = sql.execute(
        "SELECT EXISTS (SELECT 1 FROM personal_audit WHERE dossier = ? AND actor = ? AND act = ? AND at > ?)",
        (dossier, by, act, to_text(at - ONCE_IN)),
    ).fetchone()
    return bool(found[0])


def listed_lately(sql: sqlite3.Connection, at: datetime, by: Actor, act: str) -> frozenset[int]:
    """The dossiers of the lines that name many."""
    rows = sql.execute(
        "SELECT json_extract(data, '$.dossiers') FROM personal_audit"
        " WHERE dossier IS NULL AND actor = ? AND act = ? AND at > ?",
        (by, act, to_text(at - ONCE_IN)),
    )
    return frozenset(int(ident) for (named,) in rows for ident in (named or "").split())


def about(sql: sqlite3.Connection, dossier: int) -> list[tuple[datetime, str, str]]:
    """Everything that was done with what is personal in this dossier, lists in which it stood among it: when, by whom,
    what."""
    rows = sql.execute(
        "SELECT at, actor, act FROM personal_audit WHERE dossier = ?"
        " OR instr(' ' || json_extract(data, '$.dossiers') || ' ', ?) ORDER BY id",
        (dossier, f" {dossier} "),
    )
    return [(from_text(at), by, act) for at, by, act in rows]
