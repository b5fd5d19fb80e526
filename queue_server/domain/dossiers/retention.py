"""How long what is personal is kept: rules as data, with the moment from which each thing is to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

UPLOAD = timedelta(hours=1)
"""An attachment that no dossier names is forgotten after this."""


@dataclass(frozen=True, slots=True)
class DossierRules:
    """The hall's own: `unit_code` begins every dossier code; `keep_days`: how long the answers and papers of a dossier
    are kept after it ended; `keep_drafts_days`: how long one that was prepared and never completed is kept;
    `keep_idle_days`: how long one that waits for somebody is kept after what happened last. Raises ValueError for less
    than a day."""

    unit_code: str = "000.00.00.H00"
    keep_days: int = 365
    keep_drafts_days: int = 7
    keep_idle_days: int = 365

    def __post_init__(self) -> None:
        if min(self.keep_days, self.keep_drafts_days, self.keep_idle_days) < 1:
            raise ValueError("dossiers are kept for at least a day")


@dataclass(frozen=True, slots=True)
class Over:
    """Whose time is over: drafts prepared up to `prepared_by`, dossiers ended up to `ended_by`, and those that
    wait to be looked at, for papers or for their result to be collected, with nothing happening since `idle_since`.
    What a clerk has taken up is never over."""

    prepared_by: datetime
    ended_by: datetime
    idle_since: datetime


def over(rules: DossierRules, now: datetime) -> Over:
    """What is personal in these dossiers is to be erased by `now`."""
    drafts, ended, idle = (
        now - timedelta(days=days) for days in (rules.keep_drafts_days, rules.keep_days, rules.keep_idle_days)
    )
    return Over(drafts, ended, idle)


def held_until(since: date, valid_days: int | None) -> date | None:
    """The last day on which a paper may be used again that counts from `since`, the day on which it was issued or else
    found right; None: it may not be used again at all."""
    return None if valid_days is None or valid_days < 1 else since + timedelta(days=valid_days - 1)
