"""Sound as numbers: what goes to the loudspeaker does not click, and broken WAVs are found out."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.sound import RATE, Clip, at_rate, chime, joined, read_wav, repeated, silence, tone, trim, write_wav


def jump(clip: Clip) -> int:
    samples = [0, *clip.samples, 0]
    return max(abs(b - a) for a, b in pairwise(samples))


def test_the_chime_is_silent_for_its_preroll_and_then_rings() -> None:
    clip = chime(0.4)
    quiet = clip.samples[: round(0.4 * RATE)]
    assert not any(quiet)
    assert 1.0 < clip.seconds - 0.4 < 3.0
    assert 10_000 < max(abs(sample) for sample in clip.samples) < 30_000


def test_the_chime_has_no_clicks() -> None:
    # The steepest that a full-scale tone of its highest loud partial (2 x 659 Hz) could be, and no steeper.
    assert jump(chime(0.0)) < 0.6 * 32767 * 2 * 3.1416 * 1320 / RATE


def test_a_wav_comes_back_as_it_was_written() -> None:
    clip = tone(0.2, 440)
    assert read_wav(write_wav(clip)) == clip


def test_a_length_that_the_header_overstates_does_not_matter() -> None:
    data = bytearray(write_wav(tone(0.2, 440)))
    data[4:8] = (0x7FFFF024).to_bytes(4, "little")
    data[40:44] = (0x7FFFF000).to_bytes(4, "little")
    assert read_wav(bytes(data)).seconds == pytest.approx(0.2)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"no sound at all", write_wav(silence(1.0)), write_wav(silence(0.0))])
def test_no_wav_and_silence_are_an_unavailable_voice(data: bytes) -> None:
    with pytest.raises(VoiceUnavailableError):
        read_wav(data)


def test_trimming_cuts_only_silence() -> None:
    sound = tone(0.5, 440)
    padded = Clip(RATE, silence(1.0).samples + sound.samples + silence(2.0).samples)
    assert trim(padded).seconds == pytest.approx(0.56, abs=0.02)
    assert trim(silence(1.0)) == silence(1.0)


def test_a_repetition_is_the_same_sound_after_a_pause() -> None:
    clip = tone(0.5, 440)
    twice = repeated(clip, 2, 0.25)
    assert twice.seconds == pytest.approx(1.25, abs=0.001)
    assert twice.samples[: len(clip.samples)] == clip.samples
    assert twice.samples[-len(clip.samples) :] == clip.samples
    assert repeated(clip, 1, 0.25) == clip
    assert clip.samples is not repeated(clip, 1, 0.25).samples
    assert isinstance(clip.samples, array)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_another_rate_keeps_length_pitch_and_level(rate: int) -> None:
    clip = tone(0.5, 300)
    other = at_rate(clip, rate)
    assert other.seconds == pytest.approx(clip.seconds, abs=0.001)
    rises = sum(a < 0 <= b for a, b in pairwise(other.samples))
    assert rises == pytest.approx(150, abs=2)
    assert max(other.samples) == pytest.approx(max(clip.samples), rel=0.05)


def test_the_own_rate_changes_nothing_and_nothing_stays_nothing() -> None:
    clip = tone(0.1, 440)
    assert at_rate(clip, RATE) == clip
    assert at_rate(silence(0), 8_000).samples == silence(0).samples


def test_joined_clips_follow_one_another_at_the_rate_of_the_first() -> None:
    first, second = tone(0.1, 440), tone(0.2, 440, rate=44_100)
    clip = joined([first, second], 0.3)
    assert clip.rate == RATE
    assert clip.seconds == pytest.approx(0.6, abs=0.001)
    assert clip.samples[: len(first.samples)] == first.samples
    assert first == tone(0.1, 440)


@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_the_chime_is_the_same_at_any_rate(rate: int) -> None:
    assert chime(0.2, rate).seconds == pytest.approx(chime(0.2).seconds, abs=0.001)
