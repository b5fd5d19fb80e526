"""Sound as numbers: reading and writing WAV, joining, and the bell that comes before a call.

Everything is mono, 16 bits, and in memory; a Clip is what the other modules pass around.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from hardware.voices.errors import VoiceUnavailableError

RATE = 22_050  # what espeak-ng gives; the chime uses it too, so that nothing is resampled
_PEAK = 32_767
_QUIET = 200  # below this a sample is silence: about -44 dB
_LONGEST_S = 60


@dataclass(frozen=True)
class Clip:
    """Mono sound: `rate` in samples a second, `samples` from -32768 to 32767."""

    rate: int
    samples: array[int]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def read_wav(data: bytes) -> Clip:
    """Read a mono 16-bit WAV; raises VoiceUnavailableError if it is none or holds no sound.

    espeak-ng writing to a pipe cannot know the length and puts about 2 GB in the header: what is there counts.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            layout = (file.getnchannels(), file.getsampwidth())
            rate = file.getframerate()
            frames = file.readframes(rate * _LONGEST_S)
    except (wave.Error, EOFError) as error:
        raise VoiceUnavailableError(f"the voice gave no WAV: {error}") from error
    if layout != (1, 2):
        raise VoiceUnavailableError(f"the voice gave channels and bytes {layout}, not mono of 16 bits")
    samples = array("h")
    samples.frombytes(frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not any(abs(sample) > _QUIET for sample in samples):
        raise VoiceUnavailableError("the voice gave silence")
    return Clip(rate, samples)


def write_wav(clip: Clip) -> bytes:
    """Write a WAV with right lengths in its header."""
    samples = clip.samples
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()


def silence(seconds: float, rate: int = RATE) -> Clip:
    return Clip(rate, array("h", bytes(2 * round(seconds * rate))))


def trim(clip: Clip, keep_s: float = 0.03) -> Clip:
    """Cut the silence at both ends, but for `keep_s` seconds: a repeated sentence keeps an even pace."""
    loud = [index for index, sample in enumerate(clip.samples) if abs(sample) > _QUIET]
    if not loud:
        return clip
    keep = round(keep_s * clip.rate)
    return Clip(clip.rate, clip.samples[max(0, loud[0] - keep) : loud[-1] + keep])


def repeated(clip: Clip, times: int, pause_s: float) -> Clip:
    """Play `clip` `times` times with `pause_s` seconds between."""
    pause = silence(pause_s, clip.rate).samples
    samples = array("h", clip.samples)
    for _ in range(times - 1):
        samples += pause + clip.samples
    return Clip(clip.rate, samples)


def joined(clips: Sequence[Clip], gap_s: float = 0.0) -> Clip:
    """Play `clips` one after another with `gap_s` seconds between; all of them at the rate of the first."""
    rate = clips[0].rate
    gap = silence(gap_s, rate).samples
    samples = array("h", clips[0].samples)
    for clip in clips[1:]:
        samples += gap + at_rate(clip, rate).samples
    return Clip(rate, samples)


def at_rate(clip: Clip, rate: int) -> Clip:
    """`clip` with `rate` samples a second, between its own on straight lines: enough for speech."""
    if clip.rate == rate or not clip.samples:
        return Clip(rate, clip.samples)
    old = clip.samples
    if rate < clip.rate:  # what is too high for the new rate would come back as a whistle
        reach = max(1, round(clip.rate / rate))
        sums = [0, *accumulate(old)]
        last = len(old)
        bounds = ((max(0, i - reach // 2), min(last, i - reach // 2 + reach)) for i in range(last))
        old = array("h", [(sums[end] - sums[start]) // (end - start) for start, end in bounds])
    count = max(1, round(len(old) * rate / clip.rate))
    step = clip.rate / rate
    top = len(old) - 1
    samples = array("h", bytes(2 * count))
    for i in range(count):
        place = min(i * step, top)
        left = int(place)
        right = min(left + 1, top)
        samples[i] = round(old[left] + (old[right] - old[left]) * (place - left))
    return Clip(rate, samples)


def tone(seconds: float, hertz: float, level: float = 0.4, rate: int = RATE) -> Clip:
    """A plain tone that starts and ends softly; `level` from 0 to 1."""
    count = round(seconds * rate)
    edge = max(1, round(0.01 * rate))
    step = 2 * math.pi * hertz / rate
    return Clip(
        rate,
        array(
            "h",
            (
                round(_PEAK * level * min(1, i / edge, (count - 1 - i) / edge) * math.sin(step * i))
                for i in range(count)
            ),
        ),
    )


def chime(preroll_s: float, rate: int = RATE) -> Clip:
    """The bell before a call: two soft strokes, E5 then C5, after `preroll_s` seconds of silence.

    Televisions wake their sound late and swallow the first moments; the preroll is what they may swallow.
    """
    strokes = ((0.0, 659.26), (0.42, 523.25))
    length_s = 1.7
    mix = [0.0] * round(length_s * rate)
    for start_s, hertz in strokes:
        _strike(mix, round(start_s * rate), hertz, rate)
    fade = round(0.25 * rate)
    for i in range(fade):  # the last of the ringing goes to exactly nothing: a cut would click
        mix[-1 - i] *= 0.5 - 0.5 * math.cos(math.pi * i / fade)
    top = max(abs(value) for value in mix)
    rung = array("h", (round(value / top * 0.6 * _PEAK) for value in mix))
    return Clip(rate, silence(preroll_s, rate).samples + rung)


def _strike(mix: list[float], start: int, hertz: float, rate: int) -> None:
    """Add one stroke: partials of a small bell, the higher ones weaker and shorter, with a rounded attack."""
    partials = ((1.0, 1.0, 0.55), (2.0, 0.32, 0.32), (3.01, 0.12, 0.18), (4.2, 0.05, 0.1))  # ratio, level, decay in s
    attack = round(0.012 * rate)
    for i in range(len(mix) - start):
        time_s = i / rate
        rise = 0.5 - 0.5 * math.cos(math.pi * min(1.0, i / attack))
        mix[start + i] += rise * sum(
            level * math.exp(-time_s / decay_s) * math.sin(2 * math.pi * hertz * ratio * time_s)
            for ratio, level, decay_s in partials
        )
