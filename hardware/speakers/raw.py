"""A clip as the bytes that sound systems take: 16 bits, little-endian, one channel."""

from __future__ import annotations

import sys
from array import array

from hardware.voices.sound import Clip


def raw(clip: Clip) -> bytes:
    """The samples of `clip`, two bytes each, the lower one first."""
    if sys.byteorder == "little":
        return clip.samples.tobytes()
    swapped = array("h", clip.samples)
    swapped.byteswap()
    return swapped.tobytes()
