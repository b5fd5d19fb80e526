"""A kiosk that dies in the middle of a form leaves nothing of whoever stood there."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.fake_hall import FakeHall
from tests.kiosk.test_filling import asked, go, press, shows, to_the_form
from tests.kiosk.test_window import Kiosk, display, pytestmark

__all__ = ["display", "pytestmark"]
TYPED = ("nguyen", "001085012345")
SHOWN = ("Nguyen", "001 085 012 345", *TYPED)


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall(self_service=True) as running:
        yield running


def test_after_kill_9_nothing_of_the_citizen_is_on_the_disk(hall: FakeHall, display: str, tmp_path: Path) -> None:
    kept = ("--state", str(tmp_path / "state"), "--spool", str(tmp_path / "spool"))
    kiosk = Kiosk(hall, display, tmp_path, *kept)
    try:
        to_the_form(kiosk)
        press(kiosk, *(f"key:{letter}" for letter in TYPED[0]))
        shows(kiosk, SHOWN[0])
        go(kiosk, "key:done", "declarant_id")
        press(kiosk, *(f"key:{digit}" for digit in TYPED[1]))
        shows(kiosk, SHOWN[1])
        asked(kiosk, "declarant_id")
        limits = Path(f"/proc/{kiosk.process.pid}/limits").read_text()
    finally:
        kiosk.process.send_signal(signal.SIGKILL)
        kiosk.process.wait(20)
    (core,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4] == "0", "no picture of its memory is ever written"
    # The layout file is what this test reads the screen by; no hall has one.
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path != kiosk.file]
    assert tmp_path / "state" / "catalogue.json" in files
    found = [(path.name, word) for path in files for word in SHOWN if word.encode() in path.read_bytes()]
    assert found == []
