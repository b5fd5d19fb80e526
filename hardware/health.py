"""How a device is, in words that every kind shares: what a driver tells, a report carries and the console shows.

What a device did not say stays unknown: silence is never read as "all well".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of device of a hall; the last three are the programs that drive them."""

    PRINTER = "printer"
    SCANNER = "scanner"
    DISPLAY = "display"
    KEYPAD = "keypad"
    SPEAKER = "speaker"
    CAMERA = "camera"
    KIOSK = "kiosk"
    BOARD = "board"
    AGENT = "agent"


class State(StrEnum):
    """One word for a device's condition, the words of a device report."""

    READY = "ready"
    UNKNOWN = "unknown"
    PAPER_NEAR_END = "paper-near-end"
    SOUND_BLOCKED = "sound-blocked"
    VOICE_UNAVAILABLE = "voice-unavailable"
    DARK = "dark"
    GARBLED = "garbled"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    STALLED = "stalled"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    FAULT = "printer-fault"
    DEVICE_FAULT = "device-fault"
    NO_SOUND = "no-sound"
    CANNOT_WRITE = "cannot-write"
    NOT_PERMITTED = "not-permitted"
    DRIVER_MISSING = "driver-missing"
    BAD_URL = "bad-url"
    SILENT = "silent"
    """Said by the server alone, of what it has not heard from."""
    UNSTEADY = "unsteady"
    """Said by the server alone, of what changes all the time."""
    DOUBLED = "doubled"
    """Said by the server alone, of a machine whose token another one uses too."""


class Severity(StrEnum):
    """Can the device do its work: yes; yes, but see to it; no; nobody knows."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"


_MILD = {
    State.READY: Severity.OK,
    State.UNKNOWN: Severity.UNKNOWN,
    State.PAPER_NEAR_END: Severity.WARNING,
    State.SOUND_BLOCKED: Severity.WARNING,
    State.VOICE_UNAVAILABLE: Severity.WARNING,
    State.DARK: Severity.WARNING,
    State.GARBLED: Severity.WARNING,
    State.UNSTEADY: Severity.WARNING,
    State.DOUBLED: Severity.WARNING,
}


def severity(state: str) -> Severity:
    """How bad `state` is; a word that this version does not know is nobody's guess."""
    if state not in set(State):
        return Severity.UNKNOWN
    return _MILD.get(State(state), Severity.FAILED)


@dataclass(frozen=True, slots=True)
class Health:
    """A device's condition now. `detail`: English, for the technician; never what a card or a ticket said."""

    state: State = State.UNKNOWN
    detail: str = ""

    @property
    def severity(self) -> Severity:
        return severity(self.state)
