"""The reader has to refuse what a printer could misread, or it proves nothing."""

from __future__ import annotations

import pytest

from tests.hardware.escpos_reader import EscposError, read

RESET = b"\x1b@"
DOTS = b"\x1dv0\x00\x01\x00\x02\x00\x81\x01"
CUT = b"\x1dV\x00"


def test_reads_dots_feed_and_cut() -> None:
    paper = read(b"\x10\x04\x01" + RESET + DOTS + b"\x1bd\x04" + CUT)
    assert paper.queries == (1,)
    assert paper.feeds == (4,)
    assert paper.cuts == ("full",)
    assert paper.image.size == (8, 2)
    assert [paper.image.getpixel((x, 0)) for x in range(8)] == [0, 255, 255, 255, 255, 255, 255, 0]
    assert paper.length_dots == 2 + 4 * 34


def test_bands_are_joined_and_slips_are_separated_by_cuts() -> None:
    paper = read(RESET + DOTS + DOTS + b"\x1dV\x01" + RESET + DOTS)
    assert [slip.height for slip in paper.slips] == [4, 2]
    assert paper.image.height == 6
    assert paper.cuts == ("partial",)


def test_filling_is_accepted_before_the_reset_only() -> None:
    assert read(bytes(500) + RESET + DOTS).image.height == 2
    with pytest.raises(EscposError, match="NUL"):
        read(RESET + DOTS + b"\x00")


@pytest.mark.parametrize(
    "data",
    [
        RESET + b"Xin chao",
        RESET + b"\x1bt\x1e",
        RESET + b"\x1dv1\x00\x01\x00\x01\x00\xff",
        RESET + b"\x1dv0\x03\x01\x00\x01\x00\xff",
        RESET + DOTS[:-1],
        RESET + DOTS[:5],
        RESET + b"\x1d",
        RESET + b"\x1bd",
        RESET + b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73),
        RESET + b"\x1dv0\x00\x01\x00\x00\x01" + bytes(256),
        RESET + DOTS + b"\x1dv0\x00\x02\x00\x01\x00\xff\xff",
        RESET + DOTS + b"\x1dVB\x00",
        RESET + CUT,
        DOTS,
        b"\x10\x04\x07",
    ],
    ids=[
        "text", "unknown command", "unknown raster", "stretched raster", "truncated raster", "truncated raster head",
        "truncated command", "truncated feed", "wider than the paper", "too high a band", "changing width",
        "unknown cut", "cut of empty paper", "no reset", "unknown query",
    ],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(EscposError):
        read(data)
