"""Keeps an eye on the machines: calls silent what is not heard from, and says once what has long been out of order."""

from __future__ import annotations

import logging
from datetime import datetime

from hardware.health import State
from queue_server.domain.hall import Hall
from queue_server.store import devices as store
from queue_server.store.database import Database

from .device_views import parts_view
from .devices import Heard, call_silent, overdue
from .nudges import Hub

log = logging.getLogger(__name__)


class DeviceWatch:
    """`alerts`: the machines and parts that were out of order for too long at the last look."""

    def __init__(self) -> None:
        self.alerts: frozenset[tuple[str, str]] = frozenset()
        self._doubled: frozenset[str] = frozenset()

    async def look(self, db: Database, hub: Hub, hall: Hall, heard: Heard, now: datetime) -> None:
        """Look at the machines once; a change is nudged."""
        after_s = hall.devices.silent_after_s
        since = heard.listening(now)
        if await db.read(lambda sql: overdue(sql, heard, since, after_s, now)):
            await db.write(lambda tx: call_silent(tx, heard, since, after_s, now))
        views = await db.read(lambda sql: parts_view(sql, hall, heard, now))
        doubled = frozenset(view.name for view in views if view.state == State.DOUBLED)
        for name in sorted(doubled - self._doubled):
            log.warning("%s: two machines or programs report with this token", name)
        self._doubled = doubled
        standing = {(view.name, view.part): view for view in views if view.alert}
        for key in sorted(standing.keys() - self.alerts):
            view = standing[key]
            log.warning("device alert: %s, %s: %s since %s", view.name, view.part, view.state, view.since.isoformat())
        for name, part in sorted(self.alerts - standing.keys()):
            log.info("device alert over: %s, %s", name, part)
        if standing.keys() != self.alerts:
            ids = {machine.name: machine.id for machine in await db.read(store.machines)}
            changed = {name for name, _ in standing.keys() ^ self.alerts}
            hub.publish([("device", ids.get(name, 0)) for name in sorted(changed)])
        self.alerts = frozenset(standing)
