"""The technician's page in a real browser: worst first, what to do, history, live, and readable on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.contract import Kind
from tests.queue_server.console.views import device

TOO_WIDE = """() => [...document.querySelectorAll('body *:not(.visually-hidden, .skip)')].filter((each) =>
  each.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def page(context: BrowserContext, sign_in: Any) -> Page:
    sign_in("manager")
    return context.new_page()


def test_what_is_out_of_order_comes_first_with_what_to_do(page: Page) -> None:
    page.goto("/devices")
    expect(page.locator(".troubled h3")).to_have_text(["Bảng số quầy · Quầy 3", "Máy in", "Camera"])
    first = page.locator(".troubled li").first
    expect(first.locator(".verdict")).to_have_text("Cảnh báo: không hoạt động")
    expect(first.locator(".device-do")).to_contain_text("Cách xử lý:")
    expect(first.locator("dd").first).to_contain_text("(10 phút)")
    expect(page.locator(".rest h3")).to_have_text(["Bảng số quầy · Quầy 4", "Máy in", "Kiosk lấy số"])
    expect(page.locator(".rest .device-last")).to_contain_text("Lỗi gần nhất: Máy in đã hết giấy.")
    expect(page.locator("#device-alert h2")).to_have_text("1 thiết bị ngừng hoạt động quá lâu")
    expect(page).to_have_title("⚠ Cảnh báo · Thiết bị · Trung tâm Phục vụ hành chính công")


def test_what_does_not_say_how_it_is_is_not_called_well(page: Page, hall: Any, devices: Any) -> None:
    unsteady = device("led", "unsteady", Kind.DISPLAY, changes=64)
    hall.devices = devices((unsteady, device("p", "unknown", Kind.PRINTER), device("k", "ready", Kind.KIOSK)))
    page.goto("/devices")
    expect(page.locator(".device-what")).to_contain_text("chập chờn")
    expect(page.locator(".device-what")).to_contain_text("64 lần")
    expect(page.locator("#unknown h2")).to_have_text("Chưa rõ tình trạng 1")
    expect(page.locator("#unknown h3")).to_have_text(["Máy in"])
    expect(page.locator("#well h3")).to_have_text(["Kiosk lấy số"])


def test_on_a_phone_what_works_is_folded_away_until_it_is_asked_for(page: Page, hall: Any, devices: Any) -> None:
    many = tuple(device(f"d{n}", "ready", Kind.DISPLAY, counter=n) for n in range(1, 61))
    hall.devices = devices((device("p", "offline", Kind.PRINTER), *many))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/devices")
    expect(page.locator("#well .rest")).to_be_hidden()
    expect(page.locator("#well h2")).to_have_text("Không có sự cố 60")
    page.click("#to-changes")
    expect(page.locator("#changes-head")).to_be_in_viewport()
    page.focus("#well-head")
    page.keyboard.press("Enter")
    expect(page.locator("#well .rest")).to_be_visible()
    hall.devices = devices((device("p", "offline", Kind.PRINTER), *many[1:]))
    hall.changes += 1
    expect(page.locator("#well h2")).to_have_text("Không có sự cố 59")
    expect(page.locator("#well .rest")).to_be_visible()
    expect(page.locator("#well-head")).to_be_focused()


def test_the_page_is_live(page: Page, hall: Any, devices: Any, server: Any) -> None:
    hall.devices = devices(devices().devices[1:])
    page.goto("/devices")
    expect(page.locator("#device-alert")).to_have_count(0)
    hall.devices = devices()
    hall.changes += 1
    expect(page.locator("#device-alert")).to_be_visible()
    expect(page.locator("#said")).to_have_text("1 thiết bị ngừng hoạt động quá lâu")
    hall.devices = devices(devices().devices[-2:])
    hall.changes += 1
    expect(page.locator(".calm")).to_have_text("Không có thiết bị nào báo sự cố.")
    expect(page).to_have_title("Thiết bị · Trung tâm Phục vụ hành chính công")
    server.stop()
    expect(page.locator("#away")).to_be_visible()
    server.start()
    expect(page.locator("#away")).to_be_hidden()


def test_the_history_of_one_device_stays_its_own_when_something_changes(page: Page, hall: Any, devices: Any) -> None:
    page.goto("/devices")
    expect(page.locator("#changes li")).to_have_count(6)
    page.locator(".troubled a").nth(1).click()
    expect(page.locator("#changes-head")).to_have_text("Diễn biến gần đây của kiosk-1 / printer")
    expect(page.locator("#changes li")).to_have_count(1)
    hall.devices = devices(devices().devices[1:])
    hall.changes += 1
    expect(page.locator("#device-alert")).to_have_count(0)
    expect(page.locator("#changes li")).to_have_count(1)
    page.click("#all-changes")
    expect(page.locator("#changes li")).to_have_count(5)


def test_the_overview_shows_the_alert_and_leads_to_the_page(page: Page, hall: Any, overview: Any, devices: Any) -> None:
    page.goto("/hall")
    expect(page.locator("#device-alert")).to_have_count(0)
    expect(page.locator("#devices-head small")).to_have_text("2 thiết bị cần xử lý")
    hall.overview = overview().model_copy(update={"devices": devices().devices})
    hall.changes += 1
    expect(page.locator("#device-alert")).to_contain_text("Bảng số quầy · Quầy 3")
    expect(page.locator("#said")).to_have_text("1 thiết bị ngừng hoạt động quá lâu")
    page.click("#device-alert a")
    page.wait_for_url("**/devices")


def test_what_a_device_says_is_text_and_nothing_else(page: Page, hall: Any, devices: Any) -> None:
    evil = "<img src=x onerror=alert(1)>&part=1"
    hall.devices = devices((device("printer", "offline", Kind.PRINTER, evil, detail="<script>alert(1)</script>"),))
    page.goto("/devices")
    expect(page.locator(".device-detail")).to_have_text("<script>alert(1)</script>")
    page.locator(".troubled a").click()
    expect(page.locator("#changes li")).to_have_count(1)
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844), (320, 568), (683, 384)])
def test_forty_devices_with_long_names_fit_any_screen(
    page: Page, context: BrowserContext, server: Any, hall: Any, devices: Any, lang: str, width: int, height: int
) -> None:
    """683 x 384 is what a browser zoomed to 200 % leaves of 1366 x 768."""
    context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    states = ("offline", "paper-near-end", *["ready"] * 8)
    long = "may-" + "w" * 36
    hall.devices = devices(
        tuple(
            device(f"{n}{long}"[:40], states[n % 10], Kind.DISPLAY, f"{long}{n}", counter=999, alert=n == 0)
            for n in range(40)
        )
    )
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/devices")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
