"""Days side by side, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.text import N_, Language
from queue_server.locale import translator

from .summary import Summary, Waits

WIDEST = 46
Row = tuple[str, list[str]]
"""A label and a cell for each column."""


class Column(NamedTuple):
    """`title` in the reader's language."""

    title: str
    summary: Summary


Figure = tuple[str, Callable[[Waits], float | None], bool]
"""Label, figure, and whether it is a share; else it is in seconds."""
WAITS: tuple[Figure, ...] = (
    (N_("Mean wait (min)"), lambda waits: waits.mean_s, False),
    (N_("Median wait (min)"), lambda waits: waits.median_s, False),
    (N_("95 % wait at most (min)"), lambda waits: waits.p95_s, False),
    (N_("Longest wait (min)"), lambda waits: waits.longest_s, False),
    (N_("Over target (%)"), lambda waits: waits.share_over_target, True),
)
SERVICE_WAITS = (WAITS[0], WAITS[2], WAITS[4])


def table(columns: Sequence[Column], hall: Hall, language: str) -> str:
    """The figures of each day in a column of its own; `hall` for the names of services."""
    say = translator(language).gettext
    summaries = [column.summary for column in columns]

    def waits(all_waits: Sequence[Waits], figures: Sequence[Figure], indent: str = "") -> list[Row]:
        calls = (indent + say(N_("Calls")), [str(each.served) for each in all_waits])
        return [calls] + [
            (indent + say(label), [_figure(figure(each), is_share, language) for each in all_waits])
            for label, figure, is_share in figures
        ]

    rows: list[Row] = [("", [column.title for column in columns])]
    rows += waits([summary.waits for summary in summaries], WAITS)
    rows += [
        (say(N_("Priority, mean wait (min)")), [_figure(each.priority_mean_s, False, language) for each in summaries]),
        (say(N_("Left before the call")), [str(each.left) for each in summaries]),
        (say(N_("Never called")), [str(each.unserved) for each in summaries]),
        (say(N_("Counters busy (%)")), [_figure(each.utilisation, True, language) for each in summaries]),
    ]
    for service in sorted({code for each in summaries for code, its in each.services.items() if its.served}):
        rows += [("", []), (_name(hall, service, language), [])]
        rows += waits([each.services.get(service, Waits(0)) for each in summaries], SERVICE_WAITS, "  ")
    rows += [("", []), (say(N_("Counters busy (%)")), [])]
    for counter in sorted({counter for each in summaries for counter in each.counters}):
        works = [each.counters.get(counter) for each in summaries]
        cells = [_figure(work.utilisation if work is not None else None, True, language) for work in works]
        if any(work is not None and (work.open_s or work.served) for work in works):
            rows.append(("  " + say(N_("Counter {counter}")).format(counter=counter), cells))
    return _aligned(rows)


def _figure(number: float | None, is_share: bool, language: str) -> str:
    if number is None:
        return "–"
    text = f"{number * 100 if is_share else number / 60:.1f}"
    return text.replace(".", ",") if language == Language.VI else text


def _name(hall: Hall, code: ServiceCode, language: str) -> str:
    name = hall.service(code).name
    text = f"{code} {name.vi if language == Language.VI else name.en}"
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _aligned(rows: Sequence[Row]) -> str:
    first = max(len(label) for label, cells in rows)
    widths = [max(len(cells[n]) for _, cells in rows if cells) for n in range(len(rows[0][1]))]
    lines = [
        label.ljust(first) + "".join("  " + cell.rjust(width) for cell, width in zip(cells, widths, strict=False))
        for label, cells in rows
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
