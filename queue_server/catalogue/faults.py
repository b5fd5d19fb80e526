"""What is wrong with a data file: where, what, and what was expected, all of a file at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class CatalogueError(Exception):
    """A data file is missing, unreadable or contradicts itself; the text says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` counts from 1; `key`: the way to it in the file, such as `questions.3.label.en`."""

    path: Path
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        at = f"{self.path}:{self.line}: "
        return f"{at}{self.key}: {self.text}" if self.key else f"{at}{self.text}"


class FaultyCatalogue(CatalogueError):
    """Everything that was found, one line each, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
