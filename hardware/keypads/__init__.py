"""The keypads of clerks without a PC, behind one small protocol and opened by URL; several may hang on one line."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.errors import Code, DeviceError
from hardware.keypads.protocol import Key, KeypadLine, Press
from hardware.opener import open_by

__all__ = ["DRIVERS", "FORMS", "Code", "DeviceError", "Key", "KeypadLine", "Press", "open_keypads"]

DRIVERS: Mapping[str, str] = {
    "keypad+serial": "hardware.keypads.serial_keypads:open_keypads",
    "keypad+tcp": "hardware.keypads.serial_keypads:open_keypads",
    "keypad+fake": "hardware.keypads.fake:open_keypads",
}
FORMS = ("keypad+serial:///dev/ttyUSB0?protocol=ascii", "keypad+tcp://HOST:PORT?protocol=polled", "keypad+fake://")


def open_keypads(url: str, *, timeout_s: float = 2.0) -> KeypadLine:
    """The keypads at `url`; see docs/devices.md. Nothing is opened yet. Raises DeviceError `bad-url` or
    `driver-missing`."""
    driver: KeypadLine = open_by(DRIVERS, FORMS, url, timeout_s)
    return driver
