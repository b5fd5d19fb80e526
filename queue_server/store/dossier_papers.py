"""The papers of dossiers, and which of them may be used again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from queue_server.domain.dossiers.papers import Filed, Source


@dataclass(frozen=True, slots=True)
class Held:
    """A copy that its owner may use again, up to and with `valid_until`."""

    type: str
    digest: str
    digitised_on: date
    valid_until: date


def add(sql: sqlite3.Connection, dossier: int, papers: Iterable[Filed]) -> None:
    sql.executemany(
        "INSERT INTO dossier_paper (dossier, type, place, source, required, digitise, digest, checked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (dossier, each.type, number, each.source, each.required, each.digitise, each.digest, each.checked)
            for number, each in enumerate(papers)
        ],
    )


def of_dossier(sql: sqlite3.Connection, dossier: int) -> tuple[Filed, ...]:
    rows = sql.execute(
        "SELECT type, source, required, digitise, dossier_paper.digest, pages, checked FROM dossier_paper"
        " LEFT JOIN attachment ON attachment.digest = dossier_paper.digest WHERE dossier = ? ORDER BY place",
        (dossier,),
    )
    return tuple(
        Filed(kind, Source(source), bool(required), bool(digitise), digest, pages or 0, bool(checked))
        for kind, source, required, digitise, digest, pages, checked in rows
    )


def tick(sql: sqlite3.Connection, dossier: int, types: Iterable[str]) -> None:
    """These were seen and found right."""
    sql.executemany(
        "UPDATE dossier_paper SET checked = 1 WHERE dossier = ? AND type = ?", [(dossier, kind) for kind in types]
    )


def put_copy(sql: sqlite3.Connection, dossier: int, kind: str, digest: str) -> bool:
    """A clerk has digitised a paper of the dossier; the copy before is not offered any more. False where it has no
    such paper."""
    sql.execute(
        "DELETE FROM held_paper WHERE type = ? AND owner_key = (SELECT owner_key FROM dossier WHERE id = ?)"
        " AND digest = (SELECT digest FROM dossier_paper WHERE dossier = ? AND type = ?)",
        (kind, dossier, dossier, kind),
    )
    changed = sql.execute(
        "UPDATE dossier_paper SET source = 'captured', digest = ? WHERE dossier = ? AND type = ?",
        (digest, dossier, kind),
    )
    return changed.rowcount == 1


def append(sql: sqlite3.Connection, dossier: int, paper: Filed) -> None:
    """One more paper, behind the others."""
    sql.execute(
        "INSERT INTO dossier_paper (dossier, type, place, source, required, digitise, digest, checked)"
        " SELECT ?, ?, COALESCE(MAX(place) + 1, 0), ?, ?, ?, ?, ? FROM dossier_paper WHERE dossier = ?",
        (dossier, paper.type, paper.source, paper.required, paper.digitise, paper.digest, paper.checked, dossier),
    )


def hold(sql: sqlite3.Connection, owner_key: bytes, dossier: int, held: Held) -> None:
    """Keep for reuse; an older copy of the same kind is no longer offered."""
    sql.execute(
        "INSERT INTO held_paper (owner_key, type, digest, dossier, digitised_on, valid_until) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (owner_key, type) DO UPDATE SET digest = excluded.digest, dossier = excluded.dossier,"
        " digitised_on = excluded.digitised_on, valid_until = excluded.valid_until",
        (owner_key, held.type, held.digest, dossier, held.digitised_on.isoformat(), held.valid_until.isoformat()),
    )


def held(sql: sqlite3.Connection, owner_keys: Sequence[bytes], types: Sequence[str], today: date) -> dict[str, Held]:
    """Which of `types` may be used again today, by type."""
    owners, marks = ", ".join("?" * len(owner_keys)), ", ".join("?" * len(types))
    rows = sql.execute(
        "SELECT type, digest, digitised_on, valid_until FROM held_paper"
        f" WHERE owner_key IN ({owners}) AND valid_until >= ? AND type IN ({marks})",
        (*owner_keys, today.isoformat(), *types),
    )
    return {
        kind: Held(kind, digest, date.fromisoformat(on), date.fromisoformat(until)) for kind, digest, on, until in rows
    }


def all_held(sql: sqlite3.Connection, owner_keys: Sequence[bytes]) -> list[Held]:
    owners = ", ".join("?" * len(owner_keys))
    rows = sql.execute(
        f"SELECT type, digest, digitised_on, valid_until FROM held_paper WHERE owner_key IN ({owners}) ORDER BY type",
        owner_keys,
    )
    return [Held(kind, digest, date.fromisoformat(on), date.fromisoformat(until)) for kind, digest, on, until in rows]


def drop_held_of(sql: sqlite3.Connection, dossier: int) -> None:
    """What came with this dossier is no longer offered: it was withdrawn."""
    sql.execute("DELETE FROM held_paper WHERE dossier = ?", (dossier,))


def drop_held_in(sql: sqlite3.Connection, dossier: int) -> None:
    """No copy that lies in this dossier is offered any more, wherever it came from first."""
    sql.execute(
        "DELETE FROM held_paper WHERE owner_key = (SELECT owner_key FROM dossier WHERE id = ?)"
        " AND digest IN (SELECT digest FROM dossier_paper WHERE dossier = ?)",
        (dossier, dossier),
    )


def turned_down(sql: sqlite3.Connection, owner_key: bytes, digest: str) -> bool:
    """Whether this copy lies in a dossier of its owner that was refused, or for which papers were asked."""
    found = sql.execute(
        "SELECT EXISTS (SELECT 1 FROM dossier_paper JOIN dossier ON dossier.id = dossier_paper.dossier"
        " WHERE digest = ? AND owner_key = ? AND state IN ('refused', 'supplement-requested'))",
        (digest, owner_key),
    )
    return bool(found.fetchone()[0])


def held_of(sql: sqlite3.Connection, owner_key: bytes, kind: str) -> str | None:
    """The copy of this kind that is kept for reuse, whether or not it is still valid."""
    row = sql.execute("SELECT digest FROM held_paper WHERE owner_key = ? AND type = ?", (owner_key, kind)).fetchone()
    return None if row is None else str(row[0])


def drop_owner(sql: sqlite3.Connection, owner_keys: Sequence[bytes]) -> int:
    owners = ", ".join("?" * len(owner_keys))
    return sql.execute(f"DELETE FROM held_paper WHERE owner_key IN ({owners})", owner_keys).rowcount


def any_out_of_date(sql: sqlite3.Connection, today: date) -> bool:
    found = sql.execute("SELECT EXISTS (SELECT 1 FROM held_paper WHERE valid_until < ?)", (today.isoformat(),))
    return bool(found.fetchone()[0])


def drop_out_of_date(sql: sqlite3.Connection, today: date) -> int:
    return sql.execute("DELETE FROM held_paper WHERE valid_until < ?", (today.isoformat(),)).rowcount
