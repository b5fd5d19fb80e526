"""A paper that was brought is digitised on the dossier's page: on the real server, by keys, as telephones send it."""

from __future__ import annotations

import hashlib
import io
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from queue_server.contract import API
from queue_server.demo import DEMO_PASSWORD
from tests.e2e.dossier_page import file_birth
from tests.hall_server import RunningHall, running_hall
from tests.queue_server.console.test_accessibility import serious

PAPER = "GIAY-CHUNG-SINH"
TRAILER = b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1795000000000SEFHk\0\0\0\x01\0\0\0SEFT"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("digitising"), demo=True) as running:
        yield running


@pytest.fixture
def page(browser: Browser, real: RunningHall) -> Iterator[Page]:
    """A clerk at a new dossier whose birth notice is to be brought."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=real.url)
    opened.set_default_timeout(20_000)
    page = opened.new_page()
    # As long as somebody listens, each chooser goes to the test, however soon the press comes.
    page.on("filechooser", lambda chooser: None)
    with real.client(real.token("kiosk", f"kiosk-{secrets.token_hex(3)}")) as kiosk:
        code = file_birth(kiosk, with_notice=False, child_name=f"Trần {secrets.choice('ABCDEGHIKLMN')}")["code"]
    page.goto("/login?next=/dossiers")
    page.fill("#username", "canbo1")
    page.fill("#password", DEMO_PASSWORD)
    page.click("#enter")
    page.click(f"text={code}")
    page.wait_for_url("**/dossiers/*")
    yield page
    opened.close()


def photograph(width: int = 600, height: int = 800, kind: str = "JPEG") -> bytes:
    dots = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype="uint8")
    made = io.BytesIO()
    Image.fromarray(dots).save(made, kind, compress_level=1)
    return made.getvalue()


def choose(page: Page, content: bytes, name: str = "giay.jpg") -> None:
    """Choose a file, and wait until it is in the dossier or refused."""
    page.locator(f"#scan-{PAPER}").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    with tempfile.TemporaryDirectory() as folder:
        # From the disk: a large one would take long through the browser's wire.
        path = Path(folder) / name
        path.write_bytes(content)
        chooser.value.set_files(path)
        expect(told(page, "good").or_(told(page, "problem"))).to_be_visible(timeout=60_000)


def told(page: Page, kind: str) -> Any:
    return page.locator(f".paper-state.{kind}")


def kept(page: Page) -> bytes:
    return page.request.get(f"{page.url}/papers/{PAPER}").body()


def test_a_telephones_photograph_is_taken_without_what_stands_behind_it(page: Page) -> None:
    picture = photograph()
    choose(page, picture + TRAILER)
    expect(told(page, "good")).to_contain_text("Đã số hóa")
    expect(page.locator("#said")).to_have_text("Đã số hóa: Giấy chứng sinh.")
    expect(page.locator(f"#scan-{PAPER}")).to_be_focused()
    expect(page.locator(".paper-pages img")).to_be_visible()
    assert kept(page) == picture
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == []


def test_what_is_wrong_with_a_file_is_said_in_the_clerks_language_and_the_copy_before_stays(page: Page) -> None:
    picture = photograph()
    choose(page, picture)
    expect(told(page, "good")).to_be_visible()
    wrong = [
        (b"Xin chao", "giay.txt", "Đây không phải là tệp PDF, JPEG hoặc PNG."),
        (b"", "giay.jpg", "Tệp trống."),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "giay.heic", "HEIC"),
        (b"%PDF-1.7" + b"0" * 10_485_760, "giay.pdf", "Tệp PDF lớn hơn 10 MB."),
        (b"%PDF-1.7 xx", "giay.pdf", "Tệp bị hỏng"),
        (picture[:2000], "giay.jpg", "Tệp bị hỏng"),
    ]
    for content, name, said in wrong:
        choose(page, content, name)
        expect(told(page, "problem")).to_contain_text(said)
        expect(page.locator("#alarm")).to_contain_text(said)
        expect(page.locator("[data-scan-again]")).to_be_hidden()
    assert serious(page) == []
    assert kept(page) == picture


def test_a_lost_network_loses_no_file(page: Page) -> None:
    page.route("**/attachments/**", lambda route: route.abort())
    picture = photograph()
    choose(page, picture)
    expect(told(page, "problem")).to_contain_text("Tệp vẫn còn đây")
    page.unroute("**/attachments/**")
    page.locator("[data-scan-again]").focus()
    page.keyboard.press("Enter")
    expect(told(page, "good")).to_be_visible()
    assert kept(page) == picture


def test_what_fails_in_a_way_nobody_thought_of_is_told_and_holds_up_nothing(page: Page) -> None:
    page.evaluate("() => { File.prototype.slice = () => { throw new Error('strange') } }")
    picture = photograph()
    choose(page, picture)
    expect(told(page, "problem")).to_contain_text("Không đọc được tệp")
    page.evaluate("() => { delete File.prototype.slice }")
    choose(page, picture)
    expect(told(page, "good")).to_be_visible()
    assert kept(page) == picture


def test_a_photograph_that_is_too_large_is_made_smaller(page: Page) -> None:
    picture = photograph(4000, 1000, "PNG")
    assert len(picture) > 10 * 1024 * 1024
    choose(page, picture, "giay.png")
    expect(told(page, "good")).to_contain_text("thu nhỏ")
    with Image.open(io.BytesIO(kept(page))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (3508, 877))


def test_a_hall_without_https_hashes_as_others_do(page: Page) -> None:
    content = bytes(range(256)) * 5
    lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1280]
    said = page.evaluate(
        "async ([bytes, lengths]) => { const { digest } = await import('/static/sha256.js');"
        " return lengths.map((each) => digest(new Uint8Array(bytes.slice(0, each)))); }",
        [list(content), lengths],
    )
    assert said == [hashlib.sha256(content[:each]).hexdigest() for each in lengths]
    assert API == "/api/v1", "where the page sends it"
