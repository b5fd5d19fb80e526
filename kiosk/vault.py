"""Pictures and page images of one visit, in memory only, under handles that mean nothing; wiped when it ends."""

from __future__ import annotations

import secrets
import threading


class Vault:
    """Shared by the lanes and the screen; every method may be called from any thread."""

    def __init__(self) -> None:
        self._kept: dict[str, bytearray] = {}
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        """Keep `data`; returns its handle."""
        handle = secrets.token_hex(8)
        with self._lock:
            self._kept[handle] = bytearray(data)
        return handle

    def get(self, handle: str) -> bytes | None:
        """None where it has been wiped meanwhile."""
        with self._lock:
            kept = self._kept.get(handle)
            return bytes(kept) if kept is not None else None

    def drop(self, handle: str) -> None:
        with self._lock:
            _blank(self._kept.pop(handle, None))

    def wipe(self) -> None:
        """Overwrite and forget everything."""
        with self._lock:
            for kept in self._kept.values():
                _blank(kept)
            self._kept.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._kept)


def _blank(kept: bytearray | None) -> None:
    if kept is not None:
        kept[:] = bytes(len(kept))
