"""A paper under the camera: what the camera sees, what to mend, and the button that takes the picture."""

from __future__ import annotations

from kiosk.events import Event
from kiosk.paper_words import paper_words
from kiosk.state import State
from kiosk.ui.card import BAD, CALM, GOOD, GUTTER, MIND, Tone, strip
from kiosk.ui.frame import MARGIN, primary, secondary, title
from kiosk.ui.frame import between as whole
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, SURFACE
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.course import procedure
from kiosk.visit.events import BringPaper, KeepPage, Retake, Shoot, TurnShot
from kiosk.visit.papers import USELESS, room
from kiosk.visit.state import Advice, PaperStand, Visit
from kiosk.words import Words

Way = tuple[str, str, Event]
"""A button's name, words and event."""
LOOKS: dict[Advice, tuple[Tone, str]] = {
    Advice.GOOD: (GOOD, "check"),
    Advice.NO_PAPER: (CALM, "frame"),
    Advice.TOO_FAR: (MIND, "search"),
    Advice.CUT_OFF: (MIND, "frame"),
    Advice.TWO_PAPERS: (MIND, "paper"),
    Advice.BLURRED: (MIND, "eye"),
    Advice.GLARE: (MIND, "glare"),
    Advice.TOO_DARK: (MIND, "dark"),
    Advice.MOVING: (MIND, "touch"),
    Advice.UNREADABLE: (BAD, "warning"),
    Advice.TOO_LARGE: (BAD, "warning"),
}
"""Colour and pictogram; the words are in `kiosk.paper_words`."""


def capture(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    here = state.visit
    if here is None or here.paper is None:
        return
    if not state.equipment.camera:
        _no_camera(p, state, say, here, top, bottom)
        return
    wide = p.w - 2 * MARGIN
    ceiling = whole(p)[0]
    if p.landscape:
        aside = 480.0
        picture = Box(MARGIN, ceiling + 20, wide - aside - 28, bottom - ceiling - 40)
        side = Box(picture.right + 28, ceiling + 20, aside, bottom - ceiling - 40)
        _picture(p, say, here, picture)
        _named(p, state, say, here, Box(side.x, side.y, side.w, 150))
        low = _buttons(p, say, here, Box(side.x, side.bottom - 360, side.w, 360), upright=True)
        _told(p, say, here, Box(side.x, side.y + 160, side.w, low - side.y - 180))
        return
    _named(p, state, say, here, Box(MARGIN, ceiling + 20, wide, 120))
    high = 290.0 if here.shot else 190.0
    buttons = Box(MARGIN, bottom - 28 - high, wide, high)
    told = Box(MARGIN, buttons.y - 20 - 170, wide, 170)
    if p.low_reach and not here.shot:
        buttons = Box(MARGIN, bottom - 28 - 240, wide, 240)
    _buttons(p, say, here, buttons, upright=False)
    _told(p, say, here, told)
    _picture(p, say, here, Box(MARGIN, ceiling + 156, wide, told.y - 20 - ceiling - 156))


def _named(p: Painter, state: State, say: Words, here: Visit, box: Box) -> None:
    """Which paper, and how many pages of it are taken."""
    _ = say.gettext
    chosen = procedure(state)
    paper = next((one for one in chosen.papers if one.type == here.paper), None) if chosen else None
    stand = _stand(here)
    many = len(stand.pages) if stand else 0
    page = _("Page %(page)d") % {"page": many + 1}
    if many:
        kept = say.ngettext("%(count)d page taken", "%(count)d pages taken", many) % {"count": many}
        page = f"{page} · {kept}"
    lines = [
        Line(say.local(paper.name) if paper else "", 36 if p.landscape else 46, INK, Weight.BOLD),
        Line(page, 26 if p.landscape else 31, MUTED, Weight.SEMIBOLD, gap=2),
    ]
    stack(p, lines, box)


def _stand(here: Visit) -> PaperStand | None:
    return next((one for one in here.papers if one.type == here.paper), None)


def _picture(p: Painter, say: Words, here: Visit, box: Box) -> None:
    """What the camera sees now, or the page just taken."""
    p.panel(box, INK, 24, edge=LINE)
    handle = here.shot.picture if here.shot else here.camera
    if p.photo(handle, box.inset(14)) is None:
        p.panel(box.inset(14), SURFACE, 16)
        p.spinner(Box(box.x + box.w / 2 - 60, box.y + box.h / 2 - 90, 120, 120))
        text = say.gettext("The camera is starting")
        low = Box(box.x + 30, box.y + box.h / 2 + 50, box.w - 60, 90)
        p.text(text, low, 32, MUTED, Weight.MEDIUM, "center")


def _told(p: Painter, say: Words, here: Visit, box: Box) -> None:
    _ = say.gettext
    if here.working and here.shot is None:
        strip(p, box, "camera", _("Taking the picture…"), _("Please do not move the paper."))
        return
    if here.shot and here.shot.advice is Advice.GOOD:
        strip(
            p, box, "check", _("Can you read it well?"), _("Then keep this page. If it lies sideways, turn it."), GOOD
        )
        return
    seen = here.shot.advice if here.shot else here.camera_advice or Advice.NO_PAPER
    tone, picture = LOOKS[seen]
    strip(p, box, picture, *paper_words(say, seen), tone)


def _buttons(p: Painter, say: Words, here: Visit, box: Box, *, upright: bool) -> float:
    """Returns where they begin."""
    _ = say.gettext
    if here.shot is None:
        high = min(box.h, 190.0)
        place = Box(box.x, box.bottom - high, box.w, high)
        if not here.working:
            primary(p, "shoot", place, _("Take the picture"), Shoot(), size=44, picture="camera")
        return place.y
    good = here.shot.advice is Advice.GOOD
    again: Way = ("retake", _("Take it again"), Retake())
    keep: Way = ("keep", _("Keep this page"), KeepPage())
    stand = _stand(here)
    others: list[Way] = []
    if stand is not None and room(stand):
        others = [("keep-more", _("Keep, and one more page"), KeepPage(more=True))]
    # A poor picture is taken again; a legible one is kept.
    others += [("turn", _("Turn the picture"), TurnShot()), again if good else keep]
    if here.shot.advice in USELESS:
        others = []
    high = (box.h - 2 * GUTTER) / 3 if upright else (box.h - GUTTER) / 2
    name, label, event = keep if good else again
    first = Box(box.x, box.y, box.w, high)
    primary(p, name, first, label, event, size=38, picture="check" if good else "camera")
    lines = [others[:-2], others[-2:]] if upright else [others]
    for number, line in enumerate([each for each in lines if each], 1):
        wide = (box.w - (len(line) - 1) * GUTTER) / len(line)
        for column, (name, label, event) in enumerate(line):
            cell = Box(box.x + column * (wide + GUTTER), box.y + number * (high + GUTTER), wide, high)
            secondary(p, name, cell, label, event, size=31)
    return box.y


def _no_camera(p: Painter, state: State, say: Words, here: Visit, top: float, bottom: float) -> None:
    _ = say.gettext
    wide = p.w - 2 * MARGIN
    y = title(p, top, _("Please bring this paper to the counter"), floor=0 if p.landscape else p.h / 3, picture="bag")
    high = 170.0 if p.landscape else 220.0
    text = _("The clerk photographs it there. The rest of your dossier is kept.")
    strip(p, Box(MARGIN, y, wide, high), "camera", _("The document camera does not work just now"), text, MIND)
    button = 130.0 if p.landscape else 170.0
    label, event = _("Bring it to the counter"), BringPaper(here.paper or "")
    primary(p, f"bring:{here.paper}", Box(MARGIN, bottom - button - 40, wide, button), label, event, picture="bag")
