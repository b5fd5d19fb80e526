"""One contract for every voice, real and fake, and the URLs that name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hardware.voices.errors import VoiceUnavailableError, VoiceUrlError
from hardware.voices.espeak import VARIANTS, EspeakVoice
from hardware.voices.fake import FakeVoice, VoiceFault
from hardware.voices.opener import Voice, open_voice
from hardware.voices.sound import read_wav
from hardware.voices.speech import LANGUAGES, sentence
from tests.hardware.voices.recordings import record

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture(
    params=[
        pytest.param("espeak://", marks=needs_espeak),
        "fake://",
        pytest.param("clips://{folder}", marks=needs_espeak),
    ]
)
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Voice:
    for language in LANGUAGES:
        record(tmp_path, language=language)
    return open_voice(request.param.format(folder=tmp_path))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_voice_gives_a_wav_that_can_be_heard(voice: Voice, language: str) -> None:
    clip = read_wav(voice.say(sentence("A-025", 3, language), language))
    assert clip.seconds > 0.1
    assert max(abs(sample) for sample in clip.samples) > 3000


def test_a_longer_sentence_takes_longer(voice: Voice) -> None:
    short = read_wav(voice.say(sentence("A-1", 1, "vi"), "vi"))
    long = read_wav(voice.say(sentence("ABCD-123456", 999, "vi"), "vi"))
    assert long.seconds > short.seconds * 1.3


def test_the_same_sentence_sounds_the_same(voice: Voice) -> None:
    assert voice.say("Mời số một.", "vi") == voice.say("Mời số một.", "vi")


def test_another_language_is_unavailable(voice: Voice) -> None:
    with pytest.raises(VoiceUnavailableError):
        voice.say("Guten Tag", "de")


def test_a_text_that_looks_like_an_option_is_only_spoken(voice: Voice) -> None:
    assert read_wav(voice.say("--version một hai ba", "vi")).seconds > 0.1


@needs_espeak
def test_the_variants_of_espeak_speak_and_differ() -> None:
    spoken = {open_voice(f"espeak://?variant={variant}").say("Mời số một.", "vi") for variant in VARIANTS}
    assert len(spoken) == len(VARIANTS)


@needs_espeak
def test_a_slower_speed_takes_longer() -> None:
    slow, quick = (
        read_wav(open_voice(f"espeak://?speed={speed}").say("Mời số một hai ba.", "vi")) for speed in (100, 200)
    )
    assert slow.seconds > quick.seconds


def test_espeak_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailableError, match="not installed"):
        EspeakVoice(program=str(tmp_path / "nothing")).say("Mời số một.", "vi")


@pytest.mark.parametrize("script", ["exec sleep 30", "exit 3", "exit 0"])
def test_espeak_that_hangs_fails_or_gives_nothing_is_unavailable(tmp_path: Path, script: str) -> None:
    program = tmp_path / "espeak"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(VoiceUnavailableError):
        EspeakVoice(program=str(program), timeout_s=0.3).say("Mời số một.", "vi")


@pytest.mark.parametrize("fault", list(VoiceFault))
def test_every_fault_of_the_fake_is_found_and_can_be_mended(fault: VoiceFault) -> None:
    voice = FakeVoice(timeout_s=0.05)
    voice.fault = fault
    with pytest.raises(VoiceUnavailableError):
        read_wav(voice.say("Mời số một.", "vi"))
    voice.fault = None
    assert read_wav(voice.say("Mời số một.", "vi")).seconds > 0


@pytest.mark.parametrize(
    "url",
    [
        "", "espeak", "festival://", "espeak://host", "espeak://?variant=fr", "espeak://?speed=fast", "espeak://?speed=5",
        "espeak://?speed=²00", "espeak://?pitch=3", "fake://?fault=tired", "fake://?speed=100", "fake:///path",
        "clips://", "clips:///", "clips://host/x", "clips:///x?else=fake", "clips:///x?else=none&speed=100",
        "clips:///x?speed=9", "clips:///x?voice=3",
    ],
)  # fmt: skip
def test_a_url_that_names_no_voice_is_refused(url: str) -> None:
    with pytest.raises(VoiceUrlError):
        open_voice(url)
