"""Bytes for the printer, decoded by the independent reader and compared with python-escpos' own raster."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware.printers.encode import BAND, encode, flush_of
from hardware.printers.profile import Cut
from hardware.printers.render import render
from tests.hardware.escpos_reader import read
from tests.hardware.slips import LONG, PLAIN


@pytest.mark.parametrize("dots", [576, 384])
@pytest.mark.parametrize("slip", [PLAIN, LONG], ids=["plain", "long"])
def test_decoded_picture_equals_the_rendered_one(slip, dots) -> None:
    picture = render(slip, dots)
    paper = read(encode(picture), paper_dots=dots)
    assert len(paper.slips) == 1
    assert paper.image.size == picture.size
    assert paper.image.tobytes() == picture.tobytes()


@pytest.mark.parametrize(("cut", "cuts"), [(Cut.FULL, ("full",)), (Cut.PARTIAL, ("partial",)), (Cut.NONE, ())])
def test_cut_and_feed_as_asked(cut: Cut, cuts: tuple[str, ...]) -> None:
    paper = read(encode(render(PLAIN, 576), cut=cut, feed=7))
    assert paper.cuts == cuts
    assert paper.feeds == (7,)
    assert read(encode(render(PLAIN, 576), cut=cut, feed=0)).feeds == ()


@settings(max_examples=25, deadline=None)
@given(columns=st.integers(1, 72), rows=st.integers(1, 3 * BAND + 1), data=st.data())
def test_any_dots_survive(columns: int, rows: int, data: st.DataObject) -> None:
    dots = data.draw(st.binary(min_size=columns * rows, max_size=columns * rows))
    picture = Image.frombytes("1", (columns * 8, rows), dots)
    assert read(encode(picture)).image.tobytes() == picture.tobytes()


def test_raster_is_the_one_python_escpos_makes(capsys: pytest.CaptureFixture[str]) -> None:
    picture = render(PLAIN, 576)
    from escpos.printer import Dummy  # half a second, and only here

    theirs = Dummy()
    theirs.hw("INIT")
    theirs.image(picture, fragment_height=BAND)
    theirs.print_and_feed(4)
    assert encode(picture, cut=Cut.NONE) == theirs.output


def test_encoding_says_nothing_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    encode(render(PLAIN, 576))
    assert capsys.readouterr().out == ""


def test_filling_completes_the_largest_band() -> None:
    assert len(flush_of(576)) >= 72 * BAND
    assert not any(flush_of(384))
