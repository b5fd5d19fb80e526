"""The pages on the real server: a clerk's morning by keys, a power cut in the middle, the citizen's rating."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.contract import IDEMPOTENCY_HEADER
from queue_server.demo import DEMO_PASSWORD
from tests.hall_server import RunningHall, running_hall

BIRTH = "1.001193"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RunningHall]:
    with running_hall(tmp_path, demo=True) as running:
        yield running


@pytest.fixture
def web(browser: Browser, real: RunningHall) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 720}, base_url=real.url)
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def issue(real: RunningHall, count: int) -> list[dict[str, str]]:
    with real.client(real.token("kiosk", "kiosk-1")) as client:
        answers = [
            client.post("/api/v1/tickets", json={"service": BIRTH}, headers={IDEMPOTENCY_HEADER: secrets.token_hex(8)})
            for _ in range(count)
        ]
    return [each.json() for each in answers]


def sign_in(page: Page, name: str, onward: str) -> None:
    page.goto(f"/login?next={onward}")
    page.fill("#username", name)
    page.fill("#password", DEMO_PASSWORD)
    page.click("#enter")
    page.wait_for_url(f"**{onward}")


def at_desk(page: Page, number: str, state: str) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-number", number)
    expect(page.locator("#desk")).to_have_attribute("data-ticket-state", state)


def press(page: Page, key: str, button: str) -> None:
    expect(page.locator(f"#act-{button}")).to_be_enabled()
    page.keyboard.press(key)


def test_a_clerks_morning_by_keys_with_a_power_cut(web: BrowserContext, real: RunningHall) -> None:
    tickets = issue(real, 4)
    first, second, third, fourth = (each["number"] for each in tickets)
    page = web.new_page()
    sign_in(page, "canbo1", "/console/1")
    page.locator("button.next[data-act=open]").wait_for()
    page.keyboard.press("o")
    press(page, "n", "next")
    at_desk(page, first, "called")
    expect(page.locator(".why").first).to_contain_text(first)

    for _ in range(2):
        press(page, "r", "recall")
        page.wait_for_timeout(50)
    expect(page.locator("#act-no-show.urged")).to_be_visible()
    press(page, "v", "no-show")
    at_desk(page, "", "")
    expect(page.locator(".missed .kept-number")).to_have_text(first)

    press(page, "n", "next")
    at_desk(page, second, "called")
    press(page, "s", "start")
    at_desk(page, second, "serving")
    press(page, "u", "priority")
    page.locator("dialog[open] input[value=elderly]").check()
    page.locator("dialog[open] .chip").first.click()
    page.keyboard.press("Enter")
    expect(page.locator(".priority")).to_be_visible()
    press(page, "p", "park")
    page.locator("dialog[open] .chip").first.click()
    page.keyboard.press("Enter")
    expect(page.locator(".parked .kept-number")).to_have_text(second)

    press(page, "n", "next")
    at_desk(page, third, "called")
    page.evaluate("window.stayed = true")
    real.kill()
    expect(page.locator("#away")).to_be_visible()
    real.start()
    expect(page.locator("#away")).to_be_hidden()
    at_desk(page, third, "called")
    assert page.evaluate("window.stayed") is True

    press(page, "n", "next")
    expect(page.locator("#ask")).to_be_visible()
    page.keyboard.press("1")
    at_desk(page, fourth, "called")
    press(page, "s", "start")
    at_desk(page, fourth, "serving")
    press(page, "f", "finish")
    at_desk(page, "", "")
    page.locator(".parked [data-act=resume]:enabled").wait_for()
    page.keyboard.press("1")
    at_desk(page, second, "called")
    press(page, "x", "cancel")
    page.keyboard.press("Enter")
    at_desk(page, "", "")
    page.locator(".missed [data-act=resume]:enabled").wait_for()
    page.keyboard.press("Shift+Digit1")
    at_desk(page, first, "called")
    press(page, "t", "transfer")
    page.locator("#transfer-counter").select_option(index=1)
    page.keyboard.press("Enter")
    at_desk(page, "", "")
    press(page, "b", "pause")
    page.locator("dialog[open] .chip").first.click()
    page.keyboard.press("Enter")
    expect(page.locator(".empty-head")).to_have_text("Quầy đang tạm dừng")
    press(page, "c", "close")
    page.keyboard.press("Enter")
    expect(page.locator(".pill.closed")).to_be_visible()
    checked = real.check()
    assert checked.returncode == 0, checked.stdout


def test_a_second_clerk_is_told_who_holds_the_counter(web: BrowserContext, real: RunningHall) -> None:
    page = web.new_page()
    sign_in(page, "canbo1", "/console/1")
    page.click("button.next[data-act=open]")
    expect(page.locator("#act-next")).to_be_enabled()
    other = web.browser.new_context(base_url=real.url) if web.browser else web
    second = other.new_page()
    sign_in(second, "canbo2", "/console/1")
    expect(second.locator(".held")).to_contain_text("canbo1")
    other.close()


def test_the_screen_at_the_counter_takes_the_rating(web: BrowserContext, real: RunningHall) -> None:
    (ticket,) = issue(real, 1)
    screen = real.token("agent", "danh-gia-1", counter=1)
    tablet = web.new_page()
    tablet.goto(f"/device#token={screen}&next=/rate/1")
    tablet.wait_for_url("**/rate/1")
    clerk = real.token("clerk", "witness")
    with real.client(clerk) as client:
        for path in ("counters/1/open", "counters/1/next"):
            assert client.post(f"/api/v1/{path}").status_code == 200
        for verb in ("start", "finish"):
            assert client.post(f"/api/v1/tickets/{ticket['id']}/{verb}").status_code == 200
    expect(tablet.locator("#ask")).to_contain_text(ticket["number"])
    tablet.locator("[data-score]").first.click()
    expect(tablet.locator("#thanks")).to_be_visible()
    phone = web.new_page()
    phone.goto(ticket["track_url"])
    expect(phone.locator(".slip-rated")).to_be_visible()
    manager = web.new_page()
    manager.goto("/hall")
    expect(manager.locator("main")).to_contain_text("Tài khoản này không được mở trang này")


def test_too_many_wrong_passwords_lock_the_door_for_a_while(web: BrowserContext, real: RunningHall) -> None:
    page = web.new_page()
    page.goto("/login")
    for _ in range(6):
        page.fill("#username", "canbo1")
        page.fill("#password", "sai")
        page.click("#enter")
        page.locator("#problem").wait_for()
        if page.locator("[data-countdown]").count():
            break
    expect(page.locator("[data-countdown]")).to_be_visible()
    expect(page.locator("#enter")).to_be_disabled()
