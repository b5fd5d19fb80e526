"""The displays above the counters, behind one small protocol and opened by URL; several may hang on one line."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.displays.protocol import DisplayLine, Face
from hardware.errors import Code, DeviceError
from hardware.opener import open_by

__all__ = ["DRIVERS", "FORMS", "Code", "DeviceError", "DisplayLine", "Face", "open_displays"]

DRIVERS: Mapping[str, str] = {
    "led+serial": "hardware.displays.serial_displays:open_displays",
    "led+tcp": "hardware.displays.serial_displays:open_displays",
    "led+fake": "hardware.displays.fake:open_displays",
}
FORMS = ("led+serial:///dev/ttyUSB0?protocol=ascii", "led+tcp://HOST:PORT?protocol=modbus", "led+fake://")


def open_displays(url: str, *, timeout_s: float = 2.0) -> DisplayLine:
    """The displays at `url`; see docs/devices.md. Nothing is opened yet. Raises DeviceError `bad-url` or
    `driver-missing`."""
    driver: DisplayLine = open_by(DRIVERS, FORMS, url, timeout_s)
    return driver
