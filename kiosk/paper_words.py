"""What is said of papers: what is wrong with the picture of one, which are missing; on the screen, and heard."""

from __future__ import annotations

from kiosk.state import State
from kiosk.visit.papers import missing, wanted
from kiosk.visit.state import Advice
from kiosk.words import Words


def paper_words(say: Words, advice: Advice) -> tuple[str, str]:
    """What is the matter, and what to do; a short sentence each."""
    _ = say.gettext
    table: dict[Advice, tuple[str, str]] = {
        Advice.GOOD: (_("The paper lies well"), _("Keep your hands away and take the picture.")),
        Advice.NO_PAPER: (
            _("Lay the paper under the camera"),
            _("The whole sheet on the dark plate, writing upwards."),
        ),
        Advice.TOO_FAR: (_("The paper is too small in the picture"), _("Lay it nearer to the camera.")),
        Advice.CUT_OFF: (_("A corner is missing"), _("Move the paper until all four corners are seen.")),
        Advice.TWO_PAPERS: (
            _("More than one paper is seen"),
            _("Leave only one of them under the camera."),
        ),
        Advice.BLURRED: (_("The picture is blurred"), _("Smooth the paper and keep it still.")),
        Advice.GLARE: (_("Light is mirrored on the paper"), _("Turn it a little, or take it out of its cover.")),
        Advice.TOO_DARK: (_("It is too dark"), _("Take your hand and shadow away.")),
        Advice.MOVING: (_("The paper is moving"), _("Let go of it for a moment.")),
        Advice.UNREADABLE: (_("This cannot be read"), _("Please photograph the paper itself.")),
        Advice.TOO_LARGE: (_("This file is too large"), _("Please photograph the paper itself.")),
    }
    return table[advice]


def missing_words(state: State, say: Words) -> str:
    """The papers that keep the dossier from being filed, by name."""
    left = missing(state)
    names = [say.local(one.name) for one in wanted(state) if one.type in left]
    return say.gettext("Still missing: %(papers)s") % {"papers": "; ".join(names)}
