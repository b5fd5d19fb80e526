"""How codes are told apart in a scanner's bytes, whatever their shape and however they arrive."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.address import parse
from hardware.errors import Code, DeviceError
from hardware.scanners import FORMS, open_scanner
from hardware.scanners.framing import ENDS, Framer, Shape, shape_of

MARKS = {"line": b"\r", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "etx": b"\x03"}
codes = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]), min_size=1, max_size=50)
texts = st.lists(codes.filter(lambda text: not text.startswith("\ufffd") and "\ufffd" not in text), max_size=8)


def shape(options: str) -> Shape:
    return shape_of(parse(f"scanner+serial:///dev/x?{options}", FORMS))


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[begin:end] for begin, end in pairwise(places)]


@pytest.mark.parametrize("end", MARKS)
@given(texts, st.lists(st.integers(0, 10000), max_size=20))
def test_codes_come_out_as_they_went_in(end: str, sent: list[str], cuts: list[int]) -> None:
    framer = Framer(Shape(end))
    data = b"".join(text.encode() + MARKS[end] for text in sent)
    assert [text for piece in in_pieces(data, cuts) for text in framer.feed(piece, 1.0)] == sent
    assert not framer.unfinished


@given(texts)
def test_without_a_mark_the_silence_ends_a_code(sent: list[str]) -> None:
    framer, now, came = Framer(shape("end=none&gap_ms=80")), 10.0, []
    for text in sent:
        for byte in text.encode():
            came += framer.feed(bytes((byte,)), now)
            now += 0.01
        now += 0.1
    assert [*came, *framer.quiet(now)] == sent


@given(st.lists(st.binary(max_size=300), max_size=40), st.sampled_from(sorted(ENDS)))
def test_no_bytes_are_too_strange_and_memory_is_bounded(pieces: list[bytes], end: str) -> None:
    framer = Framer(Shape(end, most=64))
    for now, piece in enumerate(pieces):
        for text in framer.feed(piece, now * 0.3):
            assert text is None or 0 < len(text) <= 64
        assert len(framer._part) <= 65


@pytest.mark.parametrize(
    ("options", "raw", "text"),
    [
        ("", b"\x02code\x03\r\n", "code"),
        ("", b"noise\x02code\r", "code"),
        ("", b"c\0o\0d\0e\0\r", "code"),
        ("", "\ufeffđúng".encode() + b"\r", "đúng"),
        ("", b"]Q1code\r", "]Q1code"),
        ("aim=strip", b"]Q1code\r", "code"),
        ("aim=strip", b"code\r", "code"),
        ("prefix=QR:", b"QR:code\r", "code"),
        ("prefix=QR:", b":code\r", None),
        ("", b"co\x1bde\r", None),
        ("", b"\xff\xfe\xfd\r", None),
        ("max=16", b"x" * 16 + b"\r", "x" * 16),
        ("max=16", b"x" * 17 + b"\r", None),
        ("max=16", b"x" * 500 + b"\r", None),
        ("charset=cp1258", "Nguyễn".encode("cp1258", "ignore") + b"\r", "Nguyn"),
        ("charset=cp1258", b"\xea\xec\r", "ê\u0301"),
        ("charset=latin-1", b"caf\xe9\r", "café"),
        ("charset=cp1252", b"caf\xe9\r", "café"),
        ("charset=utf-8", b"caf\xe9\r", None),
    ],
)
def test_what_is_taken_off_and_what_is_no_code(options: str, raw: bytes, text: str | None) -> None:
    framer = Framer(shape(options))
    assert framer.feed(raw + b"next\r" * (not options.startswith("prefix")), 1.0)[:1] == [text]


def test_an_unfinished_code_is_given_up_and_counted() -> None:
    framer = Framer(Shape(gap_s=1.0))
    assert framer.feed(b"001185", 1.0) == []
    assert framer.feed(b"", 1.5) == []
    assert framer.feed(b"next\r", 2.5) == [None, "next"]


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("scanner+serial:///dev/x?end=cr+lf", "end=cr lf"),
        ("scanner+serial:///dev/x?charset=viscii", "charset=viscii"),
        ("scanner+serial:///dev/x?gap_ms=1", "gap_ms=1"),
        ("scanner+serial:///dev/x?max=1", "max=1"),
        ("scanner+serial:///dev/x?again_s=-1", "again_s=-1"),
        ("scanner+serial:///dev/x?baud=9", "baud=9"),
        ("scanner+serial:///dev/x?suffix=cr", "suffix"),
        ("scanner+serial://ttyUSB0", "three slashes"),
        ("scanner+tcp://host", "host and port"),
        ("scanner+hid:///dev/input/x?end=etx", "end=etx"),
        ("scanner+hid:///dev/input/x?baud=9600", "baud"),
        ("scanner+fake://here", "neither host nor path"),
        ("scanner+fake://?fault=fire", "fault=fire"),
        ("scanner+usb://", "unknown kind"),
    ],
)
def test_a_wrong_address_says_what_is_wrong(url: str, wrong: str) -> None:
    with pytest.raises(DeviceError) as caught:
        open_scanner(url)
    assert caught.value.code is Code.BAD_URL
    assert wrong in caught.value.detail
