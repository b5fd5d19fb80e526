"""Everything that can go wrong with a device, by stable code, so that a program can react and a person can be told."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The codes on the wire, in logs and in the docs; they never change their meaning. Each is also a
    `hardware.health.State`, whose words for a person are in `hardware.advice`."""

    BAD_URL = "bad-url"
    DRIVER_MISSING = "driver-missing"
    NOT_PERMITTED = "not-permitted"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    FAULT = "printer-fault"
    CANNOT_WRITE = "cannot-write"
    GARBLED = "garbled"
    NO_SOUND = "no-sound"
    DEVICE_FAULT = "device-fault"


class DeviceError(Exception):
    """A device did not do what was asked. `detail` is English, for the log and the technician, and names the device;
    it never holds what a citizen's card or ticket said."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
