"""A new key: everything is sealed anew with it, in small steps, and a step that was cut off is simply taken again.

The old key stays in the file, as backups still need it, until it is forgotten on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from queue_server.domain.ids import Actor
from queue_server.store import attachments, personal_audit, sealed
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.database import Database, Tx
from queue_server.store.key_file import write_keys
from queue_server.store.vault import SealBroken, Vault

BATCH = 100
ROTATED = "keys-rotated"
FORGOTTEN = "keys-forgotten"


@dataclass(frozen=True, slots=True)
class Rotation:
    """`key`: the id of the one that seals from now on; `resumed`: an earlier rotation was finished, no new key made;
    `broken`: what could not be opened, by its dossier's code or its digest, and stays sealed as it was."""

    key: str
    resumed: bool
    sealed_anew: int
    broken: tuple[str, ...]


def rotate(
    db: Database, vault: Vault, files: AttachmentFiles, by: Actor, now: datetime, each: Callable[[int], None]
) -> Rotation:
    """Make a new key and seal everything with it; where an earlier rotation was cut off, finish that one instead. What
    cannot be opened holds nothing up. `each` hears how many pieces are done. Blocking. Raises KeyFileError."""
    resumed = _behind(db, vault)
    done, broken = _all_anew(db, vault, files, each) if resumed else (0, ())
    if not done:
        resumed = False
        # Alone with the database and the files: nobody may mark with one key and seal with another meanwhile.
        with files.locked():
            db.submit(lambda tx: write_keys(vault.path, vault.keys.rotated(now))).result()
        done, broken = _all_anew(db, vault, files, each)
    key = vault.keys.sealing.id
    db.submit(lambda tx: personal_audit.note(tx.sql, now, by, ROTATED, key=key, count=done)).result()
    return Rotation(key, resumed, done, broken)


def _all_anew(
    db: Database, vault: Vault, files: AttachmentFiles, each: Callable[[int], None]
) -> tuple[int, tuple[str, ...]]:
    """Seal everything with the newest key; how many pieces were, and which could not be opened."""
    done = 0
    pieces, papers = set[str](), set[str]()
    while step := _step(pieces, lambda: db.submit(lambda tx: sealed.seal_anew(tx.sql, vault, BATCH, pieces)).result()):
        done += step[0]
        each(done)
    while step := _step(papers, lambda: _files_anew(db, vault, files, papers)):
        done += step[0]
        each(done)
    codes = db.submit(lambda tx: {sealed.code_of(tx.sql, where) for where in pieces}).result()
    return done, (*sorted(codes), *(f"{digest[:12]}…" for digest in sorted(papers)))


def _step(broken: set[str], work: Callable[[], int]) -> tuple[int] | None:
    """How many pieces `work` did; None where it found nothing more to do, not even something broken."""
    before = len(broken)
    done = work()
    return (done,) if done or len(broken) > before else None


def forget(db: Database, vault: Vault, files: AttachmentFiles, by: Actor, now: datetime) -> tuple[str, ...]:
    """Drop older keys that sealed nothing of what is kept; their ids. Backups from their time can no longer be read.
    Raises KeyFileError."""

    def work(tx: Tx) -> tuple[str, ...]:
        in_use = sealed.keys_in_use(tx.sql)
        unused = tuple(key.id for key in vault.keys.older if key.id not in in_use)
        if unused:
            write_keys(vault.path, vault.keys.without(frozenset(unused)))
            personal_audit.note(tx.sql, now, by, FORGOTTEN, keys=" ".join(unused))
        return unused

    with files.locked():
        return db.submit(work).result()


def _behind(db: Database, vault: Vault) -> bool:
    """Whether something is sealed with an older key."""
    key = vault.keys.sealing.id
    return bool(db.submit(lambda tx: sealed.keys_in_use(tx.sql) - {key}).result())


def _files_anew(db: Database, vault: Vault, files: AttachmentFiles, broken: set[str]) -> int:
    key = vault.keys.sealing.id
    with files.locked():
        digests = db.submit(lambda tx: attachments.sealed_under_others(tx.sql, key)).result()
        written: list[tuple[str, str]] = []
        for digest in islice((each for each in digests if each not in broken), BATCH):
            try:
                written.append((digest, files.write(digest, files.read(digest))))
            except SealBroken:
                broken.add(digest)

        def note(tx: Tx) -> None:
            for digest, by_key in written:
                attachments.note_key(tx.sql, digest, by_key)

        db.submit(note).result()
    return len(written)
