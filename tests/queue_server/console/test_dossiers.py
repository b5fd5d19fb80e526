"""Dossiers, appointments and calls for help in a real browser: pressed as a clerk presses."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.console.pages import Paper
from queue_server.contract import DossierAct
from tests.queue_server.console.dossier_views import dossier, help_call
from tests.queue_server.console.dossier_views import row as dossier_row
from tests.queue_server.console.scripted_hall import PNG


@pytest.fixture
def page(context: BrowserContext, sign_in: Any, hall: Any) -> Page:
    hall.changed = "help"
    hall.papers = {"GCS": Paper(PNG, "image/png")}
    sign_in("clerk")
    return context.new_page()


def nudge(hall: Any, kind: str) -> None:
    hall.changed = kind
    hall.changes += 1


RINGS = """() => {
  window.rings = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) { window.rings += 1; return start.apply(this, at); };
}"""


def test_a_call_for_help_is_seen_and_heard_on_whatever_page_is_open(page: Page, hall: Any, sign_in: Any) -> None:
    def answered() -> dict[str, Any]:
        hall.calls = [help_call(answered_at=hall.calls[0].called_at, answered_by="huong")]
        return {}

    page.add_init_script(f"({RINGS})()")
    hall.replies["help/5/answer"] = (200, answered)
    for path in ("/console", "/console/3", "/dossiers", "/appointments"):
        hall.calls, hall.asked = [], []
        page.goto(path)
        page.locator("#help-calls").wait_for(state="attached")
        page.keyboard.press("Shift")
        hall.calls = [help_call()]
        nudge(hall, "help")
        expect(page.locator(".help-call")).to_contain_text("Cần hỗ trợ tại kiosk-1.")
        expect(page.locator("#help-said")).to_have_text("Cần hỗ trợ tại kiosk-1.")
        assert page.evaluate("window.rings") > 0, path
        page.locator("#help-answer-5").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".help-call.answered")).to_contain_text("huong đang đến kiosk-1")
        assert hall.posts() == ["help/5/answer"], path


def test_a_clerk_ticks_receives_and_is_told_what_is_missing(page: Page, hall: Any) -> None:
    def received() -> dict[str, Any]:
        hall.dossier_view = dossier("received", acts=(DossierAct.PROCESS,))
        return {}

    hall.replies["dossiers/4/act"] = (409, {"detail": "Còn giấy tờ chưa đánh dấu: CCCD.", "action": "Xem lại."})
    page.goto("/dossiers/4")
    expect(page.locator(".paper-pages img").first).to_be_visible()
    page.check("#tick-GCS")
    page.click("#act-received")
    expect(page.locator("#refused")).to_contain_text("Còn giấy tờ chưa đánh dấu")
    expect(page.locator("#tick-GCS")).to_be_checked()
    hall.replies["dossiers/4/act"] = (200, received)
    page.click("#tick-all")
    page.click("#act-received")
    expect(page.locator("#act-processing-begun")).to_be_enabled()
    expect(page.locator("#refused")).to_be_hidden()
    assert [body["papers"] for _, body, _ in hall.asked] == [["GCS"], ["GCS", "CCCD", "GKH"]]


def test_what_is_missing_is_named_with_one_press_and_sent_by_keys(page: Page, hall: Any) -> None:
    page.goto("/dossiers/4")
    page.check("#tick-GCS")
    page.check("#tick-CCCD")
    page.locator("#act-supplement-requested").focus()
    page.keyboard.press("Enter")
    page.locator(".chip").get_by_text("Giấy chứng nhận kết hôn").click()
    page.keyboard.type(" Bản chính.")
    page.locator("#ask-do").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Yêu cầu bổ sung")
    path, body, headers = hall.asked[0]
    assert (path, headers["x-csrf-token"]) == ("dossiers/4/act", "csrf-clerk")
    reason = "Đề nghị bổ sung: Giấy chứng nhận kết hôn. Bản chính."
    seen = len(hall.dossier_view.events)
    assert body == {"act": "supplement-requested", "papers": [], "after": seen, "reason": reason}


def test_a_reason_that_is_needed_cannot_be_left_out_and_a_new_day_comes_with_it(page: Page, hall: Any) -> None:
    hall.dossier_view = dossier("processing", acts=(DossierAct.EXTEND, DossierAct.READY))
    page.goto("/dossiers/4")
    page.click("#act-extended")
    page.click("#ask-do")
    expect(page.locator("#ask")).to_be_visible()
    page.fill("#ask-due", "2030-01-15")
    page.fill("#ask-reason", "Cần xác minh thêm.")
    page.click("#ask-do")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("Gia hạn")
    assert hall.asked[0][1] == {
        "act": "extended",
        "papers": [],
        "after": len(hall.dossier_view.events),
        "reason": "Cần xác minh thêm.",
        "new_due": "2030-01-15",
    }


def test_who_comes_second_is_told_and_sees_how_it_stands_now(page: Page, hall: Any) -> None:
    page.goto("/dossiers/4")
    expect(page.locator("#act-received")).to_be_visible()
    view = hall.dossier_view
    hall.dossier_view = view.model_copy(
        update={"state": "received", "acts": (DossierAct.PROCESS,), "events": (*view.events, view.events[-1])}
    )
    nudge(hall, "dossier")
    expect(page.locator("#refused")).to_contain_text("Có cán bộ khác vừa cập nhật hồ sơ này")
    expect(page.locator("#act-received")).to_have_count(0)
    expect(page.locator("#act-processing-begun")).to_be_visible()


def test_the_desk_opens_the_prepared_dossier_by_one_key(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    hall.prepared = dossier_row(4, "draft")
    hall.show(counter(ticket=ticket()))
    expect(desk.locator("#act-dossier")).to_contain_text("Nhận hồ sơ")
    desk.keyboard.press("d")
    desk.wait_for_url("**/dossiers/4")
    assert hall.asked == []


def test_a_time_is_booked_with_one_press_and_given_back_with_two(page: Page, hall: Any) -> None:
    hall.replies["appointments"] = (201, {"id": 1})
    page.goto("/appointments")
    page.locator(".slot:enabled").first.click()
    assert hall.asked == [], "the service is asked for first"
    page.select_option("#service", "birth")
    page.locator(".slot:enabled").first.click()
    page.wait_for_url("**/appointments/1")
    expect(page.locator(".slip-code")).to_have_text(hall.booked[0].code)
    first = next(slot for slot in hall.free.slots if slot.free)
    assert hall.asked[0][1] == {"service": "birth", "at": first.at.isoformat()}
    page.goto("/appointments")
    page.click("[data-cancel]")
    page.locator("#ask .danger").click()
    page.wait_for_url("**/appointments?**")
    assert hall.posts()[1] == "appointments/1/cancel"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_page_is_wider_than_a_small_phone_or_a_doubled_text(
    context: BrowserContext, page: Page, server: Any, hall: Any, lang: str
) -> None:
    hall.calls = [help_call(device="kiosk-o-sanh-chinh-tang-1")]
    context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    for width in (320, 640):  # 640: a window of 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 600})
        for path in (
            "/dossiers",
            "/dossiers/4",
            "/appointments?service=birth",
            "/appointments/1",
            "/d/K7mQ2xV9",
            "/console",
        ):
            page.goto(path)
            if not path.startswith("/d/"):
                page.locator(".help-call").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_a_new_dossier_is_noticed_and_the_reader_is_left_where_they_were(page: Page, hall: Any) -> None:
    hall.filed = [dossier_row(number, "draft") for number in range(60, 0, -1)]
    page.goto("/dossiers?state=draft")
    title = page.title()
    page.fill("#search", "00")
    link = page.locator("#row-20")
    # At once: the list may be fetched anew at any moment.
    before = link.evaluate("row => { row.focus(); row.scrollIntoView({ block: 'center' }); return scrollY }")
    hall.filed = [dossier_row(61, "draft"), *hall.filed]
    nudge(hall, "dossier")
    expect(page.locator("#row-61")).to_be_attached()
    expect(page.locator(".new-mark:visible")).to_have_count(1)
    expect(page.locator("#said")).to_have_text("Hồ sơ mới: H57.132-261123-0061.")
    assert page.title() == f"(1) {title}"
    expect(link).to_be_focused()
    expect(page.locator("#search")).to_have_value("00")
    assert page.evaluate("scrollY") >= before > 0
    expect(page.locator("#only-draft")).to_have_attribute("aria-current", "true")
    assert {each.state for each in hall.wanted} == {"draft"}


def test_what_is_marked_on_the_list_stays_marked(page: Page, hall: Any) -> None:
    page.goto("/dossiers")
    page.locator("#row-3").wait_for()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('row-3'))")
    hall.filed = [dossier_row(61, "draft"), *hall.filed]
    with page.expect_response("**/dossiers/fragment"):
        nudge(hall, "dossier")
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert page.evaluate("getSelection().toString()") == "H57.132-261123-0003"
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("#row-61")).to_be_visible()


@pytest.mark.parametrize("path", ["/dossiers", "/appointments"])
def test_signing_out_of_a_list_ends_at_the_door(page: Page, hall: Any, path: str) -> None:
    hall.logout_delay_s = 0.6
    page.goto(path)
    page.locator("#live").wait_for()
    page.locator("form[action='/logout'] button").click()
    page.wait_for_url("**/login")


def test_the_appointments_follow_and_leave_what_was_chosen(page: Page, hall: Any) -> None:
    page.goto("/appointments")
    page.select_option("#service", "birth")
    first = next(slot for slot in hall.free.slots if slot.free)
    busy = tuple(slot.model_copy(update={"free": 0}) if slot is first else slot for slot in hall.free.slots)
    hall.free = hall.free.model_copy(update={"slots": busy})
    hall.booked = [hall.booked[0].model_copy(update={"id": 77, "code": "ZZZ999"}), *hall.booked]
    nudge(hall, "appointment")
    expect(page.locator("#slip-77")).to_be_visible()
    expect(page.locator(f"[data-at='{first.at.isoformat()}']")).to_be_disabled()
    expect(page.locator("#service")).to_have_value("birth")
