"""A dossier from the kiosk at its clerk: `python -m tests.e2e.dossier_page --pictures docs/images`.

A real server with the real catalogue. The kiosk's requests are sent as a kiosk sends them, the clerk presses in a real
browser, and every paper of the hall is opened once.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import secrets
import tempfile
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page

from queue_server.contract import API, IDEMPOTENCY_HEADER
from queue_server.demo import DEMO_PASSWORD
from tests.e2e.album import Album
from tests.e2e.browser import chromium, new_page
from tests.hall_server import RunningHall, running_hall

LANDSCAPE, PORTRAIT = (1366, 900), (390, 844)
BIRTH = "1.001193"
OWNER = {"id": "015192004417", "birth_date": "1992-04-17"}
AGAIN = frozenset({"extended"})
"""Acts after which the same may be done once more."""
CHILDREN = ("Trần Bảo An", "Trần Nguyễn Hoàng Thanh Thảo Nguyên", "Trần Ý")
NOTICE = ("GIẤY CHỨNG SINH", "Họ và tên mẹ: Nguyễn Thị Hương Giang", "Sinh ngày 15 tháng 11 năm 2026", "Giới tính: Nữ")
ANSWERS: dict[str, Any] = {
    "relation": "mother",
    "declarant_name": "Nguyễn Thị Hương Giang",
    "declarant_birth_date": OWNER["birth_date"],
    "declarant_id": OWNER["id"],
    "declarant_address": "Thôn 3, xã Ngọc Sơn, tỉnh Lào Cai",
    "declarant_phone": "0912345678",
    "child_name": "Trần Bảo An",
    "child_sex": "female",
    "child_birth_date": "2026-11-15",
    "child_birth_place": "clinic",
    "child_birth_facility": "Trung tâm Y tế Ngọc Sơn",
    "child_ethnicity": "kinh",
    "mother_ethnicity": "kinh",
    "father_named": True,
    "father_name": "Trần Văn Minh",
    "father_birth_date": "1990-02-03",
    "father_ethnicity": "kinh",
    "father_address": "Thôn 3, xã Ngọc Sơn, tỉnh Lào Cai",
    "wants_copies": True,
    "copies": 3,
    "declarant_signature": "M100 200 L180 120 L240 240 L330 110 L420 230 L540 150",
}


def notice() -> bytes:
    """The birth notice as the document camera leaves it: a PDF with one picture."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(picture_of_notice())) as page:
        page.save(made, "PDF", resolution=150)
    return made.getvalue()


def picture_of_notice() -> bytes:
    """As PNG."""
    page = Image.new("RGB", (1240, 877), "#FDFCF7")
    draw = ImageDraw.Draw(page)
    for line, (text, size) in enumerate(zip(NOTICE, (56, 34, 34, 34), strict=True)):
        font = ImageFont.truetype(str(files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Medium.ttf"), size)
        draw.text((120 if line else 380, 110 + line * 110 + (60 if line else 0)), text, font=font, fill="#1B2430")
    draw.ellipse((880, 560, 1080, 760), outline="#B3261E", width=8)
    made = io.BytesIO()
    page.save(made, "PNG")
    return made.getvalue()


def file_birth(kiosk: httpx.Client, *, with_notice: bool = True, **changed: Any) -> dict[str, Any]:
    """A whole birth registration, as the kiosk sends it; the receipt. Without the notice it will be brought."""
    said = kiosk.get(f"{API}/catalogue").raise_for_status().json()
    provinces = kiosk.get(f"{API}/places").raise_for_status().json()["provinces"]
    lao_cai = next(each for each in provinces if each["name"].endswith("Lào Cai"))
    commune = lao_cai["communes"][0]["code"]
    birth = next(each for each in said["procedures"] if each["code"] == BIRTH)
    paper = {"type": "GIAY-CHUNG-SINH", "source": "at-counter"}
    if with_notice:
        content = notice()
        digest = hashlib.sha256(content).hexdigest()
        kiosk.put(f"{API}/attachments/{digest}", content=content, headers={"Content-Type": "application/pdf"})
        paper = {**paper, "source": "captured", "digest": digest}
    wanted = {
        "procedure": BIRTH,
        "form_version": birth["form"]["version"],
        "answers": {**ANSWERS, "child_birth_commune": commune, "child_home": commune, **changed},
        "owner": OWNER,
        "papers": [paper],
        "confirmed": True,
        "consent": "2026-01",
    }
    filed = kiosk.post(f"{API}/dossiers", json=wanted, headers={IDEMPOTENCY_HEADER: secrets.token_hex(8)})
    if filed.is_error:
        raise RuntimeError(filed.text)
    receipt: dict[str, Any] = filed.json()
    return receipt


def show(hall: RunningHall, browser: Browser, album: Album) -> None:
    """The list, the dossier before and after it is received, wide and on a phone, in both languages; all its prints."""
    with hall.client(hall.token("kiosk", "kiosk-1")) as kiosk:
        receipt = file_birth(kiosk)
        page = new_page(browser, *LANDSCAPE, base_url=hall.url)
        page.goto("/login?next=/dossiers")
        page.fill("#username", "canbo1")
        page.fill("#password", DEMO_PASSWORD)
        page.click("#enter")
        page.wait_for_url("**/dossiers")
        album.screen("list", page, whole=True)
        page.click(f"text={receipt['code']}")
        page.locator(".paper-pages img").first.wait_for()
        page.wait_for_function("() => [...document.images].every((each) => each.complete && each.naturalWidth)")
        album.screen("dossier", page, shown="dossier")
        album.screen("dossier-whole", page, whole=True)
        kiosk.post(f"{API}/help", json={"screen": "question"}).raise_for_status()
        page.locator(".help-answer").click()
        page.locator(".help-call.answered").wait_for()
    page.click("#tick-all")
    page.click("#act-received")
    page.locator("#act-processing-begun").wait_for()
    album.screen("received", page, whole=True)
    page.set_viewport_size({"width": PORTRAIT[0], "height": PORTRAIT[1]})
    album.screen("received-phone", page, whole=True)
    prints(hall, page)
    page.goto(receipt["track_url"])
    album.screen("citizen-phone", page)
    page.goto("/language/en?back=/dossiers")
    album.screen("list-phone-english", page, whole=True)


def day(hall: RunningHall, browser: Browser, album: Album) -> None:
    """Every act of a clerk, each in its state's picture, with all the papers that go with it."""
    page = new_page(browser, *LANDSCAPE, base_url=hall.url)
    page.goto("/login?next=/dossiers")
    page.fill("#username", "canbo2")
    page.fill("#password", DEMO_PASSWORD)
    page.click("#enter")
    page.wait_for_url("**/dossiers")
    with hall.client(hall.token("kiosk", "kiosk-2")) as kiosk:
        receipts = [file_birth(kiosk, with_notice=False, child_name=name) for name in CHILDREN]
    codes = [receipt["code"] for receipt in receipts]
    page.locator(".new-mark:visible").nth(len(codes) - 1).wait_for()
    album.screen("new-ones", page, whole=True)

    page.click(f"text={codes[0]}")
    scan(page, album)
    act(page, "supplement-requested", "Bản chính giấy chứng sinh có dấu của cơ sở y tế.\nCăn cước của người cha.")
    act(page, "supplemented")
    page.click("#tick-all")
    act(page, "received")
    act(page, "processing-begun")
    act(page, "extended", "Cần xác minh nơi cư trú của người cha tại xã Ngọc Sơn.", days=9)
    act(page, "result-made")
    album.screen("result-ready", page, whole=True)
    page.click("#act-returned")
    page.click("#ask-do")
    page.locator("#dossier[data-state=returned]").wait_for()
    album.screen("returned", page, whole=True)
    prints(hall, page, album)

    for code, end in zip(codes[1:], ("refused", "withdrawn"), strict=True):
        page.goto("/dossiers")
        page.click(f"text={code}")
        act(page, end, "Hồ sơ không thuộc thẩm quyền của xã; đề nghị nộp tại nơi người mẹ cư trú.")
        album.screen(end, page, whole=True)
        prints(hall, page, album)


def act(page: Page, name: str, reason: str = "", days: int = 0) -> None:
    """Press it, say why where that is asked, and wait for the clerk's page to say that it was done."""
    page.locator(f"#act-{name}").click()
    if reason:
        if days:
            after = date.fromisoformat(page.locator("#ask-due").get_attribute("min") or "")
            page.fill("#ask-due", (after + timedelta(days=days)).isoformat())
        page.fill("#ask-reason", reason)
        page.click("#ask-do")
    page.locator(f"#act-{name}").wait_for(state="detached" if name not in AGAIN else "attached")
    if page.locator("#refused").is_visible():
        raise RuntimeError(page.locator("#refused").inner_text())


def scan(page: Page, album: Album) -> None:
    """Digitise the paper that was brought: first what is none, then a telephone's photograph with its trailer."""
    photograph = io.BytesIO()
    with Image.open(io.BytesIO(picture_of_notice())) as shown:
        shown.save(photograph, "JPEG", quality=90)
    trailer = b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1795000000000SEFHk\0\0\0\x01\0\0\0SEFT"
    page.on("filechooser", lambda chooser: None)
    choose(page, "thu.txt", b"Xin chao", "text/plain")
    page.locator(".paper-state.problem").wait_for()
    album.screen("scan-refused", page, whole=True)
    page.route("**/attachments/**", lambda route: route.abort())
    choose(page, "chung-sinh.jpg", photograph.getvalue() + trailer, "image/jpeg")
    page.locator("[data-scan-again]:visible").wait_for()
    album.screen("scan-failed", page, whole=True)
    page.unroute("**/attachments/**")
    page.locator("[data-scan-again]").click()
    page.locator(".paper-state.good").wait_for()
    page.locator(".paper-pages img").first.wait_for()
    page.wait_for_function("() => [...document.images].every((each) => each.complete && each.naturalWidth)")
    album.screen("scan-done", page, whole=True)


def choose(page: Page, name: str, content: bytes, kind: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-scan]").first.click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": content})


def prints(hall: RunningHall, page: Page, album: Album | None = None) -> None:
    """Every link to a PDF leads to one; kept beside the pictures."""
    for link in page.locator(".dossier-prints a").all():
        where, name = link.get_attribute("href") or "", link.inner_text()
        answer = page.request.get(where)
        if not answer.ok or not answer.body().startswith(b"%PDF"):
            raise RuntimeError(f"{where}: {answer.status}\n{hall.last_lines()}")
        if album is not None:
            number, _, _ = name.partition(" ")
            (album.folder / f"form-{page.url.rpartition('/')[2]}-{number}.pdf").write_bytes(answer.body())


def main(arguments: list[str] | None = None) -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.dossier_page", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/dossier-page"), metavar="DIR", help="for the screenshots")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write the README's picture there")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    album = Album(given.out, given.pictures)
    with (
        tempfile.TemporaryDirectory(prefix="motcua-dossier-") as made,
        running_hall(Path(made), demo=True) as hall,
        chromium() as browser,
    ):
        show(hall, browser, album)
        day(hall, browser, album)


if __name__ == "__main__":
    main()
