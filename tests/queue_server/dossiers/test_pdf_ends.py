"""A PDF ends where it says so: what scanners and programs write is taken, a second file behind it is not."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from hardware.papers.pdf import as_pdf
from queue_server.documents import official_form
from queue_server.foreign.trailing import ends_where_the_pdf_ends
from queue_server.service.dossiers.errors import AttachmentBroken
from queue_server.service.dossiers.screening import PDF, screen
from tests.chromium import CHROMIUM
from tests.queue_server.documents.dossier import FACTS
from tests.queue_server.small_catalogue import picture

HTML = b"<html><script>alert(1)</script></html>"


def from_a_scanner() -> bytes:
    """Two pictures in a PDF, as Pillow and many scanners' programs write them."""
    pages = [Image.new("L", (60, 40), shade) for shade in (80, 200)]
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:])
    return made.getvalue()


def from_the_kiosk() -> bytes:
    return as_pdf([picture()])


def from_typst() -> bytes:
    return official_form("01", FACTS)


def from_chromium() -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        page.set_content("<p>Giấy chứng sinh</p>")
        made = page.pdf()
        browser.close()
    return made


def rewritten() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(from_a_scanner()))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def added_to() -> bytes:
    """An incremental update, as signing and noting programs make it."""
    writer = PdfWriter(io.BytesIO(from_a_scanner()), incremental=True)
    writer.add_metadata({"/Title": "Giấy chứng sinh"})
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(from_a_scanner())
    assert made.getvalue().count(b"%%EOF") == 2
    return made.getvalue()


PRODUCERS = [from_a_scanner, from_the_kiosk, from_typst, from_chromium, rewritten, added_to]


@pytest.mark.parametrize("produced", PRODUCERS)
def test_what_programs_write_is_taken(produced: Callable[[], bytes]) -> None:
    content = produced()
    assert screen(content, PDF).pages == len(PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("padding", [b"", b"\n", b"\r\n", b"\r\n\x1a", b"\0" * 512, b" \n" * 200])
def test_a_little_padding_is_taken(padding: bytes) -> None:
    assert screen(from_the_kiosk().rstrip() + padding, PDF).pages == 1


def last_start(content: bytes) -> bytes:
    return content.rpartition(b"startxref")[2].split()[0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content + HTML,
        lambda content: content + b"\n" * 50 + HTML,
        lambda content: content + HTML + b"\n%%EOF\n",
        lambda content: content + HTML + b"\nstartxref\n" + last_start(content) + b"\n%%EOF\n",
        lambda content: (
            content + HTML + content[content.rindex(b"xref\n0") :] if b"xref\n0" in content else content + HTML
        ),
        lambda content: content + b"\nstartxref\n%d\n%%%%EOF\n" % (len(content) * 9),
        lambda content: content + b"\0" * 100_000,
        lambda content: content + b"MZ\x90\0",
    ],
    ids=[
        "html",
        "far behind",
        "an end",
        "the old start",
        "the old table",
        "a start beyond",
        "much of nothing",
        "program",
    ],
)
@pytest.mark.parametrize("produced", [from_the_kiosk, from_typst, added_to])
def test_a_second_file_behind_it_is_refused(produced: Callable[[], bytes], spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(AttachmentBroken):
        screen(spoil(produced()), PDF)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"startxref\n0\n%%EOF", b"%%EOF" * 90_000])
def test_what_is_no_pdf_has_no_end(content: bytes) -> None:
    assert not ends_where_the_pdf_ends(content)
