"""What a citizen takes home: the texts of receipts and lists in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hardware.printers.spool import KEY
from kiosk.amounts import money
from kiosk.fake_catalogue import catalogue_reply
from kiosk.fake_services import services_reply
from kiosk.papers_out import MOST_BYTES, checklist_slip, receipt_key, receipt_slip
from kiosk.words import words
from queue_server.contract import Language, LocalText
from tests.kiosk.real_catalogue import real_catalogue
from tests.kiosk.walking import receipt, ticket

REPLY = services_reply(now=datetime(2026, 11, 23, 1, tzinfo=UTC))


def test_a_receipt_says_code_procedure_filed_due_fee_and_what_is_missing() -> None:
    missing = (LocalText(vi="Giấy chứng sinh", en="Certificate of birth"),)
    slip = receipt_slip(receipt(at_counter=missing), REPLY, Language.VI)
    assert slip.number.replace(" ", "") == "H57.132-261123-0001"
    assert (slip.title, slip.service) == ("GIẤY BIÊN NHẬN HỒ SƠ", "Đăng ký khai sinh")
    assert slip.lines == (
        "Nộp lúc: 08:00 23/11/2026",
        "Hẹn trả kết quả: 16:00 23/11/2026",
        "Phí, lệ phí: miễn phí",
        "Xin mang đến quầy:",
        "- Giấy chứng sinh",
    )
    assert slip.qr == receipt().track_url
    assert "không thay giấy tờ tùy thân" in slip.footer


def test_what_was_prepared_for_a_counter_names_the_number() -> None:
    slip = receipt_slip(receipt(ticket=ticket()), REPLY, Language.EN)
    assert slip.title == "DOSSIER PREPARED"
    assert "Your number: A-009" in slip.lines


def test_a_receipt_is_spooled_under_a_key_of_its_own() -> None:
    assert KEY.fullmatch(receipt_key(receipt()))
    long = receipt().model_copy(update={"code": "000.00.12.H62-201105-0004"})
    assert KEY.fullmatch(receipt_key(long))
    assert receipt_key(long) != receipt_key(receipt())


@pytest.mark.parametrize("language", list(Language))
def test_every_procedure_has_a_list_to_take_home_that_fits_its_code(language: Language) -> None:
    for procedure in (*real_catalogue().procedures, *catalogue_reply().procedures):
        slip = checklist_slip(procedure, REPLY, language)
        assert len([line for line in slip.lines if line.startswith("- ")]) == len(procedure.papers)
        assert slip.qr
        assert len(slip.qr.encode()) <= MOST_BYTES


def test_money_is_written_as_people_write_it() -> None:
    assert [money(words(Language.VI), amount) for amount in (0, 2000, 1250000)] == [
        "miễn phí",
        "2.000\N{NO-BREAK SPACE}đ",
        "1.250.000\N{NO-BREAK SPACE}đ",
    ]
    assert money(words(Language.EN), 20000) == "20,000\N{NO-BREAK SPACE}đ"
