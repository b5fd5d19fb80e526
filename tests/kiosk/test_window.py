"""Real touches on a real window, on a virtual screen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.fake_hall import FakeHall

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool, as CI has them"
)
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout
    yield f":{server.stdout.readline().strip()}"
    server.terminate()
    server.wait(10)


class Kiosk:
    """A kiosk process and its window."""

    def __init__(self, hall: FakeHall, display: str, folder: Path, *more: str, printer: str = "fake://") -> None:
        self.file = folder / "layout.json"
        self.home = folder / "home"
        self.home.mkdir()
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("KIVY", "SDL", "XDG"))}
        self.env = keep | {
            "DISPLAY": display,
            "HOME": str(self.home),
            "MOTCUA_TOKEN": hall.token,
            "TMPDIR": str(folder),
        }
        line = ["--server", hall.url, "--printer", printer, "--size", "1280x800", "--layout-file", str(self.file)]
        command = [sys.executable, "-m", "kiosk.main", *line, *more]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)

    def layout(self) -> dict[str, Any]:
        return json.loads(self.file.read_text()) if self.file.exists() else {"screen": None}  # type: ignore[no-any-return]

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            seen = self.layout()
            if holds(seen):
                return seen
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.02)
        raise AssertionError(f"still at {self.layout()}\n{self.log.read_text()[-2000:]}")

    def at(self, screen: str) -> dict[str, Any]:
        return self.until(lambda seen: seen["screen"] == screen)

    def xdotool(self, *words: str) -> str:
        return subprocess.run(["xdotool", *words], env=self.env, check=True, capture_output=True, text=True).stdout

    def touch(self, name: str, times: int = 1) -> None:
        button = self.layout()["buttons"][name]
        window = self.xdotool("search", "--class", "motcua-kiosk").split()[-1]
        place = ["mousemove", "--window", window, str(button["x"]), str(button["y"])]
        self.xdotool(*place, "click", "--repeat", str(times), "--delay", "20", "1")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall() as running:
        yield running


def test_touches_lead_from_the_welcome_to_a_printed_ticket(hall: FakeHall, display: str, tmp_path: Path) -> None:
    kiosk = Kiosk(hall, display, tmp_path)
    try:
        kiosk.at("attract")
        for name, screen in (
            ("start", "language"),
            ("language:en", "group"),
            ("group:chung-thuc", "service"),
            ("service:2.000815", "priority"),
            ("priority:elderly", "confirm"),
        ):
            kiosk.touch(name)
            seen = kiosk.at(screen)
        assert "Certified copy of an original" in seen["texts"]
        kiosk.touch("confirm", times=3)
        seen = kiosk.until(lambda layout: layout["printing"] == "done")
        assert (seen["screen"], seen["number"]) == ("ticket", "B-001")
        assert "B-001" in seen["texts"]
        assert len(hall.tickets) == 1, "three quick touches, one ticket"
        assert [request.priority for _, request in hall.requests] == ["elderly"]
        kiosk.touch("home")
        assert "Lấy số thứ tự" in kiosk.at("attract")["texts"]
        kiosk.touch("start", times=2)
        kiosk.at("language")
    finally:
        code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()
    assert list(kiosk.home.iterdir()) == [], "nothing is left in the home directory"
    assert not list(tmp_path.glob("motcua-kiosk-*")), "nor in the temporary one"


def test_a_lost_answer_is_asked_for_again_and_the_escape_key_ends_nothing(
    hall: FakeHall, display: str, tmp_path: Path
) -> None:
    hall.silent_after = True
    hall.release()
    kiosk = Kiosk(hall, display, tmp_path, "--fullscreen")
    try:
        kiosk.at("attract")
        for name, screen in (("start", "language"), ("language:vi", "group"), ("group:cu-tru", "service")):
            kiosk.touch(name)
            kiosk.at(screen)
        kiosk.touch("access")
        kiosk.until(lambda layout: "large-text" in layout["buttons"])
        kiosk.touch("large-text")
        kiosk.until(lambda layout: layout["large_text"])
        kiosk.touch("access")
        kiosk.until(lambda layout: "large-text" not in layout["buttons"])
        kiosk.touch("service:1.004222")
        kiosk.at("priority")
        kiosk.xdotool("key", "F1", "key", "Escape")
        kiosk.at("service")  # one screen back, like the button
        kiosk.touch("service:1.004222")
        kiosk.at("priority")
        kiosk.touch("priority:none")
        kiosk.at("confirm")
        kiosk.touch("confirm")
        kiosk.at("unreachable")
        hall.silent_after = False
        seen = kiosk.at("ticket")
        assert seen["number"] == "C-001"
        assert len(hall.tickets) == 1
        assert len({key for key, _ in hall.requests}) == 1
    finally:
        code = kiosk.stop()
    assert code == 0, kiosk.log.read_text()


def test_without_a_display_the_kiosk_says_so(hall: FakeHall, tmp_path: Path) -> None:
    kiosk = Kiosk(hall, ":999", tmp_path)
    assert kiosk.process.wait(60) == 3
    assert "no display" in kiosk.log.read_text()
