"""An expected wait in the figures that people are told: the same on the kiosk, the ticket, the phone and the board."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

HOUR_MIN = 60
HOURS_FROM_MIN = 120
"""From here on a wait of at least an hour is told in whole hours: nobody plans it by the minute."""
TOO_WIDE = 8
"""A near end so many times below the far one says nothing: then only the far one is told."""


class SpanForm(StrEnum):
    """“Under 5 min”, “about 10 min” or “10–25 min”."""

    UNDER = "under"
    ABOUT = "about"
    BETWEEN = "between"


class WaitSpan(NamedTuple):
    """`figures` are written alike in both languages: “10–25”, “2”; in minutes, or `in_hours`."""

    form: SpanForm
    figures: str
    in_hours: bool


def wait_span(low_s: float, high_s: float) -> WaitSpan:
    """From seconds. The ends are rounded outward, so that what is told holds at least as often as what is expected."""
    high = max(1, math.ceil(high_s / 60))
    low = min(max(0, math.floor(low_s / 60)), high)
    too_wide = low * TOO_WIDE < high
    in_hours = high >= HOURS_FROM_MIN and (too_wide or low >= HOUR_MIN)
    if in_hours:
        low, high = low // HOUR_MIN, math.ceil(high / HOUR_MIN)
    if too_wide:
        return WaitSpan(SpanForm.UNDER, str(high), in_hours)
    if low == high:
        return WaitSpan(SpanForm.ABOUT, str(high), in_hours)
    return WaitSpan(SpanForm.BETWEEN, f"{low}–{high}", in_hours)
