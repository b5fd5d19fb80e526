"""The kiosk killed, and its line cut, at each step from “file it” to the receipt's paper: afterwards there is one
dossier or none, and one receipt for one dossier, or one more that is marked as printed again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_filing import dossiers
from tests.faults import count, runs
from tests.hall_server import RunningHall, running_hall

TITLE = "PHIẾU SỐ THỨ TỰ"
LINES = 4
"""Before and after the paper is handed in, before and after the dossier is filed."""
MOST = 60
WAIT_S = 120.0


def kiosk(hall: RunningHall, token: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults.cut_kiosk", hall.url, token, str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=WAIT_S, check=False)


def receipts(folder: Path) -> tuple[int, int]:
    """Those that came out unmarked, and those marked as printed again."""
    trail = folder / "papers.txt"
    lines = [line.split("\t") for line in trail.read_text().splitlines()] if trail.exists() else []
    ours = [again for title, again in lines if title.upper() != TITLE]
    return ours.count("once"), ours.count("again")


def came_to(hall: RunningHall, token: str, folder: Path, before: int) -> bool:
    """Start the kiosk again after a cut, half a minute later; true where a dossier was filed."""
    for mark in (folder / "state").glob("*.filing"):
        mark.write_text(f"{time.time() - 300:.0f}")
    after = kiosk(hall, token, folder, "0", "after", "0")
    assert after.returncode == 0, after.stderr[-2000:]
    filed = dossiers(hall) - before
    once, again = receipts(folder)
    assert filed in (0, 1)
    assert once <= 1, "a receipt came out twice, and nothing said so"
    assert (once + again > 0) is bool(filed), (filed, once, again)
    assert not list((folder / "state").glob("*.filing"))
    return bool(filed)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("hall"), demo=True) as running:
        yield running


def test_a_kiosk_cut_off_at_each_step_of_filing(hall: RunningHall, tmp_path: Path) -> None:
    token = hall.token("kiosk", "kiosk-1")
    kills, filed, unfiled = 0, 0, 0
    for number, step in enumerate(range(MOST) if runs(0, 1) else (7,)):
        folder, before = tmp_path / f"kiosk-{step}", dossiers(hall)
        done = kiosk(hall, token, folder, str(number), "kill", str(step))
        if done.returncode == 0:
            assert (dossiers(hall) - before, receipts(folder)) == (1, (1, 0))
            break
        assert done.returncode == -9, done.stderr[-2000:]
        kills += 1
        if came_to(hall, token, folder, before):
            filed += 1
        else:
            unfiled += 1
    assert kills
    assert not runs(0, 1) or (filed and unfiled and kills < MOST), (kills, filed, unfiled)
    checked = hall.check()
    assert checked.returncode == 0, checked.stdout
    count("kiosks killed while filing", kills)
    count("  of these filed, each with its receipt", filed)


@pytest.mark.parametrize("step", range(LINES) if runs(0, 1) else (LINES - 1,))
def test_a_line_cut_at_each_call_files_once(hall: RunningHall, tmp_path: Path, step: int) -> None:
    folder, before = tmp_path / "kiosk", dossiers(hall)
    done = kiosk(hall, hall.token("kiosk", "kiosk-2"), folder, str(MOST + step), "line", str(step))
    assert done.returncode == 0, done.stderr[-2000:]
    assert (dossiers(hall) - before, receipts(folder)) == (1, (1, 0))
    count("lines cut while filing", 1)
