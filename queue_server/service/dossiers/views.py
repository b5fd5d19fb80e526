"""What is shown of a dossier: to its citizen, to anybody who has its code, to clerks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from queue_server import contract
from queue_server.contract import PaperSource
from queue_server.domain.dossiers.code import tidy_code
from queue_server.domain.dossiers.dossier import Dossier, DossierEvent
from queue_server.domain.dossiers.errors import DossierUnknown
from queue_server.domain.dossiers.papers import Filed, Source, left_out, paper_name
from queue_server.domain.dossiers.state import STATE_NAMES, DossierAct, DossierState
from queue_server.domain.forms import SIGNED_AT_COUNTER, Form, asked
from queue_server.domain.hall import Hall
from queue_server.domain.procedure import Paper, Procedure
from queue_server.domain.text import N_, Language, LocalText
from queue_server.locale import translator
from queue_server.service.foresight import Foresight
from queue_server.service.people import people
from queue_server.service.views import ticket_view, wire_text
from queue_server.store import dossier_papers, dossiers, tickets
from queue_server.store.dossiers import Row
from queue_server.store.vault import SealBroken

from .in_words import in_words
from .registry import Registry

TRACK_TOKEN_LENGTH = 22
DECLARATION = LocalText("Tờ khai (ký tên tại quầy)", "The declaration (to be signed)")
NOTES: dict[DossierState, str] = {
    DossierState.DRAFT: N_("Please come to the counter with your ticket, or take one when the hall is open."),
    DossierState.SUPPLEMENT_REQUESTED: N_("Please bring what is asked for on the paper you were given."),
    DossierState.RESULT_READY: N_("Please bring your identity card and the receipt."),
    DossierState.REFUSED: N_("The paper you were given says why. The hall's staff are happy to explain."),
}
"""What the citizen can do now."""


def receipt(
    sql: sqlite3.Connection,
    hall: Hall,
    registry: Registry,
    foresight: Foresight,
    ident: int,
    base_url: str,
    now: datetime,
) -> contract.Receipt:
    """Nothing personal. Raises DossierUnknown."""
    row = dossiers.get(sql, ident)
    dossier = row.dossier
    procedure = _procedure(registry, row)
    papers = dossier_papers.of_dossier(sql, ident)
    ticket = tickets.get(sql, row.ticket) if row.ticket is not None else None
    return contract.Receipt(
        code=dossier.code,
        procedure=dossier.procedure,
        procedure_name=procedure_name(registry, row),
        state=dossier.state,
        filed_at=dossier.filed_at,
        due_at=dossier.due_at,
        fee=row.fee,
        fee_note=fee_note(procedure, row.fee),
        track_url=f"{base_url}/d/{row.track_token}",
        papers_at_counter=(
            *(wire_text(paper_title(procedure, paper.type)) for paper in papers if paper.source is Source.AT_COUNTER),
            *((wire_text(DECLARATION),) if signs_later(sql, registry, ident) else ()),
        ),
        reused=row.reused,
        ticket=ticket_view(sql, hall, foresight, ticket, base_url, now) if ticket else None,
    )


def signs_later(sql: sqlite3.Connection, registry: Registry, ident: int) -> bool:
    """The declaration is still to be signed by hand."""
    try:
        return SIGNED_AT_COUNTER in (dossiers.answers(sql, registry.vault, ident) or {}).values()
    except SealBroken:
        return False


def status(sql: sqlite3.Connection, registry: Registry, code_or_token: str) -> contract.DossierStatus:
    """By the code on the receipt or by its QR's token. Raises DossierUnknown."""
    code = tidy_code(code_or_token)
    if code is not None:
        row = dossiers.by_code(sql, code)
    elif len(code_or_token) == TRACK_TOKEN_LENGTH:
        row = dossiers.by_track_token(sql, code_or_token)
    else:
        raise DossierUnknown
    dossier = row.dossier
    return contract.DossierStatus(
        code=dossier.code,
        procedure_name=procedure_name(registry, row),
        state=dossier.state,
        state_name=_both(STATE_NAMES[dossier.state]),
        filed_at=dossier.filed_at,
        due_at=dossier.due_at,
        note=_both(NOTES[dossier.state]) if dossier.state in NOTES and not row.erased else None,
    )


def listed(
    sql: sqlite3.Connection, hall: Hall, registry: Registry, rows: Iterable[Row], now: datetime
) -> tuple[contract.DossierRow, ...]:
    return tuple(contract.DossierRow(**_row(sql, hall, registry, row, now)) for row in rows)


def view(
    sql: sqlite3.Connection, hall: Hall, registry: Registry, ident: int, now: datetime, language: str
) -> contract.DossierView:
    """As its clerk sees it; without answers and copies once it is erased. Where a seal is broken, the rest is shown: it
    must be possible to withdraw it. Raises DossierUnknown."""
    row = dossiers.get(sql, ident)
    procedure = _procedure(registry, row)
    form = registry.catalogue.form(row.form, row.form_version)
    facts = _row(sql, hall, registry, row, now)
    try:
        answers = dossiers.answers(sql, registry.vault, ident)
        owner = dossiers.owner(sql, registry.vault, ident)
    except SealBroken:
        answers, owner, facts["unreadable"] = None, None, True
    try:
        history = dossiers.history(sql, registry.vault, ident)
    except SealBroken:
        history, facts["unreadable"] = dossiers.history(sql, None, ident), True
    filled = bool(form and answers)
    known = people(sql, hall)
    filed = dossier_papers.of_dossier(sql, ident)
    more = left_out(procedure.papers, answers, filed) if procedure and answers is not None else ()
    papers = [*((paper, False) for paper in filed), *((_not_handed_in(paper), True) for paper in more)]
    return contract.DossierView(
        **facts,
        answers=_answers(form, answers, registry, language) if filled and form and answers else (),
        papers=tuple(_paper(procedure, paper, owner.id if owner else "", missing) for paper, missing in papers),
        events=tuple(_event(each, known.for_staff(each.by, language)) for each in history),
        acts=() if row.erased else _acts(row.dossier),
        fee=row.fee,
        fee_note=fee_note(procedure, row.fee),
    )


def applicant_name(sql: sqlite3.Connection, registry: Registry, ident: int) -> tuple[str, bool]:
    """The name, empty where it is erased or cannot be opened; and whether it cannot be opened."""
    try:
        owner = dossiers.owner(sql, registry.vault, ident)
    except SealBroken:
        return "", True
    return (owner.name if owner else ""), False


def procedure_name(registry: Registry, row: Row) -> contract.LocalText:
    procedure = _procedure(registry, row)
    return wire_text(procedure.name if procedure else LocalText(row.dossier.procedure, row.dossier.procedure))


def fee_note(procedure: Procedure | None, fee: int | None) -> contract.LocalText | None:
    """What the advice says of the fee, where the answers do not decide it."""
    return wire_text(procedure.fee) if fee is None and procedure and procedure.fee else None


def paper_title(procedure: Procedure | None, kind: str) -> LocalText:
    """A paper's name; one that the catalogue no longer has is shown by its code."""
    papers = procedure.papers if procedure else ()
    return next((paper.name for paper in papers if paper.type == kind), LocalText(kind, kind))


def _procedure(registry: Registry, row: Row) -> Procedure | None:
    return registry.of_filed(row.dossier.procedure, row.procedure_version)


def _acts(dossier: Dossier) -> tuple[DossierAct, ...]:
    return dossier.acts


def _row(sql: sqlite3.Connection, hall: Hall, registry: Registry, row: Row, now: datetime) -> dict[str, Any]:
    dossier = row.dossier
    name, unreadable = applicant_name(sql, registry, row.id)
    ticket = tickets.get(sql, row.ticket) if row.ticket is not None else None
    today = now.astimezone(hall.zone).date()
    return {
        "id": row.id,
        "code": dossier.code,
        "procedure": dossier.procedure,
        "procedure_name": procedure_name(registry, row),
        "state": dossier.state,
        "applicant": name,
        "unreadable": unreadable,
        "filed_at": dossier.filed_at,
        "due_at": dossier.due_at,
        "ticket_number": ticket.number if ticket and ticket.day == today else None,
        "over_due": dossier.over_due(now),
    }


def _answers(
    form: Form, answers: dict[str, Any], registry: Registry, language: str
) -> tuple[contract.DossierAnswer, ...]:
    words = in_words(form, answers, registry.places, language)
    groups = {group.code: wire_text(group.name) for group in form.groups}
    return tuple(
        contract.DossierAnswer(
            field=question.field,
            group=groups[question.group],
            short=wire_text(question.short),
            text=words[question.field],
        )
        for question in asked(form, answers)
        if question.field in words
    )


def _not_handed_in(paper: Paper) -> Filed:
    return Filed(paper.type, Source.AT_COUNTER, required=False, digitise=paper.digitise)


def _paper(procedure: Procedure | None, paper: Filed, owner_id: str, missing: bool) -> contract.DossierPaper:
    return contract.DossierPaper(
        type=paper.type,
        type_name=wire_text(paper_title(procedure, paper.type)),
        name=paper_name(owner_id, paper.type) if owner_id else paper.type,
        source=PaperSource(paper.source),
        required=paper.required,
        digitise=paper.digitise,
        digest=paper.digest,
        pages=paper.pages,
        checked=paper.checked,
        left_out=missing,
    )


def _event(event: DossierEvent, by: str) -> contract.DossierEvent:
    return contract.DossierEvent(at=event.at, actor=event.by, by=by, act=event.act, why=event.why)


def _both(message: str) -> contract.LocalText:
    vi, en = (translator(language).gettext(message) for language in (Language.VI, Language.EN))
    return contract.LocalText(vi=vi, en=en)
