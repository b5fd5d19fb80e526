"""QR and barcode scanners by URL: `open_scanner(url).read(timeout_s)`, the same for every kind of scanner."""

from __future__ import annotations

from typing import cast

from hardware.opener import open_by
from hardware.scanners.protocol import Scan, Scanner

FORMS = (
    "scanner+serial:///dev/serial/by-id/…",
    "scanner+tcp://host:port",
    "scanner+hid:///dev/input/by-id/…-event-kbd",
    "scanner+fake://",
    "qr+camera:///dev/v4l/by-id/…",
)
DRIVERS = {
    "scanner+serial": "hardware.scanners.line:open_serial",
    "scanner+tcp": "hardware.scanners.line:open_tcp",
    "scanner+hid": "hardware.scanners.hid:open_hid",
    "scanner+fake": "hardware.scanners.fake:open_fake",
    "qr+camera": "hardware.scanners.camera_qr:open_camera_qr",
    "qr+rtsp": "hardware.scanners.camera_qr:open_camera_qr",
    "qr+file": "hardware.scanners.camera_qr:open_camera_qr",
    "qr+fake": "hardware.scanners.fake_camera_qr:open_fake_camera_qr",
}

__all__ = ["DRIVERS", "FORMS", "Scan", "Scanner", "open_scanner"]


def open_scanner(url: str, *, timeout_s: float = 5.0) -> Scanner:
    """The scanner at `url`; the device itself is opened by the first `read`. Raises DeviceError `bad-url` or
    `driver-missing`."""
    return cast(Scanner, open_by(DRIVERS, FORMS, url, timeout_s))
