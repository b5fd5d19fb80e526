"""The wire models as the pages' tests want them: a believable hall, with long names, changed where a test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hardware.advice import explain
from hardware.health import severity
from queue_server.contract import (
    CounterState,
    CounterTicket,
    CounterView,
    DeviceChange,
    DevicesReply,
    DeviceView,
    Hall,
    HallView,
    Kind,
    LocalText,
    Opening,
    OpeningReason,
    PriorityCategory,
    QueueView,
    RatingLevel,
    Role,
    TicketState,
    TrackView,
)


def text(vi: str, en: str) -> LocalText:
    return LocalText(vi=vi, en=en)


HALL = Hall(
    agency=text("Ủy ban nhân dân phường Hòa Cường Bắc", "People's Committee of Hòa Cường Bắc Ward"),
    name=text("Trung tâm Phục vụ hành chính công", "Public Administration Service Centre"),
    timezone="Asia/Ho_Chi_Minh",
)
SCALE = (
    RatingLevel(code="very-satisfied", name=text("Rất hài lòng", "Very satisfied"), value=4),
    RatingLevel(code="satisfied", name=text("Hài lòng", "Satisfied"), value=3),
    RatingLevel(code="neutral", name=text("Bình thường", "Neutral"), value=2),
    RatingLevel(code="dissatisfied", name=text("Không hài lòng", "Dissatisfied"), value=1),
)
SERVICES = {
    "copy": text("Chứng thực bản sao từ bản chính", "Certified copies of originals"),
    "birth": text("Đăng ký khai sinh", "Birth registration"),
    "marriage": text("Đăng ký kết hôn", "Marriage registration"),
    "status": text(
        "Cấp giấy xác nhận tình trạng hôn nhân và trích lục hộ tịch",
        "Certificate of marital status and civil status extracts",
    ),
    "residence": text("Đăng ký thường trú, tạm trú", "Permanent and temporary residence"),
    "business": text("Đăng ký thành lập hộ kinh doanh", "Household business registration"),
}
PRIORITIES = (
    PriorityCategory(
        code="elderly",
        name=text("Người cao tuổi (từ 60 tuổi)", "Elderly (60 and over)"),
        proof=text("Căn cước", "Identity card"),
        min_age=60,
    ),
    PriorityCategory(code="pregnant", name=text("Phụ nữ mang thai", "Pregnant women")),
    PriorityCategory(
        code="disability",
        name=text("Người khuyết tật", "People with disabilities"),
        proof=text("Giấy xác nhận khuyết tật", "Disability certificate"),
    ),
    PriorityCategory(
        code="merit",
        name=text("Người có công với cách mạng", "People of merit"),
        proof=text("Giấy chứng nhận", "Certificate"),
    ),
    PriorityCategory(code="child", name=text("Người đi cùng trẻ nhỏ", "With a small child")),
)


def now() -> datetime:
    return datetime.now(UTC)


def ticket(number: str = "A-014", state: str = "called", **changes: Any) -> CounterTicket:
    at = now()
    base = {
        "id": 114,
        "number": number,
        "service": "copy",
        "service_name": SERVICES["copy"],
        "priority": None,
        "priority_name": None,
        "state": TicketState(state),
        "waited_s": 8 * 60,
        "target_s": 15 * 60,
        "queued_at": at - timedelta(minutes=9),
        "called_at": at - timedelta(seconds=48),
        "started_at": at - timedelta(minutes=4, seconds=12) if state == "serving" else None,
        "recalls": 0,
        "no_show_offered": False,
        "then": (),
        "reason": None,
    }
    return CounterTicket(**(base | changes))


def queue(code: str, waiting: int, longest_s: int = 0, over: int = 0) -> QueueView:
    return QueueView(
        service=code,
        name=SERVICES[code],
        waiting=waiting,
        longest_s=longest_s,
        target_s=15 * 60,
        over_target=over,
    )


def counter(number: int = 3, **changes: Any) -> CounterView:
    queues = (
        queue("copy", 5, 9 * 60),
        queue("birth", 3, 17 * 60, 1),
        queue("status", 2, 13 * 60),
        queue("marriage", 0),
    )
    base = {
        "id": number,
        "name": text(f"Quầy {number}", f"Counter {number}"),
        "state": CounterState.OPEN,
        "pause_reason": None,
        "holder": "Nguyễn Thị Hương",
        "mine": True,
        "ticket": None,
        "parked": (),
        "missed": (),
        "queues": queues,
        "waiting": sum(each.waiting for each in queues),
        "served_today": 27,
        "now": now(),
    }
    return CounterView(**(base | changes))


def overview() -> HallView:
    at = now()
    serving = ticket("A-021", "serving", service="birth", service_name=SERVICES["birth"])
    first = ticket("B-007", "called", service="status", service_name=SERVICES["status"], priority="elderly")
    counters = (
        counter(1, holder="Lê Hoàng Nam", ticket=serving, served_today=31),
        counter(2, holder="Phạm Thị Thanh Thảo", ticket=first, served_today=18),
        counter(3, served_today=27),
        counter(4, holder="Đặng Nguyễn Phương Quỳnh", state="paused", pause_reason="Ăn trưa", served_today=22),
        counter(5, holder=None, state="closed", served_today=0),
        counter(6, holder=None, state="closed", served_today=9),
    )
    return HallView(
        hall=HALL,
        opening=Opening(issuing=True, reason=OpeningReason.OPEN, closes_at=at + timedelta(hours=2)),
        counters=counters,
        queues=(
            queue("copy", 5, 540),
            queue("birth", 3, 1020, 1),
            queue("status", 2, 780),
            queue("marriage", 0),
            queue("residence", 4, 300),
        ),
        waiting=14,
        served_today=107,
        no_show_today=4,
        mean_wait_s=11 * 60 + 20,
        over_target_today=9,
        ratings_today={"very-satisfied": 41, "satisfied": 22, "neutral": 5, "dissatisfied": 1},
        devices=troubled()[1:],
        now=at,
    )


def device(part: str, state: str, kind: Kind, name: str = "kiosk-1", **changes: Any) -> DeviceView:
    """A device that has been in `state` for ten minutes."""
    both = [explain(state, kind, language) for language in ("vi", "en")]
    base = {
        "name": name,
        "role": Role.KIOSK if kind is Kind.KIOSK else Role.AGENT,
        "part": part,
        "kind": kind,
        "counter": None,
        "state": state,
        "severity": severity(state),
        "detail": "",
        "since": now() - timedelta(minutes=10),
        "at": now(),
        "what": text(*(each.what for each in both)),
        "do": text(*(each.do for each in both)),
    }
    return DeviceView(**(base | changes))


def troubled() -> tuple[DeviceView, ...]:
    """One of each severity, one of them for too long."""
    out = text("Máy in đã hết giấy.", "The printer is out of paper.")
    return (
        device("led-3", "silent", Kind.DISPLAY, "quay-3", counter=3, alert=True, detail="led+serial:///dev/ttyUSB0"),
        device("printer", "paper-out", Kind.PRINTER, detail="escpos+usb://04b8:0e15 reports no paper"),
        device("cam", "dark", Kind.CAMERA, "quay-3"),
        device("led-4", "unknown", Kind.DISPLAY, "quay-4", counter=4),
        device(
            "printer",
            "ready",
            Kind.PRINTER,
            "kiosk-2",
            last_error="paper-out",
            last_error_what=out,
            last_error_at=now() - timedelta(days=3),
        ),
        device("kiosk-2", "ready", Kind.KIOSK, "kiosk-2"),
    )


def devices(shown: tuple[DeviceView, ...] | None = None) -> DevicesReply:
    shown = troubled() if shown is None else shown
    changes = tuple(
        DeviceChange(
            name=each.name,
            part=each.part,
            kind=each.kind,
            state=each.state,
            severity=each.severity,
            detail=each.detail,
            at=each.since,
            what=each.what,
        )
        for each in shown
    )
    return DevicesReply(devices=shown, changes=changes, alert_after_s=300, silent_after_s=180, now=now())


def tracked(state: str = "waiting", **changes: Any) -> TrackView:
    base = {
        "number": "A-014",
        "service_name": SERVICES["copy"],
        "state": TicketState(state),
        "ahead": 4 if state == "waiting" else None,
        "wait_low_s": 600 if state == "waiting" else None,
        "wait_high_s": 900 if state == "waiting" else None,
        "counter_name": None if state == "waiting" else text("Quầy 3", "Counter 3"),
        "issued_at": now() - timedelta(minutes=12),
        "called_at": None if state == "waiting" else now(),
        "rateable": state == "finished",
        "rating": None,
        "scale": SCALE,
        "hall": HALL,
        "now": now(),
    }
    return TrackView(**(base | changes))
