"""`motcua check` finds each way in which a database can be wrong, and says so in words; it never falls over itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from queue_server import soundness
from queue_server.store.migrations import STEPS, migrate
from tests.queue_server.house import House

Damage = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a hall after a morning: issued, called, served, rated, parked, transferred."""
    folder = tmp_path_factory.mktemp("morning")
    with House(folder) as house:
        kiosk, agent, clerk = house.token("kiosk"), house.token("agent"), house.clerk_at(2)
        tickets = [house.issue(kiosk)["id"] for _ in range(6)]
        house.served(clerk, 2)
        house.act(agent, tickets[0], "rate", {"score": "good"})
        house.call_next(clerk, 2)
        house.act(clerk, tickets[1], "park")
        house.call_next(clerk, 2)
        house.act(clerk, tickets[2], "transfer", {"service": "home"})
        house.call_next(clerk, 2)
        assert house.faults() == []
    return (folder / "motcua.db").read_bytes()


UNLOCK = "DROP TRIGGER event_is_kept"
"""Whoever damages a history on purpose takes its lock off first."""


def run(*statements: str) -> Damage:
    return lambda sql: [sql.execute(statement) for statement in (UNLOCK, *statements)]


def without_constraints(statement: str) -> Damage:
    """Run `statement` as if the ticket table had no unique numbers, claims or checks."""

    def damage(sql: sqlite3.Connection) -> None:
        sql.execute("DROP INDEX ticket_claim")
        (made,) = sql.execute("SELECT sql FROM sqlite_master WHERE name = 'ticket'").fetchone()
        loose = made.replace("UNIQUE (day, prefix, sequence),", "").replace("UNIQUE (day, number),", "")
        columns = loose[loose.index("(") :]
        sql.execute(f"CREATE TABLE loose {columns}")
        sql.execute("INSERT INTO loose SELECT * FROM ticket")
        sql.execute("DROP TABLE ticket")
        sql.execute("ALTER TABLE loose RENAME TO ticket")
        sql.execute("PRAGMA ignore_check_constraints = ON")
        sql.execute(statement)

    return damage


DAMAGES: dict[str, tuple[Damage, str]] = {
    "number given twice": (without_constraints("UPDATE ticket SET number = 'B-001' WHERE id = 2"), "given 2 times"),
    "sequence given twice": (
        without_constraints("UPDATE ticket SET sequence = 1 WHERE id = 2"),
        "numbers of prefix “B”",
    ),
    "two tickets at one counter": (
        without_constraints("UPDATE ticket SET state = 'serving', counter = 2, called_at = issued_at WHERE id = 5"),
        "counter 2 has 2 tickets at once",
    ),
    "called to no counter": (
        without_constraints("UPDATE ticket SET counter = NULL WHERE state = 'called'"),
        "called to no counter",
    ),
    "ticket lost from the middle": (run("DELETE FROM ticket WHERE id = 5"), "numbers of prefix “B”"),
    "ticket lost, its history left": (run("DELETE FROM ticket WHERE id = 6"), "points to a missing ticket"),
    "first ticket lost with every trace": (
        run(
            "DELETE FROM event WHERE ticket = 1",
            "DELETE FROM idempotency WHERE ticket = 1",
            "DELETE FROM ticket WHERE id = 1",
        ),
        "sequence of prefix “B”",
    ),
    "last ticket lost with every trace": (
        run(
            "DELETE FROM event WHERE ticket = 6",
            "DELETE FROM idempotency WHERE ticket = 6",
            "DELETE FROM ticket WHERE id = 6",
        ),
        "sequence of prefix “B”",
    ),
    "sequence put back": (run("UPDATE sequence SET last = 2"), "sequence of prefix “B”"),
    "sequence forgotten": (run("DELETE FROM sequence"), "sequence of prefix “B”"),
    "number rewritten": (run("UPDATE ticket SET number = 'Z-777' WHERE id = 3"), "ticket Z-777"),
    "history cut short": (run("DELETE FROM event WHERE kind = 'parked'"), "does not follow from its history"),
    "history lost": (run("DELETE FROM event WHERE ticket = 6"), "has no history"),
    "history that cannot be": (
        run("DELETE FROM event WHERE kind = 'called' AND ticket = 1"),
        "its history is impossible",
    ),
    "arrival moved": (
        run("UPDATE ticket SET queued_at = '2026-11-23T01:00:00.000000+00:00' WHERE id = 6"),
        "does not follow",
    ),
    "state changed behind the back": (
        run("UPDATE ticket SET state = 'cancelled' WHERE id = 6"),
        "does not follow",
    ),
    "event rewritten": (
        run("DROP TRIGGER event_is_final", "UPDATE event SET kind = 'recalled' WHERE kind = 'started'"),
        "ticket B-001",
    ),
    "event of no known kind": (
        run("DROP TRIGGER event_is_final", "UPDATE event SET kind = 'danced' WHERE ticket = 1 AND kind = 'rated'"),
        "ticket B-001",
    ),
    "event with a broken time": (
        run("DROP TRIGGER event_is_final", "UPDATE event SET at = 'soon' WHERE ticket = 1 AND kind = 'rated'"),
        "ticket B-001",
    ),
    "event with broken data": (
        run(
            "DROP TRIGGER event_is_final",
            "PRAGMA ignore_check_constraints = ON",
            "UPDATE event SET data = '{' WHERE ticket = 1 AND kind = 'rated'",
        ),
        "ticket B-001",
    ),
    "ticket with a broken time": (run("UPDATE ticket SET issued_at = 'soon' WHERE id = 6"), "ticket id 6"),
    "ticket in no known state": (
        run("PRAGMA ignore_check_constraints = ON", "UPDATE ticket SET state = 'resting' WHERE id = 6"),
        "ticket id 6",
    ),
    "one ticket for two keys": (
        run("INSERT INTO idempotency SELECT actor, 'another-key', request, ticket, at, reply FROM idempotency LIMIT 1"),
        "was issued for 2 request keys",
    ),
    "key of a missing ticket": (run("UPDATE idempotency SET ticket = 99 WHERE ticket = 1"), "missing ticket"),
    "a table is gone": (run("DROP TABLE sequence"), "no such table"),
}


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_each_damage_is_found(name: str, morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage, said = DAMAGES[name]
    path = tmp_path / "motcua.db"
    path.write_bytes(morning)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        damage(sql)
    assert soundness.main(["--data", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.rstrip().endswith("NOT SOUND")


def test_one_broken_event_does_not_hide_the_other_tickets(
    morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "motcua.db"
    path.write_bytes(morning)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        run("DROP TRIGGER event_is_final", "UPDATE event SET at = 'soon' WHERE ticket = 1 AND kind = 'issued'")(sql)
    assert soundness.main(["--data", str(tmp_path)]) == 1
    faults = capsys.readouterr().out.splitlines()[:-1]
    assert len(faults) == 1


def test_a_sound_database_is_said_to_be_sound(
    morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "motcua.db").write_bytes(morning)
    assert soundness.main(["--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("6 tickets, ")


def older(path: Path, morning: bytes, before: str) -> None:
    """Write to `path` the morning as the version before the step `before` would have kept it."""
    newest = path.with_name("newest.db")
    newest.write_bytes(morning)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        migrate(sql, before=before)
        sql.execute("ATTACH ? AS newest", (str(newest),))
        made = sql.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name GLOB '[a-z]*'").fetchall()
        # What machines last said is made anew within a minute, and the newest version keeps it elsewhere.
        for (table,) in set(made) - {("device_report",)}:
            if not table.startswith("sqlite_"):
                columns = ", ".join(row[1] for row in sql.execute(f"PRAGMA main.table_info({table})"))
                sql.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newest.{table}")


@pytest.mark.parametrize("before", sorted(STEPS - {"0001_hall"}))
def test_a_file_of_an_older_version_is_judged_as_it_will_be_and_left_as_it_is(
    before: str, morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "motcua.db"
    older(path, morning, before)
    kept = path.read_bytes()
    assert soundness.main(["--data", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("6 tickets, ")
    assert printed.rstrip().endswith(": sound")
    assert path.read_bytes() == kept


def test_a_fault_in_a_file_of_the_first_version_is_found(
    morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "motcua.db"
    older(path, morning, "0002_dispatch")
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        run("DELETE FROM event WHERE ticket = 6")(sql)
    assert soundness.main(["--data", str(tmp_path)]) == 1
    assert "has no history" in capsys.readouterr().out


def test_a_database_of_something_else_is_no_hall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(tmp_path / "motcua.db")) as sql:
        sql.execute("CREATE TABLE recipe (name TEXT)")
    assert soundness.main(["--data", str(tmp_path)]) == 1
    assert "no such table" in capsys.readouterr().out


def test_a_damaged_file_is_found(morning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = 4096
    (tmp_path / "motcua.db").write_bytes(morning[: page * 3] + b"\0" * page + morning[page * 4 :])
    assert soundness.main(["--data", str(tmp_path)]) == 1
    assert "NOT SOUND" in capsys.readouterr().out


def test_a_file_that_is_no_database_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "motcua.db").write_bytes(b"no database at all\n" * 100)
    assert soundness.main(["--data", str(tmp_path)]) == 1
    assert "file is not a database" in capsys.readouterr().out


def test_a_folder_without_a_database_is_another_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert soundness.main(["--data", str(tmp_path)]) == 2
    assert "there is no database" in capsys.readouterr().err
