"""A small catalogue as the server would send it, with every kind of question: for the fake hall, tests and pictures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from queue_server.contract import (
    CatalogueReply,
    Commune,
    Condition,
    Control,
    FeeLine,
    Form,
    Group,
    GuideAnswer,
    GuideQuestion,
    LifeEvent,
    LocalText,
    Option,
    Outcome,
    Paper,
    PlacesReply,
    Prefill,
    Procedure,
    Province,
    Question,
    Rule,
    RuleKind,
    Text,
)

VERSION = "2026-11-23"
BIRTH, MARRIAGE, COPY = "1.001193", "1.000894", "2.000815"


def catalogue_reply(now: datetime | None = None) -> CatalogueReply:
    """Birth registration (filed here), marriage (prepared here), certified copies (explained)."""
    now = now or datetime.now(UTC)
    return CatalogueReply(
        version=VERSION,
        procedures=(_birth(now), _marriage(now), _copy()),
        life_events=(
            LifeEvent("birth", Text("Sinh con", "A child is born"), "birth"),
            LifeEvent("marriage", Text("Kết hôn", "Marriage"), "marriage"),
        ),
        guide=(
            GuideQuestion(
                "what",
                Text("Quý vị cần làm việc gì?", "What do you need to do?"),
                (
                    GuideAnswer(Text("Việc trong gia đình", "A family matter"), next="family"),
                    GuideAnswer(Text("Sao y giấy tờ", "Copies of papers"), procedures=(COPY,)),
                ),
            ),
            GuideQuestion(
                "family",
                Text("Việc gì trong gia đình?", "Which family matter?"),
                (
                    GuideAnswer(Text("Con mới sinh", "A newborn child"), procedures=(BIRTH,)),
                    GuideAnswer(Text("Sinh con hoặc kết hôn", "A child or a marriage"), procedures=(BIRTH, MARRIAGE)),
                ),
            ),
        ),
        now=now,
    )


def places_reply() -> PlacesReply:
    return PlacesReply(
        version=VERSION,
        provinces=(
            Province(
                "01", "Thành phố Hà Nội", (Commune("00004", "Phường Ba Đình"), Commune("00008", "Phường Ngọc Hà"))
            ),
            Province("15", "Tỉnh Lào Cai", (Commune("02671", "Phường Cam Đường"), Commune("02680", "Xã Cốc San"))),
        ),
        home="15",
    )


def _local(vi: str, en: str) -> LocalText:
    return LocalText(vi=vi, en=en)


def _birth(now: datetime) -> Procedure:
    return Procedure(
        code=BIRTH,
        version=date(2025, 7, 1),
        name=_local("Đăng ký khai sinh", "Registration of a birth"),
        summary=_local("Ghi việc sinh của con vào sổ hộ tịch.", "A child's birth is entered in the civil register."),
        who=(_local("Cha hoặc mẹ", "Father or mother"),),
        group="ho-tich",
        service=BIRTH,
        papers=(
            Paper("giay-chung-sinh", Text("Giấy chứng sinh", "Certificate of birth"), digitise=True),
            Paper("can-cuoc", Text("Căn cước của cha, mẹ", "The parents' identity cards"), digitise=False, shown=True),
            Paper("ket-hon", Text("Giấy chứng nhận kết hôn", "Marriage certificate"), required=False, valid_days=3650),
        ),
        fee=_local("Miễn lệ phí khi đăng ký đúng hạn", "Free when on time"),
        fee_lines=(FeeLine(name=_local("Đúng hạn", "On time"), amount=0),),
        duration=_local("Trong ngày; nộp sau 15 giờ thì ngày hôm sau", "Same day; next day if filed after 15:00"),
        due_at=now + timedelta(hours=6),
        outcome=Outcome.DOSSIER,
        life_events=("birth",),
        keywords=("giấy khai sinh", "làm khai sinh"),
        form=birth_form(),
    )


def _marriage(now: datetime) -> Procedure:
    form = birth_form()
    return Procedure(
        code=MARRIAGE,
        version=date(2025, 7, 1),
        name=_local("Đăng ký kết hôn", "Registration of a marriage"),
        summary=_local("Hai người cùng có mặt.", "Both must be present."),
        group="ho-tich",
        service=MARRIAGE,
        papers=(Paper("can-cuoc", Text("Căn cước của hai bên", "Both identity cards"), digitise=False, shown=True),),
        duration=_local("Trong ngày", "Same day"),
        due_at=now + timedelta(hours=6),
        outcome=Outcome.PREPARED,
        life_events=("marriage",),
        form=Form(
            code="ket-hon",
            version=VERSION,
            name=Text("Tờ khai đăng ký kết hôn", "Declaration for a marriage"),
            official=form.official,
            layout="ket-hon",
            groups=form.groups[:1],
            questions=form.questions[:3],
            schema={
                "type": "object",
                "properties": {one.field: form.schema["properties"][one.field] for one in form.questions[:3]},
                "required": [one.field for one in form.questions[:3]],
            },
            owner=form.owner,
            owner_birth=form.owner_birth,
        ),
    )


def _copy() -> Procedure:
    return Procedure(
        code=COPY,
        version=date(2025, 7, 1),
        name=_local("Chứng thực bản sao từ bản chính", "Certified copies"),
        summary=_local("Bản sao được chứng thực đúng với bản chính.", "A copy is certified as true."),
        group="chung-thuc",
        service=COPY,
        papers=(Paper("ban-chinh", Text("Bản chính", "The original"), digitise=False, shown=True),),
        outcome=Outcome.GUIDANCE,
        keywords=("sao y", "photo công chứng"),
    )


def _asks(field: str, control: Control, vi: str, en: str, group: str = "declarant", **more: Any) -> Question:
    return Question(field, control, group, Text(f"{vi}?", f"{en}?"), Text(vi, en), **more)


def birth_form() -> Form:
    """Every control once; one question asked only after another's answer."""
    words = {"type": "string", "maxLength": 60}
    questions = (
        _asks("declarant_name", Control.NAME, "Họ tên", "Your name", prefill=(Prefill.CARD_NAME,)),
        _asks("declarant_id", Control.CITIZEN_ID, "Số căn cước", "Your identity number", prefill=(Prefill.CARD_ID,)),
        _asks("declarant_born", Control.DATE, "Ngày sinh", "Your birth date", prefill=(Prefill.CARD_BIRTH_DATE,)),
        _asks("phone", Control.PHONE, "Điện thoại", "Telephone", required=False),
        _asks("email", Control.EMAIL, "Thư điện tử", "E-mail", required=False),
        _asks("home", Control.COMMUNE, "Nơi cư trú", "Your home"),
        _asks("child_name", Control.NAME, "Họ tên con", "The child's name", "child"),
        _asks("child_born", Control.DATE, "Ngày sinh của con", "The child's birth date", "child"),
        _asks(
            "child_sex",
            Control.CHOICE,
            "Giới tính",
            "Sex",
            "child",
            options=(Option("male", Text("Nam", "Male")), Option("female", Text("Nữ", "Female"))),
        ),
        _asks("child_home", Control.COMMUNE, "Nơi cư trú của con", "The child's home", "child", same_as=("home",)),
        _asks("birth_province", Control.PROVINCE, "Tỉnh nơi sinh", "Province of birth", "child"),
        _asks("married", Control.YES_NO, "Cha mẹ đã kết hôn", "Are the parents married", "child"),
        _asks(
            "married_year",
            Control.YEAR,
            "Năm kết hôn",
            "Year of marriage",
            "child",
            when=(Condition("married", ("yes",)),),
        ),
        _asks("copies", Control.NUMBER, "Số bản trích lục", "Number of extracts", "child"),
        _asks("paid", Control.MONEY, "Đã nộp", "Paid already", "child", required=False),
        _asks(
            "languages",
            Control.CHOICES,
            "Ngôn ngữ bản sao",
            "Languages of the copies",
            "child",
            required=False,
            options=(Option("vi", Text("Tiếng Việt", "Vietnamese")), Option("en", Text("Tiếng Anh", "English"))),
        ),
        _asks("place", Control.TEXT, "Nơi sinh", "Place of birth", "child", required=False),
        _asks("note", Control.LONG_TEXT, "Ghi chú", "Note", "child", required=False),
        _asks("signature", Control.SIGNATURE, "Chữ ký", "Signature", "child"),
    )
    properties: dict[str, Any] = {
        "declarant_name": {**words, "format": "person-name"},
        "declarant_id": {"type": "string", "format": "citizen-id"},
        "declarant_born": {"type": "string", "format": "date"},
        "phone": {"type": "string", "format": "vn-phone"},
        "email": {"type": "string", "format": "email"},
        "home": {"type": "string", "format": "commune"},
        "child_name": {**words, "format": "person-name"},
        "child_born": {"type": "string", "format": "date"},
        "child_sex": {"type": "string", "enum": ["male", "female"]},
        "child_home": {"type": "string", "format": "commune"},
        "birth_province": {"type": "string", "format": "province"},
        "married": {"type": "boolean"},
        "married_year": {"type": "integer", "minimum": 1950, "maximum": 2100},
        "copies": {"type": "integer", "minimum": 0, "maximum": 20},
        "paid": {"type": "integer", "minimum": 0},
        "languages": {"type": "array", "items": {"enum": ["vi", "en"]}},
        "place": words,
        "note": {"type": "string", "maxLength": 300},
        "signature": {"type": "string", "format": "signature"},
    }
    return Form(
        code="khai-sinh",
        version=VERSION,
        name=Text("Tờ khai đăng ký khai sinh", "Declaration for the registration of a birth"),
        official=Text("Mẫu thử", "A form for trying out"),
        layout="khai-sinh",
        groups=(
            Group("declarant", Text("Người yêu cầu", "The person filing")),
            Group("child", Text("Người được khai sinh", "The child")),
        ),
        questions=questions,
        schema={
            "type": "object",
            "properties": properties,
            "required": [one.field for one in questions if one.required and not one.when],
        },
        rules=(Rule(RuleKind.NOT_FUTURE, "child_born"),),
        owner="declarant_id",
        owner_birth="declarant_born",
    )
