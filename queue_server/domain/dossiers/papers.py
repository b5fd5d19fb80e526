"""The papers of a dossier: which must be there, how each is named, and where a copy came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from queue_server.domain.forms import Answers, holds
from queue_server.domain.procedure import Paper


class Source(StrEnum):
    """The same words as on the wire."""

    CAPTURED = "captured"
    HELD = "held"
    AT_COUNTER = "at-counter"


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper of a dossier. `digest`: of its copy, None where there is none; `checked`: seen and found right."""

    type: str
    source: Source
    required: bool
    digitise: bool
    digest: str | None = None
    pages: int = 0
    checked: bool = False


def paper_name(owner_id: str, paper_type: str) -> str:
    """As the plans have it: `<owner id>.<paper type code>`. Personal, so only ever shown to clerks."""
    return f"{owner_id}.{paper_type}"


def wanted(papers: Iterable[Paper], answers: Answers) -> tuple[Paper, ...]:
    """The papers that these answers call for, in order."""
    return tuple(paper for paper in papers if holds(paper.when, answers))


def left_out(papers: Iterable[Paper], answers: Answers, filed: Iterable[Filed]) -> tuple[Paper, ...]:
    """Papers that these answers call for and of which a copy belongs in the dossier, but which are not in it."""
    there = {paper.type for paper in filed}
    return tuple(paper for paper in wanted(papers, answers) if paper.digitise and paper.type not in there)


def unseen(papers: Iterable[Filed], seen: Iterable[str]) -> tuple[str, ...]:
    """Types of papers that must be there, of which the hall has no copy and which nobody has seen."""
    known = frozenset(seen)
    return tuple(
        paper.type
        for paper in papers
        if paper.required and paper.digest is None and not paper.checked and paper.type not in known
    )


def checked(papers: Iterable[Filed], seen: Iterable[str]) -> tuple[Filed, ...]:
    """The papers with those ticked that were seen."""
    known = frozenset(seen)
    return tuple(replace(paper, checked=paper.checked or paper.type in known) for paper in papers)
