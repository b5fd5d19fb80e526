"""A citizen files a dossier, or prepares one for the counter: all of it in one transaction, and once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from queue_server.contract import FileRequest, PaperSource, Role
from queue_server.domain.calendar import opening
from queue_server.domain.dossiers.code import day_of, dossier_code
from queue_server.domain.dossiers.dossier import prepare, submit
from queue_server.domain.dossiers.papers import Filed, Source, wanted
from queue_server.domain.hall import Hall
from queue_server.domain.procedure import Outcome, Paper
from queue_server.service.errors import IdempotencyKeyMissing, IdempotencyKeyReused
from queue_server.service.issue import KEY, give_number
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store import attachments, dossier_papers, dossiers, idempotency
from queue_server.store.database import Tx
from queue_server.store.dossier_papers import Held
from queue_server.store.dossiers import NewDossier

from .drafting import Draft, draft, promised
from .errors import AttachmentUnknown, ConfirmationMissing, HeldPaperGone, PaperMissing, PaperUnknown
from .holding import hold
from .registry import Registry


def file_dossier(
    tx: Tx,
    hall: Hall,
    registry: Registry,
    who: Principal,
    request: FileRequest,
    key: str | None,
    now: datetime,
    new_token: Callable[[], str],
) -> int:
    """The dossier's id. The same `key` gives the same dossier, and so does the same content by the same owner on the
    same day while the first has not ended. At any hour; a ticket is given only while the hall issues tickets.

    Raises Forbidden, IdempotencyKeyMissing, IdempotencyKeyReused, ConfirmationMissing, PaperMissing, PaperUnknown,
    AttachmentUnknown, HeldPaperGone, ServiceUnknown, PriorityUnknown, NumbersExhausted, CodesExhausted and what `draft`
    raises."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    if key is None or not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    asked = request.model_dump(mode="json")
    fingerprints = ["dossier " + each.hex() for each in registry.vault.found("request", _canonical(asked))]
    known = idempotency.recall(tx.sql, who.actor, key)
    if known is not None:
        if known.request not in fingerprints or known.reply is None:
            raise IdempotencyKeyReused
        return int(json.loads(known.reply)["dossier"])
    ident = _file(tx, hall, registry, who, request, now, new_token)
    reply = json.dumps({"dossier": ident})
    idempotency.remember(tx.sql, who.actor, key, fingerprints[0], None, now, reply=reply)
    return ident


def filed_under(sql: sqlite3.Connection, who: Principal, key: str | None) -> int | None:
    """The dossier that `key` filed, for a kiosk that never heard. Raises Forbidden, IdempotencyKeyMissing."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    if key is None or not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    known = idempotency.recall(sql, who.actor, key)
    if known is None or known.reply is None or not known.request.startswith("dossier "):
        return None
    return int(json.loads(known.reply)["dossier"])


def _file(
    tx: Tx,
    hall: Hall,
    registry: Registry,
    who: Principal,
    request: FileRequest,
    now: datetime,
    new_token: Callable[[], str],
) -> int:
    made = draft(hall, registry, request, now)
    if not request.confirmed:
        raise ConfirmationMissing
    owner_key, *from_before = registry.owner_keys(made.owner.id, made.owner.birth_date)
    dossiers.move_owner(tx.sql, from_before, owner_key)
    papers = _papers(tx, registry, made, request, owner_key, now)
    content_keys = registry.vault.found("content", _canonical(_content(made, papers)))
    same = dossiers.by_content(tx.sql, content_keys)
    if same is not None:
        return same.id
    day = day_of(now, hall.zone)
    unit = hall.dossiers.unit_code
    sequence = dossiers.next_sequence(tx.sql, unit, day)
    code = dossier_code(unit, day, sequence)
    reused = sum(paper.source is Source.HELD for paper in papers)
    data = {"reused": reused, "papers": len(papers), "asked_again": _asked_again(tx, papers, owner_key, made)}
    ticket = None
    if made.procedure.outcome is Outcome.PREPARED:
        dossier, event = prepare(code, made.procedure.code, now, who.actor, data)
        if opening(hall.hours, now.astimezone(hall.zone)).issuing:
            ticket = give_number(tx, hall, who, (made.procedure.service,), request.priority, now, new_token).id
    else:
        due_at = promised(hall, made.procedure, now)
        dossier, event = submit(code, made.procedure.code, now, who.actor, due_at, data)
    ident = dossiers.add(
        tx.sql,
        registry.vault,
        NewDossier(
            dossier=dossier,
            event=event,
            unit=unit,
            day=day,
            sequence=sequence,
            procedure_version=made.procedure.version,
            form=made.form.code,
            form_version=made.form.version,
            language=request.language,
            consent=request.consent,
            fee=made.fee,
            reused=reused,
            ticket=ticket,
            track_token=new_token(),
            owner_key=owner_key,
            content_key=content_keys[0],
            owner=made.owner,
            answers=made.answers,
        ),
    )
    dossier_papers.add(tx.sql, ident, papers)
    for paper in papers:
        if paper.digest is not None:
            attachments.use(tx.sql, paper.digest)
    hold(tx, hall, made.procedure, ident, owner_key, made.answers, papers, now)
    tx.nudge("dossier", ident)
    return ident


def _papers(
    tx: Tx, registry: Registry, made: Draft, request: FileRequest, owner_key: bytes, now: datetime
) -> tuple[Filed, ...]:
    """Each paper that is asked for, with where its copy is. Shown papers and those that need no copy are for the
    counter without being named."""
    given = {part.type: part for part in request.papers}
    asked = wanted(made.procedure.papers, made.answers)
    strange = sorted(set(given) - {paper.type for paper in asked})
    if strange or len(given) < len(request.papers):
        raise PaperUnknown(papers=", ".join(strange) or "–")
    held = dossier_papers.held(tx.sql, (owner_key,), tuple(given), made.today)
    found, missing = [], []
    for paper in asked:
        part = given.get(paper.type)
        if part is None and paper.required and _needs_copy(paper):
            missing.append(paper.type)
        elif part is not None or paper.required:
            source = Source(part.source) if part else Source.AT_COUNTER
            filed = Filed(paper.type, source, paper.required and not paper.shown, paper.digitise)
            found.append(_with_copy(tx, registry, filed, part.digest if part else None, held.get(paper.type), now))
    if missing:
        raise PaperMissing(papers=", ".join(missing))
    return tuple(found)


def _asked_again(tx: Tx, papers: tuple[Filed, ...], owner_key: bytes, made: Draft) -> int:
    """How many papers somebody had to show although the hall held a valid copy."""
    shown = tuple(paper.type for paper in papers if paper.source is not Source.HELD)
    return len(dossier_papers.held(tx.sql, (owner_key,), shown, made.today))


def _needs_copy(paper: Paper) -> bool:
    return paper.digitise and not paper.shown


def _with_copy(tx: Tx, registry: Registry, paper: Filed, digest: str | None, held: Held | None, now: datetime) -> Filed:
    match paper.source:
        case Source.AT_COUNTER:
            return paper
        case Source.HELD:
            if held is None:
                raise HeldPaperGone(papers=paper.type)
            digest = held.digest
    attachment = attachments.get(tx.sql, digest) if digest else None
    expired = attachment is not None and attachment.expires_at is not None and attachment.expires_at < now
    if attachment is None or expired or not registry.files.has(attachment.digest):
        raise (HeldPaperGone if paper.source is Source.HELD else AttachmentUnknown)(papers=paper.type)
    return Filed(
        paper.type, paper.source, paper.required, paper.digitise, attachment.digest, attachment.pages, paper.checked
    )


def _content(made: Draft, papers: tuple[Filed, ...]) -> Any:
    """What makes two filings the same."""
    return {
        "day": made.today.isoformat(),
        "procedure": made.procedure.code,
        "form": [made.form.code, made.form.version],
        "owner": [made.owner.id, made.owner.birth_date.isoformat()],
        "answers": made.answers,
        "papers": [[paper.type, paper.digest] for paper in papers],
    }


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


assert {each.value for each in PaperSource} == {each.value for each in Source}
