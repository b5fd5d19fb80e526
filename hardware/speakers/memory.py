"""What was called, kept over a restart of the program, so that nothing is called twice and nothing is forgotten."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from pathlib import Path

_log = logging.getLogger(__name__)


class Memory:
    """The keys of the calls that are done with, in the file `path`; without a file the program forgets them."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.wrong = ""
        """Why the calls cannot be written down just now, empty if they can."""
        self._kept: tuple[str, ...] | None = None

    def recall(self) -> tuple[str, ...] | None:
        """The keys, None if this machine has never called or its file says nothing sensible."""
        if self._path is None:
            return None
        try:
            kept = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _log.warning("what was called before is lost: %s", error)
            return None
        if not isinstance(kept, list) or not all(isinstance(key, str) for key in kept):
            _log.warning("what was called before is lost: %s holds no list of calls", self._path)
            return None
        self._kept = tuple(kept)
        return self._kept

    def keep(self, keys: tuple[str, ...]) -> None:
        """Write them down, whole or not at all; a full disk stops no call."""
        if self._path is None or keys == self._kept:
            return
        beside = self._path.with_name(f".{self._path.name}.new")
        try:
            beside.write_text(json.dumps(keys), "utf-8")
            os.replace(beside, self._path)
        except OSError as error:
            wrong = f"what was called cannot be kept: {error.strerror}: {self._path.parent}"
            if wrong != self.wrong:
                _log.warning("%s", wrong)
            self.wrong = wrong
            with contextlib.suppress(OSError):
                beside.unlink()
            return
        if self.wrong:
            _log.info("what was called can be kept again")
        self._kept, self.wrong = keys, ""
