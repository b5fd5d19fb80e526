"""Every protocol byte by byte, as its manual has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.keypads.ascii import AsciiCodec
from hardware.keypads.codec import Codec, Report
from hardware.keypads.fixed import FixedCodec
from hardware.keypads.polled import PolledCodec

CODECS = (AsciiCodec, FixedCodec, PolledCodec)


def test_ascii() -> None:
    codec = AsciiCodec()
    assert codec.text(1, "A-025", beep=True) == b"$T,01,A-025   ,B*40\r\n"
    assert codec.feed(b"$K,01,N*04\r\n$U,01*78\r\n$O,01*62\r\n") == [Report(1, ord("N")), Report(1, 0), Report(1, None)]
    assert codec.feed(b"$T,01,A-025   ,B*40\r\n$A,01*6C\r\n") == [], "what others say"


def test_fixed() -> None:
    codec = FixedCodec()
    assert codec.text(3, "A025", beep=True).hex(" ") == "aa 56 03 41 30 32 35 20 20 20 20 01 5c"
    assert codec.feed(bytes.fromhex("AA 55 03 4E 50 AA 55 03 00 02")) == [Report(3, 0x4E), Report(3, 0)]
    assert codec.feed(bytes.fromhex("AA 55 03 4E 51")) == []


def test_polled() -> None:
    codec = PolledCodec()
    assert codec.poll(5).hex(" ") == "ff 68 02 02 68 05 01 06 16"
    assert codec.text(5, "A025", beep=True).hex(" ") == "ff 68 0b 0b 68 05 02 01 41 30 32 35 20 20 20 20 60 16"
    assert codec.feed(bytes.fromhex("FF 68 03 03 68 05 81 4E D4 16 68 02 02 68 05 82 87 16")) == [
        Report(5, 0x4E),
        Report(5, None),
    ]
    assert codec.feed(codec.poll(5)) == [], "a wire that hears itself"
    assert codec.feed(bytes.fromhex("68 03 03 68 05 81 4E D5 16")) == []


FRAMES = {
    AsciiCodec: b"$K,07,N*02\r\n",
    FixedCodec: bytes.fromhex("AA 55 07 4E 54"),
    PolledCodec: bytes.fromhex("68 03 03 68 07 81 4E D6 16"),
}


@pytest.mark.parametrize("make", CODECS)
@given(data=st.data(), count=st.integers(1, 4))
def test_frames_are_read_in_any_pieces(make: type[Codec], data: st.DataObject, count: int) -> None:
    codec, stream, reports = make(), FRAMES[make] * count, []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        reports += codec.feed(stream[:size])
        stream = stream[size:]
    assert reports == [Report(7, ord("N"))] * count
    assert codec.nonsense == 0


@pytest.mark.parametrize("make", CODECS)
@given(noise=st.binary(max_size=200))
def test_noise_is_survived(make: type[Codec], noise: bytes) -> None:
    codec = make()
    codec.feed(noise)
    codec.clear()
    assert codec.feed(FRAMES[make]) == [Report(7, ord("N"))]


@pytest.mark.parametrize("make", CODECS)
@given(bit=st.integers(0, 200))
def test_one_wrong_bit_presses_nothing(make: type[Codec], bit: int) -> None:
    frame = bytearray(FRAMES[make])
    frame[bit // 8 % len(frame)] ^= 1 << bit % 8
    assert not make().feed(bytes(frame))
