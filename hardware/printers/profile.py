"""What has to be known of a printer before the first ticket: how wide it prints, how it cuts, whether it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cut(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Profile:
    """`dots`: width of print, a multiple of 8; `feed`: lines pushed out before the cut. `answers`: does it answer
    status queries, None: to be found out by asking. `near_end`: has it a sensor for the paper's near end; without one
    the bits that should tell are not to be trusted."""

    name: str = ""
    dots: int = 576
    cut: Cut = Cut.FULL
    feed: int = 4
    answers: bool | None = None
    near_end: bool = True
