"""Each kind of camera with a way to let it fail, so that one suite runs over all of them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from hardware.address import parse
from hardware.cameras import FORMS, Camera, Frame
from hardware.cameras.fake import FakeCamera
from hardware.cameras.fake_rtsp import FakeRtspCamera
from hardware.cameras.fault import Fault
from hardware.cameras.opencv import load
from hardware.cameras.rtsp import open_rtsp
from hardware.cameras.scene import HEIGHT, WIDTH, scene
from hardware.cameras.video_file import open_file
from hardware.cameras.watched import Pace
from hardware.errors import DeviceError
from hardware.health import Health, State

WAIT_S = 20.0
"""The longest that anything is waited for."""
PACE = Pace(fps=30, stall_s=1.0, dark_s=0.2, first_s=0.05, longest_s=0.2)
SLOW_S = 2.0
FPS = 25.0
TIMEOUT_S = 1.0


@dataclass
class Stage:
    camera: Camera
    set_fault: Callable[[Fault | None], None]

    def frame(self) -> Frame:
        """The next picture; losses on the way are passed over."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            with contextlib.suppress(DeviceError):
                if (frame := self.camera.read(0.5)) is not None:
                    return frame
        raise TimeoutError(f"no picture within {WAIT_S} s; {self.camera.health()}")

    def wait_for(self, *states: State) -> Health:
        """Look on until the camera's health is one of `states`."""
        end = time.monotonic() + WAIT_S
        while (health := self.camera.health()).state not in states:
            if time.monotonic() > end:
                raise TimeoutError(f"{health}, not {states}")
            with contextlib.suppress(DeviceError):
                self.camera.read(0.05)
        return health


@contextmanager
def fake(folder: Path) -> Iterator[Stage]:
    camera = FakeCamera(PACE, TIMEOUT_S, slow_s=SLOW_S, fps=FPS)

    def set_fault(fault: Fault | None) -> None:
        camera.fault = fault

    yield Stage(camera, set_fault)
    camera.close()


@contextmanager
def rtsp(folder: Path) -> Iterator[Stage]:
    with FakeRtspCamera(user="admin", password="m@t/khẩu:1", slow_s=SLOW_S, fps=FPS) as simulated:
        camera = open_rtsp(parse(f"{simulated.url}?lost_s=5", FORMS), TIMEOUT_S, PACE)

        def set_fault(fault: Fault | None) -> None:
            simulated.fault = fault
            if fault in {Fault.DENIED, Fault.SILENT}:
                simulated.hang_up()

        yield Stage(camera, set_fault)
        camera.close()


def write_video(path: Path, pictures: int = 20, fps: float = 20.0) -> None:
    """A video of the scene, in MPEG-4 (`.mp4`) or Motion JPEG."""
    cv2 = load()  # first, and quiet: whoever imports it first decides what it says
    codec = cv2.VideoWriter_fourcc(*("mp4v" if path.suffix == ".mp4" else "MJPG"))
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, codec, fps, (WIDTH, HEIGHT))
    for count in range(pictures):
        writer.write(scene(count))
    writer.release()


@contextmanager
def video(folder: Path) -> Iterator[Stage]:
    path = folder / "sảnh 1.avi"
    write_video(path)

    def no_fault(fault: Fault | None) -> None:
        raise NotImplementedError

    camera = open_file(parse(f"file://{quote(str(path))}?loop=yes", FORMS), TIMEOUT_S, PACE)
    yield Stage(camera, no_fault)
    camera.close()


ALL = {one.__name__: one for one in (fake, rtsp, video)}
WITH_FAULTS = {one.__name__: one for one in (fake, rtsp)}
