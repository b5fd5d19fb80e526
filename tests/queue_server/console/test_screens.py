"""The phone page, the rating screen, sign-in and the overview in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from queue_server.contract import LocalText


def test_the_phone_page_follows_the_ticket_to_the_counter(context: BrowserContext, hall: Any, tracked: Any) -> None:
    hall.tracked = tracked("waiting")
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/t/K7mQ2xV9")
    expect(page.locator(".slip-number")).to_have_text("A-014")
    expect(page.locator(".slip-wait")).to_contain_text("10–15 phút")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click("#remind")
    expect(page.locator("#remind")).to_have_attribute("aria-pressed", "true")
    hall.tracked = tracked("called")
    hall.changes += 1
    expect(page.locator(".slip-counter")).to_have_text("Quầy 3")
    expect(page).to_have_title("A-014 · Mời đến Quầy 3")
    expect(page.locator("#said")).to_contain_text("Quầy 3")


def test_the_phone_takes_one_rating_and_says_thanks(context: BrowserContext, hall: Any, tracked: Any) -> None:
    def rated() -> dict[str, Any]:
        hall.tracked = tracked("finished", rateable=False, rating="satisfied")
        return {}

    hall.tracked = tracked("finished")
    hall.replies["track/K7mQ2xV9/rate"] = (200, rated)
    page = context.new_page()
    page.goto("/t/K7mQ2xV9")
    page.locator("[data-score=satisfied]").dblclick()
    expect(page.locator(".slip-rated")).to_contain_text("Hài lòng")
    assert [each[:2] for each in hall.asked] == [("track/K7mQ2xV9/rate", {"score": "satisfied"})]


def test_a_rating_that_could_not_be_sent_can_be_sent_again(context: BrowserContext, hall: Any, tracked: Any) -> None:
    hall.tracked = tracked("finished")
    page = context.new_page()
    page.goto("/t/K7mQ2xV9")
    page.route("**/api/v1/track/**", lambda route: route.abort())
    page.click("[data-score=neutral]")
    expect(page.locator("#problem")).to_contain_text("Mời chạm lại lần nữa.")
    expect(page.locator("[data-score=neutral]")).to_be_enabled()


def test_the_rating_screen_asks_the_one_just_served_thanks_and_rests(
    context: BrowserContext, sign_in: Any, hall: Any
) -> None:
    sign_in("screen")
    page = context.new_page()
    page.clock.install()
    page.goto("/rate/3")
    expect(page.locator("#idle")).to_be_visible()

    def taken() -> dict[str, Any]:
        hall.rated = idle
        return {}

    idle = hall.rated
    hall.replies["tickets/114/rate"] = (200, taken)
    hall.rated = idle.model_copy(update={"ticket_id": 114, "number": "A-014"})
    hall.changes += 1
    expect(page.locator("#ask")).to_contain_text("Số A-014")
    page.click("[data-score=very-satisfied]")
    expect(page.locator("#thanks")).to_be_visible()
    path, body, headers = hall.asked[0]
    assert (path, body) == ("tickets/114/rate", {"score": "very-satisfied"})
    assert headers["x-csrf-token"] == "csrf-screen"
    page.clock.fast_forward(4500)
    expect(page.locator("#thanks")).to_be_hidden()
    expect(page.locator("#idle")).to_be_visible()


def test_a_question_nobody_answers_goes_away_after_a_minute(context: BrowserContext, sign_in: Any, hall: Any) -> None:
    sign_in("screen")
    hall.rated = hall.rated.model_copy(update={"ticket_id": 114, "number": "A-014"})
    page = context.new_page()
    page.clock.install()
    page.goto("/rate/3")
    expect(page.locator("#ask")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.locator("#idle")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
    hall.rated = hall.rated.model_copy(update={"ticket_id": 115, "number": "A-015"})
    hall.changes += 1
    expect(page.locator("#ask")).to_contain_text("A-015")


def test_a_screen_signs_in_by_a_link_whose_token_no_server_sees(context: BrowserContext, hall: Any) -> None:
    page = context.new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto("/device#token=mã-của-màn-hình&next=/rate/3")
    page.wait_for_url("**/rate/3")
    expect(page.locator("#idle")).to_be_visible()
    assert not any("token" in each and "#" not in each for each in addresses)


def test_signing_in_counts_down_after_too_many_tries(context: BrowserContext, hall: Any, refused: Any) -> None:
    hall.refusal = refused(429, "login-locked", "Đã nhập sai quá nhiều lần.", "Vui lòng chờ.", 120)
    page = context.new_page()
    page.clock.install()
    page.goto("/login")
    page.fill("#username", "huong")
    page.fill("#password", "sai")
    page.click("#enter")
    expect(page.locator("[data-countdown]")).to_have_text("2:00")
    expect(page.locator("#enter")).to_be_disabled()
    page.clock.run_for(121_000)
    expect(page.locator("#enter")).to_be_enabled()


def test_a_clerk_signs_in_chooses_a_counter_and_signs_out(context: BrowserContext, hall: Any) -> None:
    page = context.new_page()
    page.goto("/console")
    page.fill("#username", "huong")
    page.fill("#password", "quay-so-3")
    page.click("#enter")
    page.wait_for_url("**/console")
    page.click("text=Tiếp tục")
    page.wait_for_url("**/console/3")
    page.click("text=Đăng xuất")
    page.wait_for_url("**/login")


@pytest.mark.parametrize("path", ["/console/3", "/hall", "/devices"])
def test_signing_out_leads_to_the_door_and_names_no_way_back(
    context: BrowserContext, sign_in: Any, hall: Any, path: str
) -> None:
    """A busy server: the page asks for news after its session has ended and before the way to the door is shown."""
    sign_in("clerk" if path.startswith("/console") else "manager")
    page = context.new_page()
    page.goto(path)
    refused = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status == 401 else None)
    hall.logout_delay_s = 1.0
    page.click("text=Đăng xuất")
    page.wait_for_url("**/login")
    assert refused, "the page did ask meanwhile"


def test_the_overview_is_live_and_says_when_it_is_not(
    context: BrowserContext, sign_in: Any, server: Any, hall: Any
) -> None:
    sign_in("manager")
    page = context.new_page()
    page.goto("/hall")
    expect(page.locator(".figures dd").first).to_have_text("14")
    server.stop()
    expect(page.locator("#away")).to_be_visible()
    server.start()
    expect(page.locator("#away")).to_be_hidden()


CUT = """() => {
  const region = document.querySelector('[data-keep=counters]');
  const right = region.getBoundingClientRect().right;
  return {
    wide: region.scrollWidth - region.clientWidth,
    cut: [...region.querySelectorAll('td.number, .pill')].filter((each) =>
      each.getBoundingClientRect().right > right + 1 || each.scrollWidth > each.clientWidth + 1).length,
  };
}"""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_long_names_leave_the_overviews_times_readable(
    context: BrowserContext, sign_in: Any, server: Any, hall: Any, overview: Any, lang: str
) -> None:
    long = "Quầy tiếp nhận và trả kết quả thủ tục hành chính đất đai số"
    counters = tuple(
        each.model_copy(update={"id": number, "name": LocalText(vi=f"{long} {number}", en="W" * 57)})
        for number, each in enumerate(overview().counters * 5, 1)
    )
    hall.overview = overview().model_copy(update={"counters": counters})
    context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    sign_in("manager")
    page = context.new_page()
    page.goto("/hall")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert page.evaluate(CUT) == {"wide": 0, "cut": 0}
