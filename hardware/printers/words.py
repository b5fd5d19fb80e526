"""What a printer's errors and states mean to the people in the hall, and what they should do."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printers.errors import Code
from hardware.printers.status import State
from hardware.words import DEFAULT, N_, translations


@dataclass(frozen=True, slots=True)
class Advice:
    """`what` is the matter, and what to `do` about it; one sentence each."""

    what: str
    do: str


ERRORS = {
    Code.BAD_URL: Advice(
        N_("The printer address is not valid."),
        N_("Correct the printer address in the settings."),
    ),
    Code.DRIVER_MISSING: Advice(
        N_("A library for this kind of printer is not installed."),
        N_("Run the set-up again, or install the library named in the log."),
    ),
    Code.NOT_PERMITTED: Advice(
        N_("The program may not open the printer."),
        N_("Add the kiosk's account to the group that owns the device (lp or dialout)."),
    ),
    Code.OFFLINE: Advice(
        N_("The printer cannot be reached."),
        N_("Check that it is switched on and that its cable is plugged in."),
    ),
    Code.TIMEOUT: Advice(
        N_("The printer does not respond."),
        N_("Switch it off, wait ten seconds and switch it on again."),
    ),
    Code.PAPER_OUT: Advice(
        N_("The printer is out of paper."),
        N_("Put in a new roll of paper."),
    ),
    Code.COVER_OPEN: Advice(
        N_("The printer's cover is open."),
        N_("Close the cover until it clicks."),
    ),
    Code.FAULT: Advice(
        N_("The printer reports a fault."),
        N_("Look for jammed paper at the cutter, then switch the printer off and on."),
    ),
    Code.CANNOT_WRITE: Advice(
        N_("The ticket cannot be written to its folder."),
        N_("Check that the folder exists, may be written and has space left."),
    ),
}

STATES = {
    State.READY: N_("The printer is ready."),
    State.PAPER_NEAR_END: N_("The paper is nearly used up: have a new roll at hand."),
    State.PAPER_OUT: ERRORS[Code.PAPER_OUT].what,
    State.COVER_OPEN: ERRORS[Code.COVER_OPEN].what,
    State.FAULT: ERRORS[Code.FAULT].what,
    State.OFFLINE: ERRORS[Code.OFFLINE].what,
    State.UNKNOWN: N_("The printer does not say how it is; look at the printed ticket."),
}


def explain(code: Code, language: str = DEFAULT) -> Advice:
    """An error's meaning and remedy in `language`."""
    catalog = translations(language)
    advice = ERRORS[code]
    return Advice(catalog.gettext(advice.what), catalog.gettext(advice.do))


def describe(state: State, language: str = DEFAULT) -> str:
    """A printer's state as a sentence in `language`."""
    return translations(language).gettext(STATES[state])
