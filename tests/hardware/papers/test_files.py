"""A file in the camera's place: whatever it is, it ends in pages or in a clear advice; and pages end in a sound PDF."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from hardware.papers.advice import Advice
from hardware.papers.pdf import as_pdf
from hardware.papers.picture import MOST, page_jpeg, turned, within
from hardware.papers.still import LONGEST, MOST_BYTES, read_pages
from tests.hardware.papers.pages import page


def jpeg(width: int, height: int, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 190, 180)).save(out, "JPEG", **how)
    return out.getvalue()


def test_a_photograph_of_forty_megabytes_is_read() -> None:
    data = jpeg(3000, 2000)
    grown = data[:2] + (b"\xff\xe5\xff\xff" + bytes(65533)) * 640 + data[2:]
    assert len(grown) > 40_000_000
    assert read_pages(grown).pages[0].shape == (2000, 3000, 3)


def test_a_hundred_megapixels_are_read_smaller() -> None:
    read = read_pages(jpeg(12_000, 8_500))
    assert read.advice is Advice.GOOD
    assert max(read.pages[0].shape) <= LONGEST


@pytest.mark.parametrize(
    "data",
    [lambda: bytes(MOST_BYTES + 1), lambda: jpeg(8000, 8000, progressive=True)],
    ids=["too many bytes", "cannot be read in parts"],
)
def test_what_is_too_large_is_told(data: Callable[[], bytes]) -> None:
    assert read_pages(data()).advice is Advice.TOO_LARGE


def test_a_picture_that_claims_to_be_huge_is_told() -> None:
    data = bytearray(jpeg(64, 64))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = b"\xff\xdc\xff\xdc"
    assert read_pages(bytes(data)).advice is Advice.TOO_LARGE


@pytest.mark.parametrize(("note", "shape"), [(1, (60, 90, 3)), (6, (90, 60, 3)), (3, (60, 90, 3))])
def test_the_cameras_own_note_of_its_turn_is_minded(note: int, shape: tuple[int, ...]) -> None:
    exif = Image.Exif()
    exif[0x0112] = note
    assert read_pages(jpeg(90, 60, exif=exif)).pages[0].shape == shape


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a" + bytes(50), jpeg(900, 900)[:-400], b"%PDF-1.7\nnothing", b"MZ" + bytes(400), b"\xff\xd8\xff\xe0"],
    ids=["nothing", "gif", "torn off", "broken pdf", "program", "two bytes of a jpeg"],
)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    assert read_pages(data) == type(read_pages(data))(Advice.UNREADABLE)


def test_a_scan_of_sixteen_bits_keeps_its_greys() -> None:
    out = io.BytesIO()
    Image.fromarray(np.array([[0, 0x8000, 0xFFFF]] * 3, np.uint16)).save(out, "PNG")
    assert read_pages(out.getvalue()).pages[0][0, :, 0].tolist() == [0, 128, 255]


def test_a_scanned_pdf_is_read_and_one_of_three_hundred_pages_is_not() -> None:
    assert [each.shape for each in read_pages(as_pdf([jpeg(300, 400), jpeg(90, 60)])).pages] == [
        (400, 300, 3),
        (60, 90, 3),
    ]
    assert read_pages(as_pdf([jpeg(30, 40)] * 300)).advice is Advice.TOO_LARGE
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    out = io.BytesIO()
    blank.write(out)
    assert read_pages(out.getvalue()).advice is Advice.UNREADABLE


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from((b"", b"%PDF-1.4\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")))
def test_no_bytes_make_it_fail(data: bytes, head: bytes) -> None:
    assert read_pages(head + data).advice in Advice


def test_pages_become_one_sound_pdf_that_tells_nothing_of_anybody() -> None:
    pages = [page_jpeg(page("A4", 1)), page_jpeg(np.ascontiguousarray(page("card", 2)[:, :, :3]))]
    made = as_pdf(pages)
    assert made == as_pdf(pages)
    reader = PdfReader(io.BytesIO(made), strict=True)
    assert [len(each.images) for each in reader.pages] == [1, 1]
    assert reader.metadata is None
    width, height = (float(each) for each in reader.pages[0].mediabox[2:])
    assert height == pytest.approx(841.89, abs=1)
    assert width == pytest.approx(595.3, abs=2)
    assert reader.pages[0]["/Resources"]["/XObject"]["/P"]._data == pages[0]


def test_a_page_keeps_colour_only_where_it_says_something_and_never_grows_too_large() -> None:
    white = np.full((1000, 700, 3), 240, np.uint8)
    assert Image.open(io.BytesIO(page_jpeg(white))).mode == "L"
    white[700:800, 400:500] = (40, 40, 200)
    assert Image.open(io.BytesIO(page_jpeg(white))).mode == "RGB"
    noise = np.random.default_rng(1).integers(0, 256, (2339, 1654, 3)).astype(np.uint8)
    assert len(page_jpeg(noise)) <= MOST


def test_the_pages_of_a_long_paper_fit_into_what_the_hall_takes() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (1500, 1000, 3)).astype(np.uint8)
    small, large = page_jpeg(np.full((900, 700, 3), 240, np.uint8)), page_jpeg(noise)
    made = within([large, small, large, large], 2_000_000)
    assert len(large) * 3 > 2_000_000
    assert sum(len(each) for each in made) <= 2_000_000
    assert made[1] == small
    assert min(len(each) for each in (made[0], made[2], made[3])) > 300_000, "no more is taken away than needed"
    assert within([small, large], 2_000_000) == [small, large]


def test_a_page_that_is_turned_all_the_way_round_is_as_good_as_it_was() -> None:
    first = page_jpeg(page("A5", 4))
    last = first
    for _ in range(4):
        last = turned(last)
    one, two = (np.asarray(Image.open(io.BytesIO(each)), float) for each in (first, last))
    assert one.shape == two.shape
    assert 10 * np.log10(255**2 / np.mean((one - two) ** 2)) > 38
    with pytest.raises(ValueError, match="picture"):
        turned(b"")


@pytest.mark.parametrize("pages", [[], [b""], [b"\x89PNG"]])
def test_what_is_no_jpeg_is_no_page(pages: list[bytes]) -> None:
    with pytest.raises(ValueError, match="page"):
        as_pdf(pages)
