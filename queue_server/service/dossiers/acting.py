"""What clerks do with a dossier: each act by the table of the rules, with its event, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from queue_server.contract import ActRequest
from queue_server.domain.calendar import sessions_on
from queue_server.domain.dossiers.dossier import Dossier, Transition
from queue_server.domain.dossiers.errors import DossierActIllegal, DossierChanged, NewDueMissing
from queue_server.domain.dossiers.papers import Filed, Source, left_out, unseen
from queue_server.domain.dossiers.retention import UPLOAD
from queue_server.domain.dossiers.state import FINAL, DossierAct
from queue_server.domain.due import LAST_MINUTE
from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor
from queue_server.domain.procedure import Procedure
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import attachments, dossier_papers, dossiers, personal_audit
from queue_server.store.database import Tx

from .drafting import promised
from .errors import AttachmentUnknown, DossierErased, PaperUnknown
from .holding import hold
from .registry import Registry

PAPER_DIGITISED = "paper-digitised"


def act(tx: Tx, hall: Hall, registry: Registry, who: Principal, ident: int, request: ActRequest, now: datetime) -> None:
    """Copies are offered anew from when a clerk receives them, and no more where papers are asked for or the dossier is
    refused. Raises Forbidden, DossierUnknown, DossierErased, DossierChanged, DossierActIllegal, ReasonMissing,
    NewDueMissing, PaperUnknown, PapersNotChecked, SealBroken."""
    who.need(*AT_COUNTERS)
    row = dossiers.get(tx.sql, ident)
    if row.erased:
        raise DossierErased(code=row.dossier.code)
    if request.after is not None and request.after != dossiers.events_of(tx.sql, ident):
        raise DossierChanged(code=row.dossier.code)
    papers = dossier_papers.of_dossier(tx.sql, ident)
    if strange := sorted(set(request.papers) - {paper.type for paper in papers}):
        raise PaperUnknown(papers=", ".join(strange))
    procedure = registry.of_filed(row.dossier.procedure, row.procedure_version)
    due_at = promised(hall, procedure, now) if procedure else None
    new_due = _closing(hall, request.new_due) if request.new_due else None
    missing = unseen(papers, request.papers)
    after, event = _transition(row.dossier, request, now, who.actor, due_at, new_due, missing)
    dossiers.save(tx.sql, registry.vault, ident, after, event)
    dossier_papers.tick(tx.sql, ident, request.papers)
    match request.act:
        case DossierAct.RECEIVE:
            _hold(tx, hall, registry, procedure, ident, papers, now)
        case DossierAct.REQUEST_SUPPLEMENT | DossierAct.REFUSE:
            dossier_papers.drop_held_in(tx.sql, ident)
        case DossierAct.WITHDRAW:
            dossier_papers.drop_held_of(tx.sql, ident)
    tx.nudge("dossier", ident)


def put_copy(
    tx: Tx, hall: Hall, registry: Registry, who: Principal, ident: int, kind: str, digest: str, now: datetime
) -> None:
    """A clerk has digitised a paper that was brought to the counter, also one that the procedure asks for and that was
    left out at the kiosk; what it replaces goes within the hour.

    Raises Forbidden, DossierUnknown, DossierErased, AttachmentUnknown, PaperUnknown, SealBroken, DossierActIllegal for
    one that has ended."""
    who.need(*AT_COUNTERS)
    row = dossiers.get(tx.sql, ident)
    if row.erased:
        raise DossierErased(code=row.dossier.code)
    if row.dossier.state in FINAL:
        raise DossierActIllegal(code=row.dossier.code, dossier_state=row.dossier.state, act=DossierAct.SUPPLEMENT)
    attachment = attachments.get(tx.sql, digest)
    if attachment is None or not registry.files.has(digest):
        raise AttachmentUnknown(papers=kind)
    procedure = registry.of_filed(row.dossier.procedure, row.procedure_version)
    filed = dossier_papers.of_dossier(tx.sql, ident)
    before = [paper.digest for paper in filed if paper.type == kind and paper.digest]
    paper = Filed(kind, Source.CAPTURED, required=False, digitise=True, digest=digest, pages=attachment.pages)
    if not dossier_papers.put_copy(tx.sql, ident, kind, digest):
        answers = dossiers.answers(tx.sql, registry.vault, ident) or {}
        asked = procedure.papers if procedure else ()
        if kind not in {each.type for each in left_out(asked, answers, filed)}:
            raise PaperUnknown(papers=kind)
        dossier_papers.append(tx.sql, ident, paper)
    attachments.use(tx.sql, digest)
    _hold(tx, hall, registry, procedure, ident, (paper,), now)
    personal_audit.note(tx.sql, now, who.actor, PAPER_DIGITISED, ident)
    attachments.let_go(tx.sql, before, now + UPLOAD)
    tx.nudge("dossier", ident)


def _hold(
    tx: Tx,
    hall: Hall,
    registry: Registry,
    procedure: Procedure | None,
    ident: int,
    papers: Iterable[Filed],
    now: datetime,
) -> None:
    owner_key = dossiers.owner_key(tx.sql, ident)
    answers = dossiers.answers(tx.sql, registry.vault, ident)
    if procedure is not None and owner_key is not None and answers is not None:
        hold(tx, hall, procedure, ident, owner_key, answers, papers, now)


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
