"""Dossiers over HTTP: filed by a kiosk, worked on by clerks, looked up by anybody who has the code."""

from __future__ import annotations

import asyncio
import base64
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.params import Path

from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    ActRequest,
    AttachmentReply,
    DeclarationReply,
    DossierDraft,
    DossiersReply,
    DossierState,
    DossierStatus,
    DossierView,
    FiledReply,
    FileRequest,
    HeldReply,
    HeldRequest,
    PaperCopy,
    Receipt,
    Role,
)
from queue_server.documents import OfficialNumber, official_form
from queue_server.domain import errors as rules
from queue_server.domain.dossiers import errors as acts
from queue_server.service import errors as refusals
from queue_server.service.dossiers import errors as filing_refusals
from queue_server.service.dossiers import looking, paperwork, uploads, views
from queue_server.service.dossiers.acting import act, put_copy
from queue_server.service.dossiers.drafting import draft, promised
from queue_server.service.dossiers.filing import file_dossier, filed_under
from queue_server.service.dossiers.held import held_papers
from queue_server.service.errors import SessionExpired, Unauthenticated
from queue_server.service.principal import AT_COUNTERS, Principal
from queue_server.store.vault import KeysUnusable, SealBroken

from .asker import Asker, House, Spoken, principal
from .context import Context
from .problems import refused


async def _kept_by_nobody(response: Response) -> None:
    """What is told of a dossier stands in no browser's store."""
    response.headers["Cache-Control"] = "no-store"


router = APIRouter(prefix=API, tags=["dossiers"], dependencies=[Depends(_kept_by_nobody)])

DossierId = Annotated[int, Path(ge=1, le=2**53, description="The dossier's id, as the list gives it")]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the body, in hexadecimal digits")]
Key = Annotated[
    str | None,
    Header(alias=IDEMPOTENCY_HEADER, description="8 to 100 printable characters; the same key, the same dossier"),
]
WHO = (refusals.Unauthenticated, refusals.SessionExpired, refusals.CsrfFailed, refusals.Forbidden, KeysUnusable)
DRAFT = (
    filing_refusals.ProcedureUnknown,
    filing_refusals.ProcedureNotFiled,
    filing_refusals.FormChanged,
    filing_refusals.AnswersWrong,
    filing_refusals.OwnerDiffers,
)
FILING = (
    *DRAFT,
    refusals.IdempotencyKeyMissing,
    refusals.IdempotencyKeyReused,
    filing_refusals.ConfirmationMissing,
    filing_refusals.PaperMissing,
    filing_refusals.PaperUnknown,
    filing_refusals.AttachmentUnknown,
    filing_refusals.HeldPaperGone,
    rules.ServiceUnknown,
    rules.PriorityUnknown,
    rules.NumbersExhausted,
    acts.CodesExhausted,
)
SCREENING = (
    filing_refusals.UploadStalled,
    filing_refusals.DigestDiffers,
    filing_refusals.AttachmentTooLarge,
    filing_refusals.AttachmentTypeUnknown,
    filing_refusals.AttachmentBroken,
    filing_refusals.ImageTooLarge,
    filing_refusals.PdfLocked,
    filing_refusals.PdfActive,
    filing_refusals.PdfTooLong,
)
OPENING = (acts.DossierUnknown, filing_refusals.DossierErased, SealBroken)
BYTES = {"content": {"application/pdf": {"example": "%PDF-1.7 …"}}, "description": "The document"}
PICTURES = {"application/pdf": "%PDF-1.7 …", "image/jpeg": "\xff\xd8\xff…", "image/png": "\x89PNG…"}
BODY = {"requestBody": {"required": True, "content": {kind: {"example": each} for kind, each in PICTURES.items()}}}
PRIVATE = {"Cache-Control": "no-store", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}


def _pdf(content: bytes) -> Response:
    return Response(content, media_type="application/pdf", headers=PRIVATE)


@router.put(
    "/attachments/{digest}", summary="Send a paper's picture", responses=refused(*WHO, *SCREENING), openapi_extra=BODY
)
async def attach(digest: Digest, request: Request, house: House, who: Asker) -> AttachmentReply:
    """The file as the body, at most 10 MiB. It is forgotten within the hour unless a dossier names it."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        async with asyncio.timeout(house.upload_s):
            content = await request.body()
    except TimeoutError:
        raise filing_refusals.UploadStalled from None
    async with house.uploading:
        kept = await asyncio.to_thread(
            uploads.take_in, house.db, house.dossiers.files, who, digest, media_type, content, house.now()
        )
    return AttachmentReply(
        digest=digest, media_type=kept.media_type, pages=kept.pages, expires_at=kept.expires_at or kept.at
    )


@router.post("/dossiers/held", summary="Papers already held", responses=refused(*WHO, filing_refusals.TooManyLookups))
async def held(house: House, who: Asker, wanted: HeldRequest) -> HeldReply:
    """Which papers of these types the hall holds for this owner, still valid: they need not be shown again."""
    now = house.now()
    hall = house.hall(now)
    house.dossiers.guesses.check(f"held {who.actor}", now)
    return await house.db.read(lambda sql: held_papers(sql, hall, house.dossiers, who, wanted, now))


@router.post("/dossiers/declaration", summary="The declaration to be read", responses=refused(*WHO, *DRAFT))
async def declaration(house: House, who: Asker, wanted: DossierDraft) -> DeclarationReply:
    """In its official layout, as pictures; nothing is kept."""
    who.need(Role.KIOSK, *AT_COUNTERS)
    now = house.now()
    hall = house.hall(now)
    made = draft(hall, house.dossiers, wanted, now)
    drawn = await asyncio.to_thread(paperwork.declared_draft(hall, house.dossiers, made, now).pages)
    pages = tuple(base64.b64encode(page).decode() for page in drawn)
    return DeclarationReply(
        pages=pages,
        fee=made.fee,
        fee_note=views.fee_note(made.procedure, made.fee),
        due_at=promised(hall, made.procedure, now),
    )


@router.post("/dossiers", status_code=201, summary="File a dossier", responses=refused(*WHO, *FILING))
async def file(request: Request, house: House, who: Asker, wanted: FileRequest, key: Key = None) -> Receipt:
    """Filed, or prepared for the counter with a ticket. Repeating the request with the same key gives the same dossier;
    so does the same content by the same owner on the same day."""
    now = house.now()
    hall = house.hall(now)
    ident = await house.db.write(
        lambda tx: file_dossier(tx, hall, house.dossiers, who, wanted, key, now, house.new_track_token)
    )
    return await _receipt(house, request, ident)


@router.get("/dossiers/filed", summary="What a key filed", responses=refused(*WHO, refusals.IdempotencyKeyMissing))
async def filed(request: Request, house: House, who: Asker, key: Key = None) -> FiledReply:
    """For a kiosk that was cut off before it heard the answer; null: nothing was filed."""
    ident = await house.db.read(lambda sql: filed_under(sql, who, key))
    return FiledReply(receipt=None if ident is None else await _receipt(house, request, ident))


@router.get(
    "/dossiers/status/{code}",
    summary="A dossier's state",
    responses=refused(acts.DossierUnknown, filing_refusals.TooManyLookups),
)
async def status(
    request: Request, house: House, code: Annotated[str, Path(max_length=60, description="Its code, or its QR's token")]
) -> DossierStatus:
    """For anybody who has the code or the receipt's QR: the state and no more. Guessing is slowed down."""
    now = house.now()
    place = await _place(request)
    house.dossiers.guesses.suppose_wrong(place, now)
    found = await house.db.read(lambda sql: views.status(sql, house.dossiers, code))
    house.dossiers.guesses.note_right(place, now)
    return found


@router.get("/dossiers", summary="The clerks' list", responses=refused(*WHO, SealBroken))
async def listing(
    house: House,
    who: Asker,
    state: Annotated[tuple[DossierState, ...], Query(description="Only these states")] = (),
    before: Annotated[int | None, Query(ge=1, le=2**53, description="Older than this id")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    code: Annotated[str | None, Query(max_length=40, description="A piece of the code")] = None,
    ticket: Annotated[int | None, Query(ge=1, le=2**53, description="The dossier of this ticket")] = None,
    late: Annotated[bool, Query(description="Only what is past its due date")] = False,
) -> DossiersReply:
    """The newest first, with how many there are in each state."""
    now = house.now()
    hall = house.hall(now)
    wanted = looking.Wanted(state, before, limit, code, ticket, late)
    reply = await house.db.read(lambda sql: looking.listing(sql, hall, house.dossiers, who, wanted, now))
    await house.looks.note_many(house.db, who, looking.LIST_SEEN, looking.named(reply), now)
    return reply


@router.get(
    "/dossiers/{dossier_id}", summary="Look at a dossier", responses=refused(*WHO, acts.DossierUnknown, SealBroken)
)
async def show(dossier_id: DossierId, house: House, who: Asker, spoken: Spoken) -> DossierView:
    """With its answers, papers and history; that it was looked at is noted."""
    return await _view(house, who, dossier_id, spoken)


@router.post(
    "/dossiers/{dossier_id}/act",
    summary="Work on a dossier",
    responses=refused(
        *WHO,
        *OPENING,
        acts.DossierActIllegal,
        acts.DossierChanged,
        acts.ReasonMissing,
        acts.NewDueMissing,
        acts.PapersNotChecked,
        filing_refusals.PaperUnknown,
    ),
)
async def work(dossier_id: DossierId, house: House, who: Asker, spoken: Spoken, wanted: ActRequest) -> DossierView:
    """Receive it, ask for what is missing, extend, hand over the result: one of the acts that the dossier names."""
    now = house.now()
    hall = house.hall(now)
    await house.db.write(lambda tx: act(tx, hall, house.dossiers, who, dossier_id, wanted, now))
    return await _view(house, who, dossier_id, spoken)


@router.put(
    "/dossiers/{dossier_id}/papers/{kind}",
    summary="Digitise a paper at the counter",
    responses=refused(
        *WHO, *OPENING, acts.DossierActIllegal, filing_refusals.AttachmentUnknown, filing_refusals.PaperUnknown
    ),
)
async def digitise(
    dossier_id: DossierId,
    kind: Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,40}$", description="The paper's type")],
    house: House,
    who: Asker,
    spoken: Spoken,
    wanted: PaperCopy,
) -> DossierView:
    """A clerk has sent the picture of a paper that was brought to the counter."""
    now = house.now()
    hall = house.hall(now)
    await house.db.write(lambda tx: put_copy(tx, hall, house.dossiers, who, dossier_id, kind, wanted.digest, now))
    return await _view(house, who, dossier_id, spoken)


@router.get(
    "/dossiers/{dossier_id}/forms/{number}",
    summary="One of the forms 01 to 07",
    response_class=Response,
    responses={200: BYTES, **refused(*WHO, *OPENING, acts.FormNotMade)},
)
async def form(dossier_id: DossierId, number: OfficialNumber, request: Request, house: House, who: Asker) -> Response:
    """01 receipt, 02 supplement, 03 refusal, 04 apology, 05 stop, 06 control, 07 the register of its day; as PDF."""
    who.need(*AT_COUNTERS)
    now = house.now()
    hall, base_url = house.hall(now), house.base_url(request)
    facts = await house.db.read(
        lambda sql: paperwork.form_facts(sql, hall, house.dossiers, dossier_id, number, base_url, now)
    )
    await _note(house, who, looking.FORM_DRAWN, dossier_id)
    if number is OfficialNumber.REGISTER:
        day = await house.db.read(lambda sql: looking.named_on_day_of(sql, dossier_id))
        await house.looks.note_many(house.db, who, looking.REGISTER_DRAWN, day, now)
    return _pdf(await asyncio.to_thread(official_form, number, facts))


@router.get(
    "/dossiers/{dossier_id}/declaration",
    summary="The declaration as filed",
    response_class=Response,
    responses={200: BYTES, **refused(*WHO, *OPENING, filing_refusals.FormGone)},
)
async def declaration_filed(dossier_id: DossierId, house: House, who: Asker) -> Response:
    """As PDF, in its official layout."""
    who.need(*AT_COUNTERS)
    hall = house.hall(house.now())
    made = await house.db.read(lambda sql: paperwork.declared(sql, hall, house.dossiers, dossier_id))
    await _note(house, who, looking.DECLARATION_DRAWN, dossier_id)
    return _pdf(await asyncio.to_thread(made.pdf))


@router.get(
    "/dossiers/{dossier_id}/papers/{kind}",
    summary="A paper of a dossier",
    response_class=Response,
    responses={200: BYTES, **refused(*WHO, *OPENING, filing_refusals.AttachmentUnknown)},
)
async def paper(
    dossier_id: DossierId,
    kind: Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,40}$", description="The paper's type")],
    house: House,
    who: Asker,
) -> Response:
    """As it was digitised; that it was looked at is noted."""
    who.need(*AT_COUNTERS)
    found = await house.db.read(lambda sql: looking.copy_of(sql, house.dossiers, dossier_id, kind))
    await _note(house, who, looking.PAPER_SEEN, dossier_id)
    content = await asyncio.to_thread(house.dossiers.files.read, found.digest)
    disposition = {"Content-Disposition": f'inline; filename="{found.name}"'}
    return Response(content, media_type=found.media_type, headers={**PRIVATE, **disposition})


async def _receipt(house: Context, request: Request, ident: int) -> Receipt:
    now = house.now()
    hall, base_url = house.hall(now), house.base_url(request)
    return await house.db.read(
        lambda sql: views.receipt(sql, hall, house.dossiers, house.foresight, ident, base_url, now)
    )


async def _view(house: Context, who: Principal, ident: int, language: str) -> DossierView:
    who.need(*AT_COUNTERS)
    now = house.now()
    hall = house.hall(now)
    view = await house.db.read(lambda sql: views.view(sql, hall, house.dossiers, ident, now, language))
    await _note(house, who, looking.DOSSIER_SEEN, ident)
    return view


async def _note(house: Context, who: Principal, what: str, ident: int) -> None:
    """Who looked at what is personal; once in ten minutes is enough."""
    now = house.now()
    if await house.db.read(lambda sql: looking.is_new(sql, who, what, ident, now)):
        await house.looks.note(house.db, who, what, ident, now)


async def _place(request: Request) -> str:
    """From where a look-up comes: a device by its name, anybody else by the address."""
    try:
        return (await principal(request, None, None)).actor
    except (Unauthenticated, SessionExpired):
        return request.client.host if request.client else "-"
