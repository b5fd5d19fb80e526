"""How loud a call is: by the hour, as people in the hall hear it, and never louder than the sound was recorded."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from hardware.voices.sound import Clip

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_LOUDNESS = 5 / 3
"""Stevens's power law: loudness grows with sound pressure to the power of 0.6, so half as loud is 10 dB less."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From which minute of the day (0 to 1439, ascending) how many percent hold; before the first one the last of the
    evening still does. Without any: always 100."""

    starts: tuple[tuple[int, int], ...] = ()

    def percent(self, at: time | datetime) -> int:
        """The volume at the clock's time `at`, 0 to 100; 0 means quiet hours."""
        if not self.starts:
            return 100
        place = bisect_right([minute for minute, _ in self.starts], at.hour * 60 + at.minute)
        return self.starts[place - 1][1]  # place 0: the last one, over midnight


def hours(table: Mapping[str, int]) -> Hours:
    """Read {"06:30": 80, "11:30": 40, "18:00": 0}. Raises ValueError, which says what is wrong."""
    starts = []
    for clock, percent in table.items():
        match = _TIME.fullmatch(clock)
        if match is None:
            raise ValueError(f"{clock!r} is no time of the day such as 06:30")
        if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
            raise ValueError(f"the volume from {clock} on is {percent!r}, not a whole number from 0 to 100")
        starts.append((int(match[1]) * 60 + int(match[2]), percent))
    return Hours(tuple(sorted(starts)))


def gain(volume: float) -> float:
    """The factor on samples that is heard as `volume`, 0 to 1: 0.5 sounds half as loud and is 10 dB less."""
    if not 0 <= volume <= 1:
        raise ValueError(f"volume is 0 to 1, not {volume}")
    return float(volume**_LOUDNESS)


def scaled(clip: Clip, volume: float) -> Clip:
    """`clip` at `volume`, 0 to 1; it can only become quieter, so nothing clips."""
    factor = gain(volume)
    if factor == 1:
        return clip
    return Clip(clip.rate, array("h", [round(sample * factor) for sample in clip.samples]))
