"""Examples of what is said of dossiers, for the API's description; nobody in them exists."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from queue_server import contract as c

FILED = datetime.fromisoformat("2026-11-23T01:05:00+00:00")
DUE = datetime.fromisoformat("2026-11-23T10:00:00+00:00")
CODE = "000.00.12.H62-261123-0004"
DIGEST = "5f" * 32
NAME = c.LocalText(vi="Đăng ký khai sinh", en="Birth registration")
PAPER = c.LocalText(vi="Giấy chứng sinh", en="Birth notice")


def dossier_examples() -> tuple[BaseModel, ...]:
    owner = c.Owner(id="001190123456", birth_date=date(1990, 5, 17))
    answers: dict[str, c.Value] = {"declarant_name": "Nguyễn Thị Mẫu", "declarant_id": "001190123456"}
    receipt = c.Receipt(
        code=CODE,
        procedure="1.001193",
        procedure_name=NAME,
        state=c.DossierState.SUBMITTED,
        filed_at=FILED,
        due_at=DUE,
        fee=0,
        track_url="https://motcua.example.vn/d/vJx0c1qkQ2m8b5nT7yLw3A",
        reused=1,
    )
    row = c.DossierRow(
        id=4,
        code=CODE,
        procedure="1.001193",
        procedure_name=NAME,
        state=c.DossierState.SUBMITTED,
        applicant="Nguyễn Thị Mẫu",
        filed_at=FILED,
        due_at=DUE,
    )
    draft = c.DossierDraft(procedure="1.001193", form_version="2025-07-01", answers=answers, owner=owner)
    return (
        c.HeldRequest(owner=owner, types=("GCS",)),
        c.HeldReply(papers=(c.HeldPaper(type="GCS", digitised_on=FILED.date(), valid_until=date(2026, 12, 22)),)),
        c.AttachmentReply(digest=DIGEST, media_type="image/jpeg", pages=1, expires_at=DUE),
        draft,
        c.DeclarationReply(pages=("iVBORw0KGgo=",), fee=0, due_at=DUE),
        c.FileRequest(
            **draft.model_dump(),
            papers=(c.PaperPart(type="GCS", source=c.PaperSource.CAPTURED, digest=DIGEST),),
            confirmed=True,
            consent="2026-01",
        ),
        receipt,
        c.FiledReply(receipt=receipt),
        c.DossierStatus(
            code=CODE,
            procedure_name=NAME,
            state=c.DossierState.SUBMITTED,
            state_name=c.LocalText(vi="đã nộp, chờ kiểm tra", en="filed, waiting to be checked"),
            filed_at=FILED,
            due_at=DUE,
        ),
        c.DossiersReply(dossiers=(row,), counts={"submitted": 1}),
        c.DossierView(
            **row.model_dump(),
            answers=(
                c.DossierAnswer(
                    field="declarant_name",
                    group=c.LocalText(vi="Người yêu cầu", en="The person filing"),
                    short=c.LocalText(vi="Họ và tên", en="Full name"),
                    text="Nguyễn Thị Mẫu",
                ),
            ),
            papers=(
                c.DossierPaper(
                    type="GCS",
                    type_name=PAPER,
                    name="001190123456.GCS",
                    source=c.PaperSource.CAPTURED,
                    required=True,
                    digitise=True,
                    digest=DIGEST,
                    pages=1,
                ),
            ),
            events=(c.DossierEvent(at=FILED, actor="device:kiosk-1", by="Kiosk at the main door", act="submitted"),),
            acts=(c.DossierAct.RECEIVE, c.DossierAct.REQUEST_SUPPLEMENT, c.DossierAct.REFUSE, c.DossierAct.WITHDRAW),
            fee=0,
        ),
        c.ActRequest(act=c.DossierAct.RECEIVE, papers=("GCS",)),
        c.PaperCopy(digest=DIGEST),
    )
