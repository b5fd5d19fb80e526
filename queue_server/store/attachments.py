"""Attachments: sealed files named by the digest of what they hold, and a row for each.

A file is complete on the disk before its row is written, and a row is gone before its file: a power cut leaves at worst
a file without a row, which the next start removes. Whoever writes or removes files holds the folder's lock.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .instants import maybe_from_text, maybe_to_text, to_text
from .vault import SealBroken, Vault, key_of

FOLDER = "attachments"
UNFINISHED = ".unfinished"
NAMED = (
    "(EXISTS (SELECT 1 FROM dossier_paper WHERE dossier_paper.digest = attachment.digest)"
    " OR EXISTS (SELECT 1 FROM held_paper WHERE held_paper.digest = attachment.digest))"
)
"""Whether a dossier or its owner's held papers need the attachment."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`expires_at`: while no dossier names it. `key`: the id of the one that sealed it."""

    digest: str
    media_type: str
    bytes: int
    pages: int
    key: str
    at: datetime
    expires_at: datetime | None


class AttachmentFiles:
    """The folder of sealed files beside the database."""

    def __init__(self, data: Path, vault: Vault) -> None:
        self.folder = data / FOLDER
        self._vault = vault

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with the files, also from other processes; not to be held by the thread that writes the database."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def write(self, digest: str, content: bytes) -> str:
        """Seal `content`, on the disk when this returns; the id of the key. Only under `locked`."""
        sealed = self._vault.seal(content, place(digest))
        path = self._path(digest)
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700)
            _sync(self.folder)
        unfinished = path.with_suffix(UNFINISHED)
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.replace(path)
        _sync(path.parent)
        return key_of(sealed)

    def read(self, digest: str) -> bytes:
        """Raises SealBroken, also where the file is missing."""
        try:
            sealed = self._path(digest).read_bytes()
        except OSError as error:
            raise SealBroken from error
        return self._vault.open(sealed, place(digest))

    def has(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def remove(self, digests: Iterable[str]) -> None:
        """Only under `locked`."""
        for digest in digests:
            self._path(digest).unlink(missing_ok=True)

    def sweep(self, known: frozenset[str]) -> int:
        """Remove files that no row names, and unfinished ones; how many. Only under `locked`."""
        strays = [path for path in self.folder.glob("??/*") if path.name not in known]
        for path in strays:
            path.unlink()
        return len(strays)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def place(digest: str) -> str:
    """What an attachment's seal is bound to."""
    return f"attachment/content/{digest}"


def put(sql: sqlite3.Connection, attachment: Attachment) -> None:
    """A new attachment, or one that was sent again: it expires later then, and one in use stays so."""
    sql.execute(
        "INSERT INTO attachment (digest, media_type, bytes, pages, key, at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (digest) DO UPDATE SET key = excluded.key, expires_at = CASE"
        f" WHEN {NAMED} THEN NULL ELSE excluded.expires_at END",
        (
            attachment.digest,
            attachment.media_type,
            attachment.bytes,
            attachment.pages,
            attachment.key,
            to_text(attachment.at),
            maybe_to_text(attachment.expires_at),
        ),
    )


def get(sql: sqlite3.Connection, digest: str) -> Attachment | None:
    row = sql.execute(
        "SELECT digest, media_type, bytes, pages, key, at, expires_at FROM attachment WHERE digest = ?", (digest,)
    ).fetchone()
    if row is None:
        return None
    return Attachment(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]), maybe_from_text(row[6]))


def use(sql: sqlite3.Connection, digest: str) -> None:
    """A dossier names it now: it no longer expires."""
    sql.execute("UPDATE attachment SET expires_at = NULL WHERE digest = ?", (digest,))


def let_go(sql: sqlite3.Connection, digests: Iterable[str], until: datetime) -> None:
    """Those of them that are no longer named expire `until` then."""
    sql.executemany(
        f"UPDATE attachment SET expires_at = ? WHERE digest = ? AND NOT {NAMED}",
        [(to_text(until), digest) for digest in digests],
    )


def any_unused(sql: sqlite3.Connection) -> bool:
    """Whether anything was named once and is no longer."""
    found = sql.execute(f"SELECT EXISTS (SELECT 1 FROM attachment WHERE expires_at IS NULL AND NOT {NAMED})")
    return bool(found.fetchone()[0])


def expired(sql: sqlite3.Connection, now: datetime) -> bool:
    """Whether anything is to go."""
    found = sql.execute("SELECT EXISTS (SELECT 1 FROM attachment WHERE expires_at < ?)", (to_text(now),)).fetchone()
    return bool(found[0])


def take_expired(sql: sqlite3.Connection, now: datetime) -> list[str]:
    """Drop the rows of what nobody named in time; their files are to be removed after the commit."""
    rows = sql.execute("DELETE FROM attachment WHERE expires_at < ? RETURNING digest", (to_text(now),)).fetchall()
    return [digest for (digest,) in rows]


def take_unused(sql: sqlite3.Connection) -> list[str]:
    """Drop the rows of what was named once and is no longer; their files are to be removed after the commit."""
    rows = sql.execute(f"DELETE FROM attachment WHERE expires_at IS NULL AND NOT {NAMED} RETURNING digest").fetchall()
    return [digest for (digest,) in rows]


def named_by_nobody(sql: sqlite3.Connection) -> list[str]:
    """Kept for good, and needed by nobody."""
    rows = sql.execute(f"SELECT digest FROM attachment WHERE expires_at IS NULL AND NOT {NAMED}")
    return [digest for (digest,) in rows]


def known(sql: sqlite3.Connection) -> frozenset[str]:
    return frozenset(digest for (digest,) in sql.execute("SELECT digest FROM attachment"))


def sealed_under_others(sql: sqlite3.Connection, key: str) -> list[str]:
    """Attachments that another key than `key` sealed."""
    rows = sql.execute("SELECT digest FROM attachment WHERE key <> ? ORDER BY digest", (key,))
    return [digest for (digest,) in rows]


def note_key(sql: sqlite3.Connection, digest: str, key: str) -> None:
    sql.execute("UPDATE attachment SET key = ? WHERE digest = ?", (key, digest))


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
