"""Seals what is personal before it reaches the disk, and opens it again: AES-256-GCM, each piece bound to its place.

A sealed piece is `M1`, the key's id and its length, 12 random bytes, and the ciphertext with its tag. What it belongs
to (table, column and row, or the attachment's digest) is authenticated with it: a piece put elsewhere does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_

from .key_file import KeyFileError, Keys, new_keys, read_keys, write_keys

MARK = b"M1"
NONCE_BYTES = 12


class SealBroken(HallError):
    """What is kept cannot be opened: its key is not there, or it was changed or moved."""

    code = "seal-broken"
    message = N_("What is kept of this dossier cannot be opened.")
    action = N_("Call the technician: the key file may be missing or an old one.")


class KeysUnusable(HallError):
    """The key file has gone, gone bad or been opened to others while the server runs."""

    code = "keys-unusable"
    message = N_("The keys of the dossiers cannot be used now.")
    action = N_("Call the technician: the key file is missing, damaged, or others can read it.")


class Vault:
    """The keys of one hall. Follows its file: what is sealed after a rotation is sealed with the new key.

    Call `seal` inside a writing transaction or under the attachments' lock, so that a rotation waits for it."""

    def __init__(self, path: Path) -> None:
        """Raises KeyFileError."""
        self.path = path
        self._seen = self._stamp()
        self._keys = read_keys(path)

    @property
    def keys(self) -> Keys:
        """As the file has them now. Raises KeysUnusable where it has gone, or gone bad."""
        try:
            stamp = self._stamp()
            if stamp != self._seen:
                self._keys, self._seen = read_keys(self.path), stamp
        except KeyFileError as error:
            raise KeysUnusable from error
        return self._keys

    def check(self) -> None:
        """Raises KeysUnusable."""
        _ = self.keys

    def seal(self, content: bytes, place: str) -> bytes:
        """`place`: what this belongs to; needed again to open it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self.keys.sealing
        nonce = secrets.token_bytes(NONCE_BYTES)
        head = MARK + bytes([len(key.id)]) + key.id.encode("ascii")
        return head + nonce + AESGCM(key.secret).encrypt(nonce, content, head + place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Raises SealBroken."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self.keys.key(key_of(sealed))
        if key is None:
            raise SealBroken
        end = len(MARK) + 1 + len(key.id)
        head, nonce, rest = sealed[:end], sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :]
        try:
            return AESGCM(key.secret).decrypt(nonce, rest, head + place.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def seal_json(self, value: Any, place: str) -> bytes:
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), place)

    def open_json(self, sealed: bytes, place: str) -> Any:
        """Raises SealBroken."""
        return json.loads(self.open(sealed, place))

    def find(self, kind: str, *words: str) -> bytes:
        """What stands in the database for `words` where they must be found again but not read: HMAC-SHA-256 under a key
        of its own, the newest."""
        return self.found(kind, *words)[0]

    def found(self, kind: str, *words: str) -> tuple[bytes, ...]:
        """As `find`, and under which marks the same may stand there from before a rotation; the newest first."""
        said = json.dumps([kind, *words], ensure_ascii=False).encode()
        return tuple(hmac.digest(finder, said, hashlib.sha256) for finder in self.keys.finders)

    def _stamp(self) -> tuple[int, int, int, int]:
        try:
            found = os.stat(self.path)
        except OSError as error:
            raise KeyFileError(f"{self.path}: the key file cannot be read: {error.strerror}") from error
        return found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode


def open_vault(path: Path, in_use: frozenset[str]) -> Vault:
    """The keys in `path`; new ones where there is no such file and nothing is sealed yet. `in_use`: the ids of the keys
    that sealed what is kept. Raises KeyFileError."""
    if not path.exists():
        if in_use:
            raise KeyFileError(f"{path}: the key file is missing, and dossiers are sealed with it; bring back its copy")
        write_keys(path, new_keys(datetime.now(UTC)))
    vault = Vault(path)
    strange = sorted(ident for ident in in_use if vault.keys.key(ident) is None)
    if strange:
        raise KeyFileError(f"{path}: these are other keys than the dossiers were sealed with: {', '.join(strange)}")
    return vault


def key_of(sealed: bytes) -> str:
    """The id of the key that sealed this. Raises SealBroken where it is nothing sealed."""
    if not sealed.startswith(MARK) or len(sealed) < 4:
        raise SealBroken
    return sealed[3 : 3 + sealed[2]].decode("ascii", "replace")
