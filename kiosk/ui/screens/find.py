"""Finding the right procedure: by why one comes, by field, by name, or by three questions."""

from __future__ import annotations

from kiosk.state import Screen, State, groups, guide_question, page_size, pages
from kiosk.ui.card import GUTTER, Choice, choice, grid, strip, tile
from kiosk.ui.frame import MARGIN, pager, primary, title
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import LINE, MUTED, SURFACE, TEAL
from kiosk.ui.typeface import Weight
from kiosk.visit.course import procedure_of
from kiosk.visit.events import (
    AnswerGuide,
    ChooseFindGroup,
    ChooseLifeEvent,
    ChooseProcedure,
    StartGuide,
    StartSearch,
    TakeNumber,
)
from kiosk.words import Words
from queue_server.contract import Outcome, Procedure

TURNER = 100.0


def find(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    _ = say.gettext
    tiles = _tiles(state, say)
    size = page_size(state, Screen.FIND)
    columns = 4 if p.landscape else 2
    lines = -(-size // columns) if pages(state) > 1 else -(-len(tiles) // columns)
    # From the bottom upwards: the way out for whoever is lost, the pages, the tiles, the search.
    low = bottom - 24
    ways = 100.0 if p.landscape else 112.0
    turned = pages(state) > 1
    turner = TURNER + GUTTER if turned else 0.0
    wide = p.w - 2 * MARGIN
    tall = 158.0 if p.landscape else 150.0
    if p.large:
        tall *= 1.3
    if p.landscape:
        y = title(p, top, _("What is it about?"), room=wide)
        half = (wide - GUTTER) / 2
        _search_field(p, say, Box(MARGIN, y, half, ways))
        _guide_button(p, say, Box(MARGIN + half + GUTTER, y, half, ways))
        room = Box(MARGIN, y + ways + GUTTER, wide, low - turner - y - ways - GUTTER)
    else:
        used = ways * 2 + GUTTER * 2 + turner + lines * (tall + GUTTER)
        y = title(p, top, _("What is it about?"), floor=min(p.h / 3, low - used), picture="search")
        _search_field(p, say, Box(MARGIN, y, wide, ways))
        _guide_button(p, say, Box(MARGIN, low - ways, wide, ways))
        low -= ways + GUTTER
        room = Box(MARGIN, y + ways + GUTTER, wide, low - turner - y - ways - GUTTER)
    if turned:
        pager(p, state, say, Box(MARGIN, low - TURNER, wide, TURNER))
    shown = tiles[state.page * size : (state.page + 1) * size]
    for box, one in zip(grid(room, len(shown), columns, tall, lines), shown, strict=True):
        tile(p, box, one)


def _tiles(state: State, say: Words) -> list[Choice]:
    """Why people come first, then the fields of the hall."""
    events = state.catalogue.life_events if state.catalogue else ()
    found = [
        Choice(f"event:{one.code}", say.local(one.name), ChooseLifeEvent(one.code), picture=one.icon) for one in events
    ]
    fields = [
        Choice(f"find-group:{one.code}", say.local(one.name), ChooseFindGroup(one.code), letter=one.prefix)
        for one in groups(state)
    ]
    return found + fields


def _search_field(p: Painter, say: Words, box: Box) -> None:
    """Looks like the field it leads to."""
    p.panel(box, SURFACE, 24, edge=TEAL)
    side = 48.0
    p.icon("search", Box(box.x + 28, box.y + (box.h - side) / 2, side, side), TEAL)
    text = say.gettext("Search by typing its name")
    p.text(text, Box(box.x + 96, box.y + 6, box.w - 116, box.h - 12), 31, MUTED, Weight.MEDIUM, "left", "middle")
    p.target("find:search", box, StartSearch())


def _guide_button(p: Painter, say: Words, box: Box) -> None:
    p.panel(box, SURFACE, 24, edge=LINE)
    side = 48.0
    p.icon("question", Box(box.x + 28, box.y + (box.h - side) / 2, side, side), TEAL)
    text = say.gettext("I do not know what to choose")
    p.text(text, Box(box.x + 96, box.y + 6, box.w - 116, box.h - 12), 31, TEAL, Weight.BOLD, "left", "middle")
    p.target("find:guide", box, StartGuide())


def guide(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """One question of those that lead to a procedure."""
    _ = say.gettext
    asked = guide_question(state)
    if asked is None:
        _nothing(p, say, top, bottom)
        return
    size = page_size(state, Screen.GUIDE)
    shown = [
        Choice(f"answer:{state.page * size + place}", say.local(one.name), AnswerGuide(state.page * size + place))
        for place, one in enumerate(asked.answers[state.page * size : (state.page + 1) * size])
    ]
    under = _("Choose what fits best. Whatever you choose, you can go back.")
    _list(p, state, say, top, bottom, say.local(asked.label), under, shown, 230.0 if p.landscape else 190.0)


def found(p: Painter, state: State, say: Words, top: float, bottom: float) -> None:
    """The procedures of an event, a field, or the guiding questions."""
    _ = say.gettext
    procedures = [one for one in (procedure_of(state, code) for code in _codes(state)) if one]
    if not procedures:
        _nothing(p, say, top, bottom)
        return
    size = page_size(state, Screen.FOUND)
    shown = [procedure_choice(say, one) for one in procedures[state.page * size : (state.page + 1) * size]]
    _list(p, state, say, top, bottom, _heading(state, say), _("Touch the one you need"), shown, 210.0)


def _codes(state: State) -> tuple[str, ...]:
    return state.visit.found if state.visit else ()


def procedure_choice(say: Words, one: Procedure) -> Choice:
    """A procedure in a list, with how far one gets here."""
    _ = say.gettext
    far = {Outcome.DOSSIER: _("File it here"), Outcome.PREPARED: _("Prepare it here"), Outcome.GUIDANCE: ""}
    name = f"procedure:{one.code}"
    return Choice(name, say.local(one.name), ChooseProcedure(one.code), "", "paper", note=far[one.outcome])


def _heading(state: State, say: Words) -> str:
    event = state.visit.event if state.visit else None
    events = state.catalogue.life_events if state.catalogue else ()
    named = next((say.local(one.name) for one in events if one.code == event), None)
    of = {one.group for one in (procedure_of(state, code) for code in _codes(state)) if one}
    guided = state.visit is not None and state.visit.guide
    field = next((say.local(one.name) for one in groups(state) if of == {one.code} and not guided), None)
    return named or field or say.gettext("Which one is it?")


def _list(
    p: Painter,
    state: State,
    say: Words,
    top: float,
    bottom: float,
    head: str,
    under: str,
    shown: list[Choice],
    tall: float,
) -> None:
    """Cards under each other, in landscape in two columns, pages below."""
    low, wide = bottom - 24, p.w - 2 * MARGIN
    if pages(state) > 1:
        low -= TURNER
        pager(p, state, say, Box(MARGIN, low, wide, TURNER))
        low -= GUTTER
    if p.large:
        tall *= 1.2
    count = page_size(state, state.screen) if pages(state) > 1 else len(shown)
    columns = 2 if p.landscape and len(shown) > 1 else 1
    lines = -(-count // columns)
    used = lines * (tall + GUTTER) - GUTTER
    y = title(p, top, head, under, floor=0 if p.landscape else min(p.h / 3, low - used), picture="question")
    for box, one in zip(grid(Box(MARGIN, y, wide, low - y), len(shown), columns, tall, lines), shown, strict=True):
        choice(p, box, one)


def _nothing(p: Painter, say: Words, top: float, bottom: float) -> None:
    """No dead end: the person at the counter knows."""
    _ = say.gettext
    button = 130.0 if p.landscape else 170.0
    wide = p.w - 2 * MARGIN
    y = title(p, top, _("Nothing was found"), floor=0 if p.landscape else p.h / 3, picture="search")
    text = _("Please take a number: the clerk at the counter will know, whatever it is called.")
    high = 180.0 if p.landscape else 240.0
    place = Box(MARGIN, bottom - button - 40, wide, button)
    spare = (place.y - 24 - y - high) / 2 if p.landscape else 0.0
    strip(p, Box(MARGIN, y + spare, wide, high), "info", _("That does not mean that it cannot be done here."), text)
    primary(p, "found:number", place, _("Take a number"), TakeNumber(), picture="touch")
