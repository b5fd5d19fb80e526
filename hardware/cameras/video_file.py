"""A video as a camera, played at its own rate: for trials, demonstrations and tests."""

from __future__ import annotations

import os
import time
from typing import Any

from hardware.address import Address
from hardware.cameras.opencv import OpencvCapture, load
from hardware.cameras.watched import OPTIONS, Pace, WatchedCamera, pace_of
from hardware.errors import Code, DeviceError

RATES = (1.0, 120.0)
USUAL = 25.0
"""Pictures a second of a video that does not say."""


def open_file(address: Address, timeout_s: float, pace: Pace | None = None) -> WatchedCamera:
    address.only(*OPTIONS, "loop")
    path, loop = address.device_file(), address.choice("loop", ("yes", "no"), "no") == "yes"
    load()
    return WatchedCamera(f"video {path}", lambda: FileSource(path, loop), pace or pace_of(address), timeout_s)


class FileSource:
    """Plays once unless `loop`."""

    def __init__(self, path: str, loop: bool) -> None:
        self._path = path
        self._loop = loop
        self._ended = False

    def open(self) -> Player:
        if self._ended and not self._loop:
            raise self.lost()
        try:
            os.close(os.open(self._path, os.O_RDONLY | os.O_NONBLOCK))
        except OSError as error:
            denied = isinstance(error, PermissionError)
            code = Code.NOT_PERMITTED if denied else Code.OFFLINE
            raise DeviceError(code, f"video {self._path}: {error.strerror}") from error
        return Player(self._video)

    def lost(self) -> DeviceError:
        self._ended = True
        return DeviceError(Code.OFFLINE, f"video {self._path} has ended")

    def _video(self, again: bool = False) -> Any | None:
        """The video at its beginning; None once it has been played."""
        if again and not self._loop:
            return None
        cv2 = load()
        video = cv2.VideoCapture(self._path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        if not video.isOpened():
            video.release()
            raise DeviceError(Code.DEVICE_FAULT, f"{self._path} is no video that can be read")
        return video


class Player(OpencvCapture):
    """Pictures when they are due."""

    def __init__(self, video: Any) -> None:
        super().__init__(video(False))
        self._open = video
        said = self._video.get(5)  # CAP_PROP_FPS
        self._apart_s = 1 / (said if RATES[0] <= said <= RATES[1] else USUAL)
        self._due = time.monotonic()

    def grab(self) -> bool:
        if not super().grab():
            anew = self._open(True)
            if anew is None:
                return False
            self._video.release()
            self._video = anew
            if not super().grab():
                return False
        now = time.monotonic()
        if now < self._due:
            time.sleep(self._due - now)
        # A machine too busy for a while goes on from where it is; it does not run to catch up.
        self._due = max(self._due, now - self._apart_s) + self._apart_s
        return True
