"""The manager's screen in an alert, as the pages' tests want it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from queue_server.contract import Advice, Alert, Fate, HallView, LateService, LocalText, MeasureKind, Risk
from tests.queue_server.console.views import SERVICES, now, overview, text

OPEN = text(
    "Mở Quầy 5 cho Chứng thực bản sao từ bản chính, Đăng ký khai sinh",
    "Open Counter 5 for Certified copies of originals, Birth registration",
)
LEND = text("Cho Quầy 2 nhận thêm Đăng ký khai sinh", "Let Counter 2 take Birth registration too")
LUNCH = text(
    "Lùi giờ nghỉ trưa của Quầy 3 từ 11:30-12:00 sang 12:00-12:30",
    "Move lunch at Counter 3 from 11:30-12:00 to 12:00-12:30",
)


def advice(ident: int = 1, what: LocalText = OPEN, **changes: Any) -> Advice:
    base = {
        "id": ident,
        "kind": MeasureKind.OPEN_COUNTER,
        "counter": 5,
        "services": ("copy", "birth"),
        "what": what,
        "effect": text(
            f"Dự kiến số lượt quá mức chờ trong 30 phút tới giảm từ 12 xuống {3 + ident}.",
            f"Tickets over the target in the next 30 min: {3 + ident} instead of 12.",
        ),
        "before": 12.1,
        "after": 3.0 + ident,
        "given_at": now() - timedelta(minutes=4),
        "fate": Fate.OFFERED,
    }
    return Advice(**(base | changes))


def answered(ident: int, what: LocalText, fate: Fate, **changes: Any) -> Advice:
    at = now() - timedelta(minutes=2)
    return advice(ident, what, **({"fate": fate, "answered_at": at, "by": "Trần Văn Minh"} | changes))


def risk(share: float = 0.0, over: float = 0.0, tickets: float = 34.0) -> Risk:
    services = (
        LateService(service="copy", name=SERVICES["copy"], over=over * 0.7),
        LateService(service="status", name=SERVICES["status"], over=over * 0.3),
    )
    late = services if over else ()
    return Risk(share=share, over=over, tickets=tickets, threshold=0.2, services=late, at=now())


def alerted(*given: Advice, advised: bool = True, in_force: tuple[Advice, ...] = ()) -> HallView:
    """An overview with an alert and what was `given` with it."""
    expected = risk(0.36, 12.1)
    alert = Alert(
        id=7,
        raised_at=now() - timedelta(minutes=6),
        cleared_at=None,
        share=0.3,
        over=9.0,
        services=expected.services,
        advice=given,
    )
    changes = {"risk": expected, "alert": alert, "advised": advised, "in_force": in_force}
    return overview().model_copy(update=changes)
