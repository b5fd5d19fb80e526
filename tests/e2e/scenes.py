"""The script of the morning: who comes, who is called, who does not come, and what each counter does."""

from __future__ import annotations

from tests.e2e.browser import Desk
from tests.e2e.stage import Stage

BIRTH, MARRIAGE, DEATH, STATUS, CHANGE = "1.001193", "1.000894", "1.000656", "1.004873", "1.004859"
COPY, SIGNATURE = "2.000815", "2.000884"
CALLS = 9

EXPECTED = {
    "A-001": ("finished", 1, "satisfied"),
    "B-001": ("finished", 1, "neutral"),
    "A-002": ("finished", 2, "very-satisfied"),
    "A-003": ("no-show", 1, None),
    "B-002": ("finished", 2, None),
    "A-004": ("finished", 1, None),
}
"""What should become of each ticket: state, counter of the last call, rating."""


def play(stage: Stage) -> None:
    """The whole morning; raises whatever goes wrong in it."""
    with stage.narrator.step("Quầy 1 và quầy 2 mở cửa", "counters 1 and 2 open"):
        first, second = stage.desk(1), stage.desk(2)
        rating = stage.rating_screen(1)
    first_citizen(stage)
    with stage.narrator.step("Quầy 1 gọi A-001", "counter 1 calls A-001"):
        first.key("n", "KeyN")
        first.has("A-001", "called")
        stage.board.shows("A-001", 1)
        first.key("s", "KeyS")
        first.has("A-001", "serving")
    prior_citizen(stage)
    with stage.narrator.step("Quầy 2 gọi: A-002 được ưu tiên", "counter 2 calls: A-002 has priority"):
        second.click("next")
        second.has("A-002", "called")
    more_citizens(stage)
    parked(stage, first)
    missed(stage, first)
    rated_by_phone(stage, second)
    transferred(stage, second)
    with stage.narrator.step("A-001 quay lại quầy 1, làm xong", "A-001 is back at counter 1 and is served"):
        first.key("1", "Digit1")
        serve(first, "A-001")
    with stage.narrator.step("A-001 đánh giá trên màn hình ở quầy 1", "A-001 rates on the screen at counter 1"):
        rating.asks("A-001")
        stage.album.screen("17-rating-screen", rating.page)
        rating.rate("satisfied")
        stage.album.screen("18-rating-thanks", rating.page)
    last_calls(stage, first, second)


def first_citizen(stage: Stage) -> None:
    kiosk = stage.kiosk
    with stage.narrator.step("Công dân 1: đăng ký khai sinh", "citizen 1: birth registration"):
        kiosk.until_screen("attract")
        stage.picture_kiosk("01-kiosk-start")
        kiosk.start("vi")
        stage.picture_kiosk("02-kiosk-groups")
        kiosk.touch("group:ho-tich")
        kiosk.until_screen("service")
        kiosk.touch(f"service:{BIRTH}")
        kiosk.until_screen("priority")
        stage.picture_kiosk("03-kiosk-priority")
        kiosk.touch("priority:none")
        kiosk.until_screen("confirm")
        stage.picture_kiosk("04-kiosk-confirm")
        stage.confirm("A-001")
        stage.picture_kiosk("05-kiosk-ticket")
        kiosk.leave()


def prior_citizen(stage: Stage) -> None:
    """One who came before, and one who goes ahead."""
    kiosk, step = stage.kiosk, stage.narrator.step
    with step("Công dân 2: chứng thực bản sao", "citizen 2: certified copies"):
        kiosk.start("vi")
        kiosk.choose("chung-thuc", COPY)
        stage.confirm("B-001")
        kiosk.leave()
    with step("Công dân 3: người cao tuổi, đăng ký khai tử", "citizen 3: elderly, death registration"):
        kiosk.start("vi")
        kiosk.choose("ho-tich", DEATH, "elderly")
        stage.confirm("A-002")
        kiosk.leave()


def more_citizens(stage: Stage) -> None:
    kiosk, step = stage.kiosk, stage.narrator.step
    with step("Công dân 4: tiếng Anh, chữ to, đăng ký kết hôn", "citizen 4: English, large text, marriage"):
        kiosk.start("en", large=True)
        kiosk.choose("ho-tich", MARRIAGE)
        stage.picture_kiosk("06-kiosk-english-large")
        stage.confirm("A-003")
        kiosk.leave()
    with step("Công dân 5: chứng thực chữ ký", "citizen 5: certified signature"):
        kiosk.start("vi")
        kiosk.choose("chung-thuc", SIGNATURE)
        stage.confirm("B-002")
        kiosk.leave()
    with step("Công dân 6: cải chính hộ tịch", "citizen 6: change in civil status"):
        kiosk.start("vi")
        kiosk.touch("group:ho-tich")
        kiosk.until_screen("service")
        stage.picture_kiosk("07-kiosk-services", shown="kiosk")
        kiosk.touch("back")
        kiosk.until_screen("group")
        kiosk.choose("ho-tich", CHANGE)
        stage.confirm("A-004")
        kiosk.leave()


def parked(stage: Stage, desk: Desk) -> None:
    with stage.narrator.step("A-001 đi lấy giấy tờ, quầy 1 tạm giữ", "A-001 fetches a paper, counter 1 parks"):
        dialog = desk.dialog("p", "KeyP", "park")
        reason = dialog.locator(".chip").first
        why = reason.inner_text()
        reason.click()
        stage.album.screen("08-desk-park", desk.page)
        dialog.locator("button.primary").click()
        desk.is_free()
        desk.parked("A-001", why)


def missed(stage: Stage, desk: Desk) -> None:
    vi, en = "Quầy 1 gọi A-003, gọi lại, không ai đến", "counter 1 calls A-003, calls again, nobody comes"
    with stage.narrator.step(vi, en):
        desk.key("Space", "KeyN")
        desk.has("A-003", "called")
        desk.key("r", "KeyR")
        desk.page.locator(".recalls").wait_for()
        stage.album.screen("09-desk-recalled", desk.page)
        desk.click("no-show")
        desk.is_free()
        stage.album.screen("10-desk-free", desk.page)


def rated_by_phone(stage: Stage, desk: Desk) -> None:
    phone = stage.phone("A-002")
    with stage.narrator.step("A-002 làm xong ở quầy 2", "A-002 is served at counter 2"):
        phone.shows("called")
        stage.album.screen("11-phone-called", phone.page)
        desk.key("s", "KeyS")
        desk.has("A-002", "serving")
        stage.album.screen("12-desk-serving", desk.page, shown="console")
        desk.key("f", "KeyF")
        desk.is_free()
    with stage.narrator.step("A-002 đánh giá trên điện thoại", "A-002 rates on the phone"):
        phone.shows("finished")
        stage.album.screen("13-phone-rate", phone.page)
        phone.rate("very-satisfied")
        stage.album.screen("14-phone-thanks", phone.page)


def transferred(stage: Stage, desk: Desk) -> None:
    vi, en = "Quầy 2 gọi B-001: chọn nhầm thủ tục, chuyển", "counter 2 calls B-001: wrong service, transfer"
    with stage.narrator.step(vi, en):
        desk.click("next")
        desk.has("B-001", "called")
        desk.key("s", "KeyS")
        desk.has("B-001", "serving")
        stage.board.shows("B-001", 2)
        stage.album.screen("15-board", stage.board.page, shown="board")
        dialog = desk.dialog("t", "KeyT", "transfer")
        dialog.locator("#transfer-service").select_option(STATUS)
        dialog.locator(".chip").first.click()
        stage.album.screen("16-desk-transfer", desk.page)
        dialog.locator("button.primary").click()
        desk.is_free()


def last_calls(stage: Stage, first: Desk, second: Desk) -> None:
    step = stage.narrator.step
    with step("Quầy 1 gọi B-001, giữ giờ đến", "counter 1 calls B-001, its arrival time kept"):
        first.click("next")
        serve(first, "B-001")
        stage.phone("B-001").rate("neutral")
    with step("Quầy 1 gọi A-004, quầy 2 gọi B-002", "counter 1 calls A-004, counter 2 calls B-002"):
        first.click("next")
        second.click("next")
        serve(first, "A-004")
        serve(second, "B-002")
    with step("Loa đọc nốt các lượt gọi", "the loudspeaker says the last calls"):
        for place in range(len(stage.board.spoken), CALLS):
            stage.narrator.tell(f"   ♪ {stage.board.has_spoken(place + 1)[place]['texts'][0]}")
        stage.album.screen("19-board-end", stage.board.page)
    with step("Lãnh đạo xem toàn sảnh", "the manager's overview"):
        stage.picture_overview("20-hall-overview")


def serve(desk: Desk, number: str) -> None:
    """Start and finish who was called, by keys."""
    desk.has(number, "called")
    desk.key("s", "KeyS")
    desk.has(number, "serving")
    desk.key("f", "KeyF")
    desk.is_free()
