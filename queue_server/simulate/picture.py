"""Waits over a day as a picture: each call a mark, each half hour's mean on a line, the targets across.

It is SVG, which any browser opens and any size keeps sharp. Two days differ by shape, by stroke and by colour, so that
they are told apart in grey and by people who see colours otherwise. No number and no name stands in it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from queue_server.domain.text import N_
from queue_server.locale import translator

from .summary import Call

WIDTH, HEIGHT = 1000.0, 560.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 136.0, 104.0, 62.0
SLOT_S = 1800.0
HOUR_S = 3600.0
INK, MUTED, LINE, PAUSE, TARGET = "#1B2430", "#51606F", "#E3DACB", "#F4EEE3", "#B3261E"
COLOURS = ("#B45F06", "#0B5D5E")
"""Of the first and the second day: the warm and the cool tone of the brand, 1:1.7 apart in lightness."""
DASHES = "9 5"
FONT = "'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', sans-serif"
TITLE = N_("Waits over the day, {day}")
UP = N_("Wait until the call, minutes")
ALONG = N_("Hour at which people came; lines: the mean of each half hour")


class Series(NamedTuple):
    """`title` in the reader's language."""

    title: str
    calls: Sequence[Call]


class _Scale(NamedTuple):
    begins: float
    ends: float
    top_s: float

    def x(self, moment: float) -> float:
        return LEFT + (moment - self.begins) / (self.ends - self.begins) * (WIDTH - LEFT - RIGHT)

    def y(self, wait_s: float) -> float:
        return HEIGHT - BOTTOM - wait_s / self.top_s * (HEIGHT - TOP - BOTTOM)


def picture(
    day: str,
    series: Sequence[Series],
    targets_s: Iterable[float],
    breaks: Iterable[tuple[float, float]],
    language: str,
) -> str:
    """An SVG document; `day` as text, one or two `series`, targets in seconds, breaks in seconds after midnight."""
    say = translator(language).gettext
    targets = sorted(set(targets_s))
    scale = _scale(series, targets)
    root = ElementTree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img"
    )
    root.set("font-family", FONT)
    title = say(TITLE).format(day=day)
    _add(root, "title").text = title
    _add(root, "rect", width=WIDTH, height=HEIGHT, fill="#FFFFFF")
    _text(root, LEFT, 38, title, size=22, weight=700)
    for begins, ends in breaks:
        _break(root, scale, begins, ends, say(N_("Break")))
    _axes(root, scale, say(UP), say(ALONG))
    for target in targets:
        _target(root, scale, target, say(N_("Target {minutes:g} min")).format(minutes=target / 60))
    for place, each in enumerate(series):
        _calls(root, scale, each.calls, place)
        _means(root, scale, each.calls, place)
    x = LEFT
    for place, each in enumerate(series):
        x = _legend(root, x, each.title, place)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def half_hours(calls: Iterable[Call]) -> list[tuple[float, float]]:
    """The middle of each half hour in which somebody came, and the mean wait of those who did; in seconds."""
    slots: dict[int, list[float]] = {}
    for call in calls:
        slots.setdefault(int(call.came_s // SLOT_S), []).append(call.waited_s)
    return [((slot + 0.5) * SLOT_S, statistics.fmean(waits)) for slot, waits in sorted(slots.items())]


def _scale(series: Sequence[Series], targets: Sequence[float]) -> _Scale:
    calls = [call for each in series for call in each.calls]
    begins = min((call.came_s for call in calls), default=8 * HOUR_S) // HOUR_S * HOUR_S
    ends = max((call.came_s for call in calls), default=16 * HOUR_S) // HOUR_S * HOUR_S + HOUR_S
    highest = max([*(call.waited_s for call in calls), *(1.25 * target for target in targets), 300.0])
    return _Scale(begins, ends, highest * 1.04)


def _axes(root: ElementTree.Element, scale: _Scale, up: str, along: str) -> None:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    step = next(step for step in (1, 2, 5, 10, 15, 30, 60, 120, 240, 1440, 10**9) if scale.top_s / 60 / step <= 10)
    for minutes in range(0, int(scale.top_s // 60) + 1, step):
        y = scale.y(minutes * 60)
        _line(root, LEFT, y, right, y, LINE if minutes else MUTED, 1)
        _text(root, LEFT - 10, y + 5, str(minutes), anchor="end", colour=MUTED)
    hours = int((scale.ends - scale.begins) // HOUR_S)
    every = max(1, hours // 12)
    for hour in range(0, hours + 1, every):
        moment = scale.begins + hour * HOUR_S
        _line(root, scale.x(moment), bottom, scale.x(moment), bottom + 6, MUTED, 1)
        _text(root, scale.x(moment), bottom + 23, f"{moment / HOUR_S:g}:00", anchor="middle", colour=MUTED)
    _text(root, LEFT - 40, TOP - 14, up, colour=MUTED)
    _text(root, LEFT, HEIGHT - 12, along, colour=MUTED)


def _break(root: ElementTree.Element, scale: _Scale, begins: float, ends: float, label: str) -> None:
    left, right = max(scale.x(begins), LEFT), min(scale.x(ends), WIDTH - RIGHT)
    if right <= left:
        return
    _add(root, "rect", x=left, y=TOP, width=right - left, height=HEIGHT - TOP - BOTTOM, fill=PAUSE)
    _text(root, (left + right) / 2, TOP + 20, label, anchor="middle", colour=MUTED)


def _target(root: ElementTree.Element, scale: _Scale, target_s: float, label: str) -> None:
    y = scale.y(target_s)
    line = _line(root, LEFT, y, WIDTH - RIGHT, y, TARGET, 1.5)
    line.set("stroke-dasharray", "2 4")
    _text(root, WIDTH - RIGHT + 8, y + 5, label, colour=TARGET)


def _calls(root: ElementTree.Element, scale: _Scale, calls: Iterable[Call], place: int) -> None:
    group = _add(root, "g", opacity=0.4)
    for call in calls:
        _mark(group, scale.x(call.came_s), scale.y(call.waited_s), 3.5, place)


def _means(root: ElementTree.Element, scale: _Scale, calls: Iterable[Call], place: int) -> None:
    means = half_hours(calls)
    for run in _runs(means):
        way = " ".join(f"{scale.x(moment):.1f},{scale.y(wait):.1f}" for moment, wait in run)
        for colour, width in (("#FFFFFF", 6.0), (COLOURS[place], 3.0)):  # a white rim lifts the line off the marks
            line = _add(root, "polyline", points=way, fill="none", stroke=colour)
            line.set("stroke-width", f"{width:g}")
            line.set("stroke-linejoin", "round")
            if not place and colour != "#FFFFFF":
                line.set("stroke-dasharray", DASHES)
    for moment, wait in means:
        _mark(root, scale.x(moment), scale.y(wait), 5.5, place)


def _runs(means: Iterable[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Half hours that follow each other: no line claims a wait where nobody came."""
    runs: list[list[tuple[float, float]]] = []
    for moment, wait in means:
        if not runs or moment - runs[-1][-1][0] > SLOT_S:
            runs.append([])
        runs[-1].append((moment, wait))
    return runs


def _mark(root: ElementTree.Element, x: float, y: float, size: float, place: int) -> None:
    """A hollow circle for the first day, a filled triangle for the second."""
    if place:
        corners = (x, y - size * 1.2), (x + size * 1.1, y + size * 0.8), (x - size * 1.1, y + size * 0.8)
        _add(root, "polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), fill=COLOURS[place])
    else:
        circle = _add(root, "circle", cx=x, cy=y, r=size, fill="#FFFFFF", stroke=COLOURS[place])
        circle.set("stroke-width", "2")


def _legend(root: ElementTree.Element, x: float, title: str, place: int) -> float:
    """Returns where the next one begins."""
    line = _line(root, x, 62, x + 44, 62, COLOURS[place], 3)
    if not place:
        line.set("stroke-dasharray", DASHES)
    _mark(root, x + 22, 62, 5.5, place)
    _text(root, x + 54, 67, title, size=15)
    return x + 54 + 8.4 * len(title) + 36


def _line(
    root: ElementTree.Element, x1: float, y1: float, x2: float, y2: float, colour: str, width: float
) -> ElementTree.Element:
    line = _add(root, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour)
    line.set("stroke-width", f"{width:g}")
    return line


def _text(
    root: ElementTree.Element,
    x: float,
    y: float,
    words: str,
    *,
    size: int = 14,
    weight: int = 400,
    anchor: str = "start",
    colour: str = INK,
) -> None:
    text = _add(root, "text", x=x, y=y, fill=colour)
    text.set("font-size", str(size))
    text.set("font-weight", str(weight))
    text.set("text-anchor", anchor)
    text.text = words


def _add(root: ElementTree.Element, tag: str, **attributes: str | float) -> ElementTree.Element:
    texts = {name: value if isinstance(value, str) else f"{value:.6g}" for name, value in attributes.items()}
    return ElementTree.SubElement(root, tag, texts)
