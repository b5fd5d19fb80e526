"""Starts a real `motcua serve` on a free port for tests and measurements, and leaves no process behind.

with running_hall(tmp_path, demo=True) as hall:
    kiosk = hall.token("kiosk", "kiosk-1")
    httpx.get(f"{hall.url}/api/v1/services")
    hall.kill()     # kill -9, as a power cut
    hall.start()    # the same data on the same address
"""

from __future__ import annotations

import io
import select
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from queue_server import accounts

MOTCUA = str(Path(sysconfig.get_path("scripts")) / "motcua")
START_S = 60.0
STOP_S = 20.0


class HallFailedError(Exception):
    """The server did not come up; the text is what it said last."""


@dataclass(slots=True)
class RunningHall:
    """One server process over one data folder. `url` stays the same from start to start; `log` is its stderr."""

    data: Path
    options: tuple[str, ...] = ()
    url: str = ""
    process: subprocess.Popen[str] | None = None
    _port: int = field(default=0, init=False)

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> None:
        """Start, or start again after `kill` or `stop`. Raises HallFailedError."""
        deadline = time.monotonic() + START_S
        while True:
            said = self._start_once(deadline)
            if said.startswith("motcua http"):
                self.url = said.removeprefix("motcua ").strip()
                self._port = int(self.url.rpartition(":")[2])
                return
            self.kill()
            # An outgoing connection of some other process may sit on our old port for a moment.
            if not self._port or "cannot listen" not in self.last_lines() or time.monotonic() > deadline:
                raise HallFailedError(self.last_lines() or "the server said nothing in time")
            time.sleep(0.2)

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL); nothing when it does not run."""
        self._end(hard=True)

    def stop(self) -> int | None:
        """Ask it to end (SIGTERM) and wait; returns the exit code."""
        return self._end(hard=False)

    def token(self, role: str, name: str, counter: int | None = None) -> str:
        """A new bearer token, as `motcua token` prints it; a device of that name loses its old one."""
        bound = [] if counter is None else ["--counter", str(counter)]
        # Called here and not in a process of its own: starting Python takes a second each time.
        with redirect_stdout(io.StringIO()) as said:
            accounts.token(["--data", str(self.data), "--role", role, "--name", name, *bound])
        return said.getvalue().strip()

    def user(self, role: str, name: str, password: str) -> None:
        """An account, made by `motcua user add`."""
        arguments = ("user", "add", "--data", str(self.data), "--role", role, "--name", name, "--password-stdin")
        made = self.motcua(*arguments, stdin=password + "\n")
        if made.returncode:
            raise HallFailedError(made.stderr)

    def check(self) -> subprocess.CompletedProcess[str]:
        """`motcua check`: exit code 0 when the database is sound, faults on stdout when not."""
        return self.motcua("check", "--data", str(self.data))

    def motcua(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [MOTCUA, *arguments], input=stdin, capture_output=True, text=True, timeout=START_S, check=False
        )

    def client(self, token: str | None = None) -> httpx.Client:
        """An HTTP client of this hall, with `token` as its bearer token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30.0, trust_env=False)

    def last_lines(self, count: int = 20) -> str:
        if not self.log.is_file():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def command(self) -> list[str]:
        """What starts the server."""
        return [MOTCUA, "serve"]

    def _start_once(self, deadline: float) -> str:
        """The first line on stdout, or an empty text when it ended or said nothing in time."""
        # When the test itself is killed, the kernel ends the server.
        guard = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        command = [*guard, *self.command(), "--data", str(self.data), "--port", str(self._port), *self.options]
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        return self.process.stdout.readline() if readable else ""

    def _end(self, *, hard: bool) -> int | None:
        process, self.process = self.process, None
        if process is None:
            return None
        (process.kill if hard else process.terminate)()
        try:
            code = process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return code


@contextmanager
def running_hall(
    folder: Path, *, demo: bool = False, hall: Path | None = None, options: tuple[str, ...] = ()
) -> Iterator[RunningHall]:
    """A server over `folder`/data on a free port, stopped at the end. `hall`: a hall's file; the sample without it."""
    chosen = (*(("--demo",) if demo else ()), *(("--hall", str(hall)) if hall else ()), *options)
    running = RunningHall(folder / "data", chosen)
    try:
        running.start()
        yield running
    finally:
        running.stop()
