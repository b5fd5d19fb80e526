"""The picture of a slip: right width, crisp, readable by a scanner, whatever the texts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware.printers.fonts import Weight, face, printable
from hardware.printers.paragraph import Step, set_paragraph, wrap
from hardware.printers.render import render
from hardware.printers.slip import Slip
from tests.hardware.slips import BARE, LONG, PLAIN, TRACK_URL

WIDTHS = (576, 384)
VIETNAMESE = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
texts = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -", max_size=400),
    st.sampled_from(
        ["", " ", "\n\n", "🎫👨‍👩‍👧 vé", "W" * 500, "a\u0302\u0301 " * 50, "\u202eabc\u0000", "一站式", "\u200b"]
    ),
)
slips = st.builds(
    Slip,
    agency=texts,
    hall=texts,
    title=texts,
    number=texts,
    service=texts,
    lines=st.lists(texts, max_size=4).map(tuple),
    priority=st.none() | texts,
    qr=st.none() | texts,
    qr_caption=st.none() | texts,
    footer=texts,
)


def ink(picture: Image.Image) -> np.ndarray:
    return ~np.asarray(picture)


def scan(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("slip", [PLAIN, LONG, BARE], ids=["plain", "long", "bare"])
def test_picture_has_the_papers_width_and_a_white_margin(slip: Slip, dots: int) -> None:
    picture = render(slip, dots)
    assert picture.mode == "1"
    assert picture.width == dots
    black = ink(picture)
    assert black.any()
    assert not black[:, :4].any()
    assert not black[:, -4:].any()


@pytest.mark.parametrize("dots", WIDTHS)
@pytest.mark.parametrize("slip", [PLAIN, LONG], ids=["plain", "long"])
def test_qr_code_reads_back(slip: Slip, dots: int) -> None:
    assert scan(render(slip, dots)) == [slip.qr]


@pytest.mark.parametrize("dots", WIDTHS)
def test_long_tracking_address_is_still_scannable(dots: int) -> None:
    url = "https://motcua.example.gov.vn/" + "t/" * 80 + "x"
    assert scan(render(replace(PLAIN, qr=url), dots)) == [url]


def test_too_long_a_qr_text_leaves_the_rest_of_the_ticket() -> None:
    assert render(replace(PLAIN, qr="x" * 5000), 576).height > 400


def test_number_is_the_largest_thing_and_equally_large_for_one_pattern() -> None:
    heights = {render(replace(BARE, number=number), 576).height for number in ("A-000", "A-111", "A-025")}
    assert max(heights) - min(heights) <= 4
    wide = ink(render(replace(BARE, number="A-025"), 576)).any(axis=0)
    assert wide.sum() > 400


def test_decomposed_letters_print_as_composed_ones() -> None:
    name = "Chứng thực hộ tịch, Nguyễn Đặng Hữu Nghĩa"
    decomposed = unicodedata.normalize("NFD", name)
    assert decomposed != name
    composed_picture = render(replace(PLAIN, service=name), 576)
    assert render(replace(PLAIN, service=decomposed), 576).tobytes() == composed_picture.tobytes()


@pytest.mark.parametrize("letter", sorted(set(VIETNAMESE + VIETNAMESE.upper())))
def test_every_vietnamese_letter_is_in_the_typeface(letter: str) -> None:
    assert printable(letter) == letter


def test_what_the_typeface_lacks_is_replaced_or_left_out() -> None:
    assert printable("vé 🎫 số\t1\n") == "vé số 1"
    assert printable("一") == "?"
    assert printable("a\u200b\u0000b") == "a b"


def test_stacked_marks_are_not_cut_off_at_the_top() -> None:
    """The highest letters, in the first line of the ticket, must keep their marks: Ễ is higher than E."""
    high, low = (ink(render(replace(BARE, agency=text), 576)).any(axis=1).argmax() for text in ("ỄẨỔ", "EAO"))
    assert 0 < high < low


def test_a_long_service_is_shown_whole() -> None:
    short = render(replace(PLAIN, service="Khai sinh"), 384).height
    assert render(replace(PLAIN, service=LONG.service), 384).height > short + 60


def test_wrapping_loses_no_letter() -> None:
    column = face(Weight.BOLD, 30)
    lines = wrap(LONG.service, column, 500)
    assert " ".join(lines) == LONG.service
    assert all(column.width(line) <= 500 for line in lines)


def test_a_text_beyond_every_step_ends_in_an_ellipsis() -> None:
    body = set_paragraph("chứng thực " * 100, Weight.BOLD, 300, (Step(30, 1), Step(20, 3)))
    assert len(body.lines) == 3
    assert body.lines[-1].endswith("…")
    assert all(body.face.width(line) <= 300 for line in body.lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slip=slips, dots=st.sampled_from((200, 384, 576, 832)))
@example(slip=Slip("", "", "", "", ""), dots=576)
@example(slip=replace(PLAIN, number="W" * 300), dots=384)
@example(slip=replace(PLAIN, priority=" ", lines=("", ": ", "a: ", ": b")), dots=384)
@example(slip=replace(PLAIN, number="—" * 4, title="Ễ" * 200), dots=200)
def test_any_text_gives_a_picture_within_the_paper(slip: Slip, dots: int) -> None:
    picture = render(slip, dots)
    assert picture.width == dots
    assert picture.height >= 1
    assert not ink(picture)[:, :2].any()
    assert not ink(picture)[:, -2:].any()


def test_tracking_address_is_unchanged_by_the_typefaces_limits() -> None:
    odd = TRACK_URL + "?q=%F0%9F%8E%AB&n=Nguyễn"
    assert scan(render(replace(PLAIN, qr=odd), 576)) == [odd]


@pytest.mark.parametrize("code", ["000.00.12.H62-201105-0004", "H57.132-260804-0583"])
@pytest.mark.parametrize("dots", WIDTHS)
def test_a_dossier_code_stands_on_one_line_and_uses_it(code: str, dots: int) -> None:
    without = ink(render(replace(BARE, number=""), dots))
    with_code = ink(render(replace(BARE, number=code), dots))
    gained = with_code.shape[0] - without.shape[0]
    assert 0.03 * dots < gained < 0.1 * dots  # one line of figures 3 to 6 mm high, not two
