"""Attachments come in, are looked at, sealed and kept; those that no dossier names in time go again."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from queue_server.contract import Role
from queue_server.domain.dossiers.retention import UPLOAD
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import attachments
from queue_server.store.attachments import Attachment, AttachmentFiles
from queue_server.store.database import Database, StoreUnavailable, Tx

from .errors import DigestDiffers
from .screening import screen

log = logging.getLogger(__name__)


def take_in(
    db: Database, files: AttachmentFiles, who: Principal, digest: str, media_type: str, content: bytes, now: datetime
) -> Attachment:
    """Keep `content` for an hour, or for good once a dossier names it; the same again changes nothing but the hour.

    Blocking: not for the event loop. Raises Forbidden, DigestDiffers, StoreUnavailable and what `screen`
    raises."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), digest):
        raise DigestDiffers
    if db.reserve.given_up:
        raise StoreUnavailable  # the last room is for calling people
    sound = screen(content, media_type)
    with _on_disk(), files.locked():
        key = files.write(digest, content)
        attachment = Attachment(digest, sound.media_type, len(content), sound.pages, key, now, now + UPLOAD)
        db.submit(lambda tx: attachments.put(tx.sql, attachment)).result()
    return attachment


@contextmanager
def _on_disk() -> Iterator[None]:
    """Raises StoreUnavailable where the disk is full or broken."""
    try:
        yield
    except OSError as error:
        log.error("an attachment could not be written: %s", error.strerror)
        raise StoreUnavailable from error


def remove(db: Database, files: AttachmentFiles, take: Callable[[Tx], list[str]]) -> int:
    """Drop the rows that `take` takes, then their files; how many. Blocking: not for the event loop."""
    with files.locked():
        taken = db.submit(take).result()
        files.remove(taken)
    return len(taken)


def forget_expired(db: Database, files: AttachmentFiles, now: datetime) -> int:
    """Remove what nobody named within the hour. Blocking."""
    if not db.submit(lambda tx: attachments.expired(tx.sql, now)).result():
        return 0
    return remove(db, files, lambda tx: attachments.take_expired(tx.sql, now))


def sweep(db: Database, files: AttachmentFiles) -> int:
    """Remove files without a row, as a power cut leaves them. Blocking."""
    if not files.folder.is_dir():
        return 0
    with files.locked():
        return files.sweep(db.submit(lambda tx: attachments.known(tx.sql)).result())
