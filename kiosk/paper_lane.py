"""The document camera on a thread of its own: what lies under it, five times a second, and the page when it is taken.

Pictures are in the vault or nowhere: nothing is written to the disk, and what was seen is overwritten when it goes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hardware.papers.advice import Advice
from kiosk.equipment import Equipment
from kiosk.events import Event
from kiosk.vault import Vault
from kiosk.visit.events import PaperSeen, PaperShot

if TYPE_CHECKING:
    from hardware.cameras import Camera, Frame
    from hardware.health import Health

LOG = logging.getLogger("kiosk")
A_SECOND = 5.0
TIMEOUT_S = 5.0
READ_S = 0.5
RETRY_S = 1.0
LOOK_AGAIN_S = 3.0
"""Between two looks for a camera that was lost, while nobody watches."""
LOST_AFTER = 3
BURST = 4
"""Pictures of which the sharpest is taken."""
BURST_S = 4.0
SEEN_LONGEST = 720
"""Dots of the small picture on the screen."""
SEEN_QUALITY = 70


class PaperLane:
    """`url`: of the document camera, or of a file that stands for it; none: there is none. The camera is opened while
    it is watched and let go afterwards, since a scanner may share it."""

    def __init__(
        self,
        url: str | None,
        vault: Vault,
        post: Callable[[Event], None],
        equipment: Equipment | None = None,
    ) -> None:
        self._url = url
        self._vault = vault
        self._post = post
        self._equipment = equipment or Equipment(post)
        self._changed = threading.Condition()
        self._watching, self._wanted, self._stopping = False, False, False
        self._life = 0
        """Counts the wipes: what was begun before one is not posted after it."""
        self._camera: Camera | None = None
        self._seen: str | None = None
        self._before: Any = None
        self._health: Health | None = None
        self._failed = 0
        self._is_file = False
        self._judge_at = 0.0
        self._thread = threading.Thread(target=self._run, name="kiosk-paper", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Show what lies under the camera from now. Returns at once, as all of these do."""
        with self._changed:
            self._watching = True
            self._changed.notify_all()

    def stop(self) -> None:
        """No more pictures; the camera is let go."""
        with self._changed:
            self._watching, self._wanted = False, False
            self._changed.notify_all()

    def shoot(self) -> None:
        """Take the page now: answered by PaperShot."""
        with self._changed:
            self._wanted = True
            self._changed.notify_all()

    def wipe(self) -> None:
        """Stop, and overwrite every picture of this visit, those in the vault too."""
        with self._changed:
            self._watching, self._wanted = False, False
            self._life += 1
            self._seen = None
            self._vault.wipe()
            self._changed.notify_all()

    def close(self, wait_s: float = 2.0) -> None:
        """End the thread, when the kiosk ends."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(wait_s)

    @property
    def health(self) -> Health | None:
        """For the kiosk's report; None without a camera."""
        camera = self._camera
        if camera is not None and not self._failed:
            return camera.health()
        return self._health

    # --- the thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        if self._url is None or not self._equipped(self._url):
            self._equipment.tell(camera=False)
            return
        self._equipment.tell(camera=True)
        from hardware.papers.still import is_still

        self._is_file = is_still(self._url)
        while not self._stopping:
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001 - the thread's edge
                self._lost(error)
        self._let_go()

    def _equipped(self, url: str) -> bool:
        """Is the software for a camera there, and the address right? Opens nothing."""
        from hardware.errors import DeviceError
        from hardware.health import Health, State

        try:
            import hardware.papers.checking  # noqa: F401 - is OpenCV there?
            from hardware.cameras import open_camera
            from hardware.papers.still import is_still

            if not is_still(url):
                open_camera(url, timeout_s=TIMEOUT_S).close()
        except ImportError as error:
            self._health = Health(State.DRIVER_MISSING, f"the document camera needs the extra `camera`: {error.name}")
        except DeviceError as error:
            self._health = Health(State(error.code), error.detail)
        else:
            self._health = Health()
            return True
        LOG.warning("no document camera: %s", self._health.detail)
        return False

    def _turn(self) -> None:
        with self._changed:
            # Whoever comes next must find a camera that was lost while nobody looked, so it is looked for.
            wait_s = LOOK_AGAIN_S if self._is_lost else None
            self._changed.wait_for(lambda: self._stopping or self._watching or self._wanted, wait_s)
            life, wanted, watching = self._life, self._wanted, self._watching
        if self._stopping:
            return
        if not wanted and not watching:
            self._look_again()
        elif wanted:
            self._shoot(life)
        elif (refused := self._refused()) is not None:
            with self._changed:
                if life == self._life and self._watching:
                    self._post(PaperSeen(self._vault.put(b""), refused))
                    self._changed.wait_for(lambda: self._stopping or self._wanted or not self._watching, RETRY_S)
            self._frame(0.0)
        elif (frame := self._frame(READ_S)) is not None:
            begun = time.monotonic()
            self._show(frame.image, life)
            blank(frame.image)
            with self._changed:
                pause = begun + 1 / A_SECOND - time.monotonic()
                self._changed.wait_for(lambda: self._stopping or self._wanted or not self._watching, max(pause, 0))
        if not self._watching and not self._wanted:
            self._let_go()

    def _frame(self, wait_s: float) -> Frame | None:
        from hardware.cameras import open_camera
        from hardware.papers.still import open_still

        if self._camera is None:
            url = str(self._url)
            self._camera = open_still(url) if self._is_file else open_camera(url, timeout_s=TIMEOUT_S)
        frame = self._camera.read(wait_s)
        if frame is not None:
            self._found()
        return frame

    @property
    def _is_lost(self) -> bool:
        return self._failed >= LOST_AFTER

    def _found(self) -> None:
        self._failed = 0
        self._equipment.tell(camera=True, camera_lost=False)

    def _look_again(self) -> None:
        """Opened, it may take a while until its first picture."""
        end = time.monotonic() + TIMEOUT_S
        while self._is_lost and not self._stopping and not self._watching and time.monotonic() < end:
            frame = self._frame(READ_S)
            if frame is not None:
                blank(frame.image)
            elif self._refused() is not None:
                self._found()

    def _refused(self) -> Advice | None:
        """Why a file in the camera's place is no picture."""
        return getattr(self._camera, "refused", None)

    def _show(self, image: Any, life: int) -> None:
        from hardware.papers.checking import check
        from hardware.papers.picture import as_jpeg, shrunk

        begun = time.monotonic()
        if self._before is None or begun >= self._judge_at:
            self._before = check(image, self._before, scan=self._is_file)
            blank(self._before.page)
            # A slow machine judges fewer of the pictures than it shows: half of its time is for the touches.
            ended = time.monotonic()
            self._judge_at = ended + (ended - begun)
        advice = self._before.advice
        data = as_jpeg(shrunk(image, SEEN_LONGEST), SEEN_QUALITY)
        with self._changed:
            if life != self._life or not self._watching or self._wanted:
                return
            old, self._seen = self._seen, self._vault.put(data)
            self._post(PaperSeen(self._seen, advice))
            if old is not None:
                self._vault.drop(old)

    def _shoot(self, life: int) -> None:
        """The sharpest good one of several, or the best that came within the time."""
        from hardware.papers.checking import check
        from hardware.papers.picture import as_jpeg, page_jpeg, shrunk

        best: Any = None
        picture: Any = None
        end = time.monotonic() + BURST_S
        for _ in range(BURST):
            while (frame := self._frame(READ_S)) is None and time.monotonic() < end and life == self._life:
                if self._refused() is not None:
                    break
            if frame is None or life != self._life:
                break
            checked = check(frame.image, scan=self._is_file)
            if best is None or _rank(checked) < _rank(best):
                best, picture = checked, frame.image
            if time.monotonic() > end:
                break
        if best is None:
            advice, data = self._refused() or Advice.UNREADABLE, b""
        elif best.page is None:
            advice, data = best.advice, as_jpeg(shrunk(picture, SEEN_LONGEST), SEEN_QUALITY)
        else:
            advice, data = best.advice, page_jpeg(best.page)
            blank(best.page)
        if picture is not None:
            blank(picture)
        with self._changed:
            if life == self._life and self._wanted:
                self._wanted = False
                self._post(PaperShot(self._vault.put(data), advice))

    def _lost(self, error: Exception) -> None:
        from hardware.errors import DeviceError
        from hardware.health import Health, State

        self._before = None
        if isinstance(error, DeviceError):
            self._health = Health(State(error.code), error.detail)
        else:
            self._health = Health(State.DEVICE_FAULT, f"its program failed: {type(error).__name__}")
            self._let_go()
        self._failed += 1
        if self._failed == LOST_AFTER:
            LOG.warning("the document camera does not work: %s", self._health.detail)
        with self._changed:
            if self._wanted:
                self._wanted = False
                self._post(PaperShot(self._vault.put(b""), Advice.UNREADABLE))
        if self._is_lost:
            self._equipment.tell(camera=False, camera_lost=True)
        if not self._watching:
            self._let_go()
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, RETRY_S / 2)

    def _let_go(self) -> None:
        camera, self._camera, self._before = self._camera, None, None
        if camera is not None:
            self._health = camera.health() if not self._failed else self._health
            camera.close()


def _rank(checked: Any) -> tuple[bool, bool, float]:
    blur = checked.figures.blur
    return checked.advice is not Advice.GOOD, checked.page is None, blur if blur is not None else 99.0


def blank(image: Any) -> None:
    """Overwrite a picture that is not needed any more."""
    if image is not None and image.flags.writeable:
        image[:] = 0
