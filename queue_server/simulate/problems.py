"""What is wrong in a file, so that whoever wrote it finds the place: line, column, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

MOST = 20
"""So many problems of a file are told at once; whoever has more has the wrong file."""


class Place(NamedTuple):
    """Both count from 1; columns count characters."""

    line: int
    column: int


class Words(NamedTuple):
    """One sentence in the two languages in which commands speak."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: the path inside the file, such as `counters[0].id`, or the column's name; empty for the whole file."""

    place: Place | None
    where: str
    what: Words


class BadInput(Exception):
    """A file cannot be used; one line for each problem."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(slots=True)
class Problems:
    """Collects what is wrong in the file at `path`."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place | None, where: str, what: Words) -> None:
        self.found.append(Problem(place, where, what))

    @property
    def too_many(self) -> bool:
        return len(self.found) >= MOST

    def lines(self) -> list[str]:
        """In the order of the file."""
        ordered = sorted(self.found, key=lambda problem: problem.place or Place(0, 0))
        lines = [f"{self.path}{_where(problem)}: {problem.what.vi} · {problem.what.en}" for problem in ordered[:MOST]]
        if len(self.found) >= MOST:
            lines.append(f"{self.path}: có thể còn lỗi khác · there may be more")
        return lines


def shown(value: str) -> str:
    """A value as it stands in a file, short and on one line."""
    return f"“{_one_line(value[:40])}{'…' if len(value) > 40 else ''}”"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _where(problem: Problem) -> str:
    place = ""
    if problem.place is not None:
        line, column = problem.place
        place = f", dòng {line} cột {column} · line {line} column {column}"
    return f"{place} ({_one_line(problem.where[:120])})" if problem.where else place
