"""Proves the dossiers sound: every history leads to its row, every sequence is whole, every paper has its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from queue_server.domain.dossiers.dossier import replay
from queue_server.domain.errors import HallError
from queue_server.store import attachments, dossiers
from queue_server.store.attachments import FOLDER


def dossier_faults(sql: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, one sentence each. Needs no keys: nothing personal is opened."""
    for ident in dossiers.codes(sql):
        try:
            row = dossiers.get(sql, ident)
        except (HallError, ValueError, KeyError) as error:
            yield f"dossier id {ident} cannot be read: {type(error).__name__}"
            continue
        stored = row.dossier
        try:
            rebuilt = replay(stored.code, stored.procedure, dossiers.history(sql, None, ident))
        except (HallError, ValueError, KeyError) as error:
            yield f"dossier {stored.code}: its history is impossible: {type(error).__name__}"
            continue
        if rebuilt != stored:
            yield f"dossier {stored.code}: its row does not follow from its history"
    for unit, day, last, count, high in sql.execute(
        "SELECT s.unit, s.day, s.last, COUNT(d.id), MAX(d.sequence) FROM dossier_sequence s"
        " LEFT JOIN dossier d ON d.unit = s.unit AND d.day = s.day GROUP BY s.unit, s.day"
    ):
        if not last == count == high:
            yield f"dossier codes of {unit} on {day}: the sequence is at {last}, there are {count} up to {high}"
    for digest in attachments.named_by_nobody(sql):
        yield f"attachment {digest[:12]}… belongs to no dossier and is never forgotten"


def file_faults(sql: sqlite3.Connection, data: Path) -> Iterator[str]:
    """Attachments without their file."""
    for digest in sorted(attachments.known(sql)):
        if not (data / FOLDER / digest[:2] / digest).is_file():
            yield f"attachment {digest[:12]}… has lost its file"
