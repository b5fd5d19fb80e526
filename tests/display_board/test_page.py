"""The board in a real Chromium: what it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from hardware.voices.fake import FakeVoice
from queue_server.contract import CounterState, LocalText, Opening, OpeningReason, SpanForm, wait_span
from queue_server.domain.wait_span import WaitSpan

LYING, SMALL, STANDING = (1920, 1080), (1280, 720), (1080, 1920)
LONG_WAIT_MS = 40_000

OVERLAPS = """() => {
  const edges = [...document.querySelectorAll('main > section, .counter, .row, .queue, .band, .notices')];
  const bad = [];
  for (const box of edges) {
    const outer = box.getBoundingClientRect();
    if (outer.right > innerWidth + 1 || outer.bottom > innerHeight + 1) bad.push('outside: ' + box.className);
    for (const inner of box.querySelectorAll('h1, h2, p, span, b, strong')) {
      if (!inner.textContent.trim() || !inner.checkVisibility({visibilityProperty: true})) continue;
      const style = getComputedStyle(inner);
      if (style.clipPath !== 'none' || inner.closest('.state') && style.position === 'absolute') continue;
      const r = inner.getBoundingClientRect();
      if (r.width <= 1) continue;
      const wide = r.left < outer.left - 1 || r.right > outer.right + 1;
      const high = r.top < outer.top - 3 || r.bottom > outer.bottom + 3;
      if (wide || high)
        bad.push(box.className + ' > ' + inner.className + ': ' + inner.textContent);
    }
  }
  for (const tile of document.querySelectorAll('.counter')) {
    const [name, number, state] = tile.children;
    const below = [number, state].map(e => e.getBoundingClientRect()).filter(r => r.height > 1);
    const top = Math.min(...below.map(r => r.top));
    const range = document.createRange();
    range.selectNodeContents(name);
    if (range.getBoundingClientRect().bottom > top + 8) bad.push('name over number: ' + tile.textContent);
    if (number.textContent && number.style.getPropertyValue('--fit') < 0.4) bad.push('small: ' + tile.textContent);
  }
  return bad;
}"""

Hall = Any  # conftest's SmallHall
OpenBoard = Callable[..., Page]


def settle(page: Page) -> None:
    """The letters have come, and what they and the window's size ask for has been drawn."""
    page.evaluate(
        "() => document.fonts.ready.then(() =>"
        " new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))))"
    )


def fill(hall: Hall, counters: int = 6) -> None:
    for counter in range(1, counters + 1):
        hall.set_counter(counter, CounterState.OPEN)
    for index in range(8):
        hall.call(f"A-{index + 1:03}", index % counters + 1, age_s=900 - 60 * index, nudge=False)
    hall.set_counter(5, CounterState.PAUSED)
    hall.set_counter(6, CounterState.CLOSED)
    hall.set_queue("A", ("A-026", "A-027", "A-028"), 12)
    hall.set_queue("B", ("B-021",), 1)


def test_a_call_is_shown_large_with_its_counter(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    page = open_board(hall)
    hall.call("A-025", 3)
    expect(page.locator("#hero-number")).to_have_text("A-025")
    expect(page.locator("#hero-counter")).to_have_text("Quầy 3")
    expect(page.locator("#hero .kind:visible")).to_have_text("Mời số")
    expect(page.locator('.row[data-number="A-008"]')).to_contain_text("Quầy 2")
    expect(page.locator('.counter[data-counter="3"]')).to_contain_text("A-025")


def test_the_lists_show_counters_queues_and_notices(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    page = open_board(hall)
    expect(page.locator('.counter[data-counter="5"] .state')).to_have_text("Tạm dừng")
    expect(page.locator('.counter[data-counter="6"] .state')).to_have_text("Đóng")
    expect(page.locator('.queue[data-code="A"] .numbers b')).to_have_text(["A-026", "A-027", "A-028"])
    expect(page.locator('.queue[data-code="A"]')).to_contain_text("12 người đang chờ")
    expect(page.locator('.queue[data-code="C"]')).to_contain_text("Chưa có người chờ")
    expect(page.locator("#notice")).to_contain_text("căn cước")
    expect(page.locator("#agency")).to_have_text("UBND xã Ngọc Sơn")
    expect(page.locator(".row")).to_have_count(6)


def test_each_group_says_how_long_a_newcomer_would_wait(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    hall.set_queue("A", ("A-026", "A-027", "A-028"), 12, (10, 25))
    hall.set_queue("B", ("B-021",), 1, (0, 5))
    hall.set_queue("D", (), 0, (75, 150))
    page = open_board(hall)
    waits = page.locator(".queue .wait")
    expect(waits).to_have_text(["Chờ khoảng 10–25 phút", "Chờ dưới 5 phút", "", "Chờ khoảng 1–3 giờ"])
    english = open_board(hall, "?lang=en")
    expect(english.locator(".queue .wait")).to_have_text(["About 10–25 min", "Under 5 min", "", "About 1–3 h"])
    hall.set_queue("A", ("A-027", "A-028"), 11, (10, 10))
    hall.set_queue("B", (), 0)
    hall.nudge()
    expect(waits).to_have_text(["Chờ khoảng 10 phút", "", "", "Chờ khoảng 1–3 giờ"])
    hall.opening = Opening(issuing=False, reason=OpeningReason.ISSUING_STOPPED)
    hall.nudge()
    expect(waits).to_have_text(["", "", "", ""])


def test_the_board_tells_a_wait_in_the_figures_of_ticket_and_phone(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    ends = [0, 59, 60, 299, 300, 301, 900, 3599, 3600, 5400, 7199, 7200, 9001, 14_400]
    pairs = [(low, high) for low in ends for high in ends]
    shown = page.evaluate(
        "async (pairs) => { const { toldWait } = await import(new URL('static/wait.js', location).href);"
        " return pairs.map(([low, high]) => toldWait(low, high)).map(({ key, figures }) => [key, String(figures)]); }",
        pairs,
    )
    assert [tuple(each) for each in shown] == [(_key(wait_span(*pair)), wait_span(*pair).figures) for pair in pairs]


def _key(span: WaitSpan) -> str:
    return f"wait_{'under' if span.form is SpanForm.UNDER else 'about'}_{'h' if span.in_hours else 'min'}"


def test_english_and_both_languages(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    english = open_board(hall, "?lang=en")
    expect(english.locator("#counters-title")).to_contain_text("Counters")
    expect(english.locator('.counter[data-counter="5"] .state')).to_have_text("Paused")
    both = open_board(hall, "?lang=vi,en")
    expect(both.locator("#counters-title")).to_contain_text("Các quầy Counters")
    expect(both.locator('.counter[data-counter="5"] .state')).to_contain_text("Paused")


def test_the_newest_call_flashes_under_three_times_a_second(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    page = open_board(hall)
    hall.call("A-025", 3)
    page.wait_for_selector("#hero.flash")
    style = page.eval_on_selector(
        "#hero",
        "e => ['Name', 'Duration', 'IterationCount'].map(part => getComputedStyle(e)['animation' + part])",
    )
    assert style[0] == "flash"
    assert float(style[1].removesuffix("s")) >= 1 / 3
    assert 5 <= float(style[1].removesuffix("s")) * float(style[2]) <= 15
    keyframes = page.evaluate("document.querySelector('#hero').getAnimations()[0].effect.getKeyframes().length")
    assert keyframes <= 3  # one change there and back: one flash a period


def test_nothing_flashes_for_those_who_want_less_motion(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    page = open_board(hall, reduced_motion="reduce")
    hall.call("A-025", 3)
    page.wait_for_selector("#hero.flash")
    assert page.eval_on_selector("#hero", "e => getComputedStyle(e).animationName") == "none"


def test_an_empty_hall_is_friendly(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    expect(page.locator("#message-head")).to_have_text("Kính chào quý vị")
    expect(page.locator("#recent-nothing")).to_be_visible()
    assert page.get_attribute("#hero", "data-mode") == "empty"


def test_a_closed_hall_says_when_it_opens(hall: Hall, open_board: OpenBoard) -> None:
    opens = datetime(2030, 1, 7, 0, 30, tzinfo=UTC)  # a Monday, 7:30 in the hall
    hall.opening = Opening(
        issuing=False, reason=OpeningReason.HOLIDAY, opens_at=opens, note=LocalText(vi="Tết", en="New Year")
    )
    page = open_board(hall)
    expect(page.locator("#message-head")).to_have_text("Nghỉ lễ")
    expect(page.locator("#message-more")).to_have_text("Mở cửa lại lúc 07:30, Thứ Hai, 07/01/2030")
    expect(page.locator("#message-least")).to_have_text("Tết")


def test_calls_still_stand_while_issuing_has_stopped(hall: Hall, open_board: OpenBoard) -> None:
    fill(hall)
    hall.opening = Opening(issuing=False, reason=OpeningReason.ISSUING_STOPPED)
    page = open_board(hall)
    expect(page.locator("#hero-number")).to_have_text("A-008")
    expect(page.locator("#notice")).to_contain_text("Đã ngừng cấp số")


def test_text_from_the_server_is_never_markup(hall: Hall, open_board: OpenBoard) -> None:
    hall.notices = (LocalText(vi="<img src=x onerror=alert(1)>", en="x"),)
    hall.name = LocalText(vi="<b>Hall</b>", en="x")
    page = open_board(hall)
    expect(page.locator("#notice")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator("#hall")).to_have_text("<b>Hall</b>")


@pytest.mark.parametrize(
    ("size", "query"),  # 1280x720 has the proportions of 1920x1080, so one language tells of all
    [(size, query) for size in (LYING, STANDING) for query in ("", "?lang=en", "?lang=vi,en")] + [(SMALL, "")],
)
def test_nothing_is_cut_with_twelve_counters_and_long_names(
    hall: Hall, open_board: OpenBoard, size: tuple[int, int], query: str
) -> None:
    fill(hall, 12)
    for counter in range(1, 13):
        name = LocalText(
            vi=f"Quầy {counter} – Tiếp nhận hồ sơ đất đai, xây dựng", en=f"Counter {counter} – Land and construction"
        )
        hall.set_counter(counter, CounterState.OPEN, f"HTKT-{counter:03}", name)
    hall.set_counter(4, CounterState.PAUSED, "HTKT-004", hall.counters[4].name)
    hall.set_counter(7, CounterState.CLOSED, None, hall.counters[7].name)
    hall.name = LocalText(
        vi="Trung tâm Phục vụ hành chính công – Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính",
        en="Public Administration Service Centre – Reception and Delivery of Results of Administrative Procedures",
    )
    hall.set_queue("A", ("HTKT-011", "HTKT-012", "HTKT-013"), 12, (100, 119))
    hall.set_queue("D", ("HTKT-021", "HTKT-022", "HTKT-023"), 112, (45, 119))
    page = open_board(hall, query, size)
    hall.call("HTKT-123456", 12)
    expect(page.locator("#hero-number")).to_have_text("HTKT-123456")
    settle(page)
    assert page.locator("[data-cut]").all_inner_texts() == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(
        "document.documentElement.scrollHeight <= innerHeight && document.body.scrollWidth <= innerWidth"
    )


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize(
    ("name", "a_page"), [("Quầy {}", 10), ("Quầy {} – Tiếp nhận hồ sơ đất đai, xây dựng và môi trường, đô thị", 8)]
)
def test_thirty_counters_turn_pages_on_which_every_number_is_whole(
    hall: Hall, open_board: OpenBoard, size: tuple[int, int], name: str, a_page: int
) -> None:
    states = [CounterState.OPEN, CounterState.PAUSED, CounterState.CLOSED]
    for counter in range(1, 31):
        text = name.format(counter)
        number = f"HT-{counter:03}" if counter % 4 else None
        hall.set_counter(counter, states[counter % 3], number, LocalText(vi=text, en=text))
    page = open_board(hall, size=size)
    settle(page)
    assert a_page <= page.locator(".counter").count() <= 15
    assert page.locator("[data-cut]").all_inner_texts() == []
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize(
    ("size", "state"),
    [
        (STANDING, "calling"),
        *[(SMALL, state) for state in ("calling", "empty", "closed", "silent")],  # small letters need most contrast
    ],
)
def test_axe_finds_nothing_serious(
    make_hall: Callable[..., Hall], open_board: OpenBoard, size: tuple[int, int], state: str
) -> None:
    hall = make_hall(FakeVoice(seconds_per_word=0.3))  # axe looks while it is spoken
    if state == "closed":
        hall.opening = Opening(issuing=False, reason=OpeningReason.LUNCH, opens_at=datetime.now(UTC))
    if state in ("calling", "silent"):
        fill(hall)
    if state == "silent":
        hall.voice.fault = "missing"
    page = open_board(hall, "?lang=vi,en" if state == "empty" else "", size, reduced_motion="reduce")
    if state in ("calling", "silent"):
        hall.call("A-025", 3)
        page.wait_for_selector("#hero.speaking")
    if state == "silent":
        page.wait_for_selector("#voice:not([hidden])", timeout=LONG_WAIT_MS)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")] == []
