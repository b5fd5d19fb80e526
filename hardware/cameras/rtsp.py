"""Network cameras and recorders, by RTSP."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from hardware.address import Address
from hardware.cameras.opencv import OpencvCapture, load
from hardware.cameras.rtsp_question import PORT, why
from hardware.cameras.watched import OPTIONS, Pace, WatchedCamera, pace_of
from hardware.errors import Code, DeviceError

LOST_S = 75
"""Longer than a picture a minute takes: such a camera is slow, not lost."""


def open_rtsp(address: Address, timeout_s: float, pace: Pace | None = None) -> WatchedCamera:
    """Options that are not ours belong to the camera: its address may have a query of its own."""
    if not address.host:
        raise address.bad("a host is missing")
    load()
    lost_s = address.number("lost_s", 1, 3600, LOST_S)
    url, name = _without_ours(address.url), _name(address)
    return WatchedCamera(name, lambda: RtspSource(url, name, timeout_s, lost_s), pace or pace_of(address), timeout_s)


class RtspSource:
    def __init__(self, url: str, name: str, timeout_s: float, lost_s: float) -> None:
        self._url = url
        self._name = name
        self._timeout_s = timeout_s
        self._lost_s = lost_s

    def open(self) -> OpencvCapture:
        cv2 = load()
        limits = {
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC: int(self._timeout_s * 1000),
            cv2.CAP_PROP_READ_TIMEOUT_MSEC: int(self._lost_s * 1000),
            cv2.CAP_PROP_N_THREADS: 1,
        }
        video = cv2.VideoCapture(self._url, cv2.CAP_FFMPEG, [number for limit in limits.items() for number in limit])
        if not video.isOpened():
            video.release()
            raise why(self._url, self._name, self._timeout_s)
        return OpencvCapture(video)

    def lost(self) -> DeviceError:
        return DeviceError(Code.OFFLINE, f"{self._name} gives no more pictures")


def _without_ours(url: str) -> str:
    parts = urlsplit(url.strip())
    kept = [each for each in parts.query.split("&") if each.partition("=")[0] not in {*OPTIONS, "lost_s"}]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _name(address: Address) -> str:
    """Without the path: many cameras have their password there."""
    return f"camera {address.host}:{address.port or PORT}"
