"""A person at a kiosk calls for help, and somebody goes there."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from queue_server import contract
from queue_server.contract import HelpRequest, Role
from queue_server.domain.errors import HallError
from queue_server.domain.ids import Actor
from queue_server.domain.text import N_
from queue_server.store import help_calls as store
from queue_server.store.database import Tx

from .people import full_name
from .principal import AT_COUNTERS, Principal

GIVEN_UP = timedelta(minutes=30)
"""Whoever called so long ago stands there no more."""
SHOWN = timedelta(minutes=1)
"""So long all see who is on the way; at the kiosk, too."""
KEPT = timedelta(days=30)
SYSTEM = Actor("system")


class HelpUnknown(HallError):
    code = "help-unknown"
    message = N_("There is no such call for help.")
    action = N_("Reload the page to see who needs help now.")


def call(tx: Tx, who: Principal, wanted: HelpRequest, now: datetime) -> contract.HelpCall:
    """Call for help at this kiosk; while nobody has answered, calling again is the same call. Raises Forbidden."""
    who.need(Role.KIOSK)
    standing = store.open_of(tx.sql, who.name)
    if standing is not None and _is_alive(standing, now):
        return _wire(tx.sql, standing)
    if standing is not None:
        store.answer(tx.sql, standing.id, SYSTEM, now)
    called = store.add(tx.sql, who.name, wanted.screen, now)
    tx.nudge("help", called.id)
    return _wire(tx.sql, called)


def answer(tx: Tx, who: Principal, ident: int, now: datetime) -> contract.HelpCall:
    """“I'm coming”: the first to say so is named, and later ones are told who it is. Raises Forbidden, HelpUnknown."""
    who.need(*AT_COUNTERS)
    standing = store.get(tx.sql, ident)
    if standing is None:
        raise HelpUnknown
    if standing.answered_at is None:
        store.answer(tx.sql, ident, who.actor, now)
        tx.nudge("help", ident)
    answered = store.get(tx.sql, ident)
    assert answered is not None
    return _wire(tx.sql, answered)


def calls(sql: sqlite3.Connection, who: Principal, now: datetime) -> contract.HelpReply:
    """Calls that nobody has answered, and those just answered; a kiosk is told of its own. Raises Forbidden."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    own = who.name if who.role is Role.KIOSK else None
    return contract.HelpReply(
        calls=tuple(_wire(sql, each) for each in standing(sql, now) if own in (None, each.device))
    )


def standing(sql: sqlite3.Connection, now: datetime) -> list[store.Call]:
    """The calls that are not over, oldest first."""
    waiting = [each for each in store.unanswered(sql) if _is_alive(each, now)]
    answered = [each for each in store.answered_since(sql, now - SHOWN) if each.answered_by != SYSTEM]
    return sorted((*waiting, *answered), key=lambda each: each.id)


def forget(tx: Tx, now: datetime) -> None:
    store.forget(tx.sql, now - KEPT)


def _is_alive(standing: store.Call, now: datetime) -> bool:
    return now - standing.called_at < GIVEN_UP


def _wire(sql: sqlite3.Connection, call: store.Call) -> contract.HelpCall:
    return contract.HelpCall(
        id=call.id,
        device=call.device,
        screen=call.screen,
        called_at=call.called_at,
        answered_at=call.answered_at,
        answered_by=None if call.answered_by is None else full_name(sql, call.answered_by),
    )
