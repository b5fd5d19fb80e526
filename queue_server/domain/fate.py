"""What becomes of advice once it is given: a person takes or declines it, or it no longer helps."""

from __future__ import annotations

from enum import StrEnum

from .errors import AdviceAnswered


class Fate(StrEnum):
    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Nobody answered it before it stopped helping."""
    TAKEN_BACK = "taken-back"


NEXT = {
    Fate.OFFERED: frozenset({Fate.TAKEN, Fate.DECLINED, Fate.WITHDRAWN}),
    Fate.TAKEN: frozenset({Fate.TAKEN_BACK}),
}


def follow(fate: Fate, then: Fate) -> Fate:
    """`then`, where it may follow `fate`. Raises AdviceAnswered."""
    if then not in NEXT.get(fate, ()):
        raise AdviceAnswered
    return then
