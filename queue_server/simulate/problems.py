"""What is wrong in a file, so that whoever wrote it finds the place: line, column, what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

MOST_S = 10_000_000
"""Seconds: a third of a year. No moment of a day, service or patience is larger, and no sum of such grows too large."""

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
    """Collects what is wrong in the file at `path`, and what is only not used there: `ignored`, by its name."""

    path: Path
    found: list[Problem] = field(default_factory=list)
    ignored: dict[str, Problem] = field(default_factory=dict)

    def add(self, place: Place | None, where: str, what: Words) -> None:
        self.found.append(Problem(place, where, what))

    def ignore(self, place: Place, where: str, name: str, what: Words) -> None:
        """A key or column that only others know; told once, however often it is there."""
        self.ignored.setdefault(name, Problem(place, where, what))

    def settle(self, warn: Callable[[str], object]) -> None:
        """Raises BadInput where anything is wrong; else says by `warn` what is ignored, a line each."""
        if self.found:
            raise BadInput(self.lines())
        for line in self._told(self.ignored.values()):
            warn(line)

    @property
    def too_many(self) -> bool:
        return len(self.found) >= MOST

    def lines(self) -> list[str]:
        """What is ignored, as a misspelt key explains a missing one; then what is wrong, in the order of the file."""
        more = [f"{self.path}: có thể còn lỗi khác · there may be more"] if self.too_many else []
        return self._told(self.ignored.values()) + self._told(self.found) + more

    def _told(self, problems: Iterable[Problem]) -> list[str]:
        ordered = sorted(problems, key=lambda problem: problem.place or Place(0, 0))
        return [
            f"{self.path}{_where(each)}: {_one_line(f'{each.what.vi} · {each.what.en}')}" for each in ordered[:MOST]
        ]


def span_words(least: int, most: int) -> Words:
    """What is expected of a number of seconds."""
    return Words(f"số giây từ {least} đến {most}", f"seconds from {least} to {most}")


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
