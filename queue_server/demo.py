"""The demonstration's accounts: they exist only while a server runs with --demo, on this machine alone."""

from __future__ import annotations

from datetime import datetime

from queue_server.contract import Role
from queue_server.service.sign_in import hash_password
from queue_server.store import access
from queue_server.store.database import Tx

DEMO_PASSWORD = "motcua-demo"  # noqa: S105 - shown on the first page of a demonstration, on purpose
DEMO_ACCOUNTS: tuple[tuple[str, str, Role], ...] = (
    *((f"canbo{number}", DEMO_PASSWORD, Role.CLERK) for number in range(1, 7)),
    ("lanhdao", DEMO_PASSWORD, Role.MANAGER),
    ("quantri", DEMO_PASSWORD, Role.ADMIN),
)


def set_demo_accounts(tx: Tx, demo: bool, now: datetime) -> None:
    """With `demo` make the accounts, without it remove them; an account of the same name made by hand is left alone."""
    if not demo:
        access.remove_demo_accounts(tx.sql)
        return
    password_hash = hash_password(DEMO_PASSWORD)
    for name, _, role in DEMO_ACCOUNTS:
        existing = access.account(tx.sql, name)
        if existing is None:
            access.put_account(tx.sql, name, role, password_hash, now, demo=True)
