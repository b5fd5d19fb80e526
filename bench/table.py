"""The rows as text that fits a terminal and pastes into a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .figures import Against, Figure, Row

HEAD = ("", "median", "unit", "p50 ms", "p99 ms", "ratio", "from–to", "aim")


def table(facts: Mapping[str, str], sections: Mapping[str, Iterable[Row]]) -> str:
    """The machine, then each measurement on a line of its own, and below it its references with the ratios to them."""
    lines = [f"{name + ':':<13}{value}" for name, value in facts.items()]
    body: list[tuple[str, ...] | str] = []
    for title, rows in sections.items():
        body.append(f"\n## {title}\n")
        for row in rows:
            body.append((row.measured.what, *_figure(row.measured, row.unit), "", "", ""))
            body.extend(_reference(row, one) for one in row.against)
            body.extend(f"    {note}" for note in row.notes)
    cells = [line for line in body if isinstance(line, tuple)]
    widths = [max(len(line[column]) for line in [HEAD, *cells]) for column in range(len(HEAD))]
    lines += ["", _line(HEAD, widths)]
    lines += [_line(line, widths) if isinstance(line, tuple) else line for line in body]
    return "\n".join(lines)


def _reference(row: Row, against: Against) -> tuple[str, ...]:
    arrow = "↑" if row.more_is_better else "↓"
    aim = "" if against.aim is None else f"{'≥' if row.more_is_better else '≤'} {against.aim:g}"
    spread = f"{min(against.ratios):.2f}–{max(against.ratios):.2f}" if len(against.ratios) > 1 else ""
    figure = _figure(against.reference, row.unit)
    return (f"  to {against.reference.what}", *figure, f"{against.ratio:.2f} {arrow}", spread, aim)


def _figure(figure: Figure, unit: str) -> tuple[str, ...]:
    times = tuple("" if one is None else f"{one:.2f}" for one in (figure.p50_ms, figure.p99_ms))
    return (f"{figure.value:.0f}" if figure.value >= 100 else f"{figure.value:.2f}", unit, *times)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    left = cells[0].ljust(widths[0])
    rest = (
        cell.ljust(width) if name == "unit" else cell.rjust(width)
        for name, cell, width in zip(HEAD[1:], cells[1:], widths[1:], strict=True)
    )
    return "  ".join([left, *rest]).rstrip()
