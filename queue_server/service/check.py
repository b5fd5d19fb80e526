"""Proves a hall's database sound: the file, the references, the numbers, the claims, and every ticket's history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from queue_server.domain.errors import IllegalTransition
from queue_server.domain.ticket import replay
from queue_server.store import events, soundness, tickets


def check(sql: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, one sentence each; nothing at all when the database is sound."""
    yield from soundness.file_faults(sql)
    yield from soundness.number_faults(sql)
    yield from soundness.claim_faults(sql)
    yield from soundness.key_faults(sql)
    yield from _history_faults(sql)


def _history_faults(sql: sqlite3.Connection) -> Iterator[str]:
    told: set[int] = set()
    for ticket_id, history in groupby(events.of_all_tickets(sql), key=lambda pair: pair[0]):
        told.add(ticket_id)
        stored = tickets.get(sql, ticket_id)
        try:
            rebuilt = replay(stored.id, stored.number, stored.day, (e for _, e in history))
        except (IllegalTransition, KeyError, ValueError) as error:
            yield f"ticket {stored.number} of {stored.day}: its history is impossible: {error}"
            continue
        if rebuilt != stored:
            yield f"ticket {stored.number} of {stored.day}: its row does not follow from its history"
    for ticket_id in soundness.ticket_ids(sql):
        if ticket_id not in told:
            yield f"ticket id {ticket_id} has no history"
