"""Recorded words become sentences; what is missing or broken costs its word and never a call."""

from __future__ import annotations

import logging
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.voices.clips import ClipsVoice
from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.fake import FakeVoice
from hardware.voices.opener import Complaining, open_voice
from hardware.voices.pack import Flaw, load, signature
from hardware.voices.sound import Clip, read_wav, silence, tone, write_wav
from hardware.voices.speech import sentence
from hardware.voices.wordlist import cover, needed
from tests.hardware.voices.recordings import hertz, record

CALL = sentence("A-025", 3, "vi")


def pitch(samples: list[int], rate: int) -> float:
    """Hertz, by counting how often the wave rises through nothing."""
    rises = [place for place in range(1, len(samples)) if samples[place - 1] < 0 <= samples[place]]
    return (len(rises) - 1) * rate / (rises[-1] - rises[0])


def words_heard(clip: Clip) -> list[list[int]]:
    """The stretches of sound between stretches of 20 ms of silence."""
    loud = [place for place, sample in enumerate(clip.samples) if abs(sample) > 200]
    ends = [place for place, after in pairwise(loud) if after - place > clip.rate // 50]
    starts = [after for place, after in pairwise(loud) if after - place > clip.rate // 50]
    bounds = zip([loud[0], *starts], [*ends, loud[-1]], strict=True)
    return [list(clip.samples[start : end + 1]) for start, end in bounds]


@pytest.mark.parametrize("text", [CALL, sentence("HT-105", 121, "vi"), sentence("1001", 15, "vi")])
def test_a_sentence_is_its_words_in_order(text: str, tmp_path: Path) -> None:
    """The words are told apart by their pitch, whatever code put them together."""
    voice = ClipsVoice(record(tmp_path), None)
    clip = read_wav(voice.say(text, "vi"))
    phrases, _ = cover(text, set(needed("vi")))
    expected = [hertz(needed("vi").index(phrase)) for phrase in phrases]
    assert [pitch(word, clip.rate) for word in words_heard(clip)] == [pytest.approx(each, abs=8) for each in expected]
    assert voice.complaint() == ""


def test_gaps_are_as_the_manifest_says(tmp_path: Path) -> None:
    record(tmp_path, ["mời số", "một", "đến quầy số"])
    manifest = tmp_path / "vi.toml"
    short = read_wav(ClipsVoice(tmp_path, None).say("Mời số một đến quầy số một.", "vi"))
    manifest.write_text(
        manifest.read_text("utf-8").replace('"vi-002.wav"', '{ file = "vi-002.wav", before = 0.55 }'), "utf-8"
    )
    long = read_wav(ClipsVoice(tmp_path, None).say("Mời số một đến quầy số một.", "vi"))
    assert long.seconds - short.seconds == pytest.approx(0.5, abs=0.001)


def test_a_missing_word_gives_the_whole_sentence_to_the_other_voice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = FakeVoice()
    voice = ClipsVoice(record(tmp_path, [each for each in needed("vi") if each != "lăm"]), other)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            voice.say(CALL, "vi")
    assert other.spoken == [(CALL, "vi")] * 3
    assert [record.message.count("lăm") for record in caplog.records] == [1]
    assert voice.complaint() == "recorded words missing: lăm"
    voice.say(sentence("A-021", 3, "vi"), "vi")
    assert len(other.spoken) == 3


def test_a_language_without_recordings_is_spoken_by_the_other_voice(tmp_path: Path) -> None:
    other = FakeVoice()
    ClipsVoice(record(tmp_path), other).say(sentence("A-1", 1, "en"), "en")
    assert len(other.spoken) == 1


def test_one_folder_may_hold_both_languages(tmp_path: Path) -> None:
    record(tmp_path)
    record(tmp_path, language="en")
    voice = ClipsVoice(tmp_path, None)
    for language in ("vi", "en"):
        assert read_wav(voice.say(sentence("A-025", 3, language), language)).seconds > 0.5


def test_without_another_voice_it_is_unavailable_and_says_why(tmp_path: Path) -> None:
    voice = open_voice(f"clips://{record(tmp_path, ['mời số'])}?else=none")
    with pytest.raises(VoiceUnavailableError, match="lăm"):
        voice.say(CALL, "vi")
    assert isinstance(voice, Complaining)


def test_a_folder_that_is_mended_is_read_again(tmp_path: Path) -> None:
    voice = ClipsVoice(tmp_path / "voice", None)
    with pytest.raises(VoiceUnavailableError):
        voice.say(CALL, "vi")
    (tmp_path / "voice").mkdir()
    with pytest.raises(VoiceUnavailableError):
        voice.say(CALL, "vi")
    record(tmp_path / "voice")
    assert read_wav(voice.say(CALL, "vi")).seconds > 0.5
    assert voice.complaint() == ""


def flaws(folder: Path) -> dict[str, Flaw]:
    return {problem.phrase: problem.flaw for problem in load(folder).problems}


def with_file(folder: Path, data: bytes) -> Path:
    """A whole pack in which the file of "ba" holds `data`."""
    record(folder)
    (folder / f"vi-{needed('vi').index('ba'):03}.wav").write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"", Flaw.BROKEN),
        (b"RIFF", Flaw.BROKEN),
        (write_wav(silence(0.2)), Flaw.BROKEN),
        (write_wav(tone(0.2, 440, level=0.02)), Flaw.QUIET),
        (write_wav(tone(0.2, 440, level=0.06)), Flaw.QUIET),
        (write_wav(Clip(4000, tone(0.2, 440, rate=4000).samples)), Flaw.BROKEN),
    ],
)
def test_a_file_that_cannot_be_used_costs_its_word_only(data: bytes, flaw: Flaw, tmp_path: Path) -> None:
    folder = with_file(tmp_path, data)
    assert flaws(folder) == {"ba": flaw}
    other = FakeVoice()
    voice = ClipsVoice(folder, other)
    voice.say(sentence("A-1", 3, "vi"), "vi")
    assert len(other.spoken) == 1
    assert "ba" in voice.complaint()
    voice.say(sentence("A-1", 4, "vi"), "vi")
    assert len(other.spoken) == 1


def test_stereo_is_refused_with_its_layout(tmp_path: Path) -> None:
    data = bytearray(write_wav(tone(0.2, 440)))
    data[22:24] = (2).to_bytes(2, "little")
    data[32:34] = (4).to_bytes(2, "little")
    (problem,) = load(with_file(tmp_path, bytes(data))).problems
    assert "mono" in problem.why


def test_a_file_of_another_rate_is_brought_to_the_others(tmp_path: Path) -> None:
    folder = with_file(tmp_path, write_wav(tone(0.1, 440, rate=48_000)))
    read = load(folder)
    assert read.problems == ()
    pack = read.packs["vi"]
    assert (pack.rate, pack.resampled) == (22_050, 1)
    clip = pack.words["ba"].clip
    assert clip.rate == 22_050
    assert pitch(list(clip.samples), clip.rate) == pytest.approx(440, abs=8)


@pytest.mark.parametrize(
    "manifest",
    [
        "", "language = 'vi'",
        "[words]\na = 'a.wav'", "language = 'fr'\n[words]\na = 'a.wav'", "language = 'vi'\nwords = 3",
        "language = 'vi'\ngap = 9\n[words]\na = 'a.wav'", "language = 'vi'\ngap = true\n[words]\na = 'a.wav'",
        "language = 'vi'\nspeed = 3\n[words]\na = 'a.wav'", "language =", "\x00", "language = 'vi'\n[words]\n",
    ],
)  # fmt: skip
def test_a_manifest_that_says_nothing_sensible_is_named(manifest: str, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(write_wav(tone(0.1, 440)))
    (tmp_path / "vi.toml").write_text(manifest)
    assert flaws(tmp_path) == {"vi.toml": Flaw.BROKEN}
    with pytest.raises(VoiceUnavailableError):
        ClipsVoice(tmp_path, None).say("a", "vi")


@pytest.mark.parametrize(
    "entry",
    ["'../a.wav'", "'/etc/passwd'", "'.hidden'", "3", "{}", "{file='a.wav', after=1}", "{file='a.wav', before=9}"],
)
def test_an_entry_that_names_no_file_of_the_folder_costs_its_word(entry: str, tmp_path: Path) -> None:
    (tmp_path / "b.wav").write_bytes(write_wav(tone(0.1, 440)))
    (tmp_path / "a.wav").write_bytes(write_wav(tone(0.1, 440)))
    (tmp_path / "vi.toml").write_text(f"language = 'vi'\n[words]\na = {entry}\nb = 'b.wav'\n")
    assert flaws(tmp_path) == {"a": Flaw.BROKEN}
    assert set(load(tmp_path).packs["vi"].words) == {"b"}


def test_a_folder_that_is_not_there_or_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "none", tmp_path / "file"):
        assert list(flaws(folder).values()) == [Flaw.BROKEN]
        assert signature(folder) == ()


def test_two_manifests_of_one_language_are_a_mistake(tmp_path: Path) -> None:
    record(tmp_path)
    (tmp_path / "vi2.toml").write_bytes((tmp_path / "vi.toml").read_bytes())
    assert flaws(tmp_path) == {"vi2.toml": Flaw.BROKEN}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_the_files_the_call_goes_on(data: st.DataObject, tmp_path: Path) -> None:
    """Bytes of a good recording changed, cut or added to, and a manifest of anything."""
    good = bytearray(write_wav(tone(0.05, 440)))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 255)), max_size=6)):
        good[place] = value
    (tmp_path / "a.wav").write_bytes(bytes(good[: data.draw(st.integers(0, len(good)))]))
    entry = data.draw(st.sampled_from(["'a.wav'", "{file='a.wav',before=0.1}", "[1]", "1979-05-27", "'a\\u0000.wav'"]))
    (tmp_path / "vi.toml").write_text(f"language = 'vi'\n[words]\na = {entry}\n", "utf-8")
    os.utime(tmp_path / "vi.toml", ns=(0, data.draw(st.integers(0, 2**40))))
    other = FakeVoice(seconds_per_word=0.01)
    assert read_wav(ClipsVoice(tmp_path, other).say("a", "vi")).seconds > 0
