"""Why what was held under the scanner is not taken for a card: shown and said in the same words."""

from __future__ import annotations

from hardware.advice import Advice
from hardware.scanners.refusal import WORDS, Problem, Refusal
from kiosk.state import State


def card_advice(state: State) -> Advice | None:
    """What is the matter and what to do, in the language of `state`; None where nothing is."""
    word = state.visit.scan_problem if state.visit else None
    if word is None:
        return None
    problem = Problem(word) if word in {one.value for one in WORDS} else Problem.NOT_A_CARD
    return Refusal(problem).words(state.language.value)
