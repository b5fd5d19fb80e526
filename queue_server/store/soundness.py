"""Questions to the database whose every answer is a fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def file_faults(sql: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file and its references."""
    for (line,) in sql.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    for table, row, parent, _ in sql.execute("PRAGMA foreign_key_check"):
        yield f"reference: {table} row {row} points to a missing {parent}"


def number_faults(sql: sqlite3.Connection) -> Iterator[str]:
    """Numbers given twice, or missing from the day's sequence."""
    for day, number, times in sql.execute(
        "SELECT day, number, COUNT(*) FROM ticket GROUP BY day, number HAVING COUNT(*) > 1"
    ):
        yield f"number {number} of {day} was given {times} times"
    for day, prefix, count, low, high in sql.execute(
        "SELECT day, prefix, COUNT(*), MIN(sequence), MAX(sequence) FROM ticket GROUP BY day, prefix"
        " HAVING COUNT(*) <> MAX(sequence) - MIN(sequence) + 1"
    ):
        yield f"numbers of prefix “{prefix}” on {day}: {count} tickets between {low} and {high}"
    for day, prefix, last, high in sql.execute(
        "SELECT s.day, s.prefix, s.last, MAX(t.sequence) FROM sequence s"
        " LEFT JOIN ticket t ON t.day = s.day AND t.prefix = s.prefix"
        " GROUP BY s.day, s.prefix HAVING MAX(t.sequence) IS NOT s.last"
    ):
        yield f"sequence of prefix “{prefix}” on {day} stands at {last}, its last ticket at {high}"


def claim_faults(sql: sqlite3.Connection) -> Iterator[str]:
    """Counters with more than one ticket, and tickets called without a counter."""
    for counter, times in sql.execute(
        "SELECT counter, COUNT(*) FROM ticket WHERE state IN ('called', 'serving') GROUP BY counter HAVING COUNT(*) > 1"
    ):
        yield f"counter {counter} has {times} tickets at once"
    for (number,) in sql.execute("SELECT number FROM ticket WHERE state IN ('called', 'serving') AND counter IS NULL"):
        yield f"ticket {number} is called to no counter"


def key_faults(sql: sqlite3.Connection) -> Iterator[str]:
    """Tickets that two request keys claim to have issued."""
    for ticket, times in sql.execute(
        "SELECT ticket, COUNT(*) FROM idempotency WHERE ticket IS NOT NULL AND request NOT LIKE 'next %'"
        " GROUP BY ticket HAVING COUNT(*) > 1"
    ):
        yield f"ticket id {ticket} was issued for {times} request keys"


def ticket_ids(sql: sqlite3.Connection) -> list[int]:
    return [row[0] for row in sql.execute("SELECT id FROM ticket")]
