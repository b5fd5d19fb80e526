"""One process of the sample hall: started apart, started again when it falls, ended with all it had started itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

GUARD = ("setpriv", "--pdeathsig", "TERM", "--", "sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"')
"""Runs a command that the kernel ends with its parent, whose pid comes first; none where that has ended already, of
which the kernel would tell nobody any more."""
STOP_S = 10.0
LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0
"""A part that ran this long is forgiven its earlier falls."""


@dataclass(slots=True)
class Part:
    """One process of the hall, its output in `log`, started again after a pause that doubles with each fall."""

    name: str
    command: Sequence[str]
    log: Path
    first_pause_s: float = 1.0
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    falls: int = field(default=0, init=False)
    _began: float = field(default=0.0, init=False)
    _due: float = field(default=0.0, init=False)

    def start(self) -> None:
        # Its own process group, so that Ctrl-C reaches it through us alone and in order; and when we are killed
        # without a chance to stop it, the kernel does so.
        guard = [*GUARD, str(os.getpid())] if shutil.which("setpriv") else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*guard, *self.command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._began = time.monotonic()

    def fallen(self) -> int | None:
        """The exit code when it has just ended, once; the next start is put off by the pause that is then due."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        now = time.monotonic()
        self._end_group()
        self.falls = 1 if now - self._began > STEADY_S else self.falls + 1
        self._due = now + min(self.first_pause_s * 2 ** min(self.falls - 1, 10), LONGEST_PAUSE_S)
        self.process = None
        return code

    def due(self) -> bool:
        return self.process is None and time.monotonic() >= self._due

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._end_group()
        self.process = None

    def last_lines(self, count: int = 15) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def _end_group(self) -> None:
        """What the process itself had started goes with it."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return
