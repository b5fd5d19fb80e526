"""Which copies are kept for their owner's next time: those of papers that are valid, and that no clerk has turned down.

A copy is offered as soon as it is filed, so that two procedures on one day need it once; found right by a clerk, it is
valid from that day. Where the paper says when it was issued, that day counts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from queue_server.domain.dossiers.papers import Filed, Source
from queue_server.domain.dossiers.retention import UPLOAD, held_until
from queue_server.domain.forms.formats import day_of
from queue_server.domain.hall import Hall
from queue_server.domain.procedure import Paper, Procedure
from queue_server.store import attachments, dossier_papers
from queue_server.store.database import Tx
from queue_server.store.dossier_papers import Held


def hold(
    tx: Tx,
    hall: Hall,
    procedure: Procedure,
    dossier: int,
    owner_key: bytes,
    answers: Mapping[str, Any],
    papers: Iterable[Filed],
    now: datetime,
) -> None:
    """Offer what was digitised for this dossier, valid from today or from when it was issued."""
    today = now.astimezone(hall.zone).date()
    rules = {paper.type: paper for paper in procedure.papers}
    for paper in papers:
        if paper.source is not Source.CAPTURED or paper.digest is None or paper.type not in rules:
            continue
        until = held_until(_since(rules[paper.type], answers, today), rules[paper.type].valid_days)
        if until is None or until < today or dossier_papers.turned_down(tx.sql, owner_key, paper.digest):
            continue
        attachment = attachments.get(tx.sql, paper.digest)
        digitised_on = attachment.at.astimezone(hall.zone).date() if attachment else today
        before = dossier_papers.held_of(tx.sql, owner_key, paper.type)
        dossier_papers.hold(tx.sql, owner_key, dossier, Held(paper.type, paper.digest, digitised_on, until))
        if before is not None:
            attachments.let_go(tx.sql, [before], now + UPLOAD)


def _since(rule: Paper, answers: Mapping[str, Any], today: date) -> date:
    """A day in the future is a slip of the pen."""
    said = answers.get(rule.issued) if rule.issued else None
    issued = day_of(said) if isinstance(said, str) else None
    return today if issued is None or issued > today else issued
