"""Cameras on USB or in the machine, through the kernel's video devices."""

from __future__ import annotations

import os
import re
import stat

from hardware.address import Address
from hardware.cameras.opencv import OpencvCapture, load
from hardware.cameras.watched import OPTIONS, WatchedCamera, pace_of
from hardware.errors import Code, DeviceError

VIDEO_MAJOR = 81


def open_usb(address: Address, timeout_s: float) -> WatchedCamera:
    address.only(*OPTIONS, "size")
    path, pace = address.device_file(), pace_of(address)
    size = re.fullmatch(r"([1-9][0-9]{1,3})x([1-9][0-9]{1,3})", address.text("size", "640x480"))
    if size is None:
        raise address.bad(f"size={address.text('size')} is no width and height in dots, as in 640x480")
    wanted = int(size[1]), int(size[2])
    load()
    return WatchedCamera(f"camera {path}", lambda: UsbSource(path, wanted), pace, timeout_s)


class UsbSource:
    """A camera by a name that stays, such as a link under /dev/v4l/by-id."""

    def __init__(self, path: str, size: tuple[int, int]) -> None:
        self._path = path
        self._size = size

    def open(self) -> OpencvCapture:
        cv2 = load()
        self._look()
        wanted = [cv2.CAP_PROP_FRAME_WIDTH, self._size[0], cv2.CAP_PROP_FRAME_HEIGHT, self._size[1]]
        video = cv2.VideoCapture(os.path.realpath(self._path), cv2.CAP_V4L2, wanted)
        if not video.isOpened():
            video.release()
            raise DeviceError(Code.OFFLINE, f"camera {self._path} cannot be opened: does another program use it?")
        return OpencvCapture(video)

    def lost(self) -> DeviceError:
        return DeviceError(Code.OFFLINE, f"camera {self._path} was lost")

    def _look(self) -> None:
        """OpenCV does not say why it fails."""
        try:
            found = os.stat(self._path)
        except OSError as error:
            denied = isinstance(error, PermissionError)
            code = Code.NOT_PERMITTED if denied else Code.OFFLINE
            raise DeviceError(code, f"camera {self._path}: {error.strerror}") from error
        if not stat.S_ISCHR(found.st_mode) or os.major(found.st_rdev) != VIDEO_MAJOR:
            raise DeviceError(Code.BAD_URL, f"camera {self._path} is no video device")
        if not os.access(self._path, os.R_OK | os.W_OK):
            raise DeviceError(Code.NOT_PERMITTED, f"camera {self._path}: the account may not open it")
