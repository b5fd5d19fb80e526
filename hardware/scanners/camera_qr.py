"""A camera as a scanner: its pictures are searched for a code, so that a document camera reads identity cards too."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

from hardware.address import Address, parse
from hardware.cameras import FORMS, Camera, open_camera
from hardware.errors import DeviceError
from hardware.scanners.reader import CodeScanner

PREFIX = "qr+"
AGAIN_S = 2.0
FPS = 8.0
LONGEST = 2000
"""Bytes of a code that is handed on: a card's has a few hundred; more is told as no code of ours."""
SIZE = "1920x1080"
HELD_S = 0.5
"""A lost camera is told at most so often."""


def open_camera_qr(address: Address, timeout_s: float) -> CodeScanner:
    """The camera behind `qr+`, whose own options are the camera's; `again_s` is the scanner's."""
    again_s = address.number("again_s", 0, 60, AGAIN_S)
    url = _of_camera(address)
    source = CameraSource(open_camera(url, timeout_s=timeout_s))
    return CodeScanner(source, again_s)


def _of_camera(address: Address) -> str:
    """Without our own option, and with enough dots and pictures for small codes where nothing else is asked for."""
    url = address.url.strip()[len(PREFIX) :]
    url = re.sub(r"(?<=[?&])again_s=[^&]*&?", "", url).rstrip("?&")
    usual = {"fps": f"{FPS:g}"} | ({"size": SIZE} if address.scheme == "qr+camera" else {})
    for name, value in usual.items():
        if not address.has(name):
            url += f"{'&' if '?' in url else '?'}{name}={value}"
    parse(url, FORMS)
    return url


class CameraSource:
    """Codes in a camera's pictures; a picture is overwritten as soon as it has been searched."""

    said = ""

    def __init__(self, camera: Camera) -> None:
        self.name = camera.name
        self.proven = True
        self._camera = camera
        self._closed = threading.Event()

    def codes(self, timeout_s: float) -> list[str | None]:
        """See Source.codes."""
        self._closed.clear()
        try:
            frame = self._camera.read(timeout_s)
        except DeviceError:
            self._closed.wait(min(timeout_s, HELD_S))
            raise
        if frame is None:
            return []
        found = decoded(frame.image)
        if frame.image.flags.writeable:
            frame.image[:] = 0
        return [text if text is None or len(text.encode()) <= LONGEST else None for text in found]

    def close(self) -> None:
        self._closed.set()
        self._camera.close()


def decoded(image: Any) -> list[str | None]:
    """The codes in a picture (height x width, or x 3), without marks and in reading order; None for one that is no
    text. Looks again without noise, and once more enlarged, where nothing is found at first: of small modules."""
    import cv2
    from zxingcpp import read_barcodes

    read: Any = read_barcodes
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    looks: tuple[Callable[[], Any], ...] = (lambda: grey, lambda: _calmer(grey), lambda: _larger(grey))
    for look in looks:
        found = read(look())
        found = [each for each in found if "QR" in each.format.name]
        if found:
            return [_text(each) for each in found]
    return []


def _calmer(grey: Any) -> Any:
    import cv2

    return cv2.GaussianBlur(cv2.medianBlur(grey, 3), (0, 0), 0.8)


def _larger(grey: Any) -> Any:
    import cv2

    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
    if max(grey.shape[:2]) > 1400:
        return soft
    return cv2.resize(soft, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)


def _text(found: Any) -> str | None:
    """In UTF-8, as cards are written, whatever the code claims; None for noise. Never guessed."""
    try:
        text = bytes(found.bytes).decode("utf-8").strip("\ufeff\0\r\n")
    except UnicodeDecodeError:
        return None
    return None if not text or any(ord(sign) < 32 for sign in text) else text
