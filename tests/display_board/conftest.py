"""A small hall for the board: a real server that says what a test tells it to, and a real Chromium to look at it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from display_board.app import create_app
from hardware.voices.fake import FakeVoice
from hardware.voices.opener import Voice
from hardware.voices.sound import tone
from queue_server.contract import (
    CSRF_HEADER,
    Announcement,
    BoardCall,
    BoardCounter,
    BoardQueue,
    BoardReply,
    CounterState,
    DeviceReport,
    Hall,
    LocalText,
    Nudge,
    Opening,
    OpeningReason,
    TicketState,
)
from tests.chromium import AS_ON_A_SCREEN, CHROMIUM

BLIP = tone(0.1, 660)
ARGUMENTS = [AS_ON_A_SCREEN, "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
GROUPS = (
    ("A", "Hộ tịch", "Civil status"),
    ("B", "Chứng thực", "Certification"),
    ("C", "Cư trú", "Residence"),
    ("D", "Bảo trợ xã hội – Kinh doanh", "Social support – Business"),
)
NOTICES = (
    (
        "Xin quý vị chuẩn bị sẵn căn cước công dân và giấy tờ gốc.",
        "Please have your identity card and original papers ready.",
    ),
    (
        "Người cao tuổi, phụ nữ mang thai, người khuyết tật được ưu tiên phục vụ.",
        "The elderly, pregnant women and people with disabilities are served with priority.",
    ),
)


def counter_name(counter: int) -> LocalText:
    return LocalText(vi=f"Quầy {counter}", en=f"Counter {counter}")


class SmallHall:
    """A hall that has only a board: a test calls numbers, the server answers as the real one would."""

    def __init__(self, voice: Voice, **options: Any) -> None:
        self.voice = voice
        self.options = options
        self.agency = LocalText(vi="UBND xã Ngọc Sơn", en="Ngọc Sơn Commune People’s Committee")
        self.name = LocalText(vi="Bộ phận Tiếp nhận và Trả kết quả (Một cửa)", en="One-Stop Reception and Results Hall")
        self.opening = Opening(issuing=True, reason=OpeningReason.OPEN)
        self.announcements: list[Announcement] = []
        self.calls: list[BoardCall] = []
        self.counters = {
            n: BoardCounter(id=n, name=counter_name(n), state=CounterState.OPEN, number=None) for n in range(1, 7)
        }
        self.queues = tuple(
            BoardQueue(code=c, name=LocalText(vi=vi, en=en), numbers=(), waiting=0) for c, vi, en in GROUPS
        )
        self.notices = tuple(LocalText(vi=vi, en=en) for vi, en in NOTICES)
        self.nudging = True
        self.answers = 0
        self.reports: list[tuple[str, str]] = []
        """State and CSRF token of each report that a board made."""
        self.port = 0
        self._listeners: set[asyncio.Queue[str]] = set()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- what a test does ---

    def call(self, number: str, counter: int, *, kind: str = "call", age_s: float = 0.0, nudge: bool = True) -> int:
        """Call `number` to `counter`, `age_s` seconds ago; returns the announcement's id."""
        at = datetime.now(UTC) - timedelta(seconds=age_s)
        name = self.counters[counter].name
        last = self.announcements[-1].id if self.announcements else 0
        announcement = Announcement(id=last + 1, kind=kind, number=number, counter=counter, counter_name=name, at=at)
        others = [call for call in self.calls if call.number != number]
        call = BoardCall(number=number, counter=counter, counter_name=name, state=TicketState.CALLED, at=at)
        self.calls = sorted([*others, call], key=lambda one: one.at, reverse=True)[:12]
        self.counters[counter] = self.counters[counter].model_copy(update={"number": number})
        self.announcements = [*self.announcements, announcement][-50:]
        if nudge:
            self.nudge()
        return announcement.id

    def set_counter(
        self, counter: int, state: CounterState, number: str | None = None, name: LocalText | None = None
    ) -> None:
        self.counters[counter] = BoardCounter(
            id=counter, name=name or counter_name(counter), state=state, number=number
        )

    def set_queue(
        self, code: str, numbers: tuple[str, ...], waiting: int, wait_min: tuple[float, float] | None = None
    ) -> None:
        """`wait_min`: the wait a newcomer may expect, in minutes; None while no counter is open."""
        low, high = (round(60 * each) for each in wait_min) if wait_min else (None, None)
        changed = {"numbers": numbers, "waiting": waiting, "wait_low_s": low, "wait_high_s": high}
        self.queues = tuple(q.model_copy(update=changed) if q.code == code else q for q in self.queues)

    def nudge(self) -> None:
        if self.nudging and self._loop is not None:
            text = f"data: {Nudge(changed='ticket', id=1).model_dump_json()}\n\n"
            for listener in list(self._listeners):
                self._loop.call_soon_threadsafe(listener.put_nowait, text)

    # --- the server ---

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/board/"

    def start(self) -> None:
        """Start serving; after stop() again on the same port."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(self._app(), log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            assert time.monotonic() < deadline, "the small hall did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        if self._loop is not None:
            for listener in list(self._listeners):
                self._loop.call_soon_threadsafe(listener.put_nowait, "")
        self._thread.join(20)
        self._server = None

    def reply(self) -> BoardReply:
        return BoardReply(
            hall=Hall(agency=self.agency, name=self.name, timezone="Asia/Ho_Chi_Minh"),
            opening=self.opening,
            now=datetime.now(UTC),
            announcements=tuple(self.announcements),
            calls=tuple(self.calls),
            counters=tuple(self.counters.values()),
            queues=self.queues,
            notices=self.notices,
        )

    def _app(self) -> Starlette:
        async def board(request: Request) -> Response:
            self.answers += 1
            return JSONResponse(self.reply().model_dump(mode="json"))

        async def report(request: Request) -> Response:
            said = DeviceReport.model_validate_json(await request.body())
            self.reports.append((said.parts[0].state, request.headers.get(CSRF_HEADER, "")))
            return Response(status_code=204)

        async def events(request: Request) -> Response:
            return StreamingResponse(self._stream(), media_type="text/event-stream")

        spec = find_spec("fontpkg_be_vietnam_pro")
        assert spec is not None
        assert spec.origin is not None
        fonts = Path(spec.origin).parent / "files"
        return Starlette(
            routes=[
                Route("/api/v1/board", board),
                Route("/api/v1/events", events),
                Route("/api/v1/devices/report", report, methods=["POST"]),
                Mount("/static/fonts", StaticFiles(directory=fonts)),
                Mount("/board", create_app(self.voice, **self.options)),
            ]
        )

    async def _stream(self) -> AsyncIterator[str]:
        self._loop = asyncio.get_running_loop()
        listener: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield ": welcome\n\n"
            while text := await listener.get():
                yield text
        finally:
            self._listeners.discard(listener)


def _halls() -> Iterator[Callable[..., SmallHall]]:
    """Start a small hall; voice and options are create_app's.

    Sound takes its real time, so here a call is short: a blip, and words of 10 ms.
    """
    halls: list[SmallHall] = []

    def make(voice: Voice | None = None, **options: Any) -> SmallHall:
        hall = SmallHall(voice or FakeVoice(seconds_per_word=0.01), **{"bell": BLIP, "pause_s": 0.05, **options})
        hall.start()
        halls.append(hall)
        return hall

    yield make
    for hall in halls:
        hall.stop()


make_hall = pytest.fixture(_halls)
make_lasting_hall = pytest.fixture(_halls, scope="module")


@pytest.fixture
def hall(make_hall: Callable[..., SmallHall]) -> SmallHall:
    return make_hall()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module's tests; not longer, for Playwright keeps an event loop running in its thread."""
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_board(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a hall's board in Chromium and wait for its first data; `query` such as "?lang=en"."""
    contexts = []

    def open_page(hall: SmallHall, query: str = "", size: tuple[int, int] = (1280, 720), **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(hall.url + query)
        page.wait_for_selector("body[data-connection=live]")
        page.evaluate("document.fonts.ready")
        return page

    yield open_page
    for context in contexts:
        with suppress(Exception):
            context.close()
