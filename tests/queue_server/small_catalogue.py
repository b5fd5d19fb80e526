"""A small catalogue for dossiers: one form, a procedure that is filed, one that is prepared, one that is explained."""

from __future__ import annotations

import hashlib
import io
from datetime import date, time
from typing import Any

from PIL import Image

from queue_server.catalogue.places import Places
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.forms import Condition, Control, Form, Group, Option, Prefill, Question
from queue_server.domain.ids import ServiceCode
from queue_server.domain.place import Commune, Province
from queue_server.domain.procedure import FeeRule, Outcome, Paper, Procedure, TimeRule
from queue_server.domain.text import LocalText
from tests.queue_server.small_hall import BIRTH, COPY, HOME, text

SINCE = date(2025, 7, 1)
NAME, OWNER, BORN = "Nguyễn Thị Hương Giang", "001190123456", "1990-05-17"
OTHER_OWNER = "001085654321"
PLACES = Places((Province("15", "Tỉnh Lào Cai", (Commune("04252", "Xã Ngọc Sơn"),)),))


def _question(field: str, control: Control, required: bool = True, **more: Any) -> Question:
    return Question(field, control, "who", text(field), text(field), required=required, **more)


QUESTIONS = (
    _question("name", Control.NAME, prefill=(Prefill.CARD_NAME,)),
    _question("owner_id", Control.CITIZEN_ID, prefill=(Prefill.CARD_ID,)),
    _question("born", Control.DATE),
    _question("commune", Control.COMMUNE),
    _question("phone", Control.PHONE, required=False),
    _question(
        "way", Control.CHOICE, options=(Option("self", text("for myself")), Option("child", text("for my child")))
    ),
    _question("child", Control.NAME, when=(Condition("way", ("child",)),)),
    _question("copies", Control.NUMBER),
)
KINDS = {Control.NUMBER: "integer"}
FORM = Form(
    "small",
    "2025-07-01",
    text("Small form"),
    text("Small form, official"),
    "small/2025-07-01.typ",
    (Group("who", text("Who files")),),
    QUESTIONS,
    {
        "type": "object",
        "properties": {each.field: {"type": KINDS.get(each.control, "string")} for each in QUESTIONS},
        "required": [each.field for each in QUESTIONS if each.required],
    },
    owner="owner_id",
    owner_birth="born",
)
PAPERS = (
    Paper("GCS", text("Birth notice"), valid_days=30),
    Paper("CCCD", text("Identity card"), digitise=False, shown=True),
    Paper("KHAC", text("Another paper"), required=False),
)


def procedure(code: str, outcome: Outcome, service: ServiceCode, fees: tuple[FeeRule, ...] = ()) -> Procedure:
    name = LocalText(f"Thủ tục {code}", f"Procedure {code}")
    time_rule = TimeRule(1, time(15, 0))
    return Procedure(code, SINCE, name, name, (), PAPERS, fees, time_rule, outcome, service, form=FORM)


FEES = (FeeRule(text("a copy"), amount=0, per="copies", steps=((1, 2000), (3, 1000))),)
CATALOGUE = Catalogue(
    {
        "1.001": (procedure("1.001", Outcome.DOSSIER, HOME, FEES),),
        "1.002": (procedure("1.002", Outcome.PREPARED, BIRTH),),
        "1.003": (procedure("1.003", Outcome.GUIDANCE, COPY),),
    },
    {(FORM.code, FORM.version): FORM},
    {FORM.layout: b""},
)


def answers(**changed: Any) -> dict[str, Any]:
    given = {
        "name": NAME,
        "owner_id": OWNER,
        "born": BORN,
        "commune": "04252",
        "phone": "0912345678",
        "way": "self",
        "copies": 3,
    }
    return {field: value for field, value in {**given, **changed}.items() if value is not None}


def request(*papers: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A whole FileRequest as JSON; without papers the notice is for the counter."""
    return {
        "procedure": "1.001",
        "form_version": FORM.version,
        "answers": answers(),
        "owner": {"id": OWNER, "birth_date": BORN},
        "papers": list(papers) or [{"type": "GCS", "source": "at-counter"}],
        "confirmed": True,
        "consent": "2026-01",
        **changed,
    }


def picture(shade: int = 200, size: tuple[int, int] = (60, 40), kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (shade, shade, 10)).save(made, kind)
    return made.getvalue()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
