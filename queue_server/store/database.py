"""One SQLite file, one writer, a few readers.

All writes run on one thread with one connection, so nobody waits for a lock and no two writers race. Requests that
arrive while a commit is on its way to the disk are carried out together in the next transaction, each behind a
savepoint of its own: each succeeds or fails alone, and none is answered before the commit is durable.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_

from .migrations import migrate
from .reserve import Reserve

log = logging.getLogger(__name__)
Result = TypeVar("Result")
BATCH = 64
BUSY_S = 10.0
READERS = 2
FILE = "motcua.db"
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class StoreUnavailable(HallError):
    """The disk is full, read-only or broken: nothing was changed."""

    code = "store-unavailable"
    message = N_("The server cannot write to its disk; nothing was changed.")
    action = N_("Call the technician: the disk may be full or damaged.")


@dataclass(slots=True)
class Tx:
    """What a use case works on: the connection inside its transaction, and what to tell the clients after commit."""

    sql: sqlite3.Connection
    nudges: list[tuple[str, int]] = field(default_factory=list)

    def nudge(self, changed: str, ident: int) -> None:
        """After commit, tell the clients that `changed` (ticket, counter, device) number `ident` changed."""
        self.nudges.append((changed, ident))


@dataclass(slots=True)
class _Job(Generic[Result]):
    work: Callable[[Tx], Result]
    done: Future[Result]


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection as the hall needs it: WAL, every commit on the disk before it is answered, foreign keys on, and
    what is deleted overwritten."""
    sql = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    if not read_only:
        sql.execute("PRAGMA journal_mode = WAL")
        sql.execute("PRAGMA synchronous = FULL")
        sql.execute("PRAGMA secure_delete = ON")
    sql.execute("PRAGMA foreign_keys = ON")
    return sql


class Database:
    """The hall's file in `folder`, brought to the newest schema on opening. `room`: bytes of the disk that are kept
    free for it."""

    def __init__(
        self, folder: Path, publish: Callable[[list[tuple[str, int]]], None] = lambda nudges: None, room: int = 0
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / FILE
        self.failing = False
        """Whether the last attempt to change something failed: the disk is full, say."""
        self.reserve = Reserve(folder, room)
        self.to_scrub = False
        """Whether what was erased may still stand in the log: somebody read on for too long."""
        self._publish = publish
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        with _alone(folder):
            self._writer = connect(self.path)
            migrate(self._writer)
        self._reading = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._thread = threading.Thread(target=self._write_forever, name="writer", daemon=True)
        self._thread.start()

    @property
    def short_of_disk(self) -> bool:
        """Whether the technician must come: the last change failed, or the last room is in use."""
        return self.failing or self.reserve.given_up

    async def write(self, work: Callable[[Tx], Result]) -> Result:
        """Run `work` in a transaction; returns once it is durable. Raises what `work` raises, or StoreUnavailable."""
        return await asyncio.wrap_future(self.submit(work))

    async def read(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `work` on a consistent snapshot, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def submit(self, work: Callable[[Tx], Result]) -> Future[Result]:
        """Like `write`, for callers without an event loop."""
        job = _Job(work, Future())
        with self._gate:
            if self._closed:
                job.done.set_exception(StoreUnavailable())
            else:
                self._jobs.put(job)
        return job.done

    def scrub(self) -> None:
        """Empty the log, so that what has been erased and committed is in no file any more. Blocking. Where somebody
        reads on for too long, `to_scrub` says to try again."""
        self.to_scrub = True
        with closing(connect(self.path)) as sql:
            busy, _, _ = sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.to_scrub = bool(busy)

    def close(self) -> None:
        """Finish what has been accepted, then close the file; what is submitted later is refused."""
        with self._gate:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        self._readers.shutdown()
        for sql in (*self._opened, self._writer):
            sql.close()

    def _read(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        sql: sqlite3.Connection | None = getattr(self._reading, "sql", None)
        if sql is None:
            sql = self._reading.sql = connect(self.path, read_only=True)
            self._opened.append(sql)
        try:
            sql.execute("BEGIN")
            try:
                return work(sql)
            finally:
                sql.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            log.exception("a reading failed")
            raise StoreUnavailable from error

    def _write_forever(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [job]
            stopping = False
            while len(batch) < BATCH:
                try:
                    another = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if another is None:
                    stopping = True
                    break
                batch.append(another)
            self._write(batch)
            if stopping:
                return

    def _write(self, batch: list[_Job[Any]]) -> None:
        outcomes: list[tuple[_Job[Any], Any, BaseException | None]] = []
        nudges: list[tuple[str, int]] = []
        # A caller that has gone away (its future is cancelled) is not worked for; from here on it can no longer cancel.
        batch = [job for job in batch if job.done.set_running_or_notify_cancel()]
        changes = self._writer.total_changes
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            for job in batch:
                outcomes.append(self._attempt(job, nudges))
            self._writer.execute("COMMIT")
        except sqlite3.Error as error:
            log.exception("a transaction failed; %d requests were refused", len(batch))
            self.failing = True
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            # Not every error has a code: some are Python's own.
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in NO_ROOM:
                self.reserve.give_up()
            unavailable = StoreUnavailable()
            unavailable.__cause__ = error
            for job in batch:
                job.done.set_exception(unavailable)
            return
        if self._writer.total_changes > changes:
            self.failing = False
        if nudges:
            try:
                self._publish(nudges)
            except Exception:
                log.exception("nudges were lost; the surfaces will ask by themselves")
        for job, result, failure in outcomes:
            if failure is not None:
                job.done.set_exception(failure)
            else:
                job.done.set_result(result)

    def _attempt(self, job: _Job[Any], nudges: list[tuple[str, int]]) -> tuple[_Job[Any], Any, BaseException | None]:
        tx = Tx(self._writer)
        self._writer.execute("SAVEPOINT job")
        try:
            result = job.work(tx)
        except sqlite3.OperationalError:
            raise  # the disk, not the request: the whole batch fails, and says so
        except BaseException as failure:  # noqa: BLE001 - it belongs to the caller, who gets it through the future
            self._writer.execute("ROLLBACK TO job")
            self._writer.execute("RELEASE job")
            return job, None, failure
        self._writer.execute("RELEASE job")
        nudges.extend(tx.nudges)
        return job, result, None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time makes the file and its schema: SQLite waits for no lock while it switches to WAL."""
    with (folder / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
