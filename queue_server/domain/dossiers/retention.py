"""How long what is personal is kept: rules as data, with the moment from which each thing is to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .state import FINAL, DossierState

UPLOAD = timedelta(hours=1)
"""An attachment that no dossier names is forgotten after this."""


@dataclass(frozen=True, slots=True)
class DossierRules:
    """The hall's own: `unit_code` begins every dossier code; `keep_days`: how long the answers and papers of a dossier
    are kept after it ended; `keep_drafts_days`: how long one that was prepared and never completed is kept. Raises
    ValueError for less than a day."""

    unit_code: str = "000.00.00.H00"
    keep_days: int = 365
    keep_drafts_days: int = 7

    def __post_init__(self) -> None:
        if self.keep_days < 1 or self.keep_drafts_days < 1:
            raise ValueError("dossiers are kept for at least a day")


def erased_from(
    rules: DossierRules, state: DossierState, filed_at: datetime, ended_at: datetime | None
) -> datetime | None:
    """From when on the personal part of a dossier is to be erased; None while somebody still works on it."""
    if state is DossierState.DRAFT:
        return filed_at + timedelta(days=rules.keep_drafts_days)
    if state in FINAL and ended_at is not None:
        return ended_at + timedelta(days=rules.keep_days)
    return None


def held_until(digitised_on: date, valid_days: int | None) -> date | None:
    """The last day on which a paper digitised then may be used again; None: it may not be used again at all."""
    return None if valid_days is None or valid_days < 1 else digitised_on + timedelta(days=valid_days - 1)
