"""One writer: each request succeeds or fails alone, a full disk is said and survived, nobody waits for ever."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.errors import TransferNowhere
from queue_server.store.database import Database, StoreUnavailable, Tx, connect

ANSWER_S = 30


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path)
    yield opened
    opened.close()


def fail(tx: Tx, name: str, what: Exception) -> None:
    put(tx, name)
    raise what


def put(tx: Tx, name: str) -> None:
    tx.sql.execute("INSERT INTO login_failure (name, address, at) VALUES (?, '', '')", (name,))
    tx.nudge("ticket", len(name))


def names(db: Database) -> list[str]:
    with closing(sqlite3.connect(db.path)) as sql:
        return [row[0] for row in sql.execute("SELECT name FROM login_failure ORDER BY id")]


def hold(db: Database) -> threading.Event:
    """Keep the writer busy, so that what is submitted meanwhile becomes one batch; set the event to let it go on."""
    go = threading.Event()
    busy = threading.Event()

    def wait(tx: Tx) -> None:
        busy.set()
        assert go.wait(ANSWER_S)

    db.submit(wait)
    assert busy.wait(ANSWER_S)
    return go


def test_a_failure_without_a_code_refuses_its_batch_and_ends_no_writer(db: Database) -> None:
    failed = db.submit(lambda tx: fail(tx, "lan", sqlite3.OperationalError("of Python's own")))
    assert isinstance(failed.exception(ANSWER_S), StoreUnavailable)
    db.submit(lambda tx: put(tx, "mai")).result(ANSWER_S)
    assert names(db) == ["mai"]


def test_the_file_is_kept_as_the_hall_needs_it(db: Database) -> None:
    def pragmas(tx: Tx) -> list[Any]:
        return [
            tx.sql.execute(f"PRAGMA {each}").fetchone()[0] for each in ("journal_mode", "synchronous", "foreign_keys")
        ]

    full = 2
    assert db.submit(pragmas).result() == ["wal", full, 1]


def test_a_reading_connection_cannot_write(db: Database) -> None:
    with closing(connect(db.path, read_only=True)) as sql, pytest.raises(sqlite3.OperationalError, match="readonly"):
        sql.execute("DELETE FROM ticket")


def test_one_failing_request_does_not_disturb_the_others_of_its_batch(db: Database) -> None:
    go = hold(db)
    jobs = [
        db.submit(lambda tx: put(tx, "first")),
        db.submit(lambda tx: fail(tx, "refused", TransferNowhere())),
        db.submit(lambda tx: fail(tx, "broken", KeyError("bug"))),
        db.submit(lambda tx: fail(tx, "twice", sqlite3.IntegrityError("constraint"))),
        db.submit(lambda tx: put(tx, "last")),
    ]
    go.set()
    failures = [type(job.exception(ANSWER_S)) for job in jobs]
    assert failures == [type(None), TransferNowhere, KeyError, sqlite3.IntegrityError, type(None)]
    assert names(db) == ["first", "last"]


def test_a_caller_that_went_away_is_not_worked_for_and_the_writer_lives_on(db: Database) -> None:
    go = hold(db)
    gone = db.submit(lambda tx: put(tx, "gone"))
    assert gone.cancel()
    stays = db.submit(lambda tx: put(tx, "stays"))
    go.set()
    stays.result(ANSWER_S)
    assert names(db) == ["stays"]


def test_a_caller_that_goes_away_while_it_is_worked_for_does_not_stop_the_writer(db: Database) -> None:
    at_work, go = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        at_work.set()
        assert go.wait(ANSWER_S)
        put(tx, "done anyway")

    async def leave() -> None:
        task = asyncio.create_task(db.write(slow))
        await asyncio.to_thread(at_work.wait, ANSWER_S)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go.set()
        await db.write(lambda tx: put(tx, "next"))

    asyncio.run(leave())
    assert names(db) == ["done anyway", "next"]


def test_nudges_go_out_after_the_commit_and_only_for_what_succeeded(tmp_path: Path) -> None:
    published: list[tuple[list[tuple[str, int]], int]] = []

    def publish(nudges: list[tuple[str, int]]) -> None:
        with closing(sqlite3.connect(tmp_path / "motcua.db")) as sql:
            published.append((nudges, sql.execute("SELECT COUNT(*) FROM login_failure").fetchone()[0]))

    db = Database(tmp_path, publish)
    go = hold(db)
    refused = db.submit(lambda tx: fail(tx, "no", TransferNowhere()))
    stays = db.submit(lambda tx: put(tx, "stays"))
    go.set()
    stays.result(ANSWER_S)
    assert refused.exception(ANSWER_S) is not None
    db.close()
    assert published == [([("ticket", len("stays"))], 1)]


def test_a_nudge_that_cannot_be_sent_holds_nothing_up(tmp_path: Path) -> None:
    def broken(nudges: list[tuple[str, int]]) -> None:
        raise RuntimeError("the loop has gone")

    db = Database(tmp_path, broken)
    for name in ("one", "two"):
        db.submit(lambda tx, name=name: put(tx, name)).result(ANSWER_S)
    assert names(db) == ["one", "two"]
    db.close()


def test_a_full_disk_is_said_changes_nothing_and_is_survived(db: Database) -> None:
    def fill(tx: Tx) -> None:
        for _ in range(2000):
            put(tx, "x" * 1000)

    (pages,) = db.submit(lambda tx: tx.sql.execute("PRAGMA page_count").fetchone()).result()
    with pytest.raises(StoreUnavailable):
        # One page more, and no further.
        db.submit(lambda tx: (tx.sql.execute(f"PRAGMA max_page_count = {pages + 1}"), fill(tx))).result(ANSWER_S)
    with pytest.raises(StoreUnavailable):
        db.submit(fill).result(ANSWER_S)
    assert names(db) == []
    db.submit(lambda tx: tx.sql.execute("PRAGMA max_page_count = 1000000").fetchone()).result(ANSWER_S)
    db.submit(lambda tx: put(tx, "after")).result(ANSWER_S)
    assert names(db) == ["after"]


def test_a_read_only_disk_is_said_too(db: Database) -> None:
    db.submit(lambda tx: tx.sql.execute("PRAGMA query_only = ON").fetchone()).result()
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            db.submit(lambda tx: put(tx, "never")).result(ANSWER_S)
    assert names(db) == []


def test_a_full_disk_refuses_the_whole_batch_and_answers_everyone(db: Database) -> None:
    (pages,) = db.submit(lambda tx: tx.sql.execute("PRAGMA page_count").fetchone()).result()
    db.submit(lambda tx: tx.sql.execute(f"PRAGMA max_page_count = {pages}").fetchone()).result()
    go = hold(db)
    jobs = [db.submit(lambda tx: put(tx, "x" * 100_000)) for _ in range(5)]
    go.set()
    assert {type(job.exception(ANSWER_S)) for job in jobs} == {StoreUnavailable}
    assert names(db) == []


def test_what_was_accepted_before_closing_is_carried_out(tmp_path: Path) -> None:
    db = Database(tmp_path)
    go = hold(db)
    accepted = [db.submit(lambda tx, n=n: put(tx, f"n{n}")) for n in range(100)]
    closing_thread = threading.Thread(target=db.close)
    closing_thread.start()
    go.set()
    closing_thread.join(ANSWER_S)
    assert [job.exception(ANSWER_S) for job in accepted] == [None] * 100
    assert len(names(db)) == 100


def test_after_closing_nobody_waits_for_ever(tmp_path: Path) -> None:
    db = Database(tmp_path)
    db.close()
    with pytest.raises(StoreUnavailable):
        db.submit(lambda tx: put(tx, "late")).result(ANSWER_S)


def test_reads_see_one_moment_even_while_writes_go_on(db: Database) -> None:
    async def both() -> tuple[int, int]:
        started, written = threading.Event(), threading.Event()

        def look(sql: sqlite3.Connection) -> tuple[int, int]:
            before = sql.execute("SELECT COUNT(*) FROM login_failure").fetchone()[0]
            started.set()
            assert written.wait(ANSWER_S)
            return before, sql.execute("SELECT COUNT(*) FROM login_failure").fetchone()[0]

        reading = asyncio.create_task(db.read(look))
        await asyncio.to_thread(started.wait, ANSWER_S)
        await db.write(lambda tx: put(tx, "meanwhile"))
        written.set()
        return await reading

    assert asyncio.run(both()) == (0, 0)
    assert names(db) == ["meanwhile"]
