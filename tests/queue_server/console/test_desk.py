"""The clerk's desk in a real browser: keys, guards, dialogs, and what happens when the server goes away."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from queue_server.domain.dispatch import REASONS
from queue_server.service.words import reason
from tests.queue_server.console.dossier_views import row as dossier_row
from tests.queue_server.console.views import PRIORITIES


def wait_for_posts(page: Page, hall: Any, count: int) -> list[str]:
    for _ in range(200):
        if len(hall.asked) >= count:
            break
        page.wait_for_timeout(25)
    return list(hall.posts())


def show(page: Page, hall: Any, view: Any) -> None:
    """Let the hall change and wait until the desk shows it, as a nudge would make it."""
    hall.show(view)
    wanted = (str(view.ticket.id) if view.ticket else "", view.state, str(view.waiting))
    page.wait_for_function(
        "(w) => { const d = document.getElementById('desk').dataset;"
        " return d.ticket === w[0] && d.state === w[1] && d.waiting === w[2]; }",
        arg=wanted,
    )


def test_next_by_its_key_calls_and_says_why(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    def called() -> dict[str, Any]:
        hall.view = counter(ticket=ticket("A-015", id=115))
        return {"ticket": {"id": 115, "number": "A-015"}, "reason": "Gọi A-015 vì chờ lâu nhất."}

    hall.replies["counters/3/next"] = (200, called)
    desk.keyboard.press("n")
    expect(desk.locator(".ticket-number")).to_have_text("A-015")
    expect(desk.locator("#why")).to_have_text("Gọi A-015 vì chờ lâu nhất.")
    expect(desk.locator("#said")).to_contain_text("Đã gọi A-015.")
    assert desk.title().startswith("A-015")
    path, _, headers = hall.asked[0]
    assert path == "counters/3/next"
    assert headers["x-csrf-token"] == "csrf-clerk"
    assert headers["accept-language"] == "vi"


@pytest.mark.parametrize(
    ("key", "state", "path"),
    [
        ("s", "called", "tickets/114/start"),
        ("r", "called", "tickets/114/recall"),
        ("v", "called", "tickets/114/no-show"),
        ("f", "serving", "tickets/114/finish"),
        ("Space", "serving", "counters/3/next"),
    ],
)
def test_a_key_does_what_its_button_says(
    desk: Page, hall: Any, ticket: Any, counter: Any, key: str, state: str, path: str
) -> None:
    show(desk, hall, counter(ticket=ticket(state=state)))
    desk.keyboard.press(key)
    assert wait_for_posts(desk, hall, 1) == [path]


@pytest.fixture
def patient(desk: Page) -> Page:
    """A desk that takes a press for ended without its end only after a minute: a busy machine may be slow to end it."""
    desk.evaluate(
        "() => { const real = setTimeout;"
        " window.setTimeout = (work, ms, ...more) => real(work, ms === 1500 ? 60000 : ms, ...more) }"
    )
    return desk


def test_a_second_press_counts_though_the_end_of_the_first_was_seen_by_nobody(
    patient: Page, hall: Any, ticket: Any, counter: Any
) -> None:
    desk = patient
    show(desk, hall, counter(ticket=ticket(state="serving"), waiting=3))
    desk.dispatch_event("main", "pointerdown")
    with desk.expect_response("**/fragment"):
        hall.show(counter(ticket=ticket(state="serving"), waiting=4))
    desk.wait_for_timeout(150)
    desk.locator("#act-finish").hover()
    desk.mouse.down()
    desk.wait_for_timeout(150)
    desk.mouse.up()
    assert wait_for_posts(desk, hall, 1) == ["tickets/114/finish"]
    expect(desk.locator("#desk")).to_have_attribute("data-waiting", "4")


def test_a_button_counts_though_the_hall_changes_under_the_press(
    patient: Page, hall: Any, ticket: Any, counter: Any
) -> None:
    desk = patient
    show(desk, hall, counter(ticket=ticket(state="serving"), waiting=3))
    desk.locator("#act-finish").hover()
    desk.mouse.down()
    with desk.expect_response("**/fragment"):
        hall.show(counter(ticket=ticket(state="serving"), waiting=4))
    desk.wait_for_timeout(150)
    desk.mouse.up()
    assert wait_for_posts(desk, hall, 1) == ["tickets/114/finish"]
    expect(desk.locator("#desk")).to_have_attribute("data-waiting", "4")


def test_a_press_that_never_ends_does_not_stop_the_desk(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket(state="serving"), waiting=3))
    desk.locator("#act-finish").hover()
    desk.mouse.down()
    hall.show(counter(ticket=ticket(state="serving"), waiting=4))
    expect(desk.locator("#desk")).to_have_attribute("data-waiting", "4")


def test_every_button_shows_its_key_and_the_key_list_names_it(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    kept = (ticket("A-003", "no-show", id=3),)
    show(desk, hall, counter(ticket=ticket(), parked=(ticket("A-009", "parked", id=9),), missed=kept))
    listed = desk.locator("#dialog-keys").inner_text(timeout=1000) or desk.locator("#dialog-keys").text_content()
    for button in desk.locator("[data-act]").all():
        shown = button.locator("kbd").first.text_content()
        assert shown, button
        if shown.isalpha():
            assert shown in (listed or "")
    desk.keyboard.press("?")
    expect(desk.locator("#dialog-keys")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "fill", "path", "body"),
    [
        ("p", {}, "tickets/114/park", {"reason": None}),
        ("x", {"#cancel-reason": "Lấy nhầm"}, "tickets/114/cancel", {"reason": "Lấy nhầm"}),
        (
            "t",
            {"#transfer-service": "birth", "#transfer-counter": "5"},
            "tickets/114/transfer",
            {"service": "birth", "counter": 5, "reason": None},
        ),
        ("e", {"#continue-service": "status"}, "tickets/114/finish", {"next_service": "status"}),
        ("b", {"#pause-reason": "Nghỉ trưa"}, "counters/3/pause", {"reason": "Nghỉ trưa"}),
        ("c", {}, "counters/3/close", {}),
    ],
)
def test_a_dialog_opens_by_key_and_sends_what_was_filled_in(
    desk: Page, hall: Any, ticket: Any, counter: Any, key: str, fill: dict[str, str], path: str, body: dict[str, Any]
) -> None:
    show(desk, hall, counter(ticket=ticket(state="serving")))
    desk.keyboard.press(key)
    expect(desk.locator("dialog[open]")).to_be_visible()
    for field, value in fill.items():
        if desk.locator(field).evaluate("e => e.tagName") == "SELECT":
            desk.select_option(field, value)
        else:
            desk.fill(field, value)
    desk.locator("dialog[open] menu button").last.click()
    assert wait_for_posts(desk, hall, 1) == [path]
    assert hall.asked[0][1] == body


def test_priority_is_granted_with_a_reason_and_withdrawn_as_null(
    desk: Page, hall: Any, ticket: Any, counter: Any
) -> None:
    show(desk, hall, counter(ticket=ticket()))
    for value, sent in (("elderly", "elderly"), ("", None)):
        desk.keyboard.press("u")
        desk.locator(f'dialog[open] input[type=radio][value="{value}"]').check()
        desk.locator("dialog[open] .chip").first.click()
        desk.keyboard.press("Enter")
        wait_for_posts(desk, hall, 1)
        path, body, _ = hall.asked.pop()
        assert path == "tickets/114/priority"
        assert body == {"priority": sent, "reason": "Đã xuất trình giấy tờ"}
        expect(desk.locator("#act-priority")).to_be_enabled()


def test_a_transfer_to_nowhere_is_not_sent(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    desk.keyboard.press("t")
    desk.locator("dialog[open] menu button").last.click()
    expect(desk.locator("dialog[open]")).to_be_visible()
    assert hall.asked == []


def test_keys_do_nothing_while_a_reason_is_typed(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    desk.keyboard.press("x")
    desk.keyboard.type("nsrvf 1")
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    assert hall.asked == []


def test_a_double_press_of_next_calls_once(desk: Page, hall: Any) -> None:
    hall.delay_s = 0.2
    hall.replies["counters/3/next"] = (204, None)
    for _ in range(4):
        desk.keyboard.press("n")
    desk.locator("#act-next").click(force=True, no_wait_after=True)
    wait_for_posts(desk, hall, 1)
    expect(desk.locator("#said")).to_have_text("Hiện không có ai chờ.")
    expect(desk.locator("#act-next")).to_be_disabled()
    desk.keyboard.press("n")
    expect(desk.locator("#act-next")).to_be_enabled()
    assert hall.posts() == ["counters/3/next"]


def test_a_held_key_calls_once(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    for _ in range(5):
        desk.keyboard.down("r")
    desk.keyboard.up("r")
    expect(desk.locator("#act-recall")).to_be_enabled()
    assert wait_for_posts(desk, hall, 1) == ["tickets/114/recall"]


@pytest.mark.parametrize(
    ("answer", "paths"),
    [
        ("1", ["tickets/114/start", "counters/3/next"]),
        ("2", ["tickets/114/no-show", "counters/3/next"]),
        ("Escape", []),
    ],
)
def test_next_on_a_ticket_not_started_asks_first(
    desk: Page, hall: Any, ticket: Any, counter: Any, answer: str, paths: list[str]
) -> None:
    show(desk, hall, counter(ticket=ticket()))
    desk.keyboard.press("n")
    expect(desk.locator("#ask")).to_be_visible()
    assert hall.asked == []
    desk.keyboard.press(answer)
    expect(desk.locator("#ask")).to_be_hidden()
    assert wait_for_posts(desk, hall, len(paths)) == paths


def test_next_is_not_sent_when_the_step_before_is_refused(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    hall.replies["tickets/114/no-show"] = (409, {"code": "x", "detail": "Không được.", "action": "Xem lại."})
    desk.keyboard.press("n")
    desk.keyboard.press("2")
    expect(desk.locator("#toast")).to_contain_text("Không được.")
    assert hall.posts() == ["tickets/114/no-show"]


def test_a_refusal_is_said_with_what_to_do(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    problem = {"code": "ticket-moved", "detail": "Số A-014 đã ở Quầy 2.", "action": "Hãy gọi số tiếp theo."}
    hall.replies["tickets/114/recall"] = (409, problem)
    desk.keyboard.press("r")
    expect(desk.locator("#toast-detail")).to_have_text("Số A-014 đã ở Quầy 2.")
    expect(desk.locator("#toast-action")).to_have_text("Hãy gọi số tiếp theo.")
    desk.click("#toast-close")
    expect(desk.locator("#toast")).to_be_hidden()


def test_after_a_click_the_space_bar_means_next_again(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket(state="serving")))
    desk.click("#act-priority")
    desk.keyboard.press("Escape")
    desk.click(".counter-line h2")
    desk.keyboard.press("Space")
    assert wait_for_posts(desk, hall, 1) == ["counters/3/next"]


def test_parked_and_missed_people_come_back_by_key(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    kept = {"parked": (ticket("A-009", "parked", id=9),), "missed": (ticket("A-003", "no-show", id=3),)}
    show(desk, hall, counter(**kept, waiting=11))
    desk.keyboard.press("1")
    wait_for_posts(desk, hall, 1)
    expect(desk.locator("#resume-3")).to_be_enabled()
    desk.keyboard.press("Shift+Digit1")
    assert wait_for_posts(desk, hall, 2) == ["tickets/9/resume", "tickets/3/resume"]
    assert hall.asked[0][1] == {"counter": 3}
    show(desk, hall, counter(**kept, ticket=ticket()))
    desk.keyboard.press("1")
    wait_for_posts(desk, hall, 3)
    assert hall.asked[2][1] == {}


def test_no_show_is_urged_after_enough_recalls(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket(recalls=2, no_show_offered=True)))
    expect(desk.locator("#act-no-show.urged")).to_be_enabled()
    expect(desk.locator(".offer")).to_contain_text("Vắng mặt")
    expect(desk.locator("#act-recall small")).to_have_text("×2")


def test_the_first_person_to_come_is_pointed_out(desk: Page, hall: Any, counter: Any) -> None:
    show(desk, hall, counter(queues=(), waiting=0))
    expect(desk.locator(".empty-head")).to_have_text("Không có ai chờ")
    show(desk, hall, counter(queues=(), waiting=1))
    expect(desk.locator("#act-next.arrived")).to_be_visible()


def test_the_desk_counts_down_to_the_call_that_comes_by_itself_and_says_it(
    desk: Page, hall: Any, ticket: Any, counter: Any, moments: tuple[datetime, datetime]
) -> None:
    past, present = moments
    show(desk, hall, counter(waiting=9, auto_call_at=present + timedelta(minutes=2)))
    expect(desk.locator(".by-itself")).to_have_text(re.compile(r"^Tự động gọi số tiếp theo sau 1[12]\d giây\.$"))
    show(desk, hall, counter(waiting=8, auto_call_at=past))
    expect(desk.locator(".by-itself b")).to_have_text("0")
    show(desk, hall, counter(ticket=ticket("A-015", id=115)))
    expect(desk.locator(".ticket-number")).to_have_text("A-015")
    expect(desk.locator("#said")).to_have_text("Đã gọi A-015.")
    assert hall.posts() == []


def longest_reason(lang: str) -> str:
    """Its words filled with the longest numbers that a hall may give."""
    values = {"number": "HTKT-1014", "other": "HTKT-1016", "times": "4"}
    params = {name: values.get(name, 120) for text in REASONS.values() for name in re.findall(r"\{(\w+)\}", text)}
    return max((reason(why, params, lang) for why in REASONS), key=len)


@pytest.mark.parametrize("size", [(1024, 640), (1920, 1080)])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_longest_reason_is_read_whole(
    desk: Page, hall: Any, ticket: Any, counter: Any, server: Any, lang: str, size: tuple[int, int]
) -> None:
    desk.context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    hall.view = counter(ticket=ticket("HTKT-1014", recalls=2, no_show_offered=True, reason=longest_reason(lang)))
    desk.reload()
    assert desk.locator(".why").evaluate(
        "e => e.scrollHeight <= e.clientHeight + 1"
        " && e.getBoundingClientRect().bottom <= e.closest('.ticket').getBoundingClientRect().bottom"
    )


def test_another_clerks_counter_cannot_be_worked_at(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(holder="Lê Hoàng Nam", mine=False, ticket=ticket(state="serving")))
    expect(desk.locator(".held")).to_contain_text("Lê Hoàng Nam")
    for key in ("n", "Space", "f", "p", "b"):
        desk.keyboard.press(key)
    assert desk.locator("[data-act]:enabled").count() == 0
    assert hall.asked == []


def test_the_desk_survives_the_servers_restart_by_itself(
    desk: Page, server: Any, hall: Any, ticket: Any, counter: Any
) -> None:
    show(desk, hall, counter(ticket=ticket(state="serving")))
    desk.evaluate("window.stayed = true")
    server.stop()
    expect(desk.locator("#away")).to_be_visible()
    expect(desk.locator("#away")).to_contain_text("Mất kết nối, đang thử lại…")
    assert desk.locator("[data-act]:enabled").count() == 0
    desk.keyboard.press("f")
    hall.view = counter(ticket=ticket("A-021", "called", id=121))
    server.start()
    expect(desk.locator("#away")).to_be_hidden()
    expect(desk.locator(".ticket-number")).to_have_text("A-021")
    expect(desk.locator("#act-start")).to_be_enabled()
    assert desk.evaluate("window.stayed") is True
    assert hall.asked == []
    show(desk, hall, counter(ticket=ticket("A-022", "called", id=122)))


def test_an_answer_that_never_came_is_not_taken_for_done(
    desk: Page, server: Any, hall: Any, ticket: Any, counter: Any
) -> None:
    show(desk, hall, counter(ticket=ticket()))
    desk.route("**/api/v1/tickets/**", lambda route: route.abort())
    desk.keyboard.press("s")
    expect(desk.locator("#toast")).to_contain_text("Chưa rõ thao tác đã được ghi nhận hay chưa")
    expect(desk.locator("#act-start")).to_be_enabled()


def test_a_call_whose_answer_was_lost_is_asked_for_once_more_under_the_same_key(desk: Page, hall: Any) -> None:
    lost: list[bool] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(True)
            route.fetch()
            route.abort()

    hall.replies["counters/3/next"] = (204, None)
    desk.route("**/counters/3/next", lose_the_first)
    desk.keyboard.press("n")
    expect(desk.locator("#said")).to_have_text("Hiện không có ai chờ.")
    expect(desk.locator("#toast")).to_be_hidden()
    expect(desk.locator("#act-next")).to_be_enabled()
    desk.keyboard.press("n")
    wait_for_posts(desk, hall, 3)
    first, again, later = (headers["idempotency-key"] for _, _, headers in hall.asked)
    assert first == again != later
    assert re.fullmatch("[0-9a-f]{32}", first)


def test_a_call_lost_twice_is_told_to_the_clerk(desk: Page, hall: Any) -> None:
    keys: list[str] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.abort()

    desk.route("**/counters/3/next", lose)
    desk.keyboard.press("n")
    expect(desk.locator("#toast")).to_contain_text("Chưa rõ thao tác đã được ghi nhận hay chưa")
    assert len(keys) == 2
    assert len(set(keys)) == 1


PLACES = """() => [...document.querySelectorAll('button, .card')].map((each) => {
  const box = each.getBoundingClientRect();
  return [each.id, box.x, box.y, box.width, box.height];
})"""


def test_no_button_can_be_pressed_before_the_script_listens(
    context: BrowserContext, sign_in: Any, hall: Any, ticket: Any, counter: Any
) -> None:
    hall.view = counter(ticket=ticket(state="serving"), parked=(ticket("A-009", "parked", id=9),))
    sign_in("clerk")
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/desk.js*", hold)
    page.goto("/console/3", wait_until="commit")
    page.locator("#dialog-keys").wait_for(state="attached")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    script = page.locator("[data-act], #live [data-answer], .masthead [data-open]")
    assert script.count() > 10
    assert [each.get_attribute("id") for each in script.all() if each.is_enabled()] == []
    before = page.evaluate(PLACES)
    held[0].continue_()
    expect(page.locator("#act-next")).to_be_enabled()
    expect(page.locator("#show-keys")).to_be_enabled()
    assert page.evaluate(PLACES) == before


def test_an_expired_session_leads_to_sign_in_and_back(desk: Page, hall: Any) -> None:
    hall.sessions.clear()
    hall.show(hall.view)
    desk.wait_for_url("**/login?next=%2Fconsole%2F3")


def test_keys_can_be_switched_off_on_this_computer(desk: Page, hall: Any, ticket: Any, counter: Any) -> None:
    show(desk, hall, counter(ticket=ticket()))
    desk.keyboard.press("?")
    desk.locator("#keys-on").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    desk.reload()
    desk.keyboard.press("r")
    assert hall.asked == []
    desk.click("#act-recall")
    assert wait_for_posts(desk, hall, 1) == ["tickets/114/recall"]


FITS = """() => {
  const root = document.documentElement;
  const outside = [...document.querySelectorAll('.now *, .masthead *')].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && !each.closest('.visually-hidden, [hidden]')
      && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
  });
  const cut = [...document.querySelectorAll('.act, .next, .ticket')]
    .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1);
  return {
    scroll: [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight],
    outside: outside.map((each) => each.className.toString()),
    cut: cut.map((each) => each.className.toString() + each.textContent.trim().slice(0, 20)),
  };
}"""


SIZES = ((1280, 720), (1280, 661), (1280, 600), (1024, 768), (1024, 640), (1600, 760), (1600, 900), (1920, 1080))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("number", ["HT-115", "HTKT-1014"])
def test_the_fullest_desk_fits_without_scrolling(
    context: BrowserContext,
    sign_in: Any,
    server: Any,
    hall: Any,
    ticket: Any,
    counter: Any,
    queue: Any,
    number: str,
    lang: str,
) -> None:
    long = queue("status", 4, 1000, 1)
    shown = ticket(
        number,
        service_name=long.name,
        waited_s=1500,
        recalls=2,
        no_show_offered=True,
        priority="merit",
        priority_name=PRIORITIES[3].name,
        reason=longest_reason(lang),
    )
    kept = tuple(ticket(f"A-{each:03}", "parked", id=each) for each in range(1, 9))
    hall.view = counter(ticket=shown, parked=kept, missed=kept, queues=(long,) * 9)
    hall.prepared = dossier_row(7, "draft")
    sign_in("clerk")
    context.add_cookies([{"name": "lang", "value": lang, "url": server.base}])
    page = context.new_page()
    page.goto("/console/3")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(FITS) == {"scroll": [0, 0], "outside": [], "cut": []}, (width, height)
