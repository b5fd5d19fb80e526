"""What all questions share: how far one is, the question itself, what is wrong, and what may be taken over."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.state import State
from kiosk.ui.frame import MARGIN, between
from kiosk.ui.painter import Box, Painter
from kiosk.ui.palette import DANGER_MIST, GOLD, GOLD_MIST, INK, LINE, MUTED, RED, SURFACE, TEAL, WARNING, Colour
from kiosk.ui.screens.answer_text import answer_text
from kiosk.ui.stack import TOO_SMALL, TOO_SMALL_LARGE, Line, height, scaled, stack
from kiosk.ui.typeface import Weight
from kiosk.visit.events import Skip, TakeSameAs
from kiosk.visit.listing import form_of
from kiosk.visit.state import Asking, Visit
from kiosk.words import Words
from queue_server.contract import Control, Form, Question, place
from queue_server.contract.complaints import complaint_text

SPACE = 14.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The question on the screen with all that it depends on."""

    state: State
    say: Words
    visit: Visit
    form: Form
    question: Question
    asking: Asking

    @property
    def control(self) -> Control:
        return self.question.control


@dataclass(frozen=True, slots=True)
class Room:
    """`read`: where the field stands, under the question; `touch`: where the control stands."""

    read: Box
    touch: Box


def asked_now(state: State, say: Words) -> Asked | None:
    form = form_of(state.catalogue, state.visit)
    if form is None or state.visit is None or state.visit.asking is None:
        return None
    question = form.question(state.visit.asking.field)
    return Asked(state, say, state.visit, form, question, state.visit.asking) if question else None


def layout(
    p: Painter,
    one: Asked,
    top: float,
    bottom: float,
    read: float,
    touch: float,
    *,
    aside: float = 0.0,
    least: float = 0.0,
) -> Room:
    """Draw progress, question, notice and offers; the rest is for a field `read` high and a control `touch` high.

    In landscape `aside` units at the right are left to the control from top to bottom. At low reach all that is read
    stands in the upper half. Where the question is long the control may become as low as `least`.
    """
    first = between(p)[0]
    left = p.w - 2 * MARGIN - (aside + 40 if aside else 0)
    y = _progress(p, one, Box(MARGIN, first + (8 if p.landscape else 22), left, 30 if p.landscape else 40))
    notice, offers = _notice_high(p, one), _offers_high(p, one)
    over = read + (SPACE if read else 0) + notice
    low = bottom - 16
    if p.low_reach:
        begin = Box(MARGIN, y, left, top - y - over - 30)
        stack(p, _lines(p, one, 60, 34), begin, place="middle")
        at = Box(MARGIN, begin.bottom + 6, left, over)
        body = Box(MARGIN, top + 16, left, low - top - 16)
    else:
        lines = _lines(p, one, 40 if p.landscape else 54, 25 if p.landscape else 31)
        below = over + offers + (0 if aside else touch)
        spare = low - y - over - offers - (0 if aside else least or touch) - SPACE
        ceiling = min(190.0 if p.landscape else 380.0, spare)
        lines = _readable(p, lines, left, ceiling)
        most = max(58.0, min(height(p, lines, left), ceiling))
        # Right above the control, as low as a hand reaches from a wheelchair.
        start = y if p.landscape else max(y, low - below - most - SPACE)
        stack(p, lines, Box(MARGIN, start, left, most + 1), place="top")
        at = Box(MARGIN, start + most + SPACE, left, over)
        body = Box(MARGIN, at.bottom, left, low - at.bottom)
    _notice(p, one, Box(at.x, at.y, at.w, notice - SPACE))
    field = Box(at.x, at.y + notice, at.w, read)
    _offers(p, one, Box(body.x, body.y, body.w, offers - SPACE))
    rest = Box(body.x, body.y + offers, body.w, body.h - offers)
    if aside:
        return Room(field, Box(p.w - MARGIN - aside, first + 16, aside, low - first - 16))
    return Room(field, rest)


def under(p: Painter, one: Asked, room: Room) -> Box:
    """What is left below the field where the control stands aside."""
    low = between(p)[1] - 16
    begin = room.read.bottom + SPACE + _offers_high(p, one)
    return Box(room.read.x, begin, room.read.w, low - begin)


def _lines(p: Painter, one: Asked, big: float, small: float) -> list[Line]:
    question = one.question
    lines = [Line(one.say.local(question.label), big, INK, Weight.BOLD)]
    if question.help is not None:
        lines.append(Line(one.say.local(question.help), small, MUTED, gap=4))
    return lines


def _readable(p: Painter, lines: list[Line], wide: float, high: float) -> list[Line]:
    """Without the help where the question itself would become too small beside it."""
    least = TOO_SMALL_LARGE if p.large else TOO_SMALL
    kept = height(p, [scaled(line, least) for line in lines], wide) <= high
    return lines if kept else lines[:1]


def _progress(p: Painter, one: Asked, box: Box) -> float:
    """The group's name, 7 / 23 and a bar; returns where the question may begin."""
    here, total = place(one.form, one.visit.answers, one.question.field)
    group = next((each for each in one.form.groups if each.code == one.question.group), None)
    size = 24 if p.landscape else 28
    count = f"{here} / {total}"
    wide = 150.0
    p.text(count, Box(box.right - wide, box.y, wide, box.h), size, TEAL, Weight.BOLD, "right", "middle")
    if group is not None:
        name = Box(box.x, box.y, box.w - wide - 16, box.h)
        p.text(one.say.local(group.name), name, size, MUTED, Weight.SEMIBOLD, "left", "middle")
    bar = Box(box.x, box.bottom + 2, box.w, 12)
    p.panel(bar, SURFACE, 6, edge=LINE)
    p.panel(Box(bar.x, bar.y, max(12.0, bar.w * here / max(1, total)), bar.h), TEAL, 6)
    return bar.bottom + (12 if p.landscape else 26)


# --- what is wrong, and what stands there already ---------------------------------------------------------------


def _notice_high(p: Painter, one: Asked) -> float:
    if one.asking.complaint is None and not one.asking.proposed:
        return 0.0
    return (70.0 if p.landscape else 92.0) * (1.25 if p.large else 1.0) + SPACE


def _notice(p: Painter, one: Asked, box: Box) -> None:
    if one.asking.complaint is not None:
        text = complaint_text(one.asking.complaint, one.state.language.value)
        _strip(p, box, "warning", text, RED, DANGER_MIST, RED)
    elif one.asking.proposed:
        text = one.say.gettext("Filled in for you: please check, and change it if it is wrong.")
        _strip(p, box, "info", text, WARNING, GOLD_MIST, GOLD)


def _strip(p: Painter, box: Box, picture: str, text: str, ink: Colour, back: Colour, edge: Colour) -> None:
    p.panel(box, back, 18, edge=edge)
    side = min(46.0, box.h - 20)
    p.icon(picture, Box(box.x + 20, box.y + (box.h - side) / 2, side, side), ink)
    left = box.x + 20 + side + 18
    line = Line(text, 27 if p.landscape else 32, ink, Weight.BOLD)
    stack(p, [line], Box(left, box.y + 4, box.right - left - 16, box.h - 8))


# --- one touch instead of typing --------------------------------------------------------------------------------


def _same(one: Asked) -> list[Question]:
    """The questions whose answers are offered for this one."""
    found = (one.form.question(name) for name in one.question.same_as if name in one.visit.answers)
    return [each for each in found if each is not None][:2]


def _offers_high(p: Painter, one: Asked) -> float:
    if not _same(one) and one.question.required:
        return 0.0
    return (88.0 if p.landscape else 116.0) + SPACE


def _offers(p: Painter, one: Asked, box: Box) -> None:
    same = _same(one)
    if box.h <= 0:
        return
    _ = one.say.gettext
    gap = 16.0
    skip = 0.0 if one.question.required else (280.0 if same else min(box.w, 520.0))
    wide = (box.w - (skip + gap if skip else 0) - (len(same) - 1) * gap) / max(1, len(same))
    for position, each in enumerate(same):
        cell = Box(box.x + position * (wide + gap), box.y, wide, box.h)
        p.panel(cell, SURFACE, 20, edge=TEAL)
        value = one.visit.answers[each.field]
        offer = _("The same as: %(other)s") % {"other": one.say.local(each.short)}
        lines = [
            Line(offer, 27, TEAL, Weight.BOLD),
            Line(answer_text(each, value, one.state.places, one.say), 24, INK, Weight.MEDIUM, gap=1),
        ]
        stack(p, lines, cell.inset(20, 6))
        # The voice says the offer, never the answer.
        p.target(f"same:{each.field}", cell, TakeSameAs(each.field), 20, label=offer)
    if skip:
        cell = Box(box.right - skip, box.y, skip, box.h)
        p.panel(cell, SURFACE, 20, edge=TEAL)
        stack(p, [Line(_("Skip this question"), 29, TEAL, Weight.BOLD)], cell.inset(16, 6), "center")
        p.target("skip", cell, Skip(), 20)
