"""Proves a hall's database sound: the file, the references, the numbers, the claims, and every ticket's history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from queue_server.domain.errors import AdviceAnswered, HallError
from queue_server.domain.fate import Fate, follow
from queue_server.domain.ticket import replay
from queue_server.store import advice, events, soundness, tickets

from .dossiers.soundness import dossier_faults


def check(sql: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, one sentence each; nothing at all when the database is sound."""
    yield from soundness.file_faults(sql)
    yield from soundness.number_faults(sql)
    yield from soundness.claim_faults(sql)
    yield from soundness.key_faults(sql)
    yield from _history_faults(sql)
    yield from _advice_faults(sql)
    yield from dossier_faults(sql)


def _advice_faults(sql: sqlite3.Connection) -> Iterator[str]:
    for ident, answers in advice.histories(sql):
        fate = Fate.OFFERED
        try:
            for answer in answers:
                fate = follow(fate, answer)
        except AdviceAnswered:
            yield f"advice id {ident}: {answer} cannot follow {fate}"


def _history_faults(sql: sqlite3.Connection) -> Iterator[str]:
    for ticket_id in soundness.ticket_ids(sql):
        try:
            stored = tickets.get(sql, ticket_id)
        except ValueError as error:
            yield f"ticket id {ticket_id} cannot be read: {error}"
            continue
        name = f"ticket {stored.number} of {stored.day}"
        try:
            history = events.of_ticket(sql, ticket_id)
            rebuilt = replay(stored.id, stored.number, stored.day, history) if history else None
        except (HallError, KeyError, TypeError, ValueError) as error:
            yield f"{name}: its history is impossible: {error}"
            continue
        if rebuilt is None:
            yield f"{name} has no history"
        elif rebuilt != stored:
            yield f"{name}: its row does not follow from its history"
