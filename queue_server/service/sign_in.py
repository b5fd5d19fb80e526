"""Signing in and out, and recognising who sends a request.

Passwords are hashed with Argon2id; tokens and session cookies are random, and only their SHA-256 is stored.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_server.contract import Role
from queue_server.store import access
from queue_server.store.database import Tx

from .errors import LoginLocked, SessionExpired, Unauthenticated
from .principal import Principal, account_actor, device_actor

SESSION = timedelta(hours=12)
DEVICE_SESSION = timedelta(days=365)
WINDOW = timedelta(minutes=5)
TRIES_PER_NAME = 5
"""From one address, so that nobody locks out a clerk from another place."""
TRIES_PER_ADDRESS = 50


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The cookie's value, told once; how long it lasts; and who it is."""

    token: str
    csrf: str
    lasts: timedelta
    role: Role


def token_hash(token: str) -> str:
    """Tokens are 256 random bits, so a plain hash cannot be turned back; no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    return PasswordHasher().hash(password)


def password_hash_of(sql: sqlite3.Connection, name: str, address: str, now: datetime) -> str:
    """What a password for `name` is checked against. Raises LoginLocked.

    A wrong name gets a hash that nothing matches, so that it takes as long as a wrong password and tells nothing.
    """
    _check_not_locked(sql, name, address, now)
    account = access.account(sql, name)
    return account.password_hash if account else _NOBODY


def matches(password_hash: str, password: str) -> bool:
    """Whether `password` is right; slow and greedy for memory by design, so not for the event loop."""
    try:
        return PasswordHasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def sign_in(tx: Tx, name: str, address: str, verified: bool, token: str, csrf: str, now: datetime) -> SignedIn | None:
    """Open a session when the password was right; otherwise note the failure and return None."""
    _check_not_locked(tx.sql, name, address, now)
    account = access.account(tx.sql, name)
    if not verified or account is None:
        access.note_login_failure(tx.sql, name, address, now)
        return None
    access.forget_login_failures(tx.sql, now, name)
    access.add_session(tx.sql, token_hash(token), csrf, now, now + SESSION, account_id=account.id)
    return SignedIn(token, csrf, SESSION, Role(account.role))


def sign_in_device(tx: Tx, device_token: str, token: str, csrf: str, now: datetime) -> SignedIn:
    """Open a browser session for a device that shows its token. Raises Unauthenticated."""
    device = access.device_by_token(tx.sql, token_hash(device_token))
    if device is None:
        raise Unauthenticated
    access.add_session(tx.sql, token_hash(token), csrf, now, now + DEVICE_SESSION, device_id=device.id)
    return SignedIn(token, csrf, DEVICE_SESSION, Role(device.role))


def sign_out(tx: Tx, token: str) -> None:
    access.end_session(tx.sql, token_hash(token))


def principal_of_token(sql: sqlite3.Connection, token: str) -> Principal:
    """Who sends this bearer token. Raises Unauthenticated."""
    device = access.device_by_token(sql, token_hash(token))
    if device is None:
        raise Unauthenticated
    return Principal(device_actor(device.name), Role(device.role), device.name, device.counter, device.id)


def principal_of_session(sql: sqlite3.Connection, token: str, now: datetime) -> Principal:
    """Who sends this session cookie. Raises SessionExpired, also for a cookie that was never given."""
    session = access.session(sql, token_hash(token))
    if session is None or session.expires_at <= now:
        raise SessionExpired
    if session.account is not None:
        account = session.account
        return Principal(
            account_actor(account.name), Role(account.role), account.full_name or account.name, csrf=session.csrf
        )
    if session.device is None:
        raise SessionExpired
    device = session.device
    return Principal(
        device_actor(device.name), Role(device.role), device.name, device.counter, device.id, csrf=session.csrf
    )


def _check_not_locked(sql: sqlite3.Connection, name: str, address: str, now: datetime) -> None:
    for_name, from_address = access.login_failures(sql, name, address, now - WINDOW)
    if len(for_name) >= TRIES_PER_NAME or from_address >= TRIES_PER_ADDRESS:
        oldest = for_name[0] if for_name else now
        left_s = max(60.0, (oldest + WINDOW - now).total_seconds())
        raise LoginLocked(minutes=-int(-left_s // 60))


# The hash of a password nobody has: what a wrong name is checked against.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5LWhhcy10aGlzIQ$bm9ib2R5LWhhcy10aGlzLXBhc3N3b3JkLWF0LWFsbCE"
