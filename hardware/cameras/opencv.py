"""OpenCV, which opens every kind of camera: loaded when it is needed, kept quiet, and its captures as ours."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any

QUIET = {
    # Players write addresses with passwords into their messages.
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    # Over TCP: a hall's switch loses UDP, and a smeared picture is worse than a late one. Without sound. What a stream
    # is stands in its description; looking at it for seconds only delays the first picture.
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": (
        "rtsp_transport;tcp|allowed_media_types;video|fpsprobesize;0|analyzeduration;100000"
    ),
    "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "5",
}


def load() -> ModuleType:
    """OpenCV's module. Raises ImportError."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2


class OpencvCapture:
    def __init__(self, video: Any) -> None:
        self._video = video

    def grab(self) -> bool:
        return bool(self._video.grab())

    def image(self) -> Any | None:
        good, image = self._video.retrieve()
        return image if good and image is not None and image.size else None

    def release(self) -> None:
        self._video.release()
