"""`motcua dossiers` and `motcua person`: what is personal is erased on time, or taken out or erased for its owner."""

from __future__ import annotations

import argparse
import getpass
import os
import pwd
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from queue_server.catalogue.faults import CatalogueError
from queue_server.catalogue.load import load_hall
from queue_server.domain.errors import HallError
from queue_server.domain.ids import Actor
from queue_server.service.dossiers import forgetting, person
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.database import FILE, Database
from queue_server.store.key_file import KeyFileError, beside
from queue_server.store.migrations import SchemaTooNew
from queue_server.store.sealed import keys_in_use
from queue_server.store.vault import Vault, open_vault


@dataclass(frozen=True)
class Store:
    """A hall's data, opened by whoever can reach its files."""

    db: Database
    vault: Vault
    files: AttachmentFiles


class OtherAccountError(Exception):
    """What this account would write, the server could no longer read; the text says how to run the command."""


def actor() -> Actor:
    """Who stands in the audit: the account of the machine that ran the command."""
    return Actor(f"command:{re.sub(r'[^a-z0-9._-]', '-', getpass.getuser().lower())}")


@contextmanager
def opened(data: Path, keys: Path | None) -> Iterator[Store]:
    """Raises KeyFileError, FileNotFoundError where there is no database, OtherAccountError, SchemaTooNew, and
    sqlite3.Error where the database is damaged."""
    if not (data / FILE).is_file():
        raise FileNotFoundError(f"there is no database at {data / FILE}")
    owned_by(data / FILE, os.geteuid())
    db = Database(data)
    try:
        vault = open_vault(keys or beside(data), db.submit(lambda tx: keys_in_use(tx.sql)).result())
        yield Store(db, vault, AttachmentFiles(data, vault))
    finally:
        db.close()


def owned_by(path: Path, account: int) -> None:
    """Keys and papers are readable by the server's account alone, also those that are written anew. Raises
    OtherAccountError where `account` is another one, root among them."""
    owner = path.stat().st_uid
    if owner != account:
        name = next((each.pw_name for each in pwd.getpwall() if each.pw_uid == owner), f"#{owner}")
        raise OtherAccountError(
            f"dữ liệu này của tài khoản {name}; hãy chạy lại như sau · these data belong to the account {name}; run"
            f" it as that account: sudo runuser -u {name} -- motcua …"
        )


UNUSABLE = (KeyFileError, OtherAccountError, SchemaTooNew, HallError, OSError, sqlite3.Error)
"""What a command says in a sentence."""


def store_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's folder")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the keys of dossiers (default: DIR.keys beside DIR)")


def dossiers(argv: list[str]) -> int:
    """Erase what is due by the hall's rules; the server does the same each minute."""
    parser = argparse.ArgumentParser(prog="motcua dossiers", description="What is kept of dossiers.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    erase = verbs.add_parser("erase-due", help="erase what is personal and whose time is over")
    store_options(erase)
    # No file goes without saying: by another hall's days too much would be erased.
    erase.add_argument("--hall", type=Path, required=True, metavar="FILE", help="the hall's file (TOML)")
    options = parser.parse_args(argv)
    now = datetime.now(UTC)
    try:
        hall = load_hall(options.hall)(now.date())
        with opened(options.data, options.keys) as store:
            erased = forgetting.erase_due(store.db, store.files, hall, now, actor())
    except (CatalogueError, *UNUSABLE) as error:
        return _fail("dossiers", error)
    sys.stdout.write(f"{erased} hồ sơ đã xóa dữ liệu cá nhân · dossiers erased\n")
    return 0


def main(argv: list[str]) -> int:
    """Take one person's data out, or erase it; who it is comes on standard input, never on the command line."""
    parser = argparse.ArgumentParser(
        prog="motcua person",
        description="One person's data. Standard input: the identity number, then the birth date (YYYY-MM-DD).",
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    export = verbs.add_parser("export", help="everything kept of one person, as JSON and files")
    export.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder for it")
    erase = verbs.add_parser("erase", help="erase what is kept of one person")
    for verb in (export, erase):
        store_options(verb)
    options = parser.parse_args(argv)
    who = _asked()
    if who is None:
        sys.stderr.write("motcua person: 12 chữ số, rồi ngày sinh · 12 digits, then the birth date as YYYY-MM-DD\n")
        return 2
    now = datetime.now(UTC)
    try:
        with opened(options.data, options.keys) as store:
            if options.verb == "export":
                return _exported(store, who, options.out, now)
            done = person.erase_person(store.db, store.vault, store.files, who, actor(), now)
    except UNUSABLE as error:
        return _fail("person", error)
    if not (done.dossiers or done.held or done.kept):
        return _nobody()
    sys.stdout.write(f"{done.dossiers} hồ sơ · dossiers, {done.held} giấy tờ · held papers: đã xóa · erased\n")
    for code in done.kept:
        sys.stdout.write(f"{code}: đang xử lý, chưa xóa · still worked on, not erased\n")
    return 1 if done.kept else 0


def _exported(store: Store, who: person.Person, folder: Path, now: datetime) -> int:
    found = person.export(store.db, store.vault, store.files, who, folder, actor(), now)
    if not found:
        return _nobody()
    sys.stdout.write(f"{folder}: {found.dossiers} hồ sơ · dossiers\n")
    for what in found.unreadable:
        sys.stderr.write(f"{what}: không mở được, không có trong thư mục · cannot be opened, is not in the folder\n")
    return 1 if found.unreadable else 0


def _nobody() -> int:
    """A wrong birth date finds nobody: that must not look like a job done."""
    sys.stderr.write(
        "motcua person: không tìm thấy ai với số và ngày sinh này, chưa làm gì"
        " · nobody found with this number and birth date, nothing was done\n"
    )
    return 1


def _asked() -> person.Person | None:
    if sys.stdin.isatty():
        sys.stderr.write("Số định danh, rồi ngày sinh · identity number, then birth date (YYYY-MM-DD):\n")
    number, born = (sys.stdin.readline().strip() for _ in range(2))
    try:
        return person.Person(number, date.fromisoformat(born)) if re.fullmatch(r"[0-9]{12}", number) else None
    except ValueError:
        return None


def _fail(command: str, error: Exception) -> int:
    sys.stderr.write(f"motcua {command}: {error}\n")
    return 1
