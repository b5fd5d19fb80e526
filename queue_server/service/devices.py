"""Devices say how they are, so that the technician sees a printer without paper before the citizens do."""

from __future__ import annotations

from datetime import datetime

from queue_server.contract import DeviceReport, Role
from queue_server.store import access
from queue_server.store.database import Tx

from .errors import Forbidden
from .principal import Principal


def report(tx: Tx, who: Principal, said: DeviceReport, now: datetime) -> None:
    """Keep the newest word of each part of a device. Raises Forbidden for people."""
    who.need(Role.KIOSK, Role.BOARD, Role.AGENT)
    if who.device_id is None:
        raise Forbidden(role=who.role)
    for part in said.parts:
        access.put_report(tx.sql, who.device_id, part.part, part.state, part.detail, now)
    tx.nudge("device", who.device_id)
