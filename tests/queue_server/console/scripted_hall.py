"""A hall by hand for the pages: it answers as the script says, remembers what it was asked, and can go away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from queue_server.console import assets
from queue_server.console.app import router
from queue_server.console.headers import SecurityHeaders
from queue_server.console.pages import DemoLogin, DossierFigures, Paper, Picture, RefusedError, Session, Wanted
from queue_server.contract import (
    Appointment,
    AppointmentsReply,
    CounterView,
    DevicesReply,
    DossierRow,
    DossiersReply,
    DossierStatus,
    DossierView,
    Hall,
    HallView,
    HelpCall,
    Opening,
    OpeningReason,
    RateView,
    RatingLevel,
    Role,
    Service,
    ServiceGroup,
    ServicesReply,
    SlotsReply,
    TrackView,
)
from tests.queue_server.console.dossier_views import appointments, dossier, dossier_rows, dossier_status, slots
from tests.queue_server.console.views import HALL, PRIORITIES, SCALE, SERVICES, counter, devices, now, overview, text

COOKIE = "motcua_session"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "359e810000000049454e44ae426082"
)


@dataclass
class ScriptedHall:
    """What the pages see, set by hand; `replies` scripts the API's answers by path, `asked` remembers the calls."""

    view: CounterView = field(default_factory=counter)
    overview: HallView | None = None
    devices: DevicesReply | None = None
    tracked: TrackView | None = None
    rated: RateView | None = None
    people: dict[str, tuple[str, Session]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    pictures: dict[str, datetime] = field(default_factory=dict)
    refusal: RefusedError | None = None
    replies: dict[str, tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, Any, dict[str, str]]] = field(default_factory=list)
    delay_s: float = 0.0
    logout_delay_s: float = 0.0
    calls: list[HelpCall] = field(default_factory=list)
    booked: list[Appointment] = field(default_factory=appointments)
    free: SlotsReply = field(default_factory=slots)
    filed: list[DossierRow] = field(default_factory=dossier_rows)
    next_before: int | None = None
    wanted: list[Wanted] = field(default_factory=list)
    dossier_view: DossierView | None = field(default_factory=dossier)
    papers: dict[str, Paper] = field(default_factory=dict)
    prepared: DossierRow | None = None
    status: DossierStatus | None = field(default_factory=dossier_status)
    changed: str = "ticket"
    demo: bool = True
    short_of_disk: bool = False
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
        self.changes += 1
        await asyncio.sleep(self.logout_delay_s)

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

    async def devices_view(self, machine: str | None, part: str | None) -> DevicesReply:
        view = self.devices or devices()
        told = [each for each in view.changes if machine in (None, each.name) and part in (None, "", each.part)]
        return view.model_copy(update={"changes": tuple(told)})

    async def track_view(self, token: str) -> TrackView | None:
        return self.tracked if token == "K7mQ2xV9" else None

    async def rate_view(self, counter: int) -> RateView | None:
        return self.rated if self.rated and counter == self.rated.counter else None

    async def now(self) -> datetime:
        return now()

    async def help_calls(self, session: Session) -> Sequence[HelpCall]:
        return self.calls

    async def appointments(self, session: Session, day: date | None) -> AppointmentsReply:
        return AppointmentsReply(appointments=tuple(self.booked))

    async def appointment(self, session: Session, ident: int) -> Appointment | None:
        return next((each for each in self.booked if each.id == ident), None)

    async def slots(self, session: Session, day: date | None) -> SlotsReply:
        return self.free

    async def dossiers(self, session: Session, wanted: Wanted) -> DossiersReply:
        self.wanted.append(wanted)
        rows = [
            each
            for each in self.filed
            if wanted.state in (None, each.state) and wanted.search in f"{each.code} {each.ticket_number}"
        ]
        counts = Counter(each.state.value for each in self.filed)
        return DossiersReply(dossiers=tuple(rows), next_before=self.next_before, counts=dict(counts))

    async def dossier(self, session: Session, ident: int) -> DossierView | None:
        return self.dossier_view if self.dossier_view and self.dossier_view.id == ident else None

    async def dossier_paper(self, session: Session, ident: int, kind: str) -> Paper | None:
        return self.papers.get(kind) if await self.dossier(session, ident) else None

    async def dossier_of_ticket(self, session: Session, ticket: int) -> DossierRow | None:
        return self.prepared

    async def dossier_figures(self) -> DossierFigures | None:
        return DossierFigures(filed=26, nothing_twice=24, reused=31)

    async def dossier_status(self, token: str) -> DossierStatus | None:
        return self.status if token == "K7mQ2xV9" else None

    async def demo_logins(self) -> Sequence[DemoLogin]:
        return [DemoLogin("huong", "quay-so-3", Role.CLERK), DemoLogin("minh", "lanh-dao", Role.MANAGER)]

    async def previews(self) -> Sequence[Picture]:
        return [Picture(name, at) for name, at in sorted(self.pictures.items(), key=lambda each: each[1], reverse=True)]

    async def preview(self, name: str) -> bytes | None:
        return PNG if name in self.pictures else None


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
                    yield f'data: {{"changed": "{hall.changed}", "id": 1}}\n\n'.encode()

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
