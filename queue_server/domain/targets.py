"""How a wait stands against its target."""

from __future__ import annotations

from enum import StrEnum

AT_RISK = 0.8
"""From this share of the target on, a wait is at risk of missing it."""


class Standing(StrEnum):
    WITHIN = "within"
    AT_RISK = "at-risk"
    OVER = "over"


def standing(waited_s: float, target_s: float) -> Standing:
    """Within, at risk or over; both in seconds."""
    if waited_s > target_s:
        return Standing.OVER
    return Standing.AT_RISK if waited_s >= AT_RISK * target_s else Standing.WITHIN
