"""One person's data: taken out for them, or erased, as the law gives them the right to ask."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from queue_server.domain.dossiers.papers import paper_name
from queue_server.domain.dossiers.state import FINAL, DossierState
from queue_server.domain.ids import Actor
from queue_server.store import attachments, dossier_papers, dossiers, personal_audit
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.database import Database, Tx
from queue_server.store.dossiers import OWNER, Row
from queue_server.store.vault import SealBroken, Vault

from .forgetting import ON_REQUEST, erase
from .uploads import remove

EXPORTED = "exported"
HELD_ERASED = "held-papers-erased"
SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
ENDED_OR_DRAFT = frozenset({DossierState.DRAFT, *FINAL})


@dataclass(frozen=True, repr=False)
class Person:
    """Whose data. Not shown by `repr`: it is personal."""

    id: str
    birth_date: date

    def keys(self, vault: Vault) -> tuple[bytes, ...]:
        return vault.found(OWNER, self.id, self.birth_date.isoformat())


@dataclass(frozen=True, slots=True)
class Found:
    """How many dossiers and held papers there are of a person; false where nothing is kept. `unreadable`: dossiers and
    papers that cannot be opened and are therefore not handed out."""

    dossiers: int
    held: int
    unreadable: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.dossiers + self.held > 0


@dataclass(frozen=True, slots=True)
class Erased:
    """How many dossiers and held papers were erased, and the codes of those that somebody still works on."""

    dossiers: int
    held: int
    kept: tuple[str, ...]


def export(
    db: Database, vault: Vault, files: AttachmentFiles, person: Person, folder: Path, by: Actor, now: datetime
) -> Found:
    """Write everything kept of `person` into the new `folder`: `person.json`, and each paper under its name. How many
    dossiers and held papers; nothing is written where there are none. One broken seal takes nothing else away. Raises
    FileExistsError."""
    unreadable: list[str] = []

    def read(tx: Tx) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        keys = person.keys(vault)
        rows = dossiers.of_owner(tx.sql, keys)
        papers = [copy for row in rows for copy in _copies(tx, person, row)]
        held = dossier_papers.all_held(tx.sql, keys)
        copies = {each.digest: name for name, each in ((_name(person, each.type), each) for each in held)}
        named = {digest for _, digest in papers}
        papers += [(f"held/{name}", digest) for digest, name in copies.items() if digest not in named]
        if rows or held:
            personal_audit.note(tx.sql, now, by, EXPORTED, count=len(rows), dossiers=_which(rows))
        told = {
            "exported_at": now.isoformat(),
            "person": {"id": person.id, "birth_date": person.birth_date.isoformat()},
            "dossiers": [_told(tx, vault, row, unreadable) for row in rows],
            "held_papers": [
                {"type": each.type, "digitised_on": f"{each.digitised_on}", "valid_until": f"{each.valid_until}"}
                for each in held
            ],
        }
        kinds = {digest: _suffix(tx, digest) for _, digest in papers}
        return told, [(name + kinds[digest], digest) for name, digest in papers]

    if folder.exists():
        raise FileExistsError(f"{folder}: this folder is there already")
    told, papers = db.submit(read).result()
    found = Found(len(told["dossiers"]), len(told["held_papers"]))
    if not found:
        return found
    folder.mkdir(mode=0o700, parents=True)
    _write(folder / "person.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
    for name, digest in papers:
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            _write(path, files.read(digest))
        except SealBroken:
            unreadable.append(name)
    return replace(found, unreadable=tuple(unreadable))


def erase_person(
    db: Database, vault: Vault, files: AttachmentFiles, person: Person, by: Actor, now: datetime
) -> Erased:
    """Erase drafts, ended dossiers and held papers; what somebody still works on stays until it is withdrawn."""
    outcome: list[Erased] = []

    def work(tx: Tx) -> list[str]:
        keys = person.keys(vault)
        rows: Sequence[Row] = dossiers.of_owner(tx.sql, keys)
        gone = [row for row in rows if row.dossier.state in ENDED_OR_DRAFT]
        kept = tuple(row.dossier.code for row in rows if row.dossier.state not in ENDED_OR_DRAFT)
        erase(tx, gone, now, by, ON_REQUEST)
        held = dossier_papers.drop_owner(tx.sql, keys)
        if held:
            personal_audit.note(tx.sql, now, by, HELD_ERASED, count=held)
        outcome.append(Erased(len(gone), held, kept))
        return attachments.take_unused(tx.sql)

    remove(db, files, work)
    db.scrub()
    return outcome[-1]


def _which(rows: Sequence[Row]) -> str:
    return " ".join(str(row.id) for row in rows)


def _told(tx: Tx, vault: Vault, row: Row, unreadable: list[str]) -> dict[str, Any]:
    dossier = row.dossier
    try:
        answers = dossiers.answers(tx.sql, vault, row.id)
        history = dossiers.history(tx.sql, vault, row.id)
    except SealBroken:
        unreadable.append(dossier.code)
        answers, history = None, dossiers.history(tx.sql, None, row.id)
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "state": dossier.state,
        "filed_at": dossier.filed_at.isoformat(),
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "form": f"{row.form}/{row.form_version}",
        "language": row.language,
        "consent": dossiers.consent(tx.sql, row.id),
        "answers": answers,
        "papers": [
            {"type": paper.type, "source": paper.source, "pages": paper.pages}
            for paper in dossier_papers.of_dossier(tx.sql, row.id)
        ],
        "history": [
            {"at": event.at.isoformat(), "act": event.act, "by": event.by, "why": event.why} for event in history
        ],
        "looked_at": [
            {"at": at.isoformat(), "by": by, "act": act} for at, by, act in personal_audit.about(tx.sql, row.id)
        ],
    }


def _copies(tx: Tx, person: Person, row: Row) -> list[tuple[str, str]]:
    papers = dossier_papers.of_dossier(tx.sql, row.id)
    return [(f"{row.dossier.code}/{_name(person, each.type)}", each.digest) for each in papers if each.digest]


def _name(person: Person, kind: str) -> str:
    return paper_name(person.id, kind)


def _suffix(tx: Tx, digest: str) -> str:
    attachment = attachments.get(tx.sql, digest)
    return SUFFIXES[attachment.media_type] if attachment else ""


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
