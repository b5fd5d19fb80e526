"""Why a code was not taken for a citizen's card, in words that tell the citizen what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hardware.advice import Advice
from hardware.words import DEFAULT, N_, translations


class Problem(StrEnum):
    """Stable codes, for programs and logs."""

    NOT_A_CARD = "not-a-card"
    UNREADABLE = "unreadable"
    TICKET = "ticket"
    LINK = "link"
    BARCODE = "barcode"
    HEALTH_CARD = "health-card"
    CUT_OFF = "cut-off"
    LETTERS_LOST = "letters-lost"
    WRONG_ID = "wrong-id"
    WRONG_OLD_ID = "wrong-old-id"
    WRONG_NAME = "wrong-name"
    WRONG_SEX = "wrong-sex"
    WRONG_ADDRESS = "wrong-address"
    WRONG_DATE = "wrong-date"
    DISAGREES = "disagrees"


_AGAIN = N_("Please hold the card flat and still under the scanner once more.")
_ASK = N_("Please type your details instead, or ask the staff for help.")

WORDS: Mapping[Problem, Advice] = {
    Problem.NOT_A_CARD: Advice(
        N_("This is not the code of a citizen card."),
        N_("Turn the card and hold its square QR code under the scanner."),
    ),
    Problem.UNREADABLE: Advice(N_("This code cannot be read."), _AGAIN),
    Problem.TICKET: Advice(
        N_("This is the code of a queue ticket."),
        N_("Hold your citizen card under the scanner; your number is on the ticket."),
    ),
    Problem.LINK: Advice(
        N_("This code leads to a web page, not to a citizen card."),
        N_("Turn the card and hold its square QR code under the scanner."),
    ),
    Problem.BARCODE: Advice(
        N_("This is a barcode, not the code of a citizen card."),
        N_("Turn the card and hold its square QR code under the scanner."),
    ),
    Problem.HEALTH_CARD: Advice(
        N_("This is a health insurance card."),
        N_("Please hold your citizen card under the scanner."),
    ),
    Problem.CUT_OFF: Advice(N_("The card was taken away too early."), _AGAIN),
    Problem.LETTERS_LOST: Advice(N_("The scanner has lost the Vietnamese letters of the card."), _ASK),
    Problem.WRONG_ID: Advice(N_("The number on the card could not be read."), _AGAIN),
    Problem.WRONG_OLD_ID: Advice(N_("The old number on the card could not be read."), _AGAIN),
    Problem.WRONG_NAME: Advice(N_("The name on the card could not be read."), _AGAIN),
    Problem.WRONG_SEX: Advice(N_("A part of the card could not be read."), _AGAIN),
    Problem.WRONG_ADDRESS: Advice(N_("A part of the card could not be read."), _AGAIN),
    Problem.WRONG_DATE: Advice(N_("A date on the card could not be read."), _AGAIN),
    Problem.DISAGREES: Advice(N_("What the card says does not agree with its number."), _ASK),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not a card. It holds nothing of what was read."""

    problem: Problem

    def words(self, language: str = DEFAULT) -> Advice:
        """What is the matter and what to do, for the citizen, in "vi" or "en"."""
        catalog, advice = translations(language), WORDS[self.problem]
        return Advice(catalog.gettext(advice.what), catalog.gettext(advice.do))
