"""Dossiers and their histories: reading and writing, with what is personal sealed on the way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from queue_server.domain.dossiers.dossier import Dossier, DossierEvent
from queue_server.domain.dossiers.errors import DossierUnknown
from queue_server.domain.dossiers.retention import Over
from queue_server.domain.dossiers.state import DossierAct, DossierState
from queue_server.domain.ids import Actor

from .instants import from_text, maybe_from_text, maybe_to_text, to_text
from .vault import Vault

OWNER = "owner"
"""What an owner's key is the key of."""
COLUMNS = (
    "id, code, procedure, state, filed_at, due_at, received_at, ended_at, extensions, procedure_version, form,"
    " form_version, language, fee, reused, ticket, track_token, erased_at, day"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier with what the rules do not need: how it was filed, its ticket, whether it is erased."""

    id: int
    dossier: Dossier
    procedure_version: date
    form: str
    form_version: str
    language: str
    fee: int | None
    reused: int
    ticket: int | None
    track_token: str
    erased: bool
    day: date


@dataclass(frozen=True, repr=False)
class OwnerFacts:
    """Whose dossier it is. Not shown by `repr`: it is personal."""

    id: str
    birth_date: date
    name: str


@dataclass(frozen=True, repr=False)
class NewDossier:
    """What is inserted once. `content_key`, `owner_key`: how the same content and the same owner are found again."""

    dossier: Dossier
    event: DossierEvent
    unit: str
    day: date
    sequence: int
    procedure_version: date
    form: str
    form_version: str
    language: str
    consent: str
    fee: int | None
    reused: int
    ticket: int | None
    track_token: str
    owner_key: bytes
    content_key: bytes
    owner: OwnerFacts
    answers: Mapping[str, Any]


def next_sequence(sql: sqlite3.Connection, unit: str, day: date) -> int:
    """Take the day's next; inside the transaction that files, so none is lost or given twice."""
    row = sql.execute(
        "INSERT INTO dossier_sequence (unit, day, last) VALUES (?, ?, 1)"
        " ON CONFLICT (unit, day) DO UPDATE SET last = last + 1 RETURNING last",
        (unit, day.isoformat()),
    ).fetchone()
    return int(row[0])


def add(sql: sqlite3.Connection, vault: Vault, new: NewDossier) -> int:
    """Insert a dossier with its first event; its id."""
    row = sql.execute("SELECT seq FROM sqlite_sequence WHERE name = 'dossier'").fetchone()
    ident = int(row[0] if row else 0) + 1
    owner = {"id": new.owner.id, "birth_date": new.owner.birth_date.isoformat(), "name": new.owner.name}
    it = new.dossier
    values: dict[str, Any] = {
        "id": ident,
        "code": it.code,
        "unit": new.unit,
        "day": new.day.isoformat(),
        "sequence": new.sequence,
        "procedure": it.procedure,
        "procedure_version": new.procedure_version.isoformat(),
        "form": new.form,
        "form_version": new.form_version,
        "state": it.state,
        "language": new.language,
        "consent": new.consent,
        "filed_at": to_text(it.filed_at),
        "due_at": maybe_to_text(it.due_at),
        "fee": new.fee,
        "reused": new.reused,
        "ticket": new.ticket,
        "track_token": new.track_token,
        "owner_key": new.owner_key,
        "content_key": new.content_key,
        "owner": vault.seal_json(owner, place("owner", ident)),
        "answers": vault.seal_json(dict(new.answers), place("answers", ident)),
    }
    marks = ", ".join(f":{name}" for name in values)
    sql.execute(f"INSERT INTO dossier ({', '.join(values)}) VALUES ({marks})", values)
    _add_event(sql, vault, ident, new.event)
    return ident


def save(sql: sqlite3.Connection, vault: Vault | None, ident: int, dossier: Dossier, event: DossierEvent) -> None:
    """Write the dossier after an act, and the act's event. One that has ended can be filed anew. `vault`: for a reason
    that is to be sealed."""
    sql.execute(
        "UPDATE dossier SET state = ?, due_at = ?, received_at = ?, ended_at = ?, extensions = ?,"
        " content_key = CASE WHEN ? THEN NULL ELSE content_key END WHERE id = ?",
        (
            dossier.state,
            maybe_to_text(dossier.due_at),
            maybe_to_text(dossier.received_at),
            maybe_to_text(dossier.ended_at),
            dossier.extensions,
            dossier.ended_at is not None,
            ident,
        ),
    )
    _add_event(sql, vault, ident, event)


def get(sql: sqlite3.Connection, ident: int) -> Row:
    """Raises DossierUnknown."""
    return _one(sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE id = ?", (ident,)))


def by_code(sql: sqlite3.Connection, code: str) -> Row:
    """Raises DossierUnknown."""
    return _one(sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE code = ?", (code,)))


def by_track_token(sql: sqlite3.Connection, token: str) -> Row:
    """Raises DossierUnknown."""
    return _one(sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE track_token = ?", (token,)))


def by_content(sql: sqlite3.Connection, content_keys: Sequence[bytes]) -> Row | None:
    """The dossier with the same content, while it has not ended."""
    marks = ", ".join("?" * len(content_keys))
    row = sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE content_key IN ({marks})", content_keys).fetchone()
    return None if row is None else _row(row)


def of_owner(sql: sqlite3.Connection, owner_keys: Sequence[bytes]) -> list[Row]:
    marks = ", ".join("?" * len(owner_keys))
    rows = sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE owner_key IN ({marks}) ORDER BY id", owner_keys)
    return [_row(row) for row in rows]


def move_owner(sql: sqlite3.Connection, before: Sequence[bytes], owner_key: bytes) -> None:
    """What stands under an owner's older keys stands under the newest from now on: all at once, so that an owner never
    has two."""
    for old in before:
        sql.execute("UPDATE dossier SET owner_key = ? WHERE owner_key = ?", (owner_key, old))
        sql.execute("UPDATE OR REPLACE held_paper SET owner_key = ? WHERE owner_key = ?", (owner_key, old))


def on_day(sql: sqlite3.Connection, day: date) -> list[Row]:
    """All that came in on `day`, in the order of their codes."""
    rows = sql.execute(f"SELECT {COLUMNS} FROM dossier WHERE day = ? ORDER BY id", (day.isoformat(),))
    return [_row(row) for row in rows]


def newest(
    sql: sqlite3.Connection,
    states: Sequence[DossierState],
    before: int | None,
    limit: int,
    *,
    code: str | None = None,
    ticket: int | None = None,
    over_due_at: datetime | None = None,
) -> list[Row]:
    """The newest first. `before`: ids below it; `code`: a piece of the code; `over_due_at`: only what is late then."""
    conditions, values = ["1"], list[object]()
    if states:
        conditions.append(f"state IN ({', '.join('?' * len(states))})")
        values += states
    if before is not None:
        conditions.append("id < ?")
        values.append(before)
    if code:
        conditions.append("instr(code, ?) > 0")
        values.append(code.upper())
    if ticket is not None:
        conditions.append("ticket = ?")
        values.append(ticket)
    if over_due_at is not None:
        conditions.append("due_at < ? AND state NOT IN ('result-ready', 'returned', 'refused', 'withdrawn')")
        values.append(to_text(over_due_at))
    rows = sql.execute(
        f"SELECT {COLUMNS} FROM dossier WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?", (*values, limit)
    )
    return [_row(row) for row in rows]


def unerased(sql: sqlite3.Connection, over: Over) -> list[Row]:
    """Those that are over and whose personal part is still there."""
    rows = sql.execute(
        f"SELECT {COLUMNS} FROM dossier WHERE erased_at IS NULL AND state = 'draft' AND filed_at <= ?"
        f" UNION ALL SELECT {COLUMNS} FROM dossier WHERE erased_at IS NULL AND ended_at <= ?"
        f" UNION ALL SELECT {COLUMNS} FROM dossier WHERE erased_at IS NULL AND filed_at <= ?"
        " AND state IN ('submitted', 'supplement-requested', 'result-ready')"
        " AND (SELECT MAX(at) FROM dossier_event WHERE dossier_event.dossier = dossier.id) <= ?",
        (to_text(over.prepared_by), to_text(over.ended_by), to_text(over.idle_since), to_text(over.idle_since)),
    )
    return [_row(row) for row in rows]


def reuse(sql: sqlite3.Connection, first: date, last: date) -> tuple[int, int, int]:
    """Of the dossiers of these days: how many; for how many no paper was asked for that the hall held; how many papers
    were used again."""
    row = sql.execute(
        "SELECT COUNT(*), SUM(COALESCE(json_extract(data, '$.asked_again'), 0) = 0), SUM(reused) FROM dossier"
        " JOIN dossier_event ON dossier_event.dossier = dossier.id AND dossier_event.id ="
        " (SELECT MIN(id) FROM dossier_event WHERE dossier_event.dossier = dossier.id) WHERE day BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(row[0]), int(row[1] or 0), int(row[2] or 0)


def counts(sql: sqlite3.Connection) -> dict[str, int]:
    """How many are in each state."""
    return dict(sql.execute("SELECT state, COUNT(*) FROM dossier GROUP BY state ORDER BY state").fetchall())


def owner(sql: sqlite3.Connection, vault: Vault, ident: int) -> OwnerFacts | None:
    """None where it is erased. Raises SealBroken."""
    row = sql.execute("SELECT owner FROM dossier WHERE id = ?", (ident,)).fetchone()
    if row is None or row[0] is None:
        return None
    facts = vault.open_json(row[0], place("owner", ident))
    return OwnerFacts(facts["id"], date.fromisoformat(facts["birth_date"]), facts["name"])


def owner_key(sql: sqlite3.Connection, ident: int) -> bytes | None:
    """How its owner's papers are found; None where it is erased."""
    row = sql.execute("SELECT owner_key FROM dossier WHERE id = ?", (ident,)).fetchone()
    return None if row is None else row[0]


def consent(sql: sqlite3.Connection, ident: int) -> str:
    """The version of the words by which the citizen agreed to the keeping."""
    return str(sql.execute("SELECT consent FROM dossier WHERE id = ?", (ident,)).fetchone()[0])


def answers(sql: sqlite3.Connection, vault: Vault, ident: int) -> dict[str, Any] | None:
    """None where they are erased. Raises SealBroken."""
    row = sql.execute("SELECT answers FROM dossier WHERE id = ?", (ident,)).fetchone()
    if row is None or row[0] is None:
        return None
    opened: dict[str, Any] = vault.open_json(row[0], place("answers", ident))
    return opened


def history(sql: sqlite3.Connection, vault: Vault | None, ident: int) -> list[DossierEvent]:
    """Oldest first. Without a `vault` the reasons stay closed."""
    rows = sql.execute(
        "SELECT dossier_event.id, act, at, actor, data, reason FROM dossier_event"
        " LEFT JOIN dossier_reason ON event = dossier_event.id WHERE dossier = ? ORDER BY dossier_event.id",
        (ident,),
    )
    return [_event(vault, *row) for row in rows]


def events_of(sql: sqlite3.Connection, ident: int) -> int:
    """How many there are."""
    return int(sql.execute("SELECT COUNT(*) FROM dossier_event WHERE dossier = ?", (ident,)).fetchone()[0])


def codes(sql: sqlite3.Connection) -> Iterator[int]:
    """The id of every dossier."""
    for (ident,) in sql.execute("SELECT id FROM dossier ORDER BY id"):
        yield ident


def erase(sql: sqlite3.Connection, ident: int, at: datetime) -> None:
    """Empty what is personal; code, states and times stay. The papers' rows lose their copies."""
    sql.execute(
        "UPDATE dossier SET owner = NULL, answers = NULL, owner_key = NULL, content_key = NULL, erased_at = ?"
        " WHERE id = ? AND erased_at IS NULL",
        (to_text(at), ident),
    )
    sql.execute("UPDATE dossier_paper SET digest = NULL WHERE dossier = ?", (ident,))
    sql.execute("DELETE FROM held_paper WHERE dossier = ?", (ident,))
    sql.execute("DELETE FROM dossier_reason WHERE event IN (SELECT id FROM dossier_event WHERE dossier = ?)", (ident,))


def place(column: str, ident: int) -> str:
    """What a sealed column is bound to."""
    return f"dossier/{column}/{ident}"


def _add_event(sql: sqlite3.Connection, vault: Vault | None, ident: int, event: DossierEvent) -> None:
    cursor = sql.execute(
        "INSERT INTO dossier_event (dossier, at, actor, act, data) VALUES (?, ?, ?, ?, ?)",
        (ident, to_text(event.at), event.by, event.act, json.dumps(dict(event.data), ensure_ascii=False)),
    )
    if event.why and vault is not None:
        number = int(cursor.lastrowid or 0)
        sealed = vault.seal(event.why.encode(), place("reason", number))
        sql.execute("INSERT INTO dossier_reason (event, reason) VALUES (?, ?)", (number, sealed))


def _event(
    vault: Vault | None, number: int, act: str, at: str, actor: str, data: str, reason: bytes | None
) -> DossierEvent:
    why = vault.open(reason, place("reason", number)).decode() if vault is not None and reason is not None else None
    return DossierEvent(DossierAct(act), from_text(at), Actor(actor), why, json.loads(data))


def _one(cursor: sqlite3.Cursor) -> Row:
    row = cursor.fetchone()
    if row is None:
        raise DossierUnknown
    return _row(row)


def _row(row: Sequence[Any]) -> Row:
    ident, code, procedure, state, filed_at, due_at, received_at, ended_at, extensions, *rest = row
    version, form, form_version, language, fee, reused, ticket, track_token, erased_at, day = rest
    dossier = Dossier(
        code,
        procedure,
        DossierState(state),
        from_text(filed_at),
        maybe_from_text(due_at),
        maybe_from_text(received_at),
        maybe_from_text(ended_at),
        extensions,
    )
    return Row(
        ident,
        dossier,
        date.fromisoformat(version),
        form,
        form_version,
        language,
        fee,
        reused,
        ticket,
        track_token,
        erased_at is not None,
        date.fromisoformat(day),
    )
