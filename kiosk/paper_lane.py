"""The document camera on a thread of its own: what lies under it, five times a second, and the page when it is taken.

Pictures are in the vault or nowhere: nothing is written to the disk, and what was seen is overwritten when it goes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from hardware.papers.advice import Advice
from kiosk.device_lane import TIMEOUT_S, DeviceLane
from kiosk.equipment import Equipment
from kiosk.events import Event
from kiosk.vault import Vault
from kiosk.visit.events import PaperSeen, PaperShot, PaperTurned

if TYPE_CHECKING:
    from hardware.cameras import Camera, Frame

LOG = logging.getLogger("kiosk")
A_SECOND = 5.0
READ_S = 0.5
REFUSED_S = 1.0
"""Between two looks at a file that is no picture."""
LOOK_AGAIN_S = 3.0
"""Between two looks for a camera that was lost, while nobody watches."""
BURST = 4
"""Pictures of which the sharpest is taken."""
BURST_S = 4.0
SEEN_LONGEST = 720
"""Dots of the small picture on the screen."""
SEEN_QUALITY = 70


class PaperLane(DeviceLane):
    """`url`: of the document camera, or of a file that stands for it; none: there is none. The camera is opened while
    it is watched and let go afterwards, since a scanner may share it."""

    _device: Camera | None

    def __init__(
        self,
        url: str | None,
        vault: Vault,
        post: Callable[[Event], None],
        equipment: Equipment | None = None,
    ) -> None:
        super().__init__("document camera")
        self._url = url
        self._vault = vault
        self._post = post
        self._equipment = equipment or Equipment(post)
        self._wanted = False
        self._turning: list[str] = []
        self._life = 0
        """Counts the wipes: what was begun before one is not posted after it."""
        self._seen: str | None = None
        self._before: Any = None
        self._is_file = False
        self._judge_at = 0.0
        self.begin()

    def watch(self, on: bool) -> None:
        """Show what lies under the camera from now; or no more pictures, and the camera is let go."""
        with self._changed:
            self._wanted = self._wanted and on
            super().watch(on)

    def shoot(self) -> None:
        """Take the page now: answered by PaperShot."""
        with self._changed:
            self._wanted = True
            self._changed.notify_all()

    def turn(self, picture: str) -> None:
        """Turn the page in the vault: answered by PaperTurned."""
        with self._changed:
            self._turning.append(picture)
            self._changed.notify_all()

    def forget(self, pictures: Sequence[str]) -> None:
        """Overwrite these."""
        for picture in pictures:
            self._vault.drop(picture)

    def wipe(self) -> None:
        """Stop, and overwrite every picture of this visit, those in the vault too."""
        with self._changed:
            self._watching, self._wanted = False, False
            self._turning.clear()
            self._life += 1
            self._seen = None
            self._vault.wipe()
            self._changed.notify_all()

    # --- the thread --------------------------------------------------------------------------------------------

    def _prepare(self) -> bool:
        if self._url is None or not self._equipped(self._url):
            self._equipment.tell(camera=False)
            return False
        self._equipment.tell(camera=True)
        from hardware.papers.still import is_still

        self._is_file = is_still(self._url)
        return True

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
            self._changed.wait_for(
                # A camera that is still open when nobody needs it is let go first, its last picture with it.
                lambda: self._stopping or self._watching or self._wanted or self._turning or self._device is not None,
                wait_s,
            )
            life, wanted, watching = self._life, self._wanted, self._watching
            turning = self._turning.pop(0) if self._turning else None
        if self._stopping:
            return
        if turning is not None:
            self._turn_page(turning, life)
        elif not wanted and not watching:
            self._look_again()
        elif wanted:
            self._shoot(life)
        elif (refused := self._refused()) is not None:
            self._tell(b"", refused, life)
            self._pause(REFUSED_S)
            self._frame(0.0)
        elif (frame := self._frame(READ_S)) is not None:
            begun = time.monotonic()
            self._show(frame.image, life)
            blank(frame.image)
            self._pause(begun + 1 / A_SECOND - time.monotonic())
        if not self._watching and not self._wanted:
            self._let_go()

    def _frame(self, wait_s: float) -> Frame | None:
        from hardware.cameras import open_camera
        from hardware.papers.still import open_still

        if self._device is None:
            url = str(self._url)
            self._device = open_still(url) if self._is_file else open_camera(url, timeout_s=TIMEOUT_S)
        frame = self._device.read(wait_s)
        if frame is not None:
            self._found()
        return frame

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
        return getattr(self._device, "refused", None)

    def _show(self, image: Any, life: int) -> None:
        from hardware.papers.checking import glance
        from hardware.papers.picture import as_jpeg, shrunk

        begun = time.monotonic()
        if self._before is None or begun >= self._judge_at:
            self._before = glance(image, self._before, scan=self._is_file)
            # A slow machine judges fewer of the pictures than it shows: half of its time is for the touches.
            ended = time.monotonic()
            self._judge_at = ended + (ended - begun)
        self._tell(as_jpeg(shrunk(image, SEEN_LONGEST), SEEN_QUALITY), self._before.advice, life)

    def _tell(self, data: bytes, advice: Advice, life: int) -> None:
        """The newest picture takes the place of the one before."""
        with self._changed:
            if life != self._life or not self._watching or self._wanted:
                return
            old, self._seen = self._seen, self._vault.put(data)
            self._post(PaperSeen(self._seen, advice))
            if old is not None:
                self._vault.drop(old)

    def _pause(self, wait_s: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._wanted or not self._watching, max(wait_s, 0))

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

    def _turn_page(self, picture: str, life: int) -> None:
        from hardware.papers.picture import turned

        data = self._vault.get(picture)
        try:
            made = turned(data or b"")
        except ValueError:  # wiped meanwhile
            made = b""
        with self._changed:
            if life == self._life:
                self._post(PaperTurned(picture, self._vault.put(made) if made else picture))

    def _on_failure(self, *, lost: bool, hopeless: bool) -> None:
        self._before = None
        with self._changed:
            if self._wanted:
                self._wanted = False
                self._post(PaperShot(self._vault.put(b""), Advice.UNREADABLE))
        if lost:
            self._equipment.tell(camera=False, camera_lost=True)
        if not self._watching:
            self._let_go()

    def _let_go(self) -> None:
        self._before = None
        super()._let_go()


def _rank(checked: Any) -> tuple[bool, bool, float]:
    blur = checked.figures.blur
    return checked.advice is not Advice.GOOD, checked.page is None, blur if blur is not None else 99.0


def blank(image: Any) -> None:
    """Overwrite a picture that is not needed any more."""
    if image is not None and image.flags.writeable:
        image[:] = 0
