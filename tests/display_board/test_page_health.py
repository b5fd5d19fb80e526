"""A board that is signed in says how it is; one that is not says nothing and works as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.voices.fake import FakeVoice, VoiceFault
from queue_server.contract import DevicesReply
from queue_server.demo import DEMO_PASSWORD
from tests.chromium import AS_ON_A_SCREEN, CHROMIUM
from tests.hall_server import RunningHall, running_hall

Hall = Any  # conftest's SmallHall
OpenBoard = Callable[..., Page]
LONG_WAIT_MS = 40_000


async def as_board(request: object) -> str:
    return "csrf-board"


def until_reported(page: Page, hall: Hall, states: list[str]) -> None:
    for _ in range(LONG_WAIT_MS // 50):
        if [state for state, _ in hall.reports] == states:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"reported {hall.reports}, expected {states}")


def test_a_board_without_sign_in_reports_nothing(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    hall.call("A-025", 3)
    page.wait_for_function("() => window.__board.spoken.length === 1")
    assert hall.reports == []


def test_a_signed_in_board_reports_at_once_when_something_changes(
    make_hall: Callable[..., Hall], open_board: OpenBoard
) -> None:
    voice = FakeVoice(seconds_per_word=0.01)
    hall = make_hall(voice, signed_in=as_board)
    page = open_board(hall)
    until_reported(page, hall, ["ready"])
    assert hall.reports == [("ready", "csrf-board")]
    voice.fault = VoiceFault.MISSING
    hall.call("A-025", 3)
    until_reported(page, hall, ["ready", "voice-unavailable"])
    hall.call("A-026", 3)
    page.wait_for_function("() => window.__board.spoken.length === 2", timeout=LONG_WAIT_MS)
    assert len(hall.reports) == 2, "the same again is no news"
    voice.fault = None
    hall.call("A-027", 3)
    until_reported(page, hall, ["ready", "voice-unavailable", "ready"])


def test_a_signed_in_board_reports_each_minute(make_hall: Callable[..., Hall], chromium: Browser) -> None:
    hall = make_hall(signed_in=as_board)
    page = chromium.new_page()
    page.clock.install()
    page.goto(hall.url)
    until_reported(page, hall, ["ready"])
    for minute in (2, 3):
        page.clock.run_for(60_000)
        until_reported(page, hall, ["ready"] * minute)
    hall.stop()
    page.clock.run_for(60_000)
    hall.start()
    page.clock.run_for(60_000)
    until_reported(page, hall, ["ready"] * 4)
    page.close()


def test_forbidden_sound_is_reported_until_somebody_touches_the_screen(
    make_hall: Callable[..., Hall], chromium: Any
) -> None:
    hall = make_hall(signed_in=as_board)
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=[AS_ON_A_SCREEN, "--no-sandbox", "--disable-gpu", "--autoplay-policy=document-user-activation-required"],
    )
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(hall.url)
        until_reported(page, hall, ["sound-blocked"])
        page.mouse.click(600, 300)
        until_reported(page, hall, ["sound-blocked", "ready"])
    finally:
        browser.close()


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RunningHall]:
    with running_hall(tmp_path, demo=True) as running:
        yield running


def test_the_real_server_hears_from_its_boards_and_from_no_visitor(real: RunningHall, chromium: Browser) -> None:
    board = chromium.new_page()
    board.set_default_timeout(LONG_WAIT_MS)
    board.goto(f"{real.url}/device#token={real.token('board', 'bang-sanh')}&next=/board/")
    board.wait_for_selector("body[data-connection=live]")
    assert board.url == f"{real.url}/board/"
    visitor = chromium.new_page()
    visitor.goto(f"{real.url}/board/")
    visitor.wait_for_selector("body[data-connection=live]")
    assert visitor.evaluate("JSON.parse(document.getElementById('settings').textContent).csrf") is None
    manager = chromium.new_page()
    manager.goto(f"{real.url}/login?next=/devices")
    manager.fill("#username", "lanhdao")
    manager.fill("#password", DEMO_PASSWORD)
    manager.click("#enter")
    expect(manager.locator(".rest h3")).to_have_text(["Bảng hiển thị"], timeout=LONG_WAIT_MS)
    expect(manager.locator(".rest .device-place")).to_have_text("bang-sanh / board")
    with real.client(real.token("manager", "phone")) as client:
        reply = DevicesReply.model_validate(client.get("/api/v1/devices").json())
    assert [(view.name, view.part, view.kind, view.state) for view in reply.devices] == [
        ("bang-sanh", "board", "board", "ready")
    ]
    for page in (board, visitor, manager):
        page.close()
