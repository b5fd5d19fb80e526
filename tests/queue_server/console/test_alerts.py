"""The manager's page in an alert: seen, said, answered with one press, and quiet again."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.contract import Fate, MeasureKind
from tests.queue_server.console.alerts import LEND, LUNCH, OPEN, advice, alerted, answered, risk
from tests.queue_server.console.views import overview

LENT = answered(9, LEND, Fate.TAKEN, kind=MeasureKind.ADD_SERVICE, counter=2, reason="Quầy 2 đang rảnh")
STATES = {
    "no data yet": overview(),
    "calm": overview().model_copy(update={"risk": risk()}),
    "nobody": overview().model_copy(update={"risk": risk(tickets=0)}),
    "some risk": overview().model_copy(update={"risk": risk(0.06, 2.1)}),
    "alert": alerted(advice(1), advice(2, LEND), advice(3, LUNCH)),
    "answered": alerted(
        advice(1), LENT, answered(8, LUNCH, Fate.DECLINED), answered(7, OPEN, Fate.WITHDRAWN), in_force=(LENT,)
    ),
    "no advice helps": alerted(),
    "not advised yet": alerted(advised=False),
}
SAID = {
    "no data yet": "Đang tính dự báo",
    "calm": "không có lượt nào chờ quá mức",
    "nobody": "không có ai phải chờ",
    "some risk": "dự kiến 2 trên 34 lượt (6%) chờ quá mức",
    "alert": "dự kiến 12 trên 34 lượt (36%) chờ quá mức",
    "answered": "Quầy 2 đang rảnh",
    "no advice helps": "Chưa có cách nào giúp được",
    "not advised yet": "Đang tìm cách",
}


@pytest.fixture
def page(context: BrowserContext, sign_in: Any) -> Page:
    sign_in("manager")
    return context.new_page()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_is_legible_and_fits(page: Page, server: Any, hall: Any, lang: str) -> None:
    page.context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    for name, state in STATES.items():
        hall.overview = state
        for width, height in ((1280, 720), (800, 1280), (360, 640)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto("/hall")
            page.wait_for_function("() => document.fonts.status === 'loaded'")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if lang == "vi":
            expect(page.locator("#live")).to_contain_text(SAID[name])
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == [], name


def test_a_new_alert_is_said_and_stands_in_the_title_until_it_is_over(page: Page, hall: Any) -> None:
    hall.overview = STATES["calm"]
    page.goto("/hall")
    expect(page.locator(".outlook.calm")).to_be_visible()
    assert "⚠" not in page.title()
    hall.overview = STATES["alert"]
    hall.changes += 1
    expect(page.locator(".outlook.alert")).to_contain_text("Nhiều người sẽ phải chờ quá mức")
    expect(page.locator("#said")).to_contain_text("dự kiến 12 trên 34 lượt")
    assert page.title().startswith("⚠ Cảnh báo")
    hall.overview = STATES["calm"]
    hall.changes += 1
    expect(page.locator("#said")).to_have_text("Cảnh báo đã hết.")
    assert "⚠" not in page.title()


def test_advice_is_answered_with_one_press_once(page: Page, hall: Any) -> None:
    hall.overview = STATES["alert"]
    hall.delay_s = 0.3
    page.goto("/hall")
    page.locator("#take-2").dblclick()
    expect(page.locator("#said")).to_have_text("Đã ghi: làm theo.")
    page.locator("#decline-1").click()
    expect(page.locator("#said")).to_have_text("Đã ghi: không làm.")
    assert [each[:2] for each in hall.asked] == [("advice/2/take", {}), ("advice/1/decline", {})]
    assert hall.asked[0][2]["x-csrf-token"] == "csrf-manager"


def test_a_reason_can_be_given_and_the_question_left(page: Page, hall: Any) -> None:
    hall.overview = STATES["alert"]
    page.goto("/hall")
    page.locator("#reason-3").click()
    expect(page.locator("#ask-head")).to_have_text(LUNCH.vi)
    page.keyboard.press("Escape")
    page.locator("#reason-3").click()
    page.fill("#ask-reason", "  Cán bộ đã hẹn  ")
    page.locator("#ask [value=decline]").click()
    expect(page.locator("#said")).to_have_text("Đã ghi: không làm.")
    assert [each[:2] for each in hall.asked] == [("advice/3/decline", {"reason": "Cán bộ đã hẹn"})]


def test_what_was_taken_can_be_taken_back(page: Page, hall: Any) -> None:
    hall.overview = STATES["answered"]
    page.goto("/hall")
    expect(page.locator(".done li")).to_have_count(2)
    page.locator("#back-9").click()
    expect(page.locator("#said")).to_have_text("Đã thôi áp dụng.")
    assert [each[:2] for each in hall.asked] == [("advice/9/take-back", {})]


def test_a_refusal_is_said_in_words(page: Page, hall: Any) -> None:
    hall.overview = STATES["alert"]
    hall.replies["advice/1/take"] = (409, {"code": "advice-answered", "detail": "Đã trả lời.", "action": "Tải lại."})
    page.goto("/hall")
    page.locator("#take-1").click()
    expect(page.locator("#refused")).to_be_visible()
    expect(page.locator("#refused")).to_contain_text("Đã trả lời.")
    expect(page.locator("#take-1")).to_be_enabled()


def test_the_page_rings_if_wanted(page: Page, hall: Any) -> None:
    hall.overview = STATES["calm"]
    page.goto("/hall")
    page.locator("#bell").click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "true")
    page.locator("#bell").click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "false")
