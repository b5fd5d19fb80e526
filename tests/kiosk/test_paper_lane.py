"""The document camera's lane with real files, a real film and a real vault: seen, shot, lost, wiped."""

from __future__ import annotations

import io
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from hardware.papers.advice import Advice
from kiosk import events as on
from kiosk.events import Event
from kiosk.fake_catalogue import BIRTH
from kiosk.paper_lane import PaperLane
from kiosk.state import Screen
from kiosk.vault import Vault
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.events import Equipped, PaperSeen, PaperShot, PaperTurned
from tests.hardware.papers.scenes import scene
from tests.kiosk.walking import ANSWERS, Walk
from tests.waiting import until

WAIT_S = 60.0


class Lane:
    def __init__(self, url: str | None) -> None:
        self.came: queue.Queue[Event] = queue.Queue()
        self.vault = Vault()
        self.lane = PaperLane(url, self.vault, self.came.put)

    def next(self, kind: type[Any]) -> Any:
        while True:
            event = self.came.get(timeout=WAIT_S)
            if isinstance(event, kind):
                return event

    def __enter__(self) -> Lane:
        return self

    def __exit__(self, *_: object) -> None:
        self.lane.stop(10.0)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "a paper.jpg"
    cv2.imwrite(str(path), scene(3, kind="A5", on="wood", fingers=1).image)
    return path


def test_a_paper_is_seen_and_taken_and_only_the_newest_picture_is_kept(photo: Path) -> None:
    with Lane(f"file://{photo}".replace(" ", "%20")) as one:
        assert one.next(Equipped) == Equipped(scanner=False, camera=True)
        one.lane.watch(True)
        first, second = one.next(PaperSeen), one.next(PaperSeen)
        assert second.advice is Advice.GOOD
        one.lane.shoot()
        shot = one.next(PaperShot)
        assert one.vault.get(first.picture) is None
        assert shot.advice is Advice.GOOD
        page = Image.open(io.BytesIO(one.vault.get(shot.picture) or b""))
        assert page.format == "JPEG"
        assert page.height > page.width > 500
        assert len(one.vault) <= 3


def test_a_wipe_leaves_nothing_and_nothing_comes_after_it(photo: Path) -> None:
    with Lane(f"file://{photo}".replace(" ", "%20")) as one:
        one.lane.watch(True)
        one.next(PaperSeen)
        one.lane.shoot()
        one.lane.wipe()
        while not one.came.empty():
            one.came.get()
        with pytest.raises(queue.Empty):
            one.came.get(timeout=1.0)
        assert len(one.vault) == 0
        one.lane.watch(True)
        assert one.vault.get(one.next(PaperSeen).picture)


def test_a_page_is_turned_clockwise_while_nobody_watches_and_what_is_given_up_is_gone(photo: Path) -> None:
    with Lane(f"file://{photo}".replace(" ", "%20")) as one:
        flat = np.full((200, 100, 3), 255, np.uint8)
        flat[:20, :20] = 0
        before = one.vault.put(cv2.imencode(".jpg", flat)[1].tobytes())
        one.lane.turn(before)
        told = one.next(PaperTurned)
        assert told.picture == before
        after = np.asarray(Image.open(io.BytesIO(one.vault.get(told.turned) or b"")).convert("L"))
        assert after.shape == (100, 200)
        assert after[10, 190] < 50 < 200 < after[10, 10]
        one.lane.forget((before,))
        assert one.vault.get(before) is None
        one.lane.turn(before)
        assert one.next(PaperTurned) == PaperTurned(before, before)


@pytest.mark.parametrize(
    ("data", "advice"),
    [(b"", Advice.UNREADABLE), (b"%PDF-1.7 broken", Advice.UNREADABLE), (b"MZ" * 99, Advice.UNREADABLE)],
)
def test_a_file_that_is_no_paper_is_told(data: bytes, advice: Advice, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    with Lane(f"file://{path}") as one:
        one.lane.watch(True)
        assert one.next(PaperSeen).advice is advice
        one.lane.shoot()
        assert one.next(PaperShot).advice is advice


def test_a_camera_that_is_gone_is_told_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "later.jpg"
    with Lane(f"file://{path}") as one:
        assert one.next(Equipped).camera
        one.lane.watch(True)
        assert not one.next(Equipped).camera
        assert one.lane.health is not None
        assert one.lane.health.state == "offline"
        cv2.imwrite(str(path), np.full((600, 800, 3), 150, np.uint8))
        assert one.next(Equipped).camera
        assert one.vault.get(one.next(PaperSeen).picture)


def test_a_camera_lost_in_use_is_found_again_also_when_nobody_looks_any_more(photo: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.jpg"
    path.write_bytes(photo.read_bytes())
    with Lane(f"file://{path}") as one:
        walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.ShowPaper("giay-chung-sinh"))

        def until(kind: type[Any]) -> Any:
            """What the lane says goes to the flow, and what the flow wants of the camera goes to the lane."""
            event = one.next(kind)
            walk.effects.clear()
            walk.did(event)
            for effect in walk.took(ask.WatchPaper):
                one.lane.watch(effect == ask.WatchPaper(on=True))
            return event

        assert until(Equipped).camera
        one.lane.watch(True)
        until(PaperSeen)
        path.unlink()
        assert until(Equipped) == Equipped(scanner=False, camera=False, camera_lost=True)
        path.write_bytes(photo.read_bytes())
        assert until(Equipped) == Equipped(scanner=False, camera=True)
        until(PaperSeen)
        path.unlink()
        assert not until(Equipped).camera
        walk.did(on.Back()).at(Screen.PAPERS)
        one.lane.watch(False)
        path.write_bytes(photo.read_bytes())
        assert until(Equipped).camera
        walk.did(visit.ShowPaper("giay-chung-sinh")).at(Screen.CAPTURE)


def test_a_video_camera_shows_what_it_sees() -> None:
    with Lane("camera+fake://") as one:
        one.lane.watch(True)
        # A light spot wanders through the picture, and begins at its rim.
        assert one.next(PaperSeen).advice in (Advice.CUT_OFF, Advice.TOO_FAR)
        one.lane.watch(False)


def test_the_camera_is_let_go_with_its_picture_when_nobody_watches_even_between_two_turns(photo: Path) -> None:
    with Lane(f"file://{photo}".replace(" ", "%20")) as one:
        one.lane.watch(True)
        one.next(PaperSeen)
        turn, left = one.lane._turn, threading.Event()

        def leave_first() -> None:
            """The lane has just seen that somebody watches, and is about to wait."""
            if not left.is_set():
                left.set()
                one.lane.watch(False)
            turn()

        one.lane._turn = leave_first  # type: ignore[method-assign]
        until(lambda: one.lane._device is None)
        one.lane.watch(True)
        one.next(PaperSeen)


@pytest.mark.parametrize("url", [None, "camera+nothing://"])
def test_without_a_camera_the_kiosk_goes_on(url: str | None) -> None:
    with Lane(url) as one:
        assert one.next(Equipped) == Equipped(scanner=False, camera=False)


def test_without_opencv_the_kiosk_goes_on_and_says_so() -> None:
    program = (
        "import sys, queue, logging; logging.basicConfig(); sys.modules['cv2'] = None\n"
        "from kiosk.paper_lane import PaperLane; from kiosk.vault import Vault\n"
        "came = queue.Queue(); lane = PaperLane('camera:///dev/video0', Vault(), came.put)\n"
        "print(came.get(timeout=20)); print(lane.health)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=os.environ)
    assert "camera=False" in done.stdout, done.stderr
    assert "driver-missing" in done.stdout.lower().replace("_", "-")
    assert "needs the extra `camera`" in done.stderr
