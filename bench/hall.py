"""The measured hall: a real server process over `bench/hall.toml`, eight clerks at open counters, and its clients."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from queue_server import accounts
from queue_server.contract import API
from tests.hall_server import running_hall

from .child import Child
from .figures import Times

HALL = Path(__file__).with_name("hall.toml")
COUNTERS = range(1, 9)
SERVICES = ["1.001193", "2.000815", "1.004222", "1.000894", "2.000884", "1.001699"]
EVERYBODY = 1_000_000


@dataclass(frozen=True)
class Stretch:
    """A stretch of load: its times, and the processor seconds that server and clients spent on it."""

    times: Times
    server_cpu_s: float
    client_cpu_s: float


@dataclass(frozen=True)
class Hall:
    """A running server and the process of its clients."""

    url: str
    pid: int
    kiosk: str
    clerks: tuple[tuple[int, str], ...]
    clients: Child

    def issue(self, count: int, connections: int) -> Stretch:
        """`count` tickets taken over so many connections at once."""
        return self._issue(self.pid, self.url, f"{API}/tickets", count, connections)

    def issue_elsewhere(self, pid: int, url: str, count: int, connections: int) -> Stretch:
        """The same requests to the bare app that is process `pid`."""
        return self._issue(pid, url, "/tickets", count, connections)

    def call(self, count: int) -> Stretch:
        """`count` times Next, by all clerks at once; fewer when nobody waits any more."""
        return self._load(self.pid, do="call", url=self.url, clerks=self.clerks, count=count)

    def empty(self) -> None:
        """Call everybody who waits, so that the next stretch begins with an empty hall."""
        self.call(EVERYBODY)

    def _issue(self, pid: int, url: str, path: str, count: int, connections: int) -> Stretch:
        asked = {"path": path, "token": self.kiosk, "services": SERVICES, "count": count, "connections": connections}
        return self._load(pid, do="issue", url=url, **asked)

    def _load(self, pid: int, **request: Any) -> Stretch:
        server = psutil.Process(pid)
        before = server.cpu_times()
        done = self.clients.ask(**request)
        after = server.cpu_times()
        spent = after.user + after.system - before.user - before.system
        return Stretch(Times(tuple(done["each_s"]), done["all_s"] or 1e-9), spent, done["cpu_s"])


@contextmanager
def measured_hall(folder: Path) -> Iterator[Hall]:
    """A fresh hall in `folder` with its eight counters open."""
    data = folder / "data"
    kiosk = _token(data, "kiosk", "kiosk-1")
    clerks = tuple((counter, _token(data, "clerk", f"clerk-{counter}")) for counter in COUNTERS)
    with running_hall(folder, hall=HALL) as running, Child("clients") as clients:
        for counter, token in clerks:
            with running.client(token) as clerk:
                clerk.post(f"{API}/counters/{counter}/open").raise_for_status()
        assert running.process is not None
        yield Hall(running.url, running.process.pid, kiosk, clerks, clients)


def _token(data: Path, role: str, name: str) -> str:
    """As `motcua token`, without starting a process for each of nine."""
    said = io.StringIO()
    with redirect_stdout(said):
        accounts.token(["--data", str(data), "--role", role, "--name", name])
    return said.getvalue().strip()
