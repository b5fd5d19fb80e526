"""`motcua token` and `motcua user`: who may use the hall, set up by whoever can reach its files."""

from __future__ import annotations

import argparse
import getpass
import re
import secrets
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from queue_server.contract import Role
from queue_server.domain.visible import visible
from queue_server.service.sign_in import hash_password, token_hash
from queue_server.store import access
from queue_server.store.database import FILE, Database, Tx

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
SHORTEST_PASSWORD = 8
LONGEST_FULL_NAME = 80


def token(argv: list[str]) -> int:
    """Print a new bearer token; a device of the same name loses its old one."""
    parser = argparse.ArgumentParser(prog="motcua token", description="Print a bearer token for a device or a program.")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's folder")
    parser.add_argument("--role", choices=[role.value for role in Role], help="what it may do")
    parser.add_argument("--name", type=_name, help="what it is called in the log, such as kiosk-1")
    parser.add_argument("--counter", type=_counter, metavar="C", help="bind it to one counter")
    parser.add_argument("--list", action="store_true", help="list the devices instead")
    parser.add_argument("--revoke", action="store_true", help="take the token of --name away instead")
    options = parser.parse_args(argv)
    if not options.list and options.name is None:
        parser.error("--name is needed")
    if not (options.list or options.revoke) and options.role is None:
        parser.error("--role is needed")
    db = _database(options.data)
    try:
        if options.list:
            for device in db.submit(lambda tx: access.devices(tx.sql)).result():
                sys.stdout.write(f"{device.name}\t{device.role}\t{device.counter or '-'}\n")
        elif options.revoke:
            return _done(db, partial(_remove_device, name=options.name), f"device {options.name}")
        else:
            secret = secrets.token_urlsafe(32)
            db.submit(
                lambda tx: access.put_device(
                    tx.sql, options.name, options.role, options.counter, token_hash(secret), datetime.now(UTC)
                )
            ).result()
            sys.stdout.write(secret + "\n")
    finally:
        db.close()
    return 0


def user(argv: list[str]) -> int:
    """Add, name, list or remove accounts."""
    parser = argparse.ArgumentParser(prog="motcua user", description="Accounts of clerks, managers, administrators.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="add an account, or give one a new role and password")
    add.add_argument("--role", choices=["clerk", "manager", "admin"], required=True)
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.add_argument("--full-name", type=_full_name, metavar="NAME", help="as papers and screens say it")
    call = verbs.add_parser("name", help="give an account the full name that papers and screens say")
    call.add_argument("--full-name", type=_full_name, required=True, metavar="NAME")
    remove = verbs.add_parser("remove", help="remove an account")
    for verb in (add, call, remove):
        verb.add_argument("--name", type=_name, required=True, help="the sign-in name: a-z 0-9 . _ -")
    listing = verbs.add_parser("list", help="list the accounts")
    for verb in (add, call, remove, listing):
        verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's folder")
    options = parser.parse_args(argv)
    password_hash = ""
    if options.verb == "add":
        password = sys.stdin.readline().rstrip("\n") if options.password_stdin else _asked()
        if len(password) < SHORTEST_PASSWORD:
            sys.stderr.write(f"the password needs at least {SHORTEST_PASSWORD} characters; nothing was changed\n")
            return 1
        password_hash = hash_password(password)
    db = _database(options.data)
    try:
        if options.verb == "list":
            for account in db.submit(lambda tx: access.accounts(tx.sql)).result():
                more = f"\t{account.full_name}" if account.full_name else ""
                sys.stdout.write(f"{account.name}\t{account.role}{more}\n")
            return 0
        if options.verb == "remove":
            return _done(db, partial(_remove_account, name=options.name), f"account {options.name}")
        if options.verb == "name":
            renamed = partial(_name_account, name=options.name, full_name=options.full_name)
            return _done(db, renamed, f"account {options.name}")
        now = datetime.now(UTC)
        db.submit(
            lambda tx: access.put_account(
                tx.sql, options.name, options.role, password_hash, now, full_name=options.full_name or ""
            )
        ).result()
        sys.stdout.write(f"{options.name}\t{options.role}\n")
        return 0
    finally:
        db.close()


def _database(data: Path) -> Database:
    """The folder's database; a new one is said to be new, as the folder may have been mistyped."""
    if not (data / FILE).exists():
        sys.stderr.write(f"made a new database in {data}\n")
    return Database(data)


def _asked() -> str:
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        sys.stderr.write("the two differ\n")
        return ""
    return first


def _done(db: Database, change: partial[bool], what: str) -> int:
    if db.submit(change).result():
        return 0
    sys.stderr.write(f"there is no {what}\n")
    return 1


def _remove_device(tx: Tx, name: str) -> bool:
    return access.remove_device(tx.sql, name)


def _remove_account(tx: Tx, name: str) -> bool:
    return access.remove_account(tx.sql, name)


def _name_account(tx: Tx, name: str, full_name: str) -> bool:
    return access.name_account(tx.sql, name, full_name)


def _counter(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 999):
        raise argparse.ArgumentTypeError("a counter is a number from 1 to 999")
    return int(text)


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("a name has 1 to 40 of a-z 0-9 . _ - and begins with a letter or digit")
    return text


def _full_name(text: str) -> str:
    seen = " ".join(visible(text).split())
    if not 1 <= len(seen) <= LONGEST_FULL_NAME:
        raise argparse.ArgumentTypeError(f"a full name has 1 to {LONGEST_FULL_NAME} characters that can be seen")
    return seen
