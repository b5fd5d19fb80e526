"""How a dossier's papers stand on the receipt: handed in, used again, only shown, still to be brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from queue_server.documents import PaperLine
from queue_server.domain.dossiers.papers import Filed, Source
from queue_server.domain.procedure import Procedure

from .views import DECLARATION, paper_title


@dataclass(frozen=True, slots=True)
class PaperLists:
    handed_in: tuple[PaperLine, ...] = ()
    reused: tuple[PaperLine, ...] = ()
    shown: tuple[PaperLine, ...] = ()
    owed: tuple[PaperLine, ...] = ()


def paper_lists(
    procedure: Procedure | None, papers: Iterable[Filed], *, received: bool, to_sign: bool = False
) -> PaperLists:
    """`received`: a clerk has received the dossier; `to_sign`: the declaration is signed at the counter. A paper that
    the procedure only wants to see is never handed in; one for the counter is, once a clerk has ticked it."""
    only_shown = {paper.type for paper in procedure.papers if paper.shown} if procedure else set()
    handed_in: list[PaperLine] = []
    reused: list[PaperLine] = []
    shown: list[PaperLine] = []
    owed: list[PaperLine] = []
    for paper in papers:
        name = paper_title(procedure, paper.type).vi
        if paper.source is Source.HELD:
            reused.append(PaperLine(name))
        elif paper.source is Source.CAPTURED:
            handed_in.append(PaperLine(name, 1, "bản điện tử"))
        elif paper.type in only_shown:
            seen = received or paper.checked
            (shown if seen else owed).append(PaperLine(name, 1, "" if seen else "xuất trình bản chính"))
        elif paper.checked:
            handed_in.append(PaperLine(name, 1, "nộp tại quầy"))
        else:
            owed.append(PaperLine(name, 1, "nộp tại quầy"))
    if to_sign and not received:
        owed.append(PaperLine(DECLARATION.vi))
    return PaperLists(tuple(handed_in), tuple(reused), tuple(shown), tuple(owed))
