"""The board when things go wrong: lost nudges, a dead server, no voice, forbidden sound, reloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hardware.voices.fake import FakeVoice, VoiceFault
from tests.chromium import AS_ON_A_SCREEN, CHROMIUM

LONG_WAIT_MS = 40_000
TELL_SOUND = """
document.addEventListener("DOMContentLoaded", () => {
  const tell = () => console.log("sound: " + document.body.dataset.sound);
  new MutationObserver(tell).observe(document.body, { attributeFilter: ["data-sound"] });
  tell();
});
"""

Hall = Any  # conftest's SmallHall
OpenBoard = Callable[..., Page]


def spoken(page: Page, count: int) -> list[dict[str, Any]]:
    page.wait_for_function("count => window.__board.spoken.length >= count", arg=count, timeout=LONG_WAIT_MS)
    log = page.evaluate("window.__board.spoken")
    assert isinstance(log, list)
    return log


def test_a_lost_nudge_is_made_right_by_the_poll(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    hall.nudging = False
    hall.call("A-025", 3)
    expect(page.locator("#hero-number")).to_have_text("A-025", timeout=LONG_WAIT_MS)
    assert spoken(page, 1)[0]["number"] == "A-025"


def test_many_nudges_are_few_polls(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    page.wait_for_timeout(300)
    before = hall.answers
    for _ in range(200):
        hall.nudge()
    hall.call("A-025", 3)
    expect(page.locator("#hero-number")).to_have_text("A-025")
    assert hall.answers - before < 20


def test_a_dead_server_is_told_and_a_restart_heals_everything(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    hall.call("A-024", 2)
    spoken(page, 1)
    hall.stop()
    banner = page.locator("#stale")
    expect(banner).to_be_visible(timeout=LONG_WAIT_MS)
    text = banner.inner_text()
    assert re.fullmatch(r"Mất kết nối với máy chủ – số liệu lúc \d\d:\d\d:\d\d", text)
    assert page.get_attribute("body", "data-connection") == "stale"
    assert float(page.eval_on_selector("main", "e => getComputedStyle(e).opacity")) < 1
    expect(page.locator("#hero-number")).to_have_text("A-024")
    hall.call("A-025", 3)  # while nobody listens
    hall.call("A-001", 1, age_s=300)  # too old to be news
    hall.start()
    expect(banner).to_be_hidden(timeout=LONG_WAIT_MS)
    log = spoken(page, 2)
    assert [entry["number"] for entry in log] == ["A-024", "A-025"]
    hall.call("B-001", 1)  # and nudges come again
    expect(page.locator("#hero-number")).to_have_text("B-001", timeout=LONG_WAIT_MS)
    assert [entry["number"] for entry in spoken(page, 3)] == ["A-024", "A-025", "B-001"]


def test_a_new_database_that_counts_from_one_again_is_heard(hall: Hall, open_board: OpenBoard) -> None:
    for number in range(1, 6):
        hall.call(f"A-{number:03}", 1, age_s=60)
    page = open_board(hall)
    hall.announcements = []
    hall.calls = []
    assert hall.call("A-001", 2) == 1
    assert spoken(page, 1)[0]["counter"] == 2


def test_without_a_voice_the_board_rings_shows_and_says_so(
    make_hall: Callable[..., Hall], open_board: OpenBoard
) -> None:
    voice = FakeVoice(seconds_per_word=0.01)
    voice.fault = VoiceFault.MISSING
    hall = make_hall(voice)
    page = open_board(hall)
    hall.call("A-025", 3)
    entry = spoken(page, 1)[0]
    assert entry["outcome"] == "chime-only"
    expect(page.locator("#voice")).to_be_visible()
    expect(page.locator("#hero-number")).to_have_text("A-025")
    voice.fault = None
    hall.call("A-026", 3)
    assert spoken(page, 2)[1]["outcome"] == "spoken"
    expect(page.locator("#voice")).to_be_hidden()


def test_a_reload_amid_a_call_says_it_again_whole_and_nothing_old(
    make_hall: Callable[..., Hall], open_board: OpenBoard
) -> None:
    hall = make_hall(FakeVoice(seconds_per_word=0.1))  # long enough that the reload comes in its midst
    page = open_board(hall)
    hall.call("A-024", 2)
    spoken(page, 1)
    hall.call("A-025", 3)
    page.wait_for_function("() => window.__board.speaking?.number === 'A-025'")
    page.reload()
    log = spoken(page, 1)
    assert [entry["number"] for entry in log] == ["A-025"]
    page.reload()
    page.wait_for_selector("body[data-connection=live]")
    hall.call("A-026", 4)
    assert [entry["number"] for entry in spoken(page, 1)] == ["A-026"]


def test_what_the_page_remembers_is_bounded(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    for number in range(1, 700):
        hall.call(f"A-{number:03}", 1, age_s=200, nudge=False)
        if number % 40 == 0:
            answers = hall.answers
            hall.nudge()
            while hall.answers == answers:
                page.wait_for_timeout(20)
    assert page.evaluate("window.__board.seen") <= 450
    assert page.evaluate("window.__board.waiting") == 0
    assert page.locator(".row").count() <= 6


@pytest.mark.parametrize("unanswered", [0, 3])
def test_forbidden_sound_asks_for_a_touch_and_then_speaks(hall: Hall, chromium: Any, unanswered: int) -> None:
    """Also when the first tries of a sound were not answered."""
    lost = iter(range(unanswered))
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=[AS_ON_A_SCREEN, "--no-sandbox", "--disable-gpu", "--autoplay-policy=document-user-activation-required"],
    )
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.route("**/silence.wav", lambda route: route.continue_() if next(lost, None) is None else route.abort())
        page.add_init_script(TELL_SOUND)
        # Only listened to until then: whatever a test asks of a page counts for Chromium as somebody's touch.
        with page.expect_console_message(lambda told: told.text == "sound: blocked", timeout=LONG_WAIT_MS):
            page.goto(hall.url, wait_until="commit")
        button = page.get_by_role("button", name="Chạm vào đây để bật âm thanh")
        expect(button).to_be_visible()
        hall.call("A-001", 1, age_s=119)
        hall.call("A-025", 3)
        expect(page.locator("#hero-number")).to_have_text("A-025")
        assert page.evaluate("window.__board.spoken") == []
        page.wait_for_timeout(1500)
        button.click()
        log = spoken(page, 1)
        assert [(entry["number"], entry["outcome"]) for entry in log] == [("A-025", "spoken")]
        expect(button).to_be_hidden()
    finally:
        browser.close()


def test_the_speaking_is_told_as_events(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    page.evaluate(
        "window.told = []; for (const name of ['board:speaking', 'board:spoken'])"
        " document.addEventListener(name, event => window.told.push([name, event.detail.number]))"
    )
    hall.call("A-025", 3)
    spoken(page, 1)
    assert page.evaluate("window.told") == [["board:speaking", "A-025"], ["board:spoken", "A-025"]]


def test_the_page_is_quiet_in_the_console(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    hall.call("A-025", 3)
    page.wait_for_selector("body[data-connection=live]")
    hall.call("A-026", 3)
    spoken(page, 1)
    assert said == []
