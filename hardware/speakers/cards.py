"""Which sound cards the kernel has, by the names that stay when cards are plugged into other sockets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CARDS = Path("/proc/asound/cards")
_LINE = re.compile(r"\s*(\d+) \[([^\]]+)\]: (.*)")
_NAMED = re.compile(r"(?:plug)?(?:hw|dmix|sysdefault|front|hdmi|iec958):(?:CARD=)?([A-Za-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Card:
    """`index` changes with the order of plugging in; `name` is the kernel's id; `about`: what it is."""

    index: int
    name: str
    about: str


def cards(listing: Path = CARDS) -> list[Card]:
    """The sound cards of this machine; none where the kernel has no sound."""
    try:
        text = listing.read_text("utf-8", "replace")
    except OSError:
        return []
    return [Card(int(m[1]), m[2].strip(), m[3].strip()) for m in map(_LINE.match, text.splitlines()) if m]


def card_of(device: str) -> str | None:
    """The card that the ALSA device names, "Device" of "plughw:CARD=Device,DEV=0"; None for "default" and its like."""
    match = _NAMED.match(device)
    return match[1] if match else None
