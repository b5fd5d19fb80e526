"""What must never happen is forbidden by the database itself, whatever the software above does."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sysconfig
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from queue_server.service.check import check
from queue_server.store import devices
from queue_server.store.database import Database, connect
from queue_server.store.migrations import STEPS, SchemaTooNew, applied, migrate

SCRIPTS = Path(sysconfig.get_path("scripts"))
TICKET = (
    "INSERT INTO ticket (day, prefix, sequence, number, service, state, issued_at, queued_at, track_token, counter,"
    " called_at, rating) VALUES ('2026-11-23', 'A', :sequence, :number, 'copy', :state, 't', 't', :token, :counter,"
    " :at, :rating)"
)


@pytest.fixture
def sql(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with the schema and one called, one finished ticket, one event."""
    with closing(connect(tmp_path / "motcua.db")) as opened:
        migrate(opened)
        put(opened, 1, state="called", counter=2, at="t")
        put(opened, 2, state="finished", counter=2, at="t")
        opened.execute("INSERT INTO event (ticket, at, actor, kind) VALUES (1, 't', 'user:lan', 'issued')")
        yield opened


def put(sql: sqlite3.Connection, sequence: int, **changed: Any) -> None:
    values = {
        "sequence": sequence,
        "number": f"A-00{sequence}",
        "state": "waiting",
        "token": f"token-{sequence}",
        "counter": None,
        "at": None,
        "rating": None,
    }
    sql.execute(TICKET, {**values, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "A-001"},
        {"sequence": 1},
        {"token": "token-1"},
        {"state": "called", "counter": 2, "at": "t"},
        {"state": "serving", "counter": 2, "at": "t"},
        {"state": "called"},
        {"state": "serving", "counter": 3},
        {"state": "resting"},
        {"rating": "good"},
        {"sequence": "three"},
    ],
    ids=[
        "number twice",
        "sequence twice",
        "address twice",
        "counter already called",
        "counter already serving",
        "called to no counter",
        "serving never called",
        "unknown state",
        "rated before it is finished",
        "text where a number belongs",
    ],
)
def test_a_ticket_that_must_not_be_is_refused(sql: sqlite3.Connection, changed: dict[str, Any]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        put(sql, **{"sequence": 3, **changed})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'user:minh'",
        "UPDATE event SET data = '{}'",
        "INSERT INTO event (at, actor, kind) VALUES ('t', 'user:lan', 'issued')",
        "INSERT INTO event (ticket, at, actor, kind) VALUES (99, 't', 'user:lan', 'issued')",
        "INSERT INTO event (ticket, at, actor, kind, data) VALUES (1, 't', 'user:lan', 'issued', 'no json')",
        "DELETE FROM ticket WHERE id = 1",
        "UPDATE ticket SET number = 'A-001' WHERE id = 2",
        "UPDATE ticket SET state = 'serving' WHERE id = 2",
        "UPDATE ticket SET state = 'waiting', rating = 'good' WHERE id = 2",
        "INSERT INTO counter (id, state, touched_at) VALUES (1, 'open', 't')",
        "INSERT INTO counter (id, state, holder, touched_at) VALUES (1, 'closed', 'user:lan', 't')",
        "INSERT INTO idempotency VALUES ('a', 'k', 'r', 99, 't', NULL)",
        "INSERT INTO idempotency VALUES ('a', 'k', 'r', 1, 't', 'no json')",
        "INSERT INTO device_part VALUES (99, 'p', 'printer', NULL, 'ready', '', 't', NULL, 't', NULL, NULL, NULL, 1)",
        "INSERT INTO account (name, role, password_hash, created_at) VALUES ('lan', 'kiosk', 'x', 't')",
        "INSERT INTO device (name, role, token_hash, created_at) VALUES ('lan', 'king', 'x', 't')",
        "INSERT INTO session VALUES ('h', NULL, NULL, 'c', 't', 't')",
    ],
)
def test_what_must_never_happen_is_refused_by_the_database(sql: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        sql.execute(statement)


def test_every_table_is_strict(sql: sqlite3.Connection) -> None:
    tables = sql.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    loose = {name for name, strict in tables if not strict and not name.startswith(("sqlite_", "_sqlite_"))}
    assert loose == set()


def test_the_steps_are_those_that_the_version_knows(sql: sqlite3.Connection) -> None:
    assert applied(sql) == STEPS


def test_sqlite_utils_reads_which_steps_a_file_has_and_files_that_it_made_are_known(tmp_path: Path) -> None:
    """Halls have files whose steps were kept by that library, which technicians also use to look at them."""
    with closing(connect(tmp_path / "ours.db")) as sql:
        migrate(sql)
        library = sqlite_utils.Migrations("motcua")
        assert {step.name for step in library.applied(sqlite_utils.Database(sql))} == STEPS
    with closing(connect(tmp_path / "theirs.db")) as sql:
        migrate(sql, before="0002_dispatch")
        sql.execute("DROP TABLE _sqlite_migrations")
        library(name="0001_hall")(lambda db: None)
        library.apply(sqlite_utils.Database(sql))
        migrate(sql)
        assert applied(sql) == STEPS
        assert sql.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone() == (len(STEPS),)


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "motcua.db")) as sql:
        migrate(sql, before="0008_appointments")
        sql.execute("CREATE TABLE appointment (id INTEGER)")  # the step makes help_call before it stumbles over this
        with pytest.raises(sqlite3.OperationalError, match="appointment"):
            migrate(sql)
        assert sql.execute("SELECT 1 FROM sqlite_master WHERE name = 'help_call'").fetchone() is None
        assert applied(sql) == {step for step in STEPS if step < "0008"}


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    schemas = []
    for _ in range(2):
        Database(tmp_path).close()
        with closing(sqlite3.connect(tmp_path / "motcua.db")) as sql:
            schemas.append(sql.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())
    assert schemas[0] == schemas[1]


def test_a_file_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    Database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "motcua.db")) as sql:
        sql.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('motcua', '9999_future', 't')"
        )
        sql.commit()
    with pytest.raises(SchemaTooNew, match="9999_future"):
        Database(tmp_path)


def test_who_stands_aside_when_the_software_is_renewed_has_done_so_since_the_last_call(tmp_path: Path) -> None:
    """A file of the first version, with a ticket parked at its second call, one that is back, and one never called."""
    nine, later, last = (f"2026-11-23T0{hour}:00:00.000000+00:00" for hour in (2, 3, 4))
    park, back = ("called", nine), ("resumed", later)
    histories = {
        "parked": [park, ("parked", nine), back, ("called", later), ("parked", last)],
        "no-show": [park, ("missed", later)],
        "waiting": [park, ("parked", nine), back],
        "cancelled": [park, ("parked", nine), ("cancelled", later)],
    }
    with closing(connect(tmp_path / "motcua.db")) as sql:
        migrate(sql, before="0003_waits")
        for ident, (state, history) in enumerate(histories.items(), 1):
            put(sql, ident, state=state)
            sql.execute("UPDATE ticket SET issued_at = ?, queued_at = ? WHERE id = ?", (nine, nine, ident))
            if state == "cancelled":
                sql.execute("UPDATE ticket SET finished_at = ? WHERE id = ?", (later, ident))
            for kind, at in [("issued", nine), *history]:
                data = {"issued": {"service": "copy"}, "called": {"counter": 2, "waited_s": 0}}.get(kind, {})
                sql.execute(
                    "INSERT INTO event (ticket, at, actor, kind, data) VALUES (?, ?, 'user:lan', ?, ?)",
                    (ident, at, kind, json.dumps(data)),
                )
        sql.execute("INSERT INTO sequence VALUES ('2026-11-23', 'A', 1, 4)")
        migrate(sql)
        rows = sql.execute("SELECT state, aside_since, aside_s FROM ticket ORDER BY id").fetchall()
        assert rows == [("parked", later, 0), ("no-show", nine, 0), ("waiting", None, 0), ("cancelled", None, 0)]
        assert list(check(sql)) == []


def test_what_machines_said_last_is_kept_when_the_software_is_renewed(tmp_path: Path) -> None:
    nine, later = (f"2026-11-23T0{hour}:00:00.000000+00:00" for hour in (2, 3))
    with closing(connect(tmp_path / "motcua.db")) as sql:
        migrate(sql, before="0005_devices")
        for ident, (name, role) in enumerate((("kiosk-1", "kiosk"), ("bang-1", "board"), ("old", "agent")), 1):
            sql.execute("INSERT INTO device VALUES (?, ?, ?, NULL, ?, 't')", (ident, name, role, name))
        for report in ((1, "printer", "paper-out", nine), (1, "kiosk", "ready", later), (2, "voice", "ready", nine)):
            sql.execute("INSERT INTO device_report (device, part, state, detail, at) VALUES (?, ?, ?, '', ?)", report)
        migrate(sql)
        kept = [(each.device, each.part, each.kind, each.state) for each in devices.parts(sql)]
        heard = {machine.name: machine.heard_at for machine in devices.machines(sql)}
    assert kept == [
        (1, "kiosk", "kiosk", "ready"),
        (1, "printer", "printer", "paper-out"),
        (2, "voice", "board", "ready"),
    ]
    assert heard == {"kiosk-1": datetime.fromisoformat(later), "bang-1": datetime.fromisoformat(nine)}


def test_a_step_that_was_cut_off_is_taken_again(tmp_path: Path) -> None:
    """The schema's step is one transaction: a power cut in its middle leaves nothing half done."""
    with closing(connect(tmp_path / "motcua.db")) as sql:
        sql.execute("BEGIN")
        sql.execute("CREATE TABLE sequence (day TEXT)")
        sql.execute("ROLLBACK")
    Database(tmp_path).close()


def test_several_may_open_a_new_folder_at_the_same_time(tmp_path: Path) -> None:
    """As `motcua serve` and `motcua token` do when a hall is set up by a script."""
    together = threading.Barrier(8)

    def open_it(folder: Path) -> None:
        together.wait(30)
        Database(folder).close()

    for turn in range(3):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(open_it, [tmp_path / str(turn)] * 8))


def test_the_file_is_readable_with_sqlite_utils_and_datasette(tmp_path: Path) -> None:
    db = Database(tmp_path)
    path = str(db.path)
    rows = subprocess.run(
        [SCRIPTS / "sqlite-utils", "query", path, "SELECT COUNT(*) AS n FROM ticket"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert json.loads(rows.stdout) == [{"n": 0}], rows.stderr
    page = subprocess.run(
        [SCRIPTS / "datasette", path, "--get", "/motcua/ticket.json"], capture_output=True, text=True, timeout=60
    )
    assert page.returncode == 0, page.stderr
    assert "track_token" in page.stdout
    db.close()
