"""Clerks look at dossiers: the list, a paper's copy, and the note of who looked at what."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from queue_server import contract
from queue_server.contract import DossierState
from queue_server.domain.dossiers.papers import paper_name
from queue_server.domain.hall import Hall
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import attachments, dossier_papers, dossiers, personal_audit

from .errors import AttachmentUnknown, DossierErased
from .registry import Registry
from .views import listed

DOSSIER_SEEN = "dossier-seen"
PAPER_SEEN = "paper-seen"
FORM_DRAWN = "form-drawn"
DECLARATION_DRAWN = "declaration-drawn"
LIST_SEEN = "list-seen"
REGISTER_DRAWN = "register-drawn"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: the fields of the list's address."""

    states: tuple[DossierState, ...] = ()
    before: int | None = None
    limit: int = 50
    code: str | None = None
    ticket: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Copy:
    """A paper's copy; `name`: `<owner id>.<paper type code>`."""

    digest: str
    media_type: str
    name: str


def listing(
    sql: sqlite3.Connection, hall: Hall, registry: Registry, who: Principal, wanted: Wanted, now: datetime
) -> contract.DossiersReply:
    """The newest first. Raises Forbidden."""
    who.need(*AT_COUNTERS)
    found = dossiers.newest(
        sql,
        wanted.states,
        wanted.before,
        wanted.limit + 1,
        code=wanted.code,
        ticket=wanted.ticket,
        over_due_at=now if wanted.late else None,
    )
    rows = found[: wanted.limit]
    return contract.DossiersReply(
        dossiers=listed(sql, hall, registry, rows, now),
        next_before=rows[-1].id if len(found) > len(rows) else None,
        counts=dossiers.counts(sql),
    )


def copy_of(sql: sqlite3.Connection, registry: Registry, ident: int, kind: str) -> Copy:
    """Raises DossierUnknown, DossierErased, AttachmentUnknown, SealBroken."""
    row = dossiers.get(sql, ident)
    owner = dossiers.owner(sql, registry.vault, ident)
    if owner is None:
        raise DossierErased(code=row.dossier.code)
    digests = {paper.type: paper.digest for paper in dossier_papers.of_dossier(sql, ident)}
    attachment = attachments.get(sql, digests.get(kind) or "")
    if attachment is None:
        raise AttachmentUnknown(papers=kind)
    return Copy(attachment.digest, attachment.media_type, paper_name(owner.id, kind))


def named(reply: contract.DossiersReply) -> tuple[int, ...]:
    """The dossiers of a list in which a citizen's name stands."""
    return tuple(row.id for row in reply.dossiers if row.applicant)


def named_on_day_of(sql: sqlite3.Connection, ident: int) -> tuple[int, ...]:
    """The dossiers whose citizens stand in the register of the dossier's day."""
    return tuple(row.id for row in dossiers.on_day(sql, dossiers.get(sql, ident).day) if not row.erased)


def not_listed_lately(
    sql: sqlite3.Connection, who: Principal, idents: tuple[int, ...], now: datetime
) -> tuple[int, ...]:
    """Those that this person has not been shown in a list in the last ten minutes: a list that refreshes itself is
    noted once."""
    lately = personal_audit.listed_lately(sql, now, who.actor, LIST_SEEN)
    return tuple(ident for ident in idents if ident not in lately)


def is_new(sql: sqlite3.Connection, who: Principal, what: str, ident: int, now: datetime) -> bool:
    return not personal_audit.noted_lately(sql, now, who.actor, what, ident)
