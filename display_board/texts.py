"""Every text of the board in both languages, from the gettext catalogue; English is the source."""

from __future__ import annotations

import gettext
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "display_board"


def texts(language: str) -> dict[str, str]:
    """The board's texts in "vi" or "en" by key; words in braces are filled in by the page."""
    _ = gettext.translation(DOMAIN, LOCALE, [language], fallback=language == "en").gettext
    return {
        "title": _("Calling board"),
        "now_calling": _("Now calling"),
        "called_again": _("Called again"),
        "last_called": _("Called last"),
        "go_to": _("please go to"),
        "recent": _("Last calls"),
        "counters": _("Counters"),
        "open": _("Open"),
        "paused": _("Paused"),
        "closed": _("Closed"),
        "next": _("Next in line"),
        "waiting": _("{count} waiting"),
        "nobody_waiting": _("Nobody is waiting"),
        "wait_under_min": _("Under {figures} min"),
        "wait_about_min": _("About {figures} min"),
        "wait_under_h": _("Under {figures} h"),
        "wait_about_h": _("About {figures} h"),
        "welcome": _("Welcome"),
        "welcome_more": _("Please take a number at the kiosk and wait to be called."),
        "no_calls": _("No number has been called yet."),
        "notices": _("Notices"),
        "before-opening": _("The hall is not open yet"),
        "lunch": _("Lunch break"),
        "after-closing": _("The hall is closed for today"),
        "day-off": _("The hall is closed today"),
        "holiday": _("Public holiday"),
        "issuing-stopped": _("No more numbers are issued now. All numbers already issued will be served."),
        "opens_at": _("Opens again at {time}"),
        "opens_on": _("Opens again at {time} on {day}"),
        "connecting": _("Connecting to the server…"),
        "stale": _("No connection to the server – figures as of {time}"),
        "touch_for_sound": _("Touch to turn the sound on"),
        "voice_unavailable": _("Voice unavailable – please watch the board"),
        "page": _("{page} of {pages}"),
    }


def problem_texts(language: str) -> dict[str, tuple[str, str, str]]:
    """Title, detail and action of the board's problems in "vi" or "en", by the error's code."""
    _ = gettext.translation(DOMAIN, LOCALE, [language], fallback=language == "en").gettext
    return {
        "invalid-call": (
            _("Not a call"),
            _("No sentence can be made of this number, counter or language."),
            _("Ask with number such as A-025, counter from 1 to 999 and lang vi or en."),
        ),
        "not-called": (
            _("Not called"),
            _("This number has not been called to this counter today."),
            _("Ask for a number that stands on the board, with its counter."),
        ),
        "voice-unavailable": (
            _("Voice unavailable"),
            _("The call could not be spoken."),
            _("Call the number aloud, and ask the technician to check the voice on the server."),
        ),
    }
