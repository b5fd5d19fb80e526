"""The hall's story as its database tells it, read beside the running server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Event:
    """One line of the log; `number` is the ticket's, None where only a counter is concerned."""

    id: int
    number: str | None
    kind: str
    actor: str
    at: datetime
    counter: int | None
    why: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of a ticket. `waited_s`: from the touch to the first call, None if there was none."""

    number: str
    service: str
    priority: str | None
    state: str
    counter: int | None
    waited_s: float | None
    rating: str | None
    story: tuple[str, ...]


def event_log(data: Path) -> list[Event]:
    """All events, oldest first."""
    with _database(data) as sql:
        rows = sql.execute(
            "SELECT event.id, ticket.number, kind, actor, at, event.counter, why, data"
            " FROM event LEFT JOIN ticket ON ticket.id = event.ticket ORDER BY event.id"
        ).fetchall()
    return [
        Event(key, number, kind, actor, datetime.fromisoformat(at), counter, why, json.loads(values))
        for key, number, kind, actor, at, counter, why, values in rows
    ]


def outcomes(data: Path) -> list[Outcome]:
    """Every ticket with its story, in the order in which they were taken."""
    events = event_log(data)
    with _database(data) as sql:
        rows = sql.execute("SELECT number, service, priority, state, rating FROM ticket ORDER BY id").fetchall()
    found = []
    for number, service, priority, state, rating in rows:
        own = [event for event in events if event.number == number]
        calls = [event for event in own if event.kind == "called"]
        waited = (calls[0].at - own[0].at).total_seconds() if calls else None
        counter = calls[-1].counter if calls else None
        story = tuple(event.kind for event in own)
        found.append(Outcome(number, service, priority, state, counter, waited, rating, story))
    return found


@contextmanager
def _database(data: Path) -> Iterator[sqlite3.Connection]:
    address = f"{(data / 'motcua.db').absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=10)) as sql:
        yield sql
