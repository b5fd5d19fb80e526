"""Which papers the hall holds for an owner already, so that nobody is asked for the same paper twice."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from queue_server import contract
from queue_server.contract import HeldRequest, Role
from queue_server.domain.hall import Hall
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import dossier_papers

from .registry import Registry


def held_papers(
    sql: sqlite3.Connection, hall: Hall, registry: Registry, who: Principal, request: HeldRequest, now: datetime
) -> contract.HeldReply:
    """Still valid today, in the order asked; content and dossier are not told. Raises Forbidden, TooManyLookups."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    owner_keys = registry.owner_keys(request.owner.id, request.owner.birth_date)
    today = now.astimezone(hall.zone).date()
    found = dossier_papers.held(sql, owner_keys, request.types, today)
    return contract.HeldReply(
        papers=tuple(
            contract.HeldPaper(type=kind, digitised_on=found[kind].digitised_on, valid_until=found[kind].valid_until)
            for kind in dict.fromkeys(request.types)
            if kind in found
        )
    )
