"""`motcua keys`: which keys seal the dossiers, and a new one when it is time."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from queue_server.service.dossiers import rotation
from queue_server.store.sealed import usage

from .personal import UNUSABLE, Store, actor, opened, store_options


def main(argv: list[str]) -> int:
    """No key is ever printed."""
    parser = argparse.ArgumentParser(prog="motcua keys", description="The keys that seal dossiers.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    words = {
        "show": "which keys there are, and how much each sealed",
        "rotate": "make a new key and seal everything with it; finishes a rotation that was cut off",
        "forget": "drop older keys that sealed nothing of what is kept; older backups become unreadable",
    }
    for verb, what in words.items():
        store_options(verbs.add_parser(verb, help=what))
    options = parser.parse_args(argv)
    try:
        with opened(options.data, options.keys) as store:
            return {"show": _show, "rotate": _rotate, "forget": _forget}[options.verb](store)
    except UNUSABLE as error:
        sys.stderr.write(f"motcua keys: {error}\n")
        return 1


def _show(store: Store) -> int:
    keys = store.vault.keys
    pieces = store.db.submit(lambda tx: usage(tx.sql)).result()
    for key in (keys.sealing, *keys.older):
        role = "sealing" if key is keys.sealing else "older"
        sys.stdout.write(f"{key.id}\t{key.made_at:%Y-%m-%d}\t{role}\t{pieces.get(key.id, 0)}\n")
    return 0


def _rotate(store: Store) -> int:
    def each(done: int) -> None:
        sys.stderr.write(f"\r{done}")
        sys.stderr.flush()

    done = rotation.rotate(store.db, store.vault, store.files, actor(), datetime.now(UTC), each)
    if done.sealed_anew:
        sys.stderr.write("\n")
    what = "tiếp tục lần trước · the earlier rotation finished" if done.resumed else "khóa mới · new key"
    sys.stdout.write(f"{done.key}: {what}, {done.sealed_anew} đã niêm phong lại · sealed anew\n")
    for piece in done.broken:
        sys.stderr.write(f"{piece}: không mở được, để nguyên · cannot be opened, left as it is\n")
    return 1 if done.broken else 0


def _forget(store: Store) -> int:
    gone = rotation.forget(store.db, store.vault, store.files, actor(), datetime.now(UTC))
    sys.stdout.write(f"{' '.join(gone) or '-'}: đã bỏ · forgotten\n")
    return 0
