"""Cameras by URL: `open_camera(url).read(timeout_s)`, the same for every kind of camera. No picture is ever kept."""

from __future__ import annotations

from typing import cast

from hardware.cameras.protocol import Camera, Frame
from hardware.opener import open_by

FORMS = (
    "camera:///dev/v4l/by-id/…",
    "rtsp://user:password@host/path",
    "file:///video.mp4",
    "camera+fake://",
)
DRIVERS = {
    "camera": "hardware.cameras.usb:open_usb",
    "rtsp": "hardware.cameras.rtsp:open_rtsp",
    "file": "hardware.cameras.video_file:open_file",
    "camera+fake": "hardware.cameras.fake:open_fake",
}

__all__ = ["DRIVERS", "FORMS", "Camera", "Frame", "open_camera"]


def open_camera(url: str, *, timeout_s: float = 5.0) -> Camera:
    """The camera at `url`; the device itself is opened by the first `read`. Raises DeviceError `bad-url` or
    `driver-missing`."""
    return cast(Camera, open_by(DRIVERS, FORMS, url, timeout_s))
