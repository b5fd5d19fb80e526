"""The forms 01 to 07: size, content, a QR code that a telephone reads, whatever stands in them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from queue_server.documents import Applicant, FormFacts, OfficialNumber, PaperLine, official_form, official_pages
from queue_server.documents.printable import printable
from tests.faults import runs

from .dossier import FACTS
from .filled import FACTS as DECLARED
from .pdf_reading import fonts_not_embedded, marks, pages_of, sizes_mm, squeezed, text_of

EMPTY = FormFacts("UBND xã Ngọc Sơn", "Bộ phận Một cửa", DECLARED.made_at)
SAYS = {
    "01": (
        "giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "09 giờ 30 phút",
        "16 giờ 30 phút",
        "15.000 đồng",
        "3 ngày làm việc",
    ),
    "02": ("bổ sung, hoàn thiện", "Giấy ủy quyền có chứng thực", "1022"),
    "03": ("từ chối tiếp nhận", "Cần xác minh"),
    "04": ("xin lỗi", "Cần xác minh", "ngày 13 tháng 01 năm 2026"),
    "05": ("dừng giải quyết hồ sơ", "Cần xác minh"),
    "06": ("kiểm soát quá trình", "Công chức hộ tịch", "đúng hạn"),
    "07": ("sổ theo dõi hồ sơ", "000.00.12.H62-260105-0023"),
}


@pytest.mark.parametrize("number", list(OfficialNumber))
def test_says_what_the_circular_wants(number: OfficialNumber) -> None:
    pdf = official_form(number, FACTS)
    read = text_of(pdf)
    for words in (*SAYS[number], FACTS.agency, FACTS.applicant.name, FACTS.procedure):
        assert squeezed(words) in read, words
    if number is not OfficialNumber.REGISTER:
        assert squeezed(FACTS.code) in read
    assert sizes_mm(pdf) == ({(297, 210)} if number is OfficialNumber.REGISTER else {(148, 210)})
    assert pages_of(pdf) == (2 if number is OfficialNumber.REGISTER else 1)
    assert fonts_not_embedded(pdf) == []
    assert marks(pdf)[1:] == ("vi-VN", "2B")


@pytest.mark.parametrize("number", list(OfficialNumber))
def test_what_is_not_known_is_left_to_be_written_by_hand(number: OfficialNumber) -> None:
    assert "none" not in text_of(official_form(number, EMPTY))


def test_the_receipt_is_followed_by_a_telephone() -> None:
    (page,) = official_pages("01", FACTS)
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(page)))
    assert found.text == FACTS.qr


def test_papers_stand_in_their_order() -> None:
    read = text_of(official_form("01", FACTS))
    places = [read.index(squeezed(paper.name), read.index(squeezed("Thành phần hồ sơ"))) for paper in FACTS.papers]
    assert places == sorted(places)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert official_form("01", FACTS) == official_form("01", FACTS)


def test_other_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="08"):
        official_form("08", FACTS)


@settings(max_examples=runs(8, 200), deadline=None)
@given(
    number=st.sampled_from(OfficialNumber),
    text=st.text(max_size=300),
    qr=st.one_of(st.text(max_size=60), st.just("x" * 10_000)),
)
def test_any_text_is_drawn(number: OfficialNumber, text: str, qr: str) -> None:
    person = Applicant(text[:60], text[:12], text, text[:20], text[:60])
    facts = replace(
        FACTS,
        applicant=person,
        reason=text,
        missing=(text, '#panic("x")'),
        papers=(PaperLine(text, 2, text),),
        qr=qr,
        rows=FACTS.rows[:2],
    )
    read = text_of(official_form(number, facts))
    if printable(text) == "" and number is OfficialNumber.SUPPLEMENT:
        assert squeezed('#panic("x")') in read


def test_facts_do_not_show_people() -> None:
    assert FACTS.applicant.name not in repr(FACTS) + repr(FACTS.applicant) + repr(FACTS.rows)
