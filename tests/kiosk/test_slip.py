"""The texts of the paper ticket."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.fake_services import services_reply
from kiosk.slip import slip
from queue_server.contract import Language, Ticket, TicketState

MOMENT = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)


def ticket(**changes: object) -> Ticket:
    base: dict[str, object] = {
        "id": 25,
        "number": "A-025",
        "service": "1.001193",
        "priority": None,
        "state": TicketState.WAITING,
        "issued_at": MOMENT,
        "ahead": 12,
        "wait_low_s": 600,
        "wait_high_s": 1500,
        "track_url": "http://127.0.0.1:8080/t/abc",
        "queued_at": MOMENT,
    }
    return Ticket.model_validate(base | changes)


def test_the_vietnamese_ticket_says_all_that_a_ticket_says() -> None:
    made = slip(ticket(), services_reply(now=MOMENT), Language.VI)
    assert made.agency == "UBND XÃ NGỌC SƠN"
    assert made.hall == "Bộ phận Tiếp nhận và Trả kết quả (Một cửa)"
    assert made.title == "PHIẾU SỐ THỨ TỰ"
    assert made.number == "A-025"
    assert made.service == "Đăng ký khai sinh"
    assert made.lines == ("Số người chờ trước: 12", "Dự kiến chờ: 10–25 phút", "08:12  23/11/2026")
    assert made.qr == "http://127.0.0.1:8080/t/abc"
    assert made.footer == "Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!"
    assert made.priority is None


def test_the_english_ticket_names_the_priority() -> None:
    made = slip(ticket(priority="pregnant"), services_reply(now=MOMENT), Language.EN)
    assert made.priority == "Priority: Pregnant"
    assert made.service == "Birth registration"
    assert made.lines[0] == "People ahead of you: 12"


def test_what_the_server_does_not_know_is_left_out() -> None:
    unknown = ticket(ahead=None, wait_low_s=None, wait_high_s=None, service="9.999999", priority="gone")
    made = slip(unknown, services_reply(now=MOMENT), Language.VI)
    assert made.lines == ("08:12  23/11/2026",)
    assert made.service == "9.999999"
    assert made.priority is None
