"""Every control that a form may ask with, in its states: for the pictures and the checks of what fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from kiosk.fake_services import services_reply
from kiosk.state import Equipment, Screen, State, Times
from kiosk.typing import Method
from kiosk.visit.state import Asking, CardFields, Entry, Visit
from queue_server.catalogue.places import load_places
from queue_server.contract import (
    SIGNED_AT_COUNTER,
    CatalogueReply,
    Complaint,
    ComplaintCode,
    Control,
    Form,
    Group,
    Language,
    LocalText,
    Option,
    Outcome,
    PlacesReply,
    Prefill,
    Procedure,
    Question,
    Value,
)
from queue_server.domain.text import LocalText as Text

CODE = "1.001193"
SIGNED = (
    tuple((80 + step * 9, 200 + (step * 53) % 140 - 70) for step in range(60)),
    tuple((300 + step * 12, 300 - step * 2) for step in range(40)),
)
_ETHNIC = (
    "Kinh Tày Thái Mường Khmer Hoa Nùng H’Mông Dao Gia-rai Ê-đê Ba-na Xơ-đăng Sán-Chay Cơ-ho Chăm Sán-Dìu Hrê Ra-glai"
)
ETHNIC = _ETHNIC.split()


def states(language: Language, now: datetime, *, landscape: bool, large: bool) -> Iterator[tuple[str, State]]:
    """Each control empty, filled, taken over, complained of."""
    base = State(
        language=language,
        landscape=landscape,
        large_text=large,
        reply=services_reply(now=now).model_copy(update={"self_service": True}),
        catalogue=_catalogue(now),
        places=_places(),
        equipment=Equipment(scanner=True, camera=True),
        visit=Visit(procedure=CODE, filling=CODE),
        times=Times(now=100.0, touched=100.0, answered=100.0),
    )
    yield from _typed(base)
    yield from _numbers(base)
    yield from _dates(base)
    yield from _places_asked(base)
    yield from _options(base)
    yield from _signature(base)
    yield from _reviewed(base)
    yield from _identified(base)


def _ask(state: State, field: str, text: str = "", page: int = 0, **asking: Any) -> State:
    entry = {name: asking.pop(name) for name in ("method", "shift", "signs") if name in asking}
    assert state.visit is not None
    visit = replace(
        state.visit,
        asking=Asking(field, **asking),
        entry=Entry(text=text, **entry),
    )
    return replace(state, screen=Screen.QUESTION, visit=visit, page=page)


def _wrong(field: str, code: ComplaintCode, **more: object) -> dict[str, Any]:
    return {"complaint": Complaint(field, code, **more)}  # type: ignore[arg-type]


def _typed(base: State) -> Iterator[tuple[str, State]]:
    yield "question-name-empty", _ask(base, "child_name", shift=True)
    yield "question-name", _ask(base, "child_name", "NGUYỄN THỊ HƯƠNG", shift=True)
    yield "question-name-vni", _ask(base, "child_name", "Nguyễn Thị Hư", method=Method.VNI)
    longest = "Công Tằng Tôn Nữ Hoàng Phương Nguyễn Phúc Thị Ngọc Bảo Châu"
    yield "question-name-longest", _ask(base, "child_name", longest)
    wrong = _wrong("child_name", ComplaintCode.NOT_A_NAME)
    yield "question-name-wrong", _ask(base, "child_name", "Hương 3", **wrong)
    yield "question-name-proposed", _ask(base, "filer_name", "NGUYỄN VĂN BÌNH", proposed=True)
    offered = replace(base, visit=replace(base.visit or Visit(), answers=_answers()))
    yield "question-text-same", _ask(offered, "home_street", "Tổ 3, Thôn Đồng Tâm", signs=True)
    note = "Tôi xin đăng ký khai sinh cho cháu vì cha mẹ cháu đang đi làm xa, " * 3
    yield "question-long-text", _ask(base, "reason", note.strip())
    yield "question-long-text-empty", _ask(base, "reason")
    yield "question-email", _ask(base, "mail", "ten@example.v", method=Method.PLAIN)
    yield "question-email-empty", _ask(base, "mail", method=Method.PLAIN)


def _numbers(base: State) -> Iterator[tuple[str, State]]:
    plain: dict[str, Any] = {"method": Method.PLAIN}
    yield "question-id-empty", _ask(base, "filer_id", **plain)
    yield "question-id", _ask(base, "filer_id", "001085012", **plain)
    yield "question-id-proposed", _ask(base, "filer_id", "001085012345", proposed=True, **plain)
    wrong = _wrong("filer_id", ComplaintCode.NOT_A_CITIZEN_ID)
    yield "question-id-wrong", _ask(base, "filer_id", "00108", **plain, **wrong)
    yield "question-phone", _ask(base, "phone", "0912345678", **plain)
    yield "question-money", _ask(base, "money", "2000000", **plain)
    yield "question-number", _ask(base, "copies", "3", **plain)


def _dates(base: State) -> Iterator[tuple[str, State]]:
    yield "question-date-empty", _ask(base, "child_birth_date")
    yield "question-date", _ask(base, "child_birth_date", parts=(5, 3, 2024))
    yield "question-date-old", _ask(base, "mother_birth_date", parts=(28, 12, 1956), proposed=True)
    wrong = _wrong("child_birth_date", ComplaintCode.NOT_A_DATE)
    yield "question-date-wrong", _ask(base, "child_birth_date", parts=(31, 2, 2024), **wrong)
    yield "question-date-typing", _ask(base, "child_birth_date", "20", parts=(5, 3, 20), figures=2)


def _places_asked(base: State) -> Iterator[tuple[str, State]]:
    yield "question-province", _ask(base, "birth_province")
    yield "question-province-last", _ask(base, "birth_province", page=2)
    yield "question-commune-provinces", _ask(base, "home_commune")
    yield "question-commune", _ask(base, "home_commune", province="01")
    yield "question-commune-next", _ask(base, "home_commune", province="01", page=3)
    yield "question-commune-typed", _ask(base, "home_commune", "van mieu", province="01")
    yield "question-commune-none", _ask(base, "home_commune", "xyz", province="01")
    hanoi = next(one for one in _places().provinces if one.code == "01")
    code = max(hanoi.communes, key=lambda one: len(one.name)).code
    yield "question-commune-picked", _ask(base, "home_commune", province="01", picked=(code,))
    filled = replace(base, visit=replace(base.visit or Visit(), answers=_answers()))
    yield "question-commune-same", _ask(filled, "father_commune")


def _options(base: State) -> Iterator[tuple[str, State]]:
    yield "question-yes-no", _ask(base, "married")
    yield "question-yes-no-picked", _ask(base, "married", picked=("yes",))
    yield "question-choice", _ask(base, "sex")
    yield "question-choice-picked", _ask(base, "relation", picked=("mother",))
    yield "question-choice-long", _ask(base, "marital", picked=("widowed",))
    wrong = _wrong("sex", ComplaintCode.MISSING)
    yield "question-choice-wrong", _ask(base, "sex", **wrong)
    yield "question-choice-list", _ask(base, "ethnic", picked=("e4",))
    yield "question-choices", _ask(base, "copies_of", picked=("extract", "original"))


def _signature(base: State) -> Iterator[tuple[str, State]]:
    yield "question-signature-empty", _ask(base, "signature")
    yield "question-signature-later", _ask(base, "signature", picked=(SIGNED_AT_COUNTER,))
    yield "question-signature", _ask(base, "signature", strokes=SIGNED)
    yield "question-signature-wrong", _ask(base, "signature", **_wrong("signature", ComplaintCode.NOT_SIGNED))


def _reviewed(base: State) -> Iterator[tuple[str, State]]:
    filled = replace(base, screen=Screen.REVIEW, visit=replace(base.visit or Visit(), answers=_answers()))
    for page in range(5):
        yield f"review-{page}", replace(filled, page=page)
    assert filled.visit is not None
    yield "review-renewed", replace(filled, visit=replace(filled.visit, renewed=True))


def _identified(base: State) -> Iterator[tuple[str, State]]:
    here = replace(base, screen=Screen.IDENTIFY)
    yield "identify", here
    assert here.visit is not None
    for problem in ("not-a-card", "letters-lost", "disagrees"):
        yield f"identify-{problem}", replace(here, visit=replace(here.visit, scan_problem=problem))
    card = CardFields(
        id="001056012345",
        name="NGUYỄN THỊ HƯƠNG",
        birth_year=1953,
        birth_date=date(1953, 12, 28),
        sex="Nữ",
        address="Thôn Đồng Tâm, Xã Ngọc Sơn",
        issued=date(2021, 5, 1),
    )
    read = replace(here.visit, card=card)
    yield "identify-found", replace(here, visit=read)
    elderly = replace(read, age_priority="elderly")
    yield "identify-found-elderly", replace(here, visit=elderly)
    yield "identify-found-wrong", replace(here, visit=replace(elderly, scan_problem="not-a-card"))
    yield "priority-aged", replace(here, visit=elderly, screen=Screen.PRIORITY)


# --- the form ------------------------------------------------------------------------------------------------------


@cache
def _places() -> PlacesReply:
    return PlacesReply(version="1", provinces=load_places().provinces, home="15")


def _answers() -> dict[str, Value]:
    hanoi = next(one for one in _places().provinces if one.code == "01")
    path = " ".join("M" + " L".join(f"{x} {y}" for x, y in stroke) for stroke in SIGNED)
    return {
        "child_name": "Nguyễn Bảo Châu",
        "child_birth_date": "2024-03-05",
        "sex": "female",
        "filer_name": "NGUYỄN VĂN BÌNH",
        "filer_id": "001085012345",
        "phone": "0912345678",
        "mail": "binh@example.vn",
        "relation": "mother",
        "mother_birth_date": "1996-12-28",
        "birth_province": "01",
        "home_commune": hanoi.communes[0].code,
        "home_street": "Tổ 3, Thôn Đồng Tâm",
        "married": "yes",
        "copies_of": ["extract", "original"],
        "copies": 3,
        "money": 2000000,
        "reason": "Cha mẹ cháu đang đi làm xa, ông bà đi đăng ký khai sinh cho cháu theo ủy quyền của cha mẹ",
        "signature": path,
    }


def _option(code: str, vi: str, en: str, note: Text | None = None) -> Option:
    return Option(code, Text(vi, en), note)


def _question(field: str, control: Control, group: str, vi: str, en: str, **more: object) -> Question:
    short = more.pop("short", Text(vi.rstrip("?"), en.rstrip("?")))
    return Question(field, control, group, Text(vi, en), short, **more)  # type: ignore[arg-type]


def _questions() -> tuple[Question, ...]:
    ask, control = _question, Control
    street = "Số nhà, đường, thôn hoặc tổ"
    return (
        ask(
            "child_name",
            control.NAME,
            "child",
            "Họ, chữ đệm và tên của cháu là gì?",
            "What is the child's full name?",
            short=Text("Họ tên trẻ", "Child's name"),
            help=Text("Viết đủ dấu, như sẽ ghi trong giấy khai sinh.", "With all marks, as on the certificate to be."),
        ),
        ask("child_birth_date", control.DATE, "child", "Cháu sinh ngày nào?", "When was the child born?"),
        ask(
            "sex",
            control.CHOICE,
            "child",
            "Cháu là nam hay nữ?",
            "Is it a boy or a girl?",
            options=(_option("male", "Nam", "Male"), _option("female", "Nữ", "Female")),
        ),
        ask(
            "birth_province",
            control.PROVINCE,
            "child",
            "Cháu sinh ở tỉnh, thành phố nào?",
            "In which province was the child born?",
            short=Text("Nơi sinh", "Place of birth"),
        ),
        ask(
            "ethnic",
            control.CHOICE,
            "child",
            "Dân tộc của cháu?",
            "Which ethnic group?",
            options=tuple(_option(f"e{place}", name, name) for place, name in enumerate(ETHNIC)),
        ),
        ask(
            "filer_name",
            control.NAME,
            "filer",
            "Họ, chữ đệm và tên của Quý vị?",
            "What is your full name?",
            prefill=(Prefill.CARD_NAME,),
            short=Text("Họ tên người yêu cầu", "Your name"),
        ),
        ask(
            "filer_id",
            control.CITIZEN_ID,
            "filer",
            "Số định danh cá nhân của Quý vị?",
            "What is your identity number?",
            short=Text("Số định danh", "Identity number"),
            help=Text("Mười hai chữ số trên thẻ căn cước.", "The twelve digits on your identity card."),
        ),
        ask(
            "relation",
            control.CHOICE,
            "filer",
            "Quý vị là gì của cháu?",
            "How are you related to the child?",
            options=(
                _option("father", "Cha", "Father"),
                _option("mother", "Mẹ", "Mother"),
                _option("grandparent", "Ông, bà", "Grandparent"),
                _option(
                    "other",
                    "Người khác",
                    "Somebody else",
                    Text("Cần văn bản ủy quyền của cha hoặc mẹ", "Needs the parents' written authority"),
                ),
            ),
        ),
        ask(
            "phone",
            control.PHONE,
            "filer",
            "Số điện thoại của Quý vị?",
            "What is your telephone number?",
            required=False,
            short=Text("Điện thoại", "Telephone"),
        ),
        ask(
            "mail",
            control.EMAIL,
            "filer",
            "Thư điện tử của Quý vị?",
            "What is your e-mail address?",
            required=False,
            short=Text("Thư điện tử", "E-mail"),
        ),
        ask(
            "mother_birth_date",
            control.DATE,
            "parents",
            "Mẹ cháu sinh ngày nào?",
            "When was the mother born?",
            prefill=(Prefill.CARD_BIRTH_DATE,),
        ),
        ask(
            "home_commune",
            control.COMMUNE,
            "parents",
            "Mẹ cháu đăng ký thường trú ở xã, phường nào?",
            "In which commune is the mother registered?",
            short=Text("Nơi cư trú của mẹ", "Mother's commune"),
        ),
        ask(
            "home_street",
            control.TEXT,
            "parents",
            f"{street} nơi mẹ cháu ở?",
            "At which house, street or hamlet does the mother live?",
            required=False,
            same_as=("reason",),
            short=Text("Địa chỉ của mẹ", "Mother's address"),
        ),
        ask(
            "father_commune",
            control.COMMUNE,
            "parents",
            "Cha cháu đăng ký thường trú ở xã, phường nào?",
            "In which commune is the father registered?",
            same_as=("home_commune",),
            required=False,
            short=Text("Nơi cư trú của cha", "Father's commune"),
        ),
        ask(
            "married",
            control.YES_NO,
            "parents",
            "Cha mẹ cháu đã đăng ký kết hôn chưa?",
            "Are the parents married to each other?",
            short=Text("Đã đăng ký kết hôn", "Parents married"),
        ),
        ask(
            "marital",
            control.CHOICE,
            "parents",
            "Tình trạng hôn nhân của người khai hiện nay như thế nào?",
            "What is the marital status of the person filing today?",
            options=(
                _option("single", "Chưa đăng ký kết hôn với ai", "Never married"),
                _option("married", "Đang có vợ hoặc chồng", "Married"),
                _option("divorced", "Đã ly hôn, chưa kết hôn lại", "Divorced, not married again"),
                _option("widowed", "Vợ hoặc chồng đã chết, chưa kết hôn lại", "Widowed, not married again"),
                _option("abroad", "Kết hôn ở nước ngoài, chưa ghi chú", "Married abroad, not yet entered"),
                _option("other", "Trường hợp khác", "Something else"),
            ),
        ),
        ask(
            "copies_of",
            control.CHOICES,
            "result",
            "Quý vị cần những giấy nào?",
            "Which papers do you need?",
            options=(
                _option("original", "Giấy khai sinh bản chính", "The birth certificate"),
                _option("extract", "Trích lục bản sao", "A certified extract"),
                _option("number", "Giấy báo số định danh", "The notice of the identity number"),
            ),
        ),
        ask("copies", control.NUMBER, "result", "Quý vị cần mấy bản sao?", "How many copies do you need?"),
        ask(
            "money",
            control.MONEY,
            "result",
            "Giá trị tài sản trong hợp đồng là bao nhiêu?",
            "What is the property in the contract worth?",
        ),
        ask(
            "reason",
            control.LONG_TEXT,
            "result",
            "Có điều gì Quý vị muốn nói thêm với cán bộ không?",
            "Is there anything else you want to tell the clerk?",
            required=False,
            short=Text("Nói thêm", "More to say"),
        ),
        ask(
            "signature",
            control.SIGNATURE,
            "result",
            "Xin Quý vị ký tên",
            "Please sign your name",
            help=Text("Ký bằng ngón tay vào ô bên dưới.", "Sign with your finger in the box below."),
            short=Text("Chữ ký", "Signature"),
        ),
    )


@cache
def _catalogue(now: datetime) -> CatalogueReply:
    names = {
        "child": Text("Trẻ được khai sinh", "The child"),
        "filer": Text("Người yêu cầu", "The person filing"),
        "parents": Text("Cha và mẹ", "The parents"),
        "result": Text("Kết quả", "The result"),
    }
    groups = tuple(Group(code, name) for code, name in names.items())
    text = Text("Tờ khai đăng ký khai sinh", "Declaration of a birth")
    form = Form("khai-sinh", "2025-07-01", text, text, "khai-sinh", groups, _questions(), {"type": "object"})
    name = LocalText(vi="Đăng ký khai sinh", en="Birth registration")
    filed = Procedure(
        code=CODE,
        version=date(2025, 7, 1),
        name=name,
        summary=name,
        group="ho-tich",
        service=CODE,
        outcome=Outcome.DOSSIER,
        form=form,
    )
    return CatalogueReply(version="1", procedures=(filed,), life_events=(), guide=(), now=now)
