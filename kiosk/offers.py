"""What the welcome offers: only a number, or all that can be done here without a clerk."""

from __future__ import annotations

from kiosk.state import State
from kiosk.visit.course import offers_ways
from kiosk.words import Words


def invitation(state: State, say: Words) -> str:
    """What the welcome asks to do."""
    if offers_ways(state):
        return say.gettext("Touch the screen to begin")
    return say.gettext("Touch the screen to take your number")


def offers(say: Words) -> tuple[tuple[str, str], ...]:
    """Pictogram and name of each thing that a citizen can do where self-service is offered."""
    _ = say.gettext
    return (
        ("touch", _("Take a number")),
        ("pencil", _("Fill in and file a dossier")),
        ("search", _("Look up a dossier")),
        ("calendar", _("I have an appointment")),
    )
