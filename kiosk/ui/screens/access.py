"""The panel where somebody makes the kiosk fit: larger text, contrast, low reach, voice."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import Event, ToggleLargeText
from kiosk.state import State
from kiosk.ui.frame import GAP, between, primary
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import INK, LINE, MUTED, ON_PRIMARY, SURFACE, TEAL, TEAL_MIST, VEIL
from kiosk.ui.stack import Line, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import ToggleAccess, ToggleContrast, ToggleLowReach, ToggleVoice
from kiosk.words import Words


def access_panel(p: Painter, state: State, say: Words) -> None:
    """Covers the screen down to the foot, where help stays; what it changes is seen behind it at once."""
    _ = say.gettext
    p.targets.clear()
    p.fill(Box(0, 0, p.w, p.h), VEIL)
    foot = between(p)[1]
    high = 690.0 if p.landscape else 880.0
    wide = p.w - 80
    sheet = Box(40, foot - high - 16, wide, high)
    p.panel(sheet, SURFACE, 40)
    button = 116.0 if p.landscape else 140.0
    head = 96.0 if p.landscape else 110.0
    text = _("Make the screen fit you")
    stack(p, [Line(text, 44, INK, Weight.BOLD)], Box(sheet.x + 44, sheet.y + 18, wide - 88, head), "center")
    rows = _switches(state, say)
    columns = 2 if p.landscape else 1
    y = sheet.y + head + 24
    room = sheet.bottom - 30 - button - 20 - y
    lines = -(-len(rows) // columns)
    cell_wide = (wide - 88 - (columns - 1) * GAP) / columns
    cell = (room - (lines - 1) * 14) / lines
    for place, row in enumerate(rows):
        x = sheet.x + 44 + (place % columns) * (cell_wide + GAP)
        # The last one has the line to itself where nothing stands beside it.
        alone = place == len(rows) - 1 and place % columns == 0
        _switch(p, say, Box(x, y + (place // columns) * (cell + 14), wide - 88 if alone else cell_wide, cell), row)
    place_of_done = Box(sheet.x + 44, sheet.bottom - 30 - button, wide - 88, button)
    primary(p, "access", place_of_done, _("Continue"), ToggleAccess(), size=40, picture="check")


@dataclass(frozen=True, slots=True)
class Switch:
    """`under`: what it does; `on`: as it is now."""

    name: str
    picture: str
    label: str
    under: str
    on: bool
    event: Event


def _switches(state: State, say: Words) -> list[Switch]:
    """What changes nothing on this screen is left out."""
    _ = say.gettext
    larger, darker = _("Letters a third larger"), _("Darker letters and edges")
    aloud = _("Read aloud in the headphones") if state.equipment.headphones else _("Read aloud, never what you enter")
    low = Switch(
        "low-reach",
        "low-reach",
        _("Lower buttons"),
        _("All within reach from a wheelchair"),
        state.low_reach,
        ToggleLowReach(),
    )
    return [
        Switch("large-text", "larger", _("Larger text"), larger, state.large_text, ToggleLargeText()),
        Switch("contrast", "contrast", _("High contrast"), darker, state.contrast, ToggleContrast()),
        *([] if state.landscape else [low]),
        *([Switch("voice", "voice", _("Voice"), aloud, state.voice, ToggleVoice())] if state.equipment.speaker else []),
    ]


def _switch(p: Painter, say: Words, box: Box, row: Switch) -> None:
    """What it is at the left; at the right whether it is on, by a word and by the knob's place."""
    ink = TEAL if row.on else MUTED
    p.panel(box, TEAL_MIST if row.on else SURFACE, 24, edge=TEAL if row.on else LINE)
    side = min(64.0, box.h - 40)
    p.icon(row.picture, Box(box.x + 28, box.y + (box.h - side) / 2, side, side), TEAL)
    left = box.x + 28 + side + 26
    lines = [Line(row.label, 34, INK, Weight.BOLD), Line(row.under, 25, MUTED, Weight.MEDIUM, gap=2)]
    stack(p, lines, Box(left, box.y + 6, box.right - 210 - left, box.h - 12))
    track = Box(box.right - 24 - 92, box.y + (box.h - 52) / 2, 92, 52)
    p.panel(track, TEAL if row.on else SURFACE, 26, edge=ink)
    p.disc(Box(track.right - 46 if row.on else track.x + 6, track.y + 6, 40, 40), ON_PRIMARY if row.on else MUTED)
    word = say.gettext("On") if row.on else say.gettext("Off")
    p.text(word, Box(track.x - 90, box.y, 78, box.h), 28, ink, Weight.BOLD, "right", "middle")
    p.target(row.name, box, row.event)
