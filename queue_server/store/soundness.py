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
    """Numbers given twice, missing from the day's sequence, or not those of their place in it."""
    for day, number, times in sql.execute(
        "SELECT day, number, COUNT(*) FROM ticket GROUP BY day, number HAVING COUNT(*) > 1"
    ):
        yield f"number {number} of {day} was given {times} times"
    for day, prefix, count, different, low, high, first, last in sql.execute(
        "SELECT t.day, t.prefix, COUNT(*), COUNT(DISTINCT t.sequence), MIN(t.sequence), MAX(t.sequence),"
        " s.first, s.last"
        " FROM ticket t LEFT JOIN sequence s ON s.day = t.day AND s.prefix = t.prefix GROUP BY t.day, t.prefix"
    ):
        if not count == different == high - low + 1:
            yield f"numbers of prefix “{prefix}” on {day}: {count} tickets, {different} numbers from {low} to {high}"
        if (first, last) != (low, high):
            yield f"sequence of prefix “{prefix}” on {day} is {first} to {last}, its tickets are {low} to {high}"
    for day, prefix in sql.execute("SELECT day, prefix FROM sequence EXCEPT SELECT day, prefix FROM ticket"):
        yield f"sequence of prefix “{prefix}” on {day} has no tickets"
    for number, day, prefix, sequence in sql.execute(
        "SELECT number, day, prefix, sequence FROM ticket WHERE number NOT LIKE prefix || '%' || sequence"
    ):
        yield f"ticket {number} of {day} should bear number {sequence} of prefix “{prefix}”"


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
