"""How often nobody is asked for the same paper twice: the plans want it of 50 % and later 80 % of visits."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from queue_server.store import dossiers


@dataclass(frozen=True, slots=True)
class Reuse:
    """`asked_once`: dossiers for which no paper was asked that the hall held already; `reused`: papers used again."""

    dossiers: int
    asked_once: int
    reused: int

    @property
    def share(self) -> float | None:
        """Of `asked_once`, from 0 to 1; None where nothing was filed."""
        return self.asked_once / self.dossiers if self.dossiers else None


def reuse_between(sql: sqlite3.Connection, first: date, last: date) -> Reuse:
    """Over the dossiers filed or prepared from `first` to `last`, both included."""
    return Reuse(*dossiers.reuse(sql, first, last))
