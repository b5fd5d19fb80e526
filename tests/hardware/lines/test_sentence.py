"""Framed text with a checksum: what is whole is read, whatever is around it; what is not is dropped."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hardware.lines.noise import flipped, mangled, misread
from hardware.lines.sentence import Sentences, sentence

BODIES = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="$*"), min_size=1, max_size=48
)


def test_the_frame_byte_by_byte() -> None:
    # D ^ , ^ 0 ^ 1 ^ , ^ A ^ 0 ^ 2 ^ 5 ^ , ^ S
    assert sentence("D,01,A025,S") == b"$D,01,A025,S*4C\r\n"


@given(st.lists(BODIES, max_size=5), st.binary(max_size=20).filter(lambda noise: b"$" not in noise), st.data())
def test_whole_sentences_are_read_in_any_pieces(bodies: list[str], noise: bytes, data: st.DataObject) -> None:
    stream = noise.join([b"", *map(sentence, bodies), b""])
    reader, read = Sentences(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        read += reader.feed(stream[:size])
        stream = stream[size:]
    assert read == bodies
    assert reader.nonsense == 0 or noise


@given(BODIES, st.integers(0, 400))
def test_one_wrong_bit_is_always_noticed(body: str, bit: int) -> None:
    frame = bytearray(sentence(body))
    frame[bit // 8 % len(frame)] ^= 1 << bit % 8
    assert body not in Sentences().feed(bytes(frame)) or frame == sentence(body)


@given(st.binary(max_size=300))
def test_noise_is_survived_and_forgotten(noise: bytes) -> None:
    reader = Sentences()
    reader.feed(noise)
    reader.feed(b"\r\n")
    assert reader.feed(sentence("K,01,N")) == ["K,01,N"]


def test_a_lost_end_does_not_swallow_the_next() -> None:
    assert Sentences().feed(sentence("one")[:-2] + sentence("two")) == ["two"]


def test_without_an_end_nothing_is_kept_for_ever() -> None:
    reader = Sentences()
    for _ in range(1000):
        assert reader.feed(b"$aaaaaaaaa") == []
    assert reader.nonsense > 9000


@given(st.binary(min_size=1, max_size=40))
def test_the_right_speed_reads_what_was_sent(data: bytes) -> None:
    assert misread(data, 9600, 9600) == data


@given(st.binary(min_size=4, max_size=40), st.sampled_from([(9600, 4800), (9600, 19200), (19200, 9600)]))
def test_a_wrong_speed_does_not(data: bytes, speeds: tuple[int, int]) -> None:
    assert misread(data, *speeds) != data


@given(st.binary(max_size=40), st.integers())
def test_noise_is_repeatable(data: bytes, seed: int) -> None:
    assert mangled(data, Random(seed)) == mangled(data, Random(seed))
    assert flipped(data, Random(seed), 0.0) == data
    assert len(flipped(data, Random(seed), 0.5)) == len(data)
