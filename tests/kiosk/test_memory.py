"""Whoever has left is in the kiosk's memory no more, not even for somebody who can read all of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.fake_hall import FakeHall
from tests.kiosk.test_filling import asked, go, press, shows, to_the_form
from tests.kiosk.test_window import Kiosk, display, pytestmark

__all__ = ["display", "pytestmark"]
NAME, ID = "kimbop", "001085098761"
SHOWN = (NAME.capitalize(), ID, "001 085 098 761")
PATIENCE_S = 20.0


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall(self_service=True) as running:
        yield running


def remembered(process: int) -> dict[str, int]:
    """How often each of SHOWN stands in the memory of `process`, in any of Python's ways to keep a text."""
    found = dict.fromkeys(SHOWN, 0)
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if place is None or "/dev/" in line:
                continue
            start, end = (int(part, 16) for part in place.groups())
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except OSError:
                continue
            for text in SHOWN:
                found[text] += sum(held.count(text.encode(form)) for form in ("utf-8", "utf-16-le", "utf-32-le"))
    return found


def test_whoever_has_left_is_in_no_memory(hall: FakeHall, display: str, tmp_path: Path) -> None:
    kiosk = Kiosk(hall, display, tmp_path)
    try:
        to_the_form(kiosk)
        press(kiosk, *(f"key:{letter}" for letter in NAME))
        shows(kiosk, SHOWN[0])
        go(kiosk, "key:done", "declarant_id")
        press(kiosk, *(f"key:{digit}" for digit in ID))
        shows(kiosk, SHOWN[2])
        asked(kiosk, "declarant_id")
        while_there = remembered(kiosk.process.pid)
        assert min(while_there.values()) > 0, "this test would see them"
        kiosk.touch("home")
        kiosk.until(lambda seen: "back" not in seen["buttons"])
        kiosk.touch("home")
        kiosk.at("attract")
        end = time.monotonic() + PATIENCE_S
        while any(left := remembered(kiosk.process.pid).values()) and time.monotonic() < end:
            time.sleep(0.5)
        assert not any(left), remembered(kiosk.process.pid)
    finally:
        code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()
