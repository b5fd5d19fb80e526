"""Dossiers, appointments and calls for help as the pages' tests want them: long names, every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from queue_server.contract import (
    Appointment,
    AppointmentState,
    DossierAct,
    DossierAnswer,
    DossierEvent,
    DossierPaper,
    DossierRow,
    DossierState,
    DossierStatus,
    DossierView,
    HelpCall,
    LocalText,
    PaperSource,
    Slot,
    SlotsReply,
)
from tests.queue_server.console.views import SERVICES, now, text

APPLICANTS = ("Nguyễn Thị Hương", "Trần Văn Minh", "Phạm Nguyễn Hoàng Thanh Thảo Nguyên", "Lê Ba", "Võ Thị Sáu")
STATUS = {
    "draft": text("đã chuẩn bị, sẽ hoàn thiện tại quầy", "prepared, to be completed at the counter"),
    "processing": text("đang giải quyết", "being processed"),
    "supplement-requested": text("đang chờ quý vị bổ sung giấy tờ", "waiting for papers from you"),
    "result-ready": text("đã có kết quả, mời quý vị đến nhận", "result ready, please collect it"),
    "refused": text("bị từ chối", "refused"),
}


def help_call(ident: int = 5, device: str = "kiosk-1", **changes: Any) -> HelpCall:
    base = {"id": ident, "device": device, "screen": "question", "called_at": now() - timedelta(seconds=12)}
    return HelpCall(**(base | changes))


def row(ident: int, state: str, **changes: Any) -> DossierRow:
    at = now()
    base = {
        "id": ident,
        "code": f"H57.132-261123-{ident:04d}",
        "procedure": "1.001193",
        "procedure_name": (SERVICES["birth"], SERVICES["status"])[ident % 2],
        "state": DossierState(state),
        "applicant": APPLICANTS[ident % len(APPLICANTS)],
        "filed_at": at - timedelta(minutes=17 * ident),
        "due_at": None if state == "draft" else at + timedelta(hours=26 - 9 * ident),
        "ticket_number": f"A-{ident + 10:03d}" if state == "draft" else None,
        "over_due": state == "processing",
    }
    return DossierRow(**(base | changes))


def dossier_rows() -> list[DossierRow]:
    return [row(number, state) for number, state in enumerate(DossierState, 1)]


def dossier(state: str = "submitted", **changes: Any) -> DossierView:
    at = now()
    declared = text("Người yêu cầu", "The person filing")
    child = text("Người được khai sinh", "The child")
    answers = [
        (declared, text("Họ, chữ đệm, tên", "Full name"), "Nguyễn Thị Hương"),
        (declared, text("Số căn cước", "Identity number"), "037192001234"),
        (declared, text("Nơi cư trú", "Place of residence"), "Số 12, ngõ 5, phường Hòa Cường Bắc, thành phố Đà Nẵng"),
        (child, text("Họ, chữ đệm, tên của trẻ", "The child's name"), "Trần Nguyễn Bảo An"),
        (child, text("Ngày sinh", "Date of birth"), "15/11/2026"),
        (child, text("Giới tính", "Sex"), "Nữ"),
    ]
    base: dict[str, Any] = {
        **row(4, state).model_dump(),
        "procedure_name": SERVICES["birth"],
        "answers": tuple(
            DossierAnswer(field=f"field_{number}", group=group, short=short, text=said)
            for number, (group, short, said) in enumerate(answers)
        ),
        "papers": (
            paper("GCS", text("Giấy chứng sinh", "Certificate of birth from the hospital"), digest="a" * 64, pages=1),
            paper(
                "CCCD",
                text("Căn cước của người yêu cầu", "Identity card of the person filing"),
                source=PaperSource.HELD,
                digest="b" * 64,
                pages=2,
            ),
            paper("GKH", text("Giấy chứng nhận kết hôn", "Marriage certificate"), source=PaperSource.AT_COUNTER),
        ),
        "events": (
            DossierEvent(at=at - timedelta(minutes=68), actor="kiosk-1", act="submitted"),
            DossierEvent(
                at=at - timedelta(minutes=30),
                actor="huong",
                act="supplement-requested",
                why="Thiếu giấy chứng sinh.",
            ),
            DossierEvent(at=at - timedelta(minutes=5), actor="huong", act="supplemented"),
        ),
        "acts": (DossierAct.RECEIVE, DossierAct.REQUEST_SUPPLEMENT, DossierAct.REFUSE, DossierAct.WITHDRAW),
        "fee": 15000,
    }
    return DossierView(**(base | changes))


def paper(kind: str, name: LocalText, **changes: Any) -> DossierPaper:
    base = {
        "type": kind,
        "type_name": name,
        "name": f"037192001234.{kind}",
        "source": PaperSource.CAPTURED,
        "required": kind != "GKH",
        "digitise": True,
        "digest": None,
    }
    return DossierPaper(**(base | changes))


def dossier_status(state: str = "processing", **changes: Any) -> DossierStatus:
    at = now()
    base = {
        "code": "H57.132-261123-0004",
        "procedure_name": SERVICES["birth"],
        "state": DossierState(state),
        "state_name": STATUS[state],
        "filed_at": at - timedelta(hours=2),
        "due_at": at + timedelta(hours=5),
    }
    return DossierStatus(**(base | changes))


def appointment(ident: int = 1, state: str = "booked", **changes: Any) -> Appointment:
    base = {
        "id": ident,
        "code": ("K7WXQ3", "A4NT9E", "PRUH6M", "CVY7LD")[ident % 4],
        "service": "birth",
        "service_name": (SERVICES["birth"], SERVICES["status"])[ident % 2],
        "at": now() + timedelta(minutes=30 * ident),
        "state": AppointmentState(state),
        "ticket_number": "A-031" if state == "arrived" else None,
    }
    return Appointment(**(base | changes))


def appointments() -> list[Appointment]:
    return [appointment(number, state) for number, state in enumerate(AppointmentState, 1)]


def slots() -> SlotsReply:
    at = now().replace(minute=0, second=0, microsecond=0)
    free = tuple(Slot(at=at + timedelta(minutes=30 * number), free=number % 3) for number in range(1, 15))
    return SlotsReply(day=at.date(), last_day=at.date() + timedelta(days=14), slots=free)
