"""A part of the sample hall falls, rises, and ends with everything it had started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queue_server.part import Part

PATIENCE_S = 20.0


def eventually(holds: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def alive(pid: int) -> bool:
    """Whether the process exists and is not merely waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def shell_part(tmp_path: Path) -> Iterator[Callable[[str], Part]]:
    parts: list[Part] = []

    def make(script: str) -> Part:
        parts.append(Part("part", ["sh", "-c", script], tmp_path / "part.log", first_pause_s=0.01))
        return parts[-1]

    yield make
    for part in parts:
        part.stop()


def test_what_it_says_goes_to_its_log(shell_part: Callable[[str], Part]) -> None:
    part = shell_part("echo one; echo two >&2; echo three; exit 4")
    part.start()
    assert eventually(lambda: part.fallen() == 4)
    assert part.last_lines(2) == "two\nthree"


def test_a_fall_is_told_once_and_the_next_start_waits_for_its_pause(shell_part: Callable[[str], Part]) -> None:
    part = shell_part("exit 1")
    part.first_pause_s = 3600.0
    part.start()
    assert eventually(lambda: part.fallen() == 1)
    assert part.fallen() is None
    assert part.falls == 1
    assert not part.due()


def test_it_can_be_started_again_after_each_fall(shell_part: Callable[[str], Part]) -> None:
    part = shell_part("echo up; exit 1")
    for falls in (1, 2, 3):
        assert eventually(part.due)
        part.start()
        assert eventually(part.fallen)
        assert part.falls == falls
    assert part.last_lines() == "up\nup\nup"


def test_stopping_ends_also_what_it_had_started(shell_part: Callable[[str], Part]) -> None:
    part = shell_part("sleep 600 & echo $!; wait")
    part.start()
    assert eventually(lambda: part.last_lines().isdigit())
    child = int(part.last_lines())
    assert alive(child)
    part.stop()
    assert eventually(lambda: not alive(child))
    assert part.process is None


def test_a_part_whose_launcher_is_killed_just_when_it_starts_does_not_run(tmp_path: Path) -> None:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("there is no setpriv")
    # In its place one that kills the launcher first, and then does the same as ever.
    slow, said = tmp_path / "setpriv", tmp_path / "pid"
    slow.write_text(
        f"#!/bin/sh\nlauncher=$PPID\nkill -9 $launcher\nwhile [ -d /proc/$launcher ]; do sleep 0.05; done\n"
        f'echo $$ > {said}\nexec {setpriv} "$@"\n'
    )
    slow.chmod(0o755)
    launcher = (
        "import pathlib, sys, time\nfrom queue_server.part import Part\n"
        "Part('part', ['sleep', '600'], pathlib.Path(sys.argv[1])).start()\ntime.sleep(600)\n"
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    launched = subprocess.run(
        [sys.executable, "-c", launcher, str(tmp_path / "log")], env=environment, timeout=60, check=False
    )
    assert launched.returncode == -9
    assert eventually(lambda: said.exists() and said.read_text().strip())
    part = int(said.read_text())
    ended = eventually(lambda: not alive(part))
    if not ended:
        os.kill(part, 9)
    assert ended


def test_a_part_killed_alone_takes_what_it_had_started_with_it(shell_part: Callable[[str], Part]) -> None:
    part = shell_part("sleep 600 & echo $!; wait")
    part.start()
    assert eventually(lambda: part.last_lines().isdigit())
    assert part.process is not None
    os.kill(part.process.pid, 9)
    assert eventually(lambda: part.fallen() == -9)
    assert eventually(lambda: not alive(int(part.last_lines())))
