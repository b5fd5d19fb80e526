"""What clerks do with a dossier: each act by the table of the rules, with its event, in one transaction."""

from __future__ import annotations

from datetime import date, datetime, time

from queue_server.contract import ActRequest
from queue_server.domain.calendar import sessions_on
from queue_server.domain.dossiers.dossier import Dossier, Transition
from queue_server.domain.dossiers.errors import DossierActIllegal, DossierChanged, NewDueMissing
from queue_server.domain.dossiers.papers import unseen
from queue_server.domain.dossiers.retention import UPLOAD
from queue_server.domain.dossiers.state import FINAL, DossierAct
from queue_server.domain.due import LAST_MINUTE
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import attachments, dossier_papers, dossiers
from queue_server.store.database import Tx

from .drafting import promised
from .errors import AttachmentUnknown, DossierErased, PaperUnknown
from .registry import Registry


def act(tx: Tx, hall: Hall, registry: Registry, who: Principal, ident: int, request: ActRequest, now: datetime) -> None:
    """Raises Forbidden, DossierUnknown, DossierErased, DossierChanged, DossierActIllegal, ReasonMissing, NewDueMissing,
    PaperUnknown, PapersNotChecked."""
    who.need(*AT_COUNTERS)
    row = dossiers.get(tx.sql, ident)
    if row.erased:
        raise DossierErased(code=row.dossier.code)
    if request.after is not None and request.after != dossiers.events_of(tx.sql, ident):
        raise DossierChanged(code=row.dossier.code)
    papers = dossier_papers.of_dossier(tx.sql, ident)
    if strange := sorted(set(request.papers) - {paper.type for paper in papers}):
        raise PaperUnknown(papers=", ".join(strange))
    procedure = registry.procedure(row.dossier.procedure, row.procedure_version)
    due_at = promised(hall, procedure, now)
    new_due = _closing(hall, request.new_due) if request.new_due else None
    missing = unseen(papers, request.papers)
    after, event = _transition(row.dossier, request, now, who.actor, due_at, new_due, missing)
    dossiers.save(tx.sql, registry.vault, ident, after, event)
    dossier_papers.tick(tx.sql, ident, request.papers)
    if after.state in FINAL and request.act is not DossierAct.RETURN:
        dossier_papers.drop_held_of(tx.sql, ident)
    tx.nudge("dossier", ident)


def put_copy(
    tx: Tx, hall: Hall, registry: Registry, who: Principal, ident: int, kind: str, digest: str, now: datetime
) -> None:
    """A clerk has digitised a paper that was brought to the counter; what it replaces goes within the hour.

    Raises Forbidden, DossierUnknown, DossierErased, AttachmentUnknown, PaperUnknown, DossierActIllegal for one
    that has ended."""
    who.need(*AT_COUNTERS)
    row = dossiers.get(tx.sql, ident)
    if row.erased:
        raise DossierErased(code=row.dossier.code)
    if row.dossier.state in FINAL:
        raise DossierActIllegal(code=row.dossier.code, dossier_state=row.dossier.state, act=DossierAct.SUPPLEMENT)
    attachment = attachments.get(tx.sql, digest)
    if attachment is None or not registry.files.has(digest):
        raise AttachmentUnknown(papers=kind)
    before = [paper.digest for paper in dossier_papers.of_dossier(tx.sql, ident) if paper.type == kind and paper.digest]
    if not dossier_papers.put_copy(tx.sql, ident, kind, digest, now.astimezone(hall.zone).date()):
        raise PaperUnknown(papers=kind)
    attachments.use(tx.sql, digest)
    attachments.let_go(tx.sql, before, now + UPLOAD)
    tx.nudge("dossier", ident)


def _transition(
    dossier: Dossier,
    request: ActRequest,
    at: datetime,
    by: Actor,
    due_at: datetime | None,
    new_due: datetime | None,
    missing: tuple[str, ...],
) -> Transition:
    why = request.reason
    match request.act:
        case DossierAct.SUBMIT:
            return dossier.submit(at, by, due_at)
        case DossierAct.RECEIVE:
            return dossier.receive(at, by, due_at, missing)
        case DossierAct.REQUEST_SUPPLEMENT:
            return dossier.request_supplement(at, by, why)
        case DossierAct.SUPPLEMENT:
            return dossier.supplement(at, by, due_at, why)
        case DossierAct.PROCESS:
            return dossier.process(at, by, why)
        case DossierAct.EXTEND:
            return dossier.extend(at, by, new_due, why)
        case DossierAct.READY:
            return dossier.ready(at, by, why)
        case DossierAct.RETURN:
            return dossier.hand_over(at, by, why)
        case DossierAct.REFUSE:
            return dossier.refuse(at, by, why)
        case DossierAct.WITHDRAW:
            return dossier.withdraw(at, by, why)
    raise DossierActIllegal(code=dossier.code, dossier_state=dossier.state, act=request.act)


def _closing(hall: Hall, day: date) -> datetime:
    """The end of the last session of `day`. Raises NewDueMissing on a day off."""
    sessions = sessions_on(hall.hours, day)
    if not sessions:
        raise NewDueMissing
    closes = LAST_MINUTE if sessions[-1].closes == time.min else sessions[-1].closes
    return datetime.combine(day, closes, tzinfo=hall.zone)
