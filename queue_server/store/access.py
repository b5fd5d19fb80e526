"""Accounts, devices and their sessions. Passwords and tokens are kept only as hashes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from .instants import from_text, to_text

_ACCOUNT = "id, name, role, password_hash, full_name"


@dataclass(frozen=True, slots=True)
class Account:
    """`name`: by which one signs in; `full_name`: what papers and screens say, empty where none was given."""

    id: int
    name: str
    role: str
    password_hash: str
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    id: int
    name: str
    role: str
    counter: int | None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: of an account or of a device, one of the two."""

    account: Account | None
    device: Device | None
    csrf: str
    expires_at: datetime


def put_account(
    sql: sqlite3.Connection,
    name: str,
    role: str,
    password_hash: str,
    at: datetime,
    *,
    demo: bool = False,
    full_name: str = "",
) -> None:
    """Create the account, or give an existing one a new role and password, and a full name where one is given; its
    sessions end."""
    sql.execute(
        "INSERT INTO account (name, role, password_hash, demo, created_at, full_name) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash,"
        " demo = excluded.demo,"
        " full_name = CASE WHEN excluded.full_name = '' THEN full_name ELSE excluded.full_name END",
        (name, role, password_hash, demo, to_text(at), full_name),
    )
    sql.execute("DELETE FROM session WHERE account = (SELECT id FROM account WHERE name = ?)", (name,))


def account(sql: sqlite3.Connection, name: str) -> Account | None:
    row = sql.execute(f"SELECT {_ACCOUNT} FROM account WHERE name = ?", (name,)).fetchone()
    return None if row is None else Account(*row)


def accounts(sql: sqlite3.Connection) -> list[Account]:
    return [Account(*row) for row in sql.execute(f"SELECT {_ACCOUNT} FROM account ORDER BY name")]


def name_account(sql: sqlite3.Connection, name: str, full_name: str) -> bool:
    """False where there is no such account. Sessions go on."""
    return sql.execute("UPDATE account SET full_name = ? WHERE name = ?", (full_name, name)).rowcount > 0


def remove_demo_accounts(sql: sqlite3.Connection) -> None:
    sql.execute("DELETE FROM account WHERE demo = 1")


def remove_account(sql: sqlite3.Connection, name: str) -> bool:
    return sql.execute("DELETE FROM account WHERE name = ?", (name,)).rowcount > 0


def put_device(
    sql: sqlite3.Connection, name: str, role: str, counter: int | None, token_hash: str, at: datetime
) -> None:
    """Create the device, or give an existing one a new token; the old token and its sessions end."""
    sql.execute(
        "INSERT INTO device (name, role, counter, token_hash, created_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET role = excluded.role, counter = excluded.counter,"
        " token_hash = excluded.token_hash",
        (name, role, counter, token_hash, to_text(at)),
    )
    sql.execute("DELETE FROM session WHERE device = (SELECT id FROM device WHERE name = ?)", (name,))


def remove_device(sql: sqlite3.Connection, name: str) -> bool:
    return sql.execute("DELETE FROM device WHERE name = ?", (name,)).rowcount > 0


def devices(sql: sqlite3.Connection) -> list[Device]:
    return [Device(*row) for row in sql.execute("SELECT id, name, role, counter FROM device ORDER BY name")]


def device_by_token(sql: sqlite3.Connection, token_hash: str) -> Device | None:
    row = sql.execute("SELECT id, name, role, counter FROM device WHERE token_hash = ?", (token_hash,)).fetchone()
    return None if row is None else Device(*row)


def add_session(
    sql: sqlite3.Connection,
    token_hash: str,
    csrf: str,
    at: datetime,
    expires_at: datetime,
    *,
    account_id: int | None = None,
    device_id: int | None = None,
) -> None:
    sql.execute(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)",
        (token_hash, account_id, device_id, csrf, to_text(at), to_text(expires_at)),
    )


def session(sql: sqlite3.Connection, token_hash: str) -> Session | None:
    row = sql.execute(
        "SELECT a.id, a.name, a.role, a.password_hash, a.full_name, d.id, d.name, d.role, d.counter,"
        " s.csrf, s.expires_at"
        " FROM session s LEFT JOIN account a ON a.id = s.account LEFT JOIN device d ON d.id = s.device"
        " WHERE s.token_hash = ?",
        (token_hash,),
    ).fetchone()
    if row is None:
        return None
    return Session(
        Account(*row[0:5]) if row[0] is not None else None,
        Device(*row[5:9]) if row[5] is not None else None,
        row[9],
        from_text(row[10]),
    )


def end_session(sql: sqlite3.Connection, token_hash: str) -> None:
    sql.execute("DELETE FROM session WHERE token_hash = ?", (token_hash,))


def end_sessions_before(sql: sqlite3.Connection, at: datetime) -> None:
    sql.execute("DELETE FROM session WHERE expires_at < ?", (to_text(at),))


def note_login_failure(sql: sqlite3.Connection, name: str, address: str, at: datetime) -> None:
    sql.execute("INSERT INTO login_failure (name, address, at) VALUES (?, ?, ?)", (name, address, to_text(at)))


def login_failures(sql: sqlite3.Connection, name: str, address: str, since: datetime) -> tuple[list[datetime], int]:
    """The failures for `name` from `address` since `since`, oldest first, and how many came from there in all."""
    rows = sql.execute(
        "SELECT at FROM login_failure WHERE name = ? AND address = ? AND at >= ? ORDER BY at",
        (name, address, to_text(since)),
    )
    times = [from_text(row[0]) for row in rows]
    count = sql.execute(
        "SELECT COUNT(*) FROM login_failure WHERE address = ? AND at >= ?", (address, to_text(since))
    ).fetchone()
    return times, int(count[0])


def forget_login_failures(sql: sqlite3.Connection, before: datetime, name: str | None = None) -> None:
    if name is None:
        sql.execute("DELETE FROM login_failure WHERE at < ?", (to_text(before),))
    else:
        sql.execute("DELETE FROM login_failure WHERE name = ?", (name,))
