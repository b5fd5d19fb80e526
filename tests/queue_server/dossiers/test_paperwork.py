"""The papers that go with a dossier are drawn from what it holds, by the built-in catalogue."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.domain.calendar import Hours
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.hall import Kiosk
from queue_server.domain.text import LocalText
from queue_server.service.dossiers.paperwork import addressee_of
from queue_server.store import access
from tests.faults.test_filing_cuts import request as filing
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import CATALOGUE, NAME, OWNER, PLACES
from tests.queue_server.small_hall import SMALL_HALL


@pytest.fixture
def drawing(tmp_path: Path) -> Iterator[FilingHouse]:
    """The small catalogue, its form laid out as the simplest that can be drawn."""
    layouts = load_catalogue().layouts
    (form,) = CATALOGUE.forms.values()
    layout = next(iter(layouts.values()))
    catalogue: Catalogue = replace(CATALOGUE, layouts={form.layout: layout})
    with FilingHouse(tmp_path / "data", catalogue=catalogue, places=PLACES) as hall:
        yield hall


def words(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u200b", "").split())


def test_each_form_is_made_when_there_is_something_to_tell(drawing: FilingHouse) -> None:
    def made(number: str) -> str | int:
        answer = drawing.get(f"/dossiers/1/forms/{number}", drawing.clerk)
        return words(answer.content) if answer.status_code == 200 else answer.json()["code"]

    receipt = drawing.filed(drawing.captured())
    slip = made("01")
    for said in (receipt["code"], NAME, OWNER, "Thủ tục 1.001"):
        assert said in str(slip), said
    assert [made(number) for number in ("02", "03", "04", "05")] == ["form-not-made"] * 4
    drawing.worked(1, "supplement-requested", reason="Giấy chứng sinh bản chính\nẢnh 4x6")
    assert str(made("02")).count("Ảnh 4x6") == 1, "what to bring is said once"
    drawing.worked(1, "supplemented")
    drawing.worked(1, "received", papers=["GCS"])
    drawing.worked(1, "extended", reason="Cần xác minh nơi cư trú.", new_due="2026-12-30")
    apology = str(made("04"))
    assert "Cần xác minh nơi cư trú." in apology
    assert ".." not in apology.replace("..........", "").partition("Kính gửi")[2]
    assert apology.casefold().index(drawing.hall.agency.vi.casefold()) < apology.index("Số:")
    assert drawing.hall.name.vi.casefold() not in apology.casefold(), "the agency itself apologises"
    drawing.worked(1, "withdrawn", reason="Theo đề nghị")
    assert "Theo đề nghị" in str(made("05"))
    assert receipt["code"] in str(made("06"))
    assert NAME in str(made("07"))
    assert drawing.get("/dossiers/1/forms/08", drawing.clerk).status_code == 422


def form_01(drawing: FilingHouse) -> str:
    return words(drawing.get("/dossiers/1/forms/01", drawing.clerk).content)


@pytest.mark.parametrize("named", [True, False])
def test_who_files_alone_reads_so_on_the_receipt_until_a_clerk_has_received_it(
    drawing: FilingHouse, named: bool
) -> None:
    names = {"kiosk-1": LocalText("Kiosk cửa chính", "Kiosk at the main door")} if named else {}
    drawing.hall = replace(drawing.hall, kiosk=Kiosk(names=names))
    session = drawing.session("canbo1", "clerk")
    drawing.db.submit(lambda tx: access.name_account(tx.sql, "canbo1", "Trần Thị Ngọc Lan")).result()
    drawing.filed(drawing.captured())
    alone = form_01(drawing)
    assert "kiosk-1" not in alone
    assert ("Quý vị tự nộp tại Kiosk cửa chính" if named else "Quý vị tự nộp tại kiosk") in alone
    assert "Thời gian nộp tại kiosk" in alone
    control = words(drawing.get("/dossiers/1/forms/06", drawing.clerk).content)
    assert "kiosk-1" not in control
    received = {"act": "received", "papers": ["GCS"]}
    assert drawing.post("/dossiers/1/act", None, received, session=session).status_code == 200
    by_clerk = form_01(drawing)
    assert "tự nộp" not in by_clerk
    assert "Trần Thị Ngọc Lan" in by_clerk
    drawing.worked(1, "extended", reason="Cần xác minh", new_due="2026-12-30")
    assert "Trần Thị Ngọc Lan" in form_01(drawing), "who received it, not who worked on it last"
    assert "Trần Thị Ngọc Lan" in words(drawing.get("/dossiers/1/forms/06", drawing.clerk).content)
    assert "canbo1" not in form_01(drawing) + words(drawing.get("/dossiers/1/forms/06", drawing.clerk).content)


def test_what_is_handed_in_used_again_and_still_to_be_shown_stand_apart(drawing: FilingHouse) -> None:
    drawing.filed(drawing.captured())
    slip = form_01(drawing)
    handed, _, owed = slip.partition("mang đến quầy")
    procedure = drawing.look(1)["papers"]
    by_type = {paper["type"]: paper["type_name"]["vi"] for paper in procedure if not paper["left_out"]}
    assert by_type["GCS"] in handed.partition("hồ sơ nộp gồm")[2]
    assert by_type["CCCD"] not in handed.partition("hồ sơ nộp gồm")[2]
    assert by_type["CCCD"] in owed
    drawing.worked(1, "received", papers=["GCS", "CCCD"])
    received = form_01(drawing)
    assert "mang đến quầy" not in received
    assert by_type["CCCD"] in received.partition("xuất trình")[2]
    drawing.later(days=1)
    drawing.filed({"type": "GCS", "source": "held"})
    again = words(drawing.get("/dossiers/2/forms/01", drawing.clerk).content)
    assert by_type["GCS"] in again.partition("được dùng lại")[2]
    assert by_type["GCS"] not in again.partition("được dùng lại")[0]


def test_the_register_marks_what_was_refused_and_taken_back(drawing: FilingHouse) -> None:
    drawing.filed(drawing.captured())
    drawing.filed(drawing.captured(shade=90))
    drawing.worked(1, "refused", reason="Không thuộc thẩm quyền")
    drawing.worked(2, "withdrawn", reason="Nộp nhầm")
    register = words(drawing.get("/dossiers/1/forms/07", drawing.clerk).content)
    assert "Đã từ chối" in register
    assert "Đã rút" in register


def test_a_draft_has_no_receipt_yet(drawing: FilingHouse) -> None:
    drawing.filed(procedure="1.002")
    assert drawing.get("/dossiers/1/forms/01", drawing.clerk).json()["code"] == "form-not-made"


def test_the_declaration_that_is_read_before_filing_is_the_one_that_is_kept(tmp_path: Path) -> None:
    closed = replace(SMALL_HALL, hours=Hours(week=((),) * 7))
    with FilingHouse(tmp_path / "data", hall=closed, catalogue=load_catalogue(), places=load_places()) as hall:
        wanted = filing(3)
        draft = {each: wanted[each] for each in ("procedure", "form_version", "answers", "owner")}
        shown = hall.post("/dossiers/declaration", hall.kiosk, draft).json()
        (page,) = shown["pages"]
        with Image.open(io.BytesIO(base64.b64decode(page))) as picture:
            assert picture.format == "PNG"
        assert shown["fee"] == 2 * (2 * 2000 + 2 * 1000)
        assert hall.rows("SELECT COUNT(*) FROM dossier") == [(0,)]
        wanted["papers"] = []
        receipt = hall.post("/dossiers", hall.kiosk, wanted, key="key-00001").json()
        hall.worked(1, "received", papers=[each["type"] for each in hall.look(1)["papers"]])
        assert receipt["fee"] == hall.look(1)["fee"] == shown["fee"]
        assert "12.000 đồng" in words(hall.get("/dossiers/1/forms/01", hall.clerk).content)
        kept = words(hall.get("/dossiers/1/declaration", hall.clerk).content)
        for said in (receipt["code"], NAME, OWNER, "17/05/1990"):
            assert said in kept, said


def test_a_fee_that_no_rule_decides_is_told_as_the_advice_does_and_left_for_the_clerk(tmp_path: Path) -> None:
    free = LocalText("Miễn lệ phí", "Free of charge")
    told = {
        code: tuple(replace(each, fee=free) for each in versions) for code, versions in CATALOGUE.procedures.items()
    }
    with FilingHouse(tmp_path / "data", catalogue=replace(CATALOGUE, procedures=told), places=PLACES) as hall:
        receipt = hall.filed(procedure="1.002")
        assert (receipt["fee"], receipt["fee_note"]) == (None, {"vi": free.vi, "en": free.en})
        assert hall.look(1)["fee_note"] == receipt["fee_note"]
        assert hall.filed()["fee_note"] is None, "a rule decides it"


@pytest.mark.parametrize(
    ("agency", "police"),
    [
        ("UBND XÃ NGỌC SƠN", "Công an xã Ngọc Sơn"),
        ("Ủy ban nhân dân phường Bến Nghé", "Công an phường Bến Nghé"),
        ("UBND đặc khu Phú Quốc", "Công an đặc khu Phú Quốc"),
    ],
)
def test_residence_is_declared_to_the_police_and_all_else_to_the_halls_agency(agency: str, police: str) -> None:
    hall = replace(SMALL_HALL, agency=LocalText(agency, "People's Committee"))
    addressed = {form.code: addressee_of(hall, form) for form in load_catalogue().forms.values()}
    assert addressed.pop("ct01") == police
    assert set(addressed.values()) == {agency}
