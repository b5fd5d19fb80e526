"""Everything in the database that is sealed, for those who look after the keys."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter as Tally
from collections.abc import Iterator
from itertools import islice

from .dossiers import OWNER, move_owner, place
from .vault import SealBroken, Vault

COLUMNS = (("dossier", "id", "owner"), ("dossier", "id", "answers"), ("dossier_reason", "event", "reason"))
"""Table, its key, and the column that is sealed."""


def keys_in_use(sql: sqlite3.Connection) -> frozenset[str]:
    """The ids of all keys that sealed something."""
    return frozenset(usage(sql))


def usage(sql: sqlite3.Connection) -> dict[str, int]:
    """How many pieces each key sealed, attachments among them."""
    found: Tally[str] = Tally()
    for table, _, column in COLUMNS:
        # Fourth byte on, eight long: an id, as `key_of` reads it.
        rows = sql.execute(
            f"SELECT substr({column}, 4, 8), COUNT(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
        )
        for ident, count in rows:
            found[bytes(ident).decode("ascii", "replace")] += count
    for ident, count in sql.execute("SELECT key, COUNT(*) FROM attachment GROUP BY key"):
        found[ident] += count
    return dict(found)


def seal_anew(sql: sqlite3.Connection, vault: Vault, limit: int, broken: set[str]) -> int:
    """Seal up to `limit` pieces again that an older key sealed, and put what is found by their owners under the newest
    key; how many were. What cannot be opened is added to `broken` by its place, and passed over from then on. Inside a
    transaction."""
    done = 0
    for table, row, column, ident in islice(_of_older_keys(sql, vault.keys.sealing.id, broken), limit):
        (sealed,) = sql.execute(f"SELECT {column} FROM {table} WHERE {row} = ?", (ident,)).fetchone()
        where = place(column, ident)
        try:
            opened = vault.open(sealed, where)
        except SealBroken:
            broken.add(where)
            continue
        if column == OWNER:
            facts = json.loads(opened)
            owner_key, *before = vault.found(OWNER, facts["id"], facts["birth_date"])
            move_owner(sql, before, owner_key)
        again = vault.seal(opened, where)
        sql.execute(f"UPDATE {table} SET {column} = ? WHERE {row} = ?", (again, ident))
        done += 1
    return done


def code_of(sql: sqlite3.Connection, where: str) -> str:
    """The code of the dossier to which the piece at `where` belongs."""
    column, ident = where.split("/")[1:]
    of_event = "(SELECT dossier FROM dossier_event WHERE id = ?)" if column == "reason" else "?"
    return str(sql.execute(f"SELECT code FROM dossier WHERE id = {of_event}", (int(ident),)).fetchone()[0])


def _of_older_keys(sql: sqlite3.Connection, sealing: str, passed_over: set[str]) -> Iterator[tuple[str, str, str, int]]:
    for table, row, column in COLUMNS:
        found = sql.execute(
            f"SELECT {row} FROM {table} WHERE {column} IS NOT NULL AND substr({column}, 4, 8) <> ?",
            (sealing.encode(),),
        ).fetchall()
        for (ident,) in found:
            if place(column, ident) not in passed_over:
                yield table, row, column, ident
