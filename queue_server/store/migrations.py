"""The schema, as numbered steps that are only ever added to, and what brings a file to the newest of them.

Which steps a file has stands in its table `_sqlite_migrations`, in the form of sqlite-utils, whose commands show it.
The library itself is not loaded: that takes longer than all the steps.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from . import dossier_schema

_SET = "motcua"
_KEPT = (
    "CREATE TABLE IF NOT EXISTS _sqlite_migrations"
    " (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX IF NOT EXISTS idx__sqlite_migrations_migration_set_name"
    " ON _sqlite_migrations (migration_set, name)",
)


class SchemaTooNew(Exception):
    """The file was written by a newer version of the software: this one must not touch it."""


def migrate(sql: sqlite3.Connection, before: str | None = None) -> None:
    """Bring the file behind `sql` to the newest schema, each step whole or not at all. `before`: stop in front of this
    step, as an older version would. Raises SchemaTooNew."""
    check_known(sql)
    _take_steps(sql, before)


def as_newest(sql: sqlite3.Connection) -> sqlite3.Connection:
    """For reading: `sql` itself, or where the file was made by an older version, a private copy with the steps that it
    lacks; the file stays as it is. A file with no step at all is no hall's and comes back as it is."""
    done = applied(sql)
    if not done or done >= STEPS:
        return sql
    # An empty name: SQLite keeps the copy in memory or in a file of its own, and removes it on closing.
    copy = sqlite3.connect("", isolation_level=None)
    try:
        sql.backup(copy)
        _take_steps(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def check_known(sql: sqlite3.Connection) -> None:
    """Changes nothing. Raises SchemaTooNew."""
    unknown = applied(sql) - STEPS
    if unknown:
        raise SchemaTooNew(f"the database has steps unknown to this version: {', '.join(sorted(unknown))}")


def applied(sql: sqlite3.Connection) -> frozenset[str]:
    """The steps that the file has; none where it is new or no hall's. Changes nothing."""
    if not sql.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'").fetchone():
        return frozenset()
    rows = sql.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))
    return frozenset(name for (name,) in rows)


def _take_steps(sql: sqlite3.Connection, before: str | None = None) -> None:
    for statement in _KEPT:
        sql.execute(statement)
    done = applied(sql)
    for name, statements in _STATEMENTS.items():
        if name == before:
            return
        if name not in done:
            _step(sql, name, statements)


def _step(sql: sqlite3.Connection, name: str, statements: tuple[str, ...]) -> None:
    sql.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            sql.execute(statement)
        at = datetime.now(UTC).isoformat(sep=" ")
        sql.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", (_SET, name, at)
        )
        sql.execute("COMMIT")
    except BaseException:
        sql.execute("ROLLBACK")
        raise


_HALL = (
    """CREATE TABLE sequence (
        day TEXT NOT NULL,
        prefix TEXT NOT NULL,
        first INTEGER NOT NULL DEFAULT 1,
        last INTEGER NOT NULL CHECK (last >= first),
        PRIMARY KEY (day, prefix)
    ) STRICT""",
    """CREATE TABLE ticket (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        prefix TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        number TEXT NOT NULL,
        service TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('waiting', 'called', 'serving', 'finished', 'no-show', 'parked', 'cancelled')),
        priority TEXT,
        issued_at TEXT NOT NULL,
        queued_at TEXT NOT NULL,
        steps TEXT NOT NULL DEFAULT '',
        for_counter INTEGER,
        counter INTEGER,
        called_at TEXT,
        started_at TEXT,
        finished_at TEXT,
        recalls INTEGER NOT NULL DEFAULT 0,
        rating TEXT,
        track_token TEXT NOT NULL UNIQUE,
        UNIQUE (day, prefix, sequence),
        UNIQUE (day, number),
        CHECK (state NOT IN ('called', 'serving') OR (counter IS NOT NULL AND called_at IS NOT NULL)),
        CHECK (rating IS NULL OR state = 'finished')
    ) STRICT""",
    # A claim: one counter has at most one ticket, whatever the software above does.
    "CREATE UNIQUE INDEX ticket_claim ON ticket (counter) WHERE state IN ('called', 'serving')",
    "CREATE INDEX ticket_waiting ON ticket (service, priority, queued_at) WHERE state = 'waiting'",
    "CREATE INDEX ticket_aside ON ticket (state, day) WHERE state IN ('parked', 'no-show')",
    "CREATE INDEX ticket_finished ON ticket (counter, finished_at) WHERE state = 'finished'",
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ticket INTEGER REFERENCES ticket (id),
        counter INTEGER,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        kind TEXT NOT NULL,
        why TEXT,
        data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
        CHECK (ticket IS NOT NULL OR counter IS NOT NULL)
    ) STRICT""",
    "CREATE INDEX event_ticket ON event (ticket)",
    "CREATE INDEX event_call ON event (at) WHERE kind IN ('called', 'recalled')",
    """CREATE TRIGGER event_is_final BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TABLE counter (
        id INTEGER PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('open', 'paused', 'closed')),
        holder TEXT,
        pause_reason TEXT,
        priority_run INTEGER NOT NULL DEFAULT 0,
        touched_at TEXT NOT NULL,
        CHECK ((state = 'closed') = (holder IS NULL))
    ) STRICT""",
    """CREATE TABLE idempotency (
        actor TEXT NOT NULL,
        key TEXT NOT NULL,
        request TEXT NOT NULL,
        ticket INTEGER REFERENCES ticket (id),
        at TEXT NOT NULL,
        PRIMARY KEY (actor, key)
    ) STRICT""",
    "CREATE INDEX idempotency_at ON idempotency (at)",
    """CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('clerk', 'manager', 'admin')),
        password_hash TEXT NOT NULL,
        demo INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE device (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('kiosk', 'board', 'agent', 'clerk', 'manager', 'admin')),
        counter INTEGER,
        token_hash TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE session (
        token_hash TEXT PRIMARY KEY,
        account INTEGER REFERENCES account (id) ON DELETE CASCADE,
        device INTEGER REFERENCES device (id) ON DELETE CASCADE,
        csrf TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        CHECK ((account IS NULL) <> (device IS NULL))
    ) STRICT""",
    """CREATE TABLE login_failure (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX login_failure_at ON login_failure (at)",
    """CREATE TABLE device_report (
        device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
        part TEXT NOT NULL,
        state TEXT NOT NULL,
        detail TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (device, part)
    ) STRICT""",
)

_DISPATCH = (
    # Who stood before a ticket when it came, and how often it has been passed over: the bound on the longest wait.
    "ALTER TABLE ticket ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE ticket ADD COLUMN passed INTEGER NOT NULL DEFAULT 0",
)

_WAITS = (
    "ALTER TABLE ticket ADD COLUMN aside_since TEXT",
    "ALTER TABLE ticket ADD COLUMN aside_s INTEGER NOT NULL DEFAULT 0",
    # Who stands aside now has done so since the last call; what they took before was counted as waiting, and stays so.
    """UPDATE ticket SET aside_since =
        (SELECT at FROM event WHERE event.ticket = ticket.id AND kind = 'called' ORDER BY id DESC LIMIT 1)
        WHERE state IN ('parked', 'no-show')""",
)

_ADVICE = (
    """CREATE TABLE alert (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        raised_at TEXT NOT NULL,
        share REAL NOT NULL CHECK (share BETWEEN 0 AND 1),
        over REAL NOT NULL,
        services TEXT NOT NULL CHECK (json_valid(services)),
        cleared_at TEXT
    ) STRICT""",
    "CREATE INDEX alert_day ON alert (day)",
    # One at a time, whatever the software above does.
    "CREATE UNIQUE INDEX alert_standing ON alert (cleared_at IS NULL) WHERE cleared_at IS NULL",
    """CREATE TRIGGER alert_is_final BEFORE UPDATE ON alert
        WHEN OLD.cleared_at IS NOT NULL OR (OLD.id, OLD.day, OLD.raised_at, OLD.share, OLD.over, OLD.services)
            IS NOT (NEW.id, NEW.day, NEW.raised_at, NEW.share, NEW.over, NEW.services)
        BEGIN SELECT RAISE(ABORT, 'an alert is only ever cleared'); END""",
    "CREATE TRIGGER alert_is_kept BEFORE DELETE ON alert BEGIN SELECT RAISE(ABORT, 'alerts are never deleted'); END",
    """CREATE TABLE advice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        alert INTEGER NOT NULL REFERENCES alert (id),
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('open-counter', 'add-service', 'shift-lunch', 'offer-appointments')),
        counter INTEGER,
        services TEXT NOT NULL CHECK (json_valid(services)),
        lunch TEXT,
        was TEXT,
        before REAL NOT NULL,
        after REAL NOT NULL,
        late_before_s REAL NOT NULL,
        late_after_s REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX advice_alert ON advice (alert)",
    """CREATE TRIGGER advice_is_final BEFORE UPDATE ON advice
        BEGIN SELECT RAISE(ABORT, 'advice is never changed'); END""",
    """CREATE TRIGGER advice_is_kept BEFORE DELETE ON advice
        BEGIN SELECT RAISE(ABORT, 'advice is never deleted'); END""",
    """CREATE TABLE advice_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        advice INTEGER NOT NULL REFERENCES advice (id),
        fate TEXT NOT NULL CHECK (fate IN ('taken', 'declined', 'withdrawn', 'taken-back')),
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        why TEXT,
        UNIQUE (advice, fate)
    ) STRICT""",
    """CREATE TRIGGER advice_answer_is_final BEFORE UPDATE ON advice_answer
        BEGIN SELECT RAISE(ABORT, 'answers are never changed'); END""",
    """CREATE TRIGGER advice_answer_is_kept BEFORE DELETE ON advice_answer
        BEGIN SELECT RAISE(ABORT, 'answers are never deleted'); END""",
)

_DEVICES = (
    # When a machine was last heard from, written seldom; since when it has been taken for silent, if it is.
    "ALTER TABLE device ADD COLUMN heard_at TEXT",
    "ALTER TABLE device ADD COLUMN silent_since TEXT",
    # The answer itself, for requests that gave more than a ticket: the same key gives the same answer.
    "ALTER TABLE idempotency ADD COLUMN reply TEXT CHECK (reply IS NULL OR json_valid(reply))",
    """CREATE TABLE device_part (
        device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
        part TEXT NOT NULL,
        kind TEXT NOT NULL,
        counter INTEGER,
        state TEXT NOT NULL,
        detail TEXT NOT NULL,
        since TEXT NOT NULL,
        failing_since TEXT,
        written_at TEXT NOT NULL,
        last_error TEXT,
        last_error_at TEXT,
        PRIMARY KEY (device, part),
        CHECK ((last_error IS NULL) = (last_error_at IS NULL))
    ) STRICT""",
    # Older reports named no kind: the printer's did by its name, the rest were the machine's own.
    """INSERT INTO device_part SELECT r.device, r.part,
        CASE WHEN r.part = 'printer' THEN 'printer' WHEN d.role IN ('kiosk', 'board') THEN d.role ELSE 'agent' END,
        NULL, r.state, r.detail, r.at, NULL, r.at, NULL, NULL FROM device_report r JOIN device d ON d.id = r.device""",
    "UPDATE device SET heard_at = (SELECT MAX(at) FROM device_report WHERE device_report.device = device.id)",
    "DROP TABLE device_report",
    # By name: what happened to a machine stays known when its token is taken away. No part: the whole machine.
    """CREATE TABLE device_change (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        machine TEXT NOT NULL,
        part TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        detail TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX device_change_machine ON device_change (machine)",
    "CREATE INDEX device_change_part ON device_change (machine, part)",
    "CREATE INDEX device_change_at ON device_change (at)",
    """CREATE TRIGGER device_change_is_final BEFORE UPDATE ON device_change
        BEGIN SELECT RAISE(ABORT, 'changes are never changed'); END""",
)

_UNSTEADY = (
    # A device that changes all the time is one row of the history: how many times, since when.
    "ALTER TABLE device_part ADD COLUMN changing_since TEXT",
    "ALTER TABLE device_part ADD COLUMN changes INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE device_change ADD COLUMN since TEXT",
    "ALTER TABLE device_change ADD COLUMN times INTEGER NOT NULL DEFAULT 1",
)

_APPOINTMENTS = (
    """CREATE TABLE help_call (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        device TEXT NOT NULL,
        screen TEXT NOT NULL,
        called_at TEXT NOT NULL,
        answered_at TEXT,
        answered_by TEXT,
        CHECK ((answered_at IS NULL) = (answered_by IS NULL))
    ) STRICT""",
    # One open call a kiosk, however often the button is pressed.
    "CREATE UNIQUE INDEX help_call_open ON help_call (device) WHERE answered_at IS NULL",
    "CREATE INDEX help_call_called ON help_call (called_at)",
    """CREATE TABLE appointment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL UNIQUE,
        service TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('booked', 'arrived', 'missed', 'cancelled')),
        ticket INTEGER UNIQUE REFERENCES ticket (id),
        booked_at TEXT NOT NULL,
        booked_by TEXT NOT NULL,
        CHECK ((state = 'arrived') = (ticket IS NOT NULL))
    ) STRICT""",
    "CREATE INDEX appointment_at ON appointment (at)",
)

_FULL_NAMES = (
    # What stands on papers and screens; empty: the sign-in name does.
    "ALTER TABLE account ADD COLUMN full_name TEXT NOT NULL DEFAULT ''",
)

_STATEMENTS = {
    "0001_hall": _HALL,
    "0002_dispatch": _DISPATCH,
    "0003_waits": _WAITS,
    "0004_advice": _ADVICE,
    "0005_devices": _DEVICES,
    "0006_unsteady": _UNSTEADY,
    "0007_dossiers": dossier_schema.STATEMENTS,
    "0008_appointments": _APPOINTMENTS,
    "0009_full_names": _FULL_NAMES,
}
STEPS = frozenset(_STATEMENTS)
