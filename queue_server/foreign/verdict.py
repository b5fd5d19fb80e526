"""What may be said of a stranger's PDF: known to the process that looks into it and to the server that asks."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    SOUND = "sound"
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_LONG = "too-long"
    BROKEN = "broken"
