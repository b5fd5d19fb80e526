"""`motcua check`: says whether a hall's database is sound, and what is wrong when it is not."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from queue_server.service.check import check
from queue_server.service.dossiers.soundness import file_faults
from queue_server.store.database import FILE, connect
from queue_server.store.migrations import as_newest


def main(argv: list[str]) -> int:
    """0 when sound, 1 with every fault on a line of its own, 2 when there is nothing to check."""
    parser = argparse.ArgumentParser(prog="motcua check", description="Prove the database sound.")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's folder")
    path = parser.parse_args(argv).data / FILE
    if not path.is_file():
        sys.stderr.write(f"there is no database at {path}\n")
        return 2
    try:
        sql = connect(path, read_only=True)
        sql.execute("BEGIN")
    except sqlite3.OperationalError as error:
        sys.stderr.write(f"{path} cannot be opened: {error}\n")
        return 2
    try:
        # The night's check may meet a file that the server has not yet brought up to date.
        with closing(as_newest(sql)) as hall:
            faults = [*check(hall), *file_faults(hall, path.parent)]
            (tickets,) = hall.execute("SELECT COUNT(*) FROM ticket").fetchone()
            (events,) = hall.execute("SELECT COUNT(*) FROM event").fetchone()
    except sqlite3.DatabaseError as error:
        faults, tickets, events = [f"file: {error}"], 0, 0
    finally:
        sql.close()
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{tickets} tickets, {events} events: {'NOT SOUND' if faults else 'sound'}\n")
    return 1 if faults else 0
