"""Notes who looked at what is personal; while the disk takes nothing, the notes wait in memory and reading goes on."""

from __future__ import annotations

import logging
from datetime import datetime

from queue_server.domain.ids import Actor
from queue_server.service.principal import Principal
from queue_server.store import personal_audit
from queue_server.store.database import Database, StoreUnavailable, Tx

log = logging.getLogger(__name__)
MOST_WAITING = 1000
"""Beyond that nobody looks at anything until the disk takes the notes: nothing is read without one."""
Look = tuple[Actor, str, tuple[int, ...], bool]


class Looks:
    """The notes that wait: each once, with the time of the first look."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._most_waiting = most_waiting
        self._waiting: dict[Look, datetime] = {}

    async def note(self, db: Database, who: Principal, what: str, ident: int, now: datetime) -> None:
        """One dossier. Raises StoreUnavailable where too many notes wait."""
        await self._write(db, {(who.actor, what, (ident,), False): now})

    async def note_many(self, db: Database, who: Principal, what: str, idents: tuple[int, ...], now: datetime) -> None:
        """One line for a page that names many: how many, and which. Raises StoreUnavailable as `note` does."""
        if idents:
            await self._write(db, {(who.actor, what, idents, True): now})

    async def catch_up(self, db: Database) -> None:
        """Write what waits, if the disk takes it by now."""
        if self._waiting:
            await self._write(db, {})

    async def _write(self, db: Database, new: dict[Look, datetime]) -> None:
        looks, self._waiting = {**new, **self._waiting}, {}
        try:
            await db.write(lambda tx: _all_of(tx, looks))
        except StoreUnavailable:
            self._waiting = {**self._waiting, **looks}
            log.error("looks at dossiers could not be noted: %d wait for the disk", len(self._waiting))
            if len(self._waiting) > self._most_waiting:
                raise
        except BaseException:
            # Whoever asked went away: rather noted twice than not at all.
            self._waiting = {**self._waiting, **looks}
            raise


def _all_of(tx: Tx, looks: dict[Look, datetime]) -> None:
    for (actor, what, idents, many), at in sorted(looks.items(), key=lambda each: each[1]):
        if many:
            which = " ".join(str(ident) for ident in idents)
            personal_audit.note(tx.sql, at, actor, what, count=len(idents), dossiers=which)
        else:
            personal_audit.note(tx.sql, at, actor, what, idents[0])
