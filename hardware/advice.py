"""What a device's condition means to the people in the hall, and what they should do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.health import Kind, State
from hardware.words import DEFAULT, N_, translations


@dataclass(frozen=True, slots=True)
class Advice:
    """`what` is the matter, and what to `do` about it (empty: nothing); a sentence or two each."""

    what: str
    do: str = ""


ANY: Mapping[State, Advice] = {
    State.READY: Advice(N_("It works.")),
    State.UNKNOWN: Advice(
        N_("The device does not say how it is."),
        N_("Look at it: does it do what it should?"),
    ),
    State.PAPER_NEAR_END: Advice(
        N_("The paper is nearly used up: have a new roll at hand."),
        N_("Put in a new roll of paper before this one ends."),
    ),
    State.SOUND_BLOCKED: Advice(
        N_("The browser forbids sound."),
        N_("Touch the screen once, and start Chromium with the flag in docs/board.md."),
    ),
    State.VOICE_UNAVAILABLE: Advice(
        N_("The chime is heard, but calls are not spoken."),
        N_("Install espeak-ng, or check the folder of the recorded voice."),
    ),
    State.DARK: Advice(
        N_("The camera sees nothing but darkness."),
        N_("Take the cover off its lens, and switch the light on."),
    ),
    State.GARBLED: Advice(
        N_("What comes from the device makes no sense."),
        N_("Compare baud rate and protocol in its address with the device's own; keep its cable away from mains."),
    ),
    State.OFFLINE: Advice(
        N_("The device cannot be reached."),
        N_("Check that it is switched on and that its cable is plugged in at both ends."),
    ),
    State.TIMEOUT: Advice(
        N_("The device does not respond."),
        N_("Switch it off, wait ten seconds and switch it on again."),
    ),
    State.STALLED: Advice(
        N_("Pictures come far too seldom."),
        N_("Check the camera's network and cable; switch the camera off and on."),
    ),
    State.PAPER_OUT: Advice(
        N_("The printer is out of paper."),
        N_("Put in a new roll of paper."),
    ),
    State.COVER_OPEN: Advice(
        N_("The printer's cover is open."),
        N_("Close the cover until it clicks."),
    ),
    State.FAULT: Advice(
        N_("The printer reports a fault."),
        N_("Look for jammed paper at the cutter, then switch the printer off and on."),
    ),
    State.DEVICE_FAULT: Advice(
        N_("The device reports a fault, or its program failed."),
        N_("Switch it off and on; if it stays so, send the technician the line from the log."),
    ),
    State.NO_SOUND: Advice(
        N_("Nothing can be heard from the loudspeaker."),
        N_("Check that the amplifier is on and its cable plugged in, and which sound card the address names."),
    ),
    State.CANNOT_WRITE: Advice(
        N_("A file cannot be written."),
        N_("Check that the folder exists, may be written and has space left."),
    ),
    State.NOT_PERMITTED: Advice(
        N_("The program may not open the device."),
        N_("Add the program's account to the group that owns the device (lp, dialout, audio, video or input)."),
    ),
    State.DRIVER_MISSING: Advice(
        N_("A library for this kind of device is not installed."),
        N_("Run the set-up again, or install the library named in the log."),
    ),
    State.BAD_URL: Advice(
        N_("The device's address is not valid."),
        N_("Correct the address in the settings; docs/devices.md has the forms."),
    ),
    State.SILENT: Advice(
        N_("Nothing has been heard from it lately."),
        N_("Check that its machine is switched on and connected, and that its program runs."),
    ),
    State.UNSTEADY: Advice(
        N_("It is unsteady: its state changes all the time."),
        N_("Check that its plugs sit tight at both ends and its power holds; if it goes on, exchange the cable."),
    ),
    State.DOUBLED: Advice(
        N_("Two machines, or two programs, report with the same token."),
        N_("Give each its own: “motcua token” on the server makes one. Is the program started twice?"),
    ),
}

OF_KIND: Mapping[tuple[Kind, State], Advice] = {
    (Kind.PRINTER, State.UNKNOWN): Advice(
        N_("The printer does not say how it is; look at the printed ticket."),
        N_("Nothing, as long as tickets come out."),
    ),
    (Kind.SCANNER, State.UNKNOWN): Advice(
        N_("The scanner's line is open, but no code has come yet."),
        N_("Hold any code under it: it should beep, and the console show it as ready."),
    ),
    (Kind.SCANNER, State.GARBLED): Advice(
        N_("Codes come that cannot be read."),
        N_("Compare baud rate, end mark and charset in the scanner's address with its settings (docs/devices.md)."),
    ),
    (Kind.CAMERA, State.NOT_PERMITTED): Advice(
        N_("The camera refuses the user name or the password in its address, or the program may not open it."),
        N_("Correct user name and password in the address; for a USB camera add the account to the group video."),
    ),
    (Kind.DISPLAY, State.UNKNOWN): Advice(
        N_("The display takes the numbers but never answers."),
        N_("Nothing, as long as it shows the right number."),
    ),
    (Kind.KEYPAD, State.UNKNOWN): Advice(
        N_("No key has been heard from this keypad for hours, or since the line was opened."),
        N_("Press a key: the keypad's display must answer it."),
    ),
    (Kind.KIOSK, State.SILENT): Advice(
        N_("The kiosk has not been heard from lately."),
        N_("Is it switched on, and does its screen move? Check its network cable, then restart it."),
    ),
    (Kind.BOARD, State.SILENT): Advice(
        N_("The board has not been heard from lately."),
        N_("Is the television's PC switched on? Check its network cable, then restart it."),
    ),
    (Kind.AGENT, State.SILENT): Advice(
        N_("The machine with the devices has not been heard from lately."),
        N_("Is it switched on? Check its network cable, then restart it."),
    ),
}
"""Where one kind of device needs other words."""


def explain(state: str, kind: Kind | None = None, language: str = DEFAULT) -> Advice:
    """A condition's meaning and remedy in `language`; of a word that this version does not know, that word."""
    if state not in set(State):
        return Advice(state)
    known = State(state)
    advice = OF_KIND.get((kind, known), ANY[known]) if kind else ANY[known]
    catalog = translations(language)
    return Advice(catalog.gettext(advice.what), catalog.gettext(advice.do) if advice.do else "")
