"""A loudspeaker and a voice at their worst for a long day: every call is heard, once and whole."""

from __future__ import annotations

import os
import random
import shutil
from array import array
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.errors import DeviceError
from hardware.speakers.alsa import AlsaSpeaker
from hardware.speakers.announcer import Announcer
from hardware.speakers.fake import FakeSpeaker, Fault
from hardware.voices.clips import ClipsVoice
from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.fake import FakeVoice
from hardware.voices.sound import Clip, chime, read_wav, tone, write_wav
from tests.faults import count, runs
from tests.hardware.speakers.sounds import LOUD, alsa_config
from tests.hardware.voices.recordings import record

MADE = datetime.now(UTC)
LONG_S = 30.0
RATE = 8_000


class MarkedVoice:
    """Half a second of sound whose second sample says which call it was; now and then it fails."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def say(self, text: str, language: str) -> bytes:
        if self._chance.random() < 0.1:
            raise VoiceUnavailableError("it fails now and then")
        number = int("".join(str(NAMES.index(word.replace("lăm", "năm"))) for word in text.split()[2:-4]))
        return write_wav(Clip(RATE, array("h", [10_000, number] + [10_000] * LENGTH)))


NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LENGTH = RATE // 2


def test_every_call_is_heard_once_and_whole_whatever_fails() -> None:
    chance = random.Random(4)
    speaker, voice = FakeSpeaker(timeout_s=0.01), MarkedVoice(chance)
    announcer = Announcer(speaker, voice, repeat=1, bell=False, preroll_s=0, ready_s=LONG_S, retry_s=0.001)
    total, faults = runs(60, 3_000), 0
    try:
        announcer.take([], now=MADE)
        given: list[tuple[int, datetime, str, int]] = []
        while len(given) < total:
            fault = chance.choice([*Fault, None, None])
            speaker.fault = fault
            for _ in range(chance.randrange(1, 6)):
                given.append((len(given) + 1, MADE, f"{len(given) + 1:04}", 1))
            announcer.take(given[-60:], now=MADE)
            if fault is not None:
                faults += 1
                tries = speaker.tries
                with speaker.changed:
                    assert speaker.changed.wait_for(lambda tries=tries: speaker.tries > tries, LONG_S)  # type: ignore[misc]
            speaker.fault = None
            assert announcer.wait_until_idle(LONG_S)
    finally:
        announcer.close()
    bell = len(chime(0).samples)
    said = [each.clip.samples[1] for each in speaker.played if len(each.clip.samples) == LENGTH + 2]
    rung = sum(len(each.clip.samples) == bell for each in speaker.played)
    assert said == sorted(set(said))
    assert len(said) + rung == len(given)
    count("calls said once, whole and in order", len(said))
    count("calls that only rang, because the voice failed", rung)
    count("times that the speaker failed", faults)


def test_any_bytes_as_recordings_never_stop_a_call(tmp_path: Path) -> None:
    chance = random.Random(5)
    record(tmp_path, ["mời số", "một"])
    good = write_wav(tone(0.02, 440))
    spoken: Counter[str] = Counter()
    rounds = runs(150, 20_000)
    for place in range(rounds):
        data = bytearray(good)
        for _ in range(chance.randrange(8)):
            data[chance.randrange(min(len(data), 64))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        (tmp_path / "vi-001.wav").write_bytes(bytes(data))
        os.utime(tmp_path / "vi-001.wav", ns=(0, place + 1))
        other = FakeVoice(seconds_per_word=0.01)
        assert read_wav(ClipsVoice(tmp_path, other).say("Mời số một.", "vi")).seconds > 0
        spoken["by the other voice" if other.spoken else "by the recordings"] += 1
    for what, number in spoken.items():
        count(f"damaged recordings, spoken {what}", number)
    assert spoken.total() == rounds


@pytest.mark.skipif(shutil.which("aplay") is None, reason="alsa-utils is not installed")
def test_real_aplay_hangs_and_fails_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa_config(tmp_path)))
    os.mkfifo(tmp_path / "pipe")
    speakers = {name: AlsaSpeaker(name, 0.15 if name == "stuck" else 5.0) for name in ("hall", "stuck", "gone")}
    before = set(os.listdir("/proc/self/fd"))
    failed = 0
    rounds = runs(5, 150)
    for _ in range(rounds):
        for name, speaker in speakers.items():
            try:
                speaker.play(LOUD)
                assert name == "hall"
            except DeviceError:
                assert name != "hall"
                failed += 1
    assert failed == rounds * 2
    assert len(os.listdir("/proc/self/fd")) <= len(before) + 1
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    count("clips played by aplay", rounds)
    count("clips that hung or had no card", failed)
