"""The papers of a dossier: its declaration, and the forms 01 to 07 that go with what is done with it.

What they tell is gathered in the transaction; drawing them is slow and happens outside, off the event loop."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.documents import (
    Applicant,
    DeclarationFacts,
    EventLine,
    FormFacts,
    OfficialNumber,
    RegisterRow,
    declaration,
    declaration_pages,
)
from queue_server.domain.dossiers.dossier import Dossier, DossierEvent
from queue_server.domain.dossiers.errors import FormNotMade
from queue_server.domain.dossiers.state import ACT_NAMES, STATE_NAMES, DossierAct, DossierState
from queue_server.domain.forms import Control, Form, Prefill
from queue_server.domain.hall import Hall
from queue_server.domain.text import Language
from queue_server.locale import translator
from queue_server.service.people import People, people
from queue_server.store import dossier_papers, dossiers
from queue_server.store.dossiers import Row
from queue_server.store.vault import SealBroken

from .drafting import Draft, about_owner
from .errors import DossierErased, FormGone
from .in_words import in_words
from .paper_lists import paper_lists
from .registry import Registry
from .views import procedure_name, signs_later

MADE_BY: dict[OfficialNumber, DossierAct] = {
    OfficialNumber.SUPPLEMENT: DossierAct.REQUEST_SUPPLEMENT,
    OfficialNumber.REFUSAL: DossierAct.REFUSE,
    OfficialNumber.APOLOGY: DossierAct.EXTEND,
    OfficialNumber.STOP: DossierAct.WITHDRAW,
}
"""Forms that tell of one act: the last of its kind counts."""
OVER_WITHOUT_RESULT = (
    DossierState.DRAFT,
    DossierState.SUPPLEMENT_REQUESTED,
    DossierState.REFUSED,
    DossierState.WITHDRAWN,
)
"""Where the register says what became of it."""
UNREADABLE = "(không mở được)"
_KIND_OF_AGENCY = re.compile(
    r"^.*\b(xã|phường|đặc khu|thị trấn|quận|huyện|thị xã|thành phố|tỉnh)\s+", re.IGNORECASE | re.UNICODE
)


@dataclass(frozen=True, repr=False)
class Declared:
    """All that a declaration is drawn from."""

    form: Form
    layout: bytes
    answers: dict[str, Any]
    texts: dict[str, str]
    facts: DeclarationFacts

    def pdf(self) -> bytes:
        return declaration(self.form, self.layout, self.answers, self.texts, self.facts)

    def pages(self) -> tuple[bytes, ...]:
        """One PNG a page."""
        return declaration_pages(self.form, self.layout, self.answers, self.texts, self.facts)


def declared_draft(hall: Hall, registry: Registry, draft: Draft, now: datetime) -> Declared:
    """As it would be filed now, marked as a draft."""
    addressee = addressee_of(hall, draft.form)
    facts = DeclarationFacts(addressee, place_of(hall), now.astimezone(hall.zone), draft=True)
    return _declared(registry, draft.form, draft.answers, facts)


def declared(sql: sqlite3.Connection, hall: Hall, registry: Registry, ident: int) -> Declared:
    """As it was filed. Raises DossierUnknown, DossierErased, FormGone, SealBroken."""
    row = dossiers.get(sql, ident)
    form = registry.catalogue.form(row.form, row.form_version)
    answers = dossiers.answers(sql, registry.vault, ident)
    if answers is None:
        raise DossierErased(code=row.dossier.code)
    if form is None:
        raise FormGone(form=f"{row.form}/{row.form_version}")
    made_at = row.dossier.filed_at.astimezone(hall.zone)
    return _declared(
        registry, form, answers, DeclarationFacts(addressee_of(hall, form), place_of(hall), made_at, row.dossier.code)
    )


def form_facts(
    sql: sqlite3.Connection,
    hall: Hall,
    registry: Registry,
    ident: int,
    number: OfficialNumber,
    base_url: str,
    now: datetime,
) -> FormFacts:
    """What the form `number` says of the dossier. Raises DossierUnknown, DossierErased, FormNotMade, SealBroken."""
    row = dossiers.get(sql, ident)
    history = dossiers.history(sql, registry.vault, ident)
    told = _told(row, history, number)
    owner = dossiers.owner(sql, registry.vault, ident)
    if owner is None:
        raise DossierErased(code=row.dossier.code)
    procedure = registry.of_filed(row.dossier.procedure, row.procedure_version)
    zone = hall.zone
    last = number is OfficialNumber.REGISTER
    known = people(sql, hall)
    by = (told or received_by(history)).by
    alone = known.is_kiosk(by)
    lists = paper_lists(
        procedure,
        dossier_papers.of_dossier(sql, ident),
        received=row.dossier.received_at is not None,
        to_sign=signs_later(sql, registry, ident),
    )
    return FormFacts(
        agency=hall.agency.vi,
        hall=hall.name.vi,
        made_at=(told.at if told else now).astimezone(zone),
        place=place_of(hall),
        code=row.dossier.code,
        procedure=procedure_name(registry, row).vi,
        procedure_code=row.dossier.procedure,
        applicant=_applicant(sql, registry, row),
        papers=lists.handed_in,
        reused=lists.reused,
        shown=lists.shown,
        owed=lists.owed,
        received_at=(row.dossier.received_at or row.dossier.filed_at).astimezone(zone),
        due_at=_due_before(history, told, row, zone),
        new_due_at=_zoned(told.data.get("due_at"), zone) if told and number is OfficialNumber.APOLOGY else None,
        working_days=procedure.time.working_days if procedure and procedure.time else None,
        missing=tuple(line.strip() for line in (told.why or "").splitlines() if line.strip())
        if told and number is OfficialNumber.SUPPLEMENT
        else (),
        # What to bring is the reason of form 02, a line each: it stands there once.
        reason=(told.why or "") if told and number is not OfficialNumber.SUPPLEMENT else "",
        clerk="" if alone else known.name(by),
        filed_at_kiosk=known.name(by) if alone else "",
        qr=f"{base_url}/d/{row.track_token}",
        fee=row.fee,
        events=tuple(_line(each, zone, known) for each in history),
        rows=_register(sql, hall, registry, dossiers.on_day(sql, row.day)) if last else (),
        since=row.day if last else None,
        until=row.day if last else None,
    )


def place_of(hall: Hall) -> str:
    """The place of the date line: “UBND XÃ NGỌC SƠN” sits in “Ngọc Sơn”."""
    return _KIND_OF_AGENCY.sub("", hall.agency.vi).title()


def addressee_of(hall: Hall, form: Form) -> str:
    """Who a declaration is addressed to: the hall's agency, or who else decides in the unit where the hall stands."""
    kind = _KIND_OF_AGENCY.search(hall.agency.vi)
    unit = f"{kind[1].lower()} {place_of(hall)}" if kind else hall.agency.vi
    return form.addressee.replace("{unit}", unit) or hall.agency.vi


def _declared(registry: Registry, form: Form, answers: dict[str, Any], facts: DeclarationFacts) -> Declared:
    texts = in_words(form, answers, registry.places, Language.VI)
    return Declared(form, registry.catalogue.layouts[form.layout], answers, texts, facts)


def received_by(history: list[DossierEvent]) -> DossierEvent:
    """Who took it in: the clerk who received it last, else who completed it at the counter, else who filed it."""
    for act in (DossierAct.RECEIVE, DossierAct.SUBMIT):
        if took := [event for event in history if event.act is act]:
            return took[-1]
    return history[0]


def _told(row: Row, history: list[DossierEvent], number: OfficialNumber) -> DossierEvent | None:
    """The event that the form tells of. Raises FormNotMade where there was none."""
    if number in MADE_BY:
        told = [event for event in history if event.act is MADE_BY[number]]
        if not told:
            raise FormNotMade(number=number)
        return told[-1]
    if number is OfficialNumber.RECEIPT and row.dossier.state is DossierState.DRAFT:
        raise FormNotMade(number=number)
    return None


def _due_before(
    history: Iterable[DossierEvent], told: DossierEvent | None, row: Row, zone: ZoneInfo
) -> datetime | None:
    """What was promised before the act that is told of; else what is promised now."""
    if told is None or told.act is not DossierAct.EXTEND:
        return row.dossier.due_at.astimezone(zone) if row.dossier.due_at else None
    before: datetime | None = None
    for event in history:
        if event is told:
            return before
        before = _zoned(event.data.get("due_at"), zone) or before
    return before


def _applicant(sql: sqlite3.Connection, registry: Registry, row: Row) -> Applicant:
    owner = dossiers.owner(sql, registry.vault, row.id)
    answers = dossiers.answers(sql, registry.vault, row.id)
    form = registry.catalogue.form(row.form, row.form_version)
    if owner is None or answers is None or form is None:
        return Applicant()
    texts = in_words(form, answers, registry.places, Language.VI)

    def said(control: Control, source: Prefill | None = None) -> str:
        question = about_owner(form, control, source)
        return texts.get(question.field, "") if question else ""

    return Applicant(
        owner.name,
        owner.id,
        said(Control.TEXT, Prefill.CARD_ADDRESS) or said(Control.LONG_TEXT, Prefill.CARD_ADDRESS),
        said(Control.PHONE),
        said(Control.EMAIL),
    )


def _applicant_of_row(sql: sqlite3.Connection, registry: Registry, row: Row) -> Applicant:
    """One broken seal must not take the register of a whole day away."""
    try:
        return _applicant(sql, registry, row)
    except SealBroken:
        return Applicant(UNREADABLE)


def _register(sql: sqlite3.Connection, hall: Hall, registry: Registry, rows: Iterable[Row]) -> tuple[RegisterRow, ...]:
    lines = []
    for row in rows:
        applicant = _applicant_of_row(sql, registry, row)
        dossier = row.dossier
        returned = dossier.ended_at if dossier.state is DossierState.RETURNED else None
        lines.append(
            RegisterRow(
                dossier.code,
                procedure_name(registry, row).vi,
                applicant.name,
                applicant.address,
                applicant.phone,
                hall.agency.vi,
                (dossier.received_at or dossier.filed_at).astimezone(hall.zone),
                dossier.due_at.astimezone(hall.zone) if dossier.due_at else None,
                returned.astimezone(hall.zone) if returned else None,
                note=_fate(row.dossier, hall.zone),
            )
        )
    return tuple(lines)


def _fate(dossier: Dossier, zone: ZoneInfo) -> str:
    """What the register notes of one that ended without a result or waits for its citizen."""
    if dossier.state not in OVER_WITHOUT_RESULT:
        return ""
    name = translator(Language.VI).gettext(STATE_NAMES[dossier.state])
    on = f", {dossier.ended_at.astimezone(zone):%d/%m/%Y}" if dossier.ended_at else ""
    return name[:1].upper() + name[1:] + on


def _line(event: DossierEvent, zone: ZoneInfo, known: People) -> EventLine:
    name = translator(Language.VI).gettext(ACT_NAMES[event.act])
    giver = f"Người nộp, tại {known.name(event.by)}" if known.is_kiosk(event.by) else known.name(event.by)
    return EventLine(event.at.astimezone(zone), name, giver, note=event.why or "")


def _zoned(text: str | int | None, zone: ZoneInfo) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(zone) if isinstance(text, str) else None
