"""Who an actor of the log is, for people to read: a clerk by the full name of the account, a kiosk by its name in the
hall's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.contract import Role
from queue_server.domain.hall import Hall
from queue_server.domain.text import Language, LocalText
from queue_server.store import access

from .principal import account_actor, device_actor

KIOSK = LocalText("kiosk", "the kiosk")
"""One that the hall's file does not name: its sign-in name says nothing to a citizen."""


@dataclass(frozen=True, slots=True)
class People:
    """`names`: full names by actor; `kiosks`: those devices that are kiosks, by actor, as the hall calls them."""

    names: Mapping[str, str]
    kiosks: Mapping[str, LocalText]

    def name(self, actor: str, language: str = Language.VI) -> str:
        """Whoever has no full name is called by the sign-in name."""
        kiosk = self.kiosks.get(actor)
        if kiosk is not None:
            return kiosk.en if language == Language.EN else kiosk.vi
        return self.names.get(actor) or actor.partition(":")[2] or actor

    def for_staff(self, actor: str, language: str) -> str:
        """As `name`, but a kiosk that the hall's file does not name is called by its device."""
        unnamed = self.kiosks.get(actor) is KIOSK
        return actor.partition(":")[2] if unnamed else self.name(actor, language)

    def is_kiosk(self, actor: str) -> bool:
        return actor in self.kiosks


def people(sql: sqlite3.Connection, hall: Hall) -> People:
    kiosks = {device.name for device in access.devices(sql) if device.role == Role.KIOSK} | set(hall.kiosk.names)
    return People(
        {account_actor(each.name): each.full_name for each in access.accounts(sql) if each.full_name},
        {device_actor(name): hall.kiosk.names.get(name, KIOSK) for name in kiosks},
    )


def full_name(sql: sqlite3.Connection, actor: str) -> str:
    """Of one; whoever has none is called by the sign-in name."""
    name = actor.partition(":")[2] or actor
    account = access.account(sql, name) if actor == account_actor(name) else None
    return (account.full_name if account else "") or name
