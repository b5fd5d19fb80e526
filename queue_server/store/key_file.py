"""The keys that seal what is personal: one small file, apart from the database and from its backups.

Whoever has the database but not this file has nothing that can be read; whoever loses this file loses it for good.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

KEY_BYTES = 32
FORMAT = 2
ONE_FINDER = 1
"""In files of this format one key finds the owners again for all; a rotation brings it up to date."""
SUFFIX = ".keys"


class KeyFileError(Exception):
    """The key file is missing, open to others or not one; the text says what to do and holds no key."""


@dataclass(frozen=True, repr=False)
class Key:
    """AES-256. `id` stands in everything that it seals; `finder` finds an owner's dossiers again: what stands in the
    database in an owner's place is made with it."""

    id: str
    secret: bytes
    made_at: datetime
    finder: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"


@dataclass(frozen=True, repr=False)
class Keys:
    """`sealing` seals; the `older` ones still open what they sealed and find what they marked."""

    sealing: Key
    older: tuple[Key, ...] = ()

    def __repr__(self) -> str:
        return f"Keys({self.sealing.id}, {len(self.older)} older)"

    @property
    def finders(self) -> tuple[bytes, ...]:
        """The newest first, each once."""
        return tuple(dict.fromkeys(key.finder for key in (self.sealing, *self.older)))

    def key(self, ident: str) -> Key | None:
        return next((key for key in (self.sealing, *self.older) if key.id == ident), None)

    def rotated(self, now: datetime) -> Keys:
        """With a new sealing key; the present one becomes an older one."""
        return replace(self, sealing=new_key(now), older=(self.sealing, *self.older))

    def without(self, idents: frozenset[str]) -> Keys:
        return replace(self, older=tuple(key for key in self.older if key.id not in idents))


def beside(data: Path) -> Path:
    """Where the keys of the folder `data` are unless told otherwise: beside it, not in it."""
    whole = data.absolute()
    return whole.with_name(whole.name + SUFFIX)


def new_key(now: datetime) -> Key:
    return Key(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES), now, secrets.token_bytes(KEY_BYTES))


def new_keys(now: datetime) -> Keys:
    return Keys(new_key(now))


def read_keys(path: Path) -> Keys:
    """Raises KeyFileError: no such file, readable by others, or damaged."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise KeyFileError(f"{path}: the key file cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KeyFileError(f"{path}: this is no key file") from error
    if stat.S_IMODE(mode) & 0o077:
        raise KeyFileError(f"{path}: others can read the keys; put it right with: chmod 600 {path}")
    try:
        kept = json.loads(text)
        if kept["format"] not in (FORMAT, ONE_FINDER):
            raise KeyFileError(f"{path}: made by a newer version of the software")
        common = {"finder": kept["finder"]} if kept["format"] == ONE_FINDER else {}
        first, *older = (_key({**entry, **common}) for entry in kept["keys"])
        return Keys(first, tuple(older))
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(f"{path}: the key file is damaged; bring back its copy") from error


def write_keys(path: Path, keys: Keys) -> None:
    """Replace the file in one step, on the disk when this returns. Raises KeyFileError."""
    kept = {
        "format": FORMAT,
        "keys": [
            {
                "id": key.id,
                "made_at": key.made_at.isoformat(),
                "key": base64.b64encode(key.secret).decode(),
                "finder": base64.b64encode(key.finder).decode(),
            }
            for key in (keys.sealing, *keys.older)
        ],
    }
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise KeyFileError(f"{path}: the key file cannot be written: {error.strerror}") from error


def _key(entry: dict[str, str]) -> Key:
    made_at = datetime.fromisoformat(entry["made_at"])
    return Key(entry["id"], _secret(entry["key"]), made_at, _secret(entry["finder"]))


def _secret(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return secret
