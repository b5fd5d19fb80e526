"""A hall by hand for the pages: it answers as the script says, remembers what it was asked, and can go away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from queue_server.console import assets
from queue_server.console.app import router
from queue_server.console.headers import SecurityHeaders
from queue_server.console.pages import DemoLogin, Picture, RefusedError, Session
from queue_server.contract import (
    CounterState,
    CounterTicket,
    CounterView,
    DeviceView,
    Hall,
    HallView,
    LocalText,
    Opening,
    OpeningReason,
    PriorityCategory,
    QueueView,
    RateView,
    RatingLevel,
    Role,
    Service,
    ServiceGroup,
    ServicesReply,
    TicketState,
    TrackView,
)

COOKIE = "motcua_session"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "359e810000000049454e44ae426082"
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


@dataclass
class ScriptedHall:
    """What the pages see, set by hand; `replies` scripts the API's answers by path, `asked` remembers the calls."""

    view: CounterView = field(default_factory=counter)
    overview: HallView | None = None
    tracked: TrackView | None = None
    rated: RateView | None = None
    people: dict[str, tuple[str, Session]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    pictures: dict[str, datetime] = field(default_factory=dict)
    refusal: RefusedError | None = None
    replies: dict[str, tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, Any, dict[str, str]]] = field(default_factory=list)
    delay_s: float = 0.0
    demo: bool = True
    session_cookie: str = COOKIE
    changes: int = 0

    def __post_init__(self) -> None:
        clerk = Session("Nguyễn Thị Hương", Role.CLERK, "csrf-clerk", counter=None)
        manager = Session("Trần Văn Minh", Role.MANAGER, "csrf-manager")
        screen = Session("danh-gia-3", Role.AGENT, "csrf-screen", counter=3)
        self.people = {"huong": ("quay-so-3", clerk), "minh": ("lanh-dao", manager)}
        self.sessions = {"clerk": clerk, "manager": manager, "screen": screen}
        self.rated = RateView(
            counter=3,
            counter_name=text("Quầy 3", "Counter 3"),
            ticket_id=None,
            number=None,
            scale=SCALE,
            hall=HALL,
            now=now(),
        )

    def show(self, view: CounterView) -> None:
        self.view = view
        self.changes += 1

    def posts(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    async def session(self, request: Request) -> Session | None:
        return self.sessions.get(request.cookies.get(COOKIE, ""))

    async def login(self, username: str, password: str, address: str, language: str) -> str:
        if self.refusal:
            raise self.refusal
        kept = self.people.get(username)
        if kept is None or kept[0] != password:
            detail = "Tên đăng nhập hoặc mật khẩu không đúng." if language == "vi" else "Wrong user name or password."
            raise RefusedError(401, "wrong-login", detail, "Vui lòng nhập lại." if language == "vi" else "Try again.")
        return next(key for key, each in self.sessions.items() if each is kept[1])

    async def device_login(self, token: str, address: str, language: str) -> str:
        if token != "mã-của-màn-hình":
            raise RefusedError(401, "wrong-token", "Mã không đúng.", "Vui lòng dán lại mã.")
        return "screen"

    async def logout(self, cookie: str) -> None:
        self.sessions.pop(cookie, None)

    async def hall(self) -> Hall:
        return HALL

    async def counters(self, session: Session) -> Sequence[CounterView]:
        names = {1: "Lê Hoàng Nam", 2: "Phạm Thị Thanh Thảo"}
        free = [
            counter(each, holder=names.get(each), mine=False, state="open" if each in names else "closed")
            for each in (1, 2, 4, 5, 6)
        ]
        return sorted([*free, self.view], key=lambda each: each.id)

    async def services(self) -> ServicesReply:
        def offered(code: str) -> Service:
            return Service(
                code=code, name=SERVICES[code], target_s=900, waiting=2, counters=2, wait_low_s=300, wait_high_s=900
            )

        groups = (
            ServiceGroup(
                code="civil",
                prefix="A",
                name=text("Tư pháp – Hộ tịch", "Civil status"),
                services=tuple(offered(code) for code in ("copy", "birth", "marriage", "status")),
            ),
            ServiceGroup(
                code="other",
                prefix="B",
                name=text("Cư trú và kinh doanh", "Residence and business"),
                services=tuple(offered(code) for code in ("residence", "business")),
            ),
        )
        opening = Opening(issuing=True, reason=OpeningReason.OPEN)
        return ServicesReply(
            hall=HALL, opening=opening, groups=groups, priorities=PRIORITIES, idle_s=60, ticket_s=10, now=now()
        )

    async def scale(self) -> Sequence[RatingLevel]:
        return SCALE

    async def counter_view(self, counter: int, session: Session) -> CounterView | None:
        return self.view if counter == self.view.id else None

    async def hall_view(self) -> HallView:
        return self.overview or overview()

    async def track_view(self, token: str) -> TrackView | None:
        return self.tracked if token == "K7mQ2xV9" else None

    async def rate_view(self, counter: int) -> RateView | None:
        return self.rated if self.rated and counter == self.rated.counter else None

    async def demo_logins(self) -> Sequence[DemoLogin]:
        return [DemoLogin("huong", "quay-so-3", Role.CLERK), DemoLogin("minh", "lanh-dao", Role.MANAGER)]

    async def previews(self) -> Sequence[Picture]:
        return [Picture(name, at) for name, at in sorted(self.pictures.items(), key=lambda each: each[1], reverse=True)]

    async def preview(self, name: str) -> bytes | None:
        return PNG if name in self.pictures else None


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
        devices=(
            DeviceView(name="kiosk-1", role=Role.KIOSK, device="printer", state="paper-out", detail="Hết giấy", at=at),
            DeviceView(name="kiosk-2", role=Role.KIOSK, device="printer", state="ok", detail="", at=at),
            DeviceView(name="bang-1", role=Role.BOARD, device="board", state="ok", detail="", at=at),
        ),
        now=at,
    )


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


def build(hall: ScriptedHall) -> FastAPI:
    app = FastAPI()
    app.include_router(router(hall))
    assets.mount(app)
    app.add_middleware(SecurityHeaders)

    @app.get("/api/v1/events")
    async def events() -> StreamingResponse:
        async def stream() -> Any:
            seen = hall.changes
            yield b": here\n\n"
            while True:
                await asyncio.sleep(0.05)
                if hall.changes != seen:
                    seen = hall.changes
                    yield b'data: {"changed": "ticket", "id": 1}\n\n'

        return StreamingResponse(stream(), media_type="text/event-stream")

    @app.post("/api/v1/{path:path}")
    async def api(path: str, request: Request) -> Response:
        body = await request.json()
        hall.asked.append((path, body, dict(request.headers)))
        await asyncio.sleep(hall.delay_s)
        status, answer = hall.replies.get(path, (200, {}))
        if callable(answer):
            answer = answer()
        return Response(status_code=204) if status == 204 else JSONResponse(answer, status)

    return app


class Server:
    """A real server on a real port that can be stopped and started again on the same one."""

    def __init__(self, hall: ScriptedHall) -> None:
        self.hall = hall
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        config = uvicorn.Config(
            build(self.hall), host="127.0.0.1", port=self.port, log_level="warning", timeout_graceful_shutdown=0
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            if not self.thread.is_alive():
                raise RuntimeError("the test server did not start")
            threading.Event().wait(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture
def hall() -> ScriptedHall:
    return ScriptedHall()


@pytest.fixture
def server(hall: ScriptedHall) -> Iterator[Server]:
    running = Server(hall)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 720}, base_url=server.base)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def sign_in(context: BrowserContext, server: Server) -> Any:
    def give(who: str) -> None:
        context.add_cookies([{"name": COOKIE, "value": who, "url": server.base}])

    return give


@pytest.fixture
def desk(context: BrowserContext, sign_in: Any) -> Iterator[Page]:
    """The clerk's desk, open in a browser; an error in a script of ours fails the test."""
    sign_in("clerk")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/console/3")
    yield page
    assert errors == []


given_ticket = pytest.fixture(name="ticket")(lambda: ticket)
given_counter = pytest.fixture(name="counter")(lambda: counter)
given_queue = pytest.fixture(name="queue")(lambda: queue)
given_tracked = pytest.fixture(name="tracked")(lambda: tracked)
given_refusal = pytest.fixture(name="refused")(lambda: RefusedError)


@pytest.fixture
def moments() -> tuple[datetime, datetime]:
    """An earlier and a later moment."""
    return now() - timedelta(minutes=5), now()
