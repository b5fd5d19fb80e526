"""An expected wait in the figures that people are told: the same on the kiosk, the ticket, the phone and the board."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

HOURS_FROM_MIN = 90
"""From here on a wait is told in half hours: nobody plans such a wait by the minute."""
HALF_HOUR_MIN = 30
TOO_WIDE = 8
"""A near end so many times below the far one says nothing: then only the far one is told."""


class SpanForm(StrEnum):
    """“Under 5 min”, “about 10 min” or “10–25 min”."""

    UNDER = "under"
    ABOUT = "about"
    BETWEEN = "between"


class WaitSpan(NamedTuple):
    """`figures` are written alike in both languages: “10–25”, “1–2½”; in minutes, or `in_hours`."""

    form: SpanForm
    figures: str
    in_hours: bool


def wait_span(low_s: float, high_s: float) -> WaitSpan:
    """From seconds. The ends are rounded outward, so that what is told holds at least as often as what is expected."""
    low, high = max(0, math.floor(low_s / 60)), max(1, math.ceil(high_s / 60))
    too_wide, in_hours = low * TOO_WIDE < high, high >= HOURS_FROM_MIN
    if in_hours:
        low, high = low // HALF_HOUR_MIN * HALF_HOUR_MIN, math.ceil(high / HALF_HOUR_MIN) * HALF_HOUR_MIN
    near, far = (_hours(low), _hours(high)) if in_hours else (str(low), str(high))
    if too_wide or low == 0:
        return WaitSpan(SpanForm.UNDER, far, in_hours)
    if low >= high:
        return WaitSpan(SpanForm.ABOUT, far, in_hours)
    return WaitSpan(SpanForm.BETWEEN, f"{near}–{far}", in_hours)


def _hours(minutes: int) -> str:
    whole, half = divmod(minutes, 60)
    return f"{whole or ''}{'½' if half else ''}"
