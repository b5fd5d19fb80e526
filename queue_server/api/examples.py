"""One example of every body and answer for the API's description: made of the models, so that each is true."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from queue_server import contract as c

from .dossier_examples import dossier_examples

AT = datetime.fromisoformat("2026-11-23T01:05:00+00:00")
DEVICE = c.DeviceView(
    name="kiosk-1",
    role=c.Role.KIOSK,
    part="printer",
    kind=c.Kind.PRINTER,
    counter=None,
    state="paper-out",
    severity=c.Severity.FAILED,
    detail="printer 192.168.1.20:9100 reports no paper",
    since=AT,
    at=AT,
    last_error="paper-out",
    last_error_at=AT,
    last_error_what=c.LocalText(vi="Máy in đã hết giấy.", en="The printer is out of paper."),
    what=c.LocalText(vi="Máy in đã hết giấy.", en="The printer is out of paper."),
    do=c.LocalText(vi="Vui lòng thay cuộn giấy mới.", en="Put in a new roll of paper."),
)
CALLED = datetime.fromisoformat("2026-11-23T01:17:00+00:00")


def examples() -> dict[str, BaseModel]:
    """By the name of the model."""
    copy = c.LocalText(vi="Chứng thực bản sao từ bản chính", en="Certified copy of an original")
    certification = c.LocalText(vi="Chứng thực", en="Certification")
    counter = c.LocalText(vi="Quầy 3", en="Counter 3")
    hall = c.Hall(
        agency=c.LocalText(vi="UBND XÃ NGỌC SƠN", en="PEOPLE'S COMMITTEE OF NGỌC SƠN COMMUNE"),
        name=c.LocalText(vi="Bộ phận Một cửa", en="One-Stop Service Hall"),
        timezone="Asia/Ho_Chi_Minh",
    )
    opening = c.Opening(
        issuing=True,
        reason=c.OpeningReason.OPEN,
        closes_at=datetime.fromisoformat("2026-11-23T16:45:00+07:00"),
    )
    scale = (
        c.RatingLevel(code="satisfied", name=c.LocalText(vi="Hài lòng", en="Satisfied"), value=3),
        c.RatingLevel(code="neutral", name=c.LocalText(vi="Bình thường", en="Neutral"), value=2),
    )
    queue = c.QueueView(service="2.000815", name=copy, waiting=12, longest_s=720, target_s=900, over_target=0)
    at_counter = c.CounterView(
        id=3,
        name=counter,
        state=c.CounterState.OPEN,
        pause_reason=None,
        holder="canbo3",
        mine=True,
        ticket=c.CounterTicket(
            id=25,
            number="B-025",
            service="2.000815",
            service_name=copy,
            priority=None,
            priority_name=None,
            state=c.TicketState.CALLED,
            waited_s=720,
            target_s=900,
            queued_at=AT,
            called_at=CALLED,
            started_at=None,
            recalls=0,
            no_show_offered=False,
            then=(),
            reason="B-025 has waited longest: 12 min.",
        ),
        parked=(),
        missed=(),
        queues=(queue,),
        waiting=12,
        served_today=24,
        now=CALLED,
    )
    late = c.LateService(service="2.000815", name=copy, over=8.4)
    advice = c.Advice(
        id=41,
        kind=c.MeasureKind.OPEN_COUNTER,
        counter=5,
        services=("2.000815",),
        what=c.LocalText(
            vi="Mở Quầy 5 cho Chứng thực bản sao từ bản chính", en="Open Counter 5 for Certified copy of an original"
        ),
        effect=c.LocalText(
            vi="Dự kiến số lượt quá mức chờ trong 30 phút tới giảm từ 12 xuống 4.",
            en="Tickets over the target in the next 30 min: 4 instead of 12.",
        ),
        before=12.1,
        after=4.3,
        given_at=CALLED,
        fate=c.Fate.OFFERED,
    )
    alert = c.Alert(id=7, raised_at=CALLED, cleared_at=None, share=0.36, over=12.1, services=(late,), advice=(advice,))
    waiting = c.Ticket(
        id=25,
        number="B-025",
        service="2.000815",
        priority=None,
        state=c.TicketState.WAITING,
        issued_at=AT,
        ahead=12,
        wait_low_s=600,
        wait_high_s=1500,
        track_url="http://192.168.1.10:8080/t/Zb1kR9wQ3xLm7PtYc5VhNd",
        queued_at=AT,
    )
    called: dict[str, object] = {"state": c.TicketState.CALLED, "counter": 3, "called_at": CALLED}
    at_desk = waiting.model_copy(update={**called, "ahead": None, "wait_low_s": None, "wait_high_s": None})
    help_call = c.HelpCall(
        id=12, device="kiosk-1", screen="question", called_at=AT, answered_at=CALLED, answered_by="canbo3"
    )
    booked = c.Appointment(
        id=31, code="K7WXQ3", service="2.000815", service_name=copy, at=AT, state=c.AppointmentState.BOOKED
    )
    each: tuple[BaseModel, ...] = (
        waiting,
        c.NextReply(ticket=at_desk, reason="B-025 has waited longest: 12 min."),
        c.ReasonRequest(reason="Nghỉ trưa"),
        c.OptionalReasonRequest(reason="Đi lấy bản chính"),
        c.FinishRequest(next_service="1.001193"),
        c.ResumeRequest(counter=3),
        c.TransferRequest(service="2.000884", counter=3, reason="Chọn nhầm thủ tục"),
        c.PriorityRequest(priority="elderly", reason="Đã xem căn cước"),
        c.RateRequest(score="satisfied"),
        c.DeviceReport(
            run="5f0c9a3e71b2d846",
            parts=(
                c.PartReport(
                    part="printer", kind=c.Kind.PRINTER, state="paper-out", detail="escpos+tcp://192.168.1.20"
                ),
            ),
        ),
        c.DevicesReply(
            devices=(DEVICE,),
            changes=(
                c.DeviceChange(
                    name=DEVICE.name,
                    part=DEVICE.part,
                    kind=DEVICE.kind,
                    state=DEVICE.state,
                    severity=DEVICE.severity,
                    detail=DEVICE.detail,
                    at=AT,
                    what=DEVICE.what,
                ),
            ),
            alert_after_s=300,
            silent_after_s=180,
            now=CALLED,
        ),
        c.KeyPress(key=c.KeypadKey.NEXT, expires_at=CALLED),
        c.KeyReply(outcome=c.KeyOutcome.CALLED, number="B-025", waiting=12, state=c.CounterState.OPEN),
        c.CatalogueReply(
            version="4dfd81e585f9562d",
            procedures=(
                c.Procedure(
                    code="2.000815",
                    version=date(2025, 7, 1),
                    name=copy,
                    summary=c.LocalText(
                        vi="Xác nhận bản sao đúng với bản chính.", en="Certifies that a copy matches its original."
                    ),
                    who=(c.LocalText(vi="Bất kỳ ai có bản chính", en="Anyone who has the original"),),
                    group="chung-thuc",
                    service="2.000815",
                    fee_lines=(
                        c.FeeLine(name=c.LocalText(vi="Mỗi trang 2.000đ, từ trang thứ 3: 1.000đ", en="2,000đ a page")),
                    ),
                    due_at=datetime.fromisoformat("2026-11-23T17:00:00+07:00"),
                    outcome=c.Outcome.GUIDANCE,
                    life_events=("hoc-viec",),
                    keywords=("sao y", "công chứng"),
                ),
            ),
            life_events=(),
            guide=(),
            now=AT,
        ),
        c.PlacesReply(version="8d1f2c0b5a7e9634-25", provinces=(), home="25"),
        c.ServicesReply(
            hall=hall,
            opening=opening,
            groups=(
                c.ServiceGroup(
                    code="chung-thuc",
                    prefix="B",
                    name=certification,
                    services=(
                        c.Service(
                            code="2.000815",
                            name=copy,
                            target_s=900,
                            waiting=12,
                            counters=2,
                            wait_low_s=600,
                            wait_high_s=1500,
                        ),
                    ),
                ),
            ),
            priorities=(
                c.PriorityCategory(
                    code="elderly",
                    name=c.LocalText(vi="Người cao tuổi (từ 60 tuổi)", en="Elderly (60 and over)"),
                    proof=c.LocalText(vi="Căn cước", en="Identity card"),
                    min_age=60,
                ),
            ),
            idle_s=45,
            ticket_s=15,
            now=AT,
        ),
        c.BoardReply(
            hall=hall,
            opening=opening,
            now=CALLED,
            announcements=(
                c.Announcement(id=301, kind="call", number="B-025", counter=3, counter_name=counter, at=CALLED),
            ),
            calls=(
                c.BoardCall(number="B-025", counter=3, counter_name=counter, state=c.TicketState.CALLED, at=CALLED),
            ),
            counters=(c.BoardCounter(id=3, name=counter, state=c.CounterState.OPEN, number="B-025"),),
            queues=(c.BoardQueue(code="chung-thuc", name=certification, numbers=("B-026", "B-027"), waiting=12),),
            notices=(c.LocalText(vi="Vui lòng giữ phiếu và chờ gọi số.", en="Please keep your ticket and wait."),),
        ),
        at_counter,
        c.HallView(
            hall=hall,
            opening=opening,
            counters=(at_counter,),
            queues=(queue,),
            waiting=12,
            served_today=85,
            no_show_today=2,
            mean_wait_s=610,
            over_target_today=7,
            ratings_today={"satisfied": 40, "neutral": 3},
            devices=(DEVICE,),
            now=CALLED,
            risk=c.Risk(share=0.36, over=12.1, tickets=33.8, threshold=0.2, services=(late,), at=CALLED),
            alert=alert,
            advised=True,
        ),
        advice,
        c.AlertsReply(alerts=(alert,), now=CALLED),
        c.TrackView(
            number="B-025",
            service_name=copy,
            state=c.TicketState.WAITING,
            ahead=12,
            wait_low_s=600,
            wait_high_s=1500,
            counter_name=None,
            issued_at=AT,
            called_at=None,
            rateable=False,
            rating=None,
            scale=scale,
            hall=hall,
            now=AT,
        ),
        c.HelpRequest(screen="question"),
        help_call,
        c.HelpReply(calls=(help_call,)),
        c.BookRequest(service="2.000815", at=AT),
        booked,
        c.AppointmentsReply(appointments=(booked,)),
        c.SlotsReply(day=AT.date(), last_day=AT.date(), slots=(c.Slot(at=AT, free=2),)),
        c.CheckInRequest(code="K7WXQ3", priority="elderly"),
        c.RateView(counter=3, counter_name=counter, ticket_id=25, number="B-025", scale=scale, hall=hall, now=CALLED),
        *dossier_examples(),
    )
    return {type(example).__name__: example for example in each}
