"""`motcua up` with the real server: it says where everything is, mends what dies, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from queue_server.contract import Language
from queue_server.up import free_port, spoken

MOTCUA = str(Path(sysconfig.get_path("scripts")) / "motcua")
PATIENCE_S = 60.0


class Running:
    """A sample hall in a process of its own, what it says in a file."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.said_in = folder.with_suffix(".said")
        environment = {
            name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
        } | {"LC_ALL": "en_US.UTF-8"}
        with self.said_in.open("w") as said:
            self.process = subprocess.Popen(
                [MOTCUA, "up", "--data", str(folder), *arguments],
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                env=environment,
            )

    def said(self) -> str:
        return self.said_in.read_text(encoding="utf-8")

    def until(self, holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def servers(self) -> list[int]:
        """The processes that serve from this folder, whoever started them."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and (arguments := _arguments(entry)) and _serves(arguments, self.folder)
        ]

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_S)


def _arguments(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []


def _serves(arguments: list[str], folder: Path) -> bool:
    return "serve" in arguments and str(folder) in arguments


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Running(tmp_path / "demo", "--port", str(port))
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(PATIENCE_S)


def test_the_sample_hall_runs_mends_itself_and_leaves_nothing_behind(hall: Running, tmp_path: Path) -> None:
    hall.until(lambda: "Ctrl-C" in hall.said())
    said = hall.said()
    url = next(word for word in said.split() if word.startswith("http://")).rstrip("/")
    for path in ("/board", "/console", "/hall", "/device?next=/rate/1", "/preview", "/openapi.json"):
        assert url + path in said
        assert httpx.get(url + path, follow_redirects=True, trust_env=False, timeout=30).status_code == 200
    assert "There is no display here" in said
    assert "make demo" in said
    assert "canbo1" in said
    assert "motcua-demo" in said

    second = Running(hall.folder)
    assert second.process.wait(PATIENCE_S) == 1
    assert "already runs" in second.said()

    (server,) = hall.servers()
    os.kill(server, signal.SIGKILL)
    hall.until(lambda: "server has died" in hall.said())
    hall.until(lambda: [pid for pid in hall.servers() if pid != server])

    assert hall.end(signal.SIGINT) == 0
    assert hall.servers() == []
    assert "has stopped" in hall.said()


def test_killing_the_launcher_outright_leaves_no_server(hall: Running) -> None:
    hall.until(hall.servers)
    hall.end(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_S
    while hall.servers():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_server_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    (tmp_path / "demo" / "motcua.db").mkdir(parents=True)
    running = Running(tmp_path / "demo")
    assert running.process.wait(PATIENCE_S) == 1
    assert "did not start" in running.said()
    assert "motcua serve:" in running.said()


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) <= 65535


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.VI),
        ({"LANG": "C.UTF-8"}, Language.VI),
        ({"LANG": "vi_VN.UTF-8"}, Language.VI),
        ({"LANG": "en_GB.UTF-8"}, Language.EN),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, Language.VI),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, Language.VI),
    ],
)
def test_the_terminals_locale_chooses_the_language(environment: dict[str, str], language: Language) -> None:
    assert spoken(environment) is language
