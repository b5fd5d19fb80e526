"""Calls through a loudspeaker: order, once each, and on through everything that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from hardware.health import State
from hardware.speakers.announcer import Announcer
from hardware.speakers.calls import NEWS
from hardware.speakers.fake import FakeSpeaker, Fault
from hardware.speakers.memory import Memory
from hardware.speakers.volume import hours
from hardware.voices.fake import FakeVoice, VoiceFault
from hardware.voices.sound import chime
from hardware.voices.speech import sentence

Make = Callable[..., Announcer]
LONG_S = 10.0


def fresh(*numbers: int, at: datetime | None = None) -> list[tuple[int, datetime, str, int]]:
    at = at or MADE
    return [(number, at, f"A-{number:03}", number) for number in numbers]


MADE = datetime.now(UTC)


@pytest.fixture
def speaker() -> FakeSpeaker:
    return FakeSpeaker(timeout_s=0.05)


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice(timeout_s=LONG_S)


@pytest.fixture
def make(speaker: FakeSpeaker, voice: FakeVoice) -> Iterator[Make]:
    made: list[Announcer] = []

    def one(**options: object) -> Announcer:
        settings: dict[str, object] = {"retry_s": 0.02, "ready_s": LONG_S, **options}
        made.append(Announcer(speaker, voice, **settings))  # type: ignore[arg-type]
        return made[-1]

    yield one
    speaker.fault = None
    voice.fault = None
    for each in made:
        each.close()


def wait_for(speaker: FakeSpeaker, holds: Callable[[], bool]) -> None:
    with speaker.changed:
        assert speaker.changed.wait_for(holds, LONG_S)


def texts(*numbers: int) -> list[tuple[str, str]]:
    return [(sentence(f"A-{number:03}", number, "vi"), "vi") for number in numbers]


def test_each_call_once_in_order_however_often_the_list_comes(
    make: Make, speaker: FakeSpeaker, voice: FakeVoice
) -> None:
    announcer = make()
    announcer.take(fresh(1), now=MADE)  # there before this machine ever called
    for _ in range(3):
        announcer.take(fresh(4, 3, 2, 1), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    announcer.take(fresh(1, 2, 3, 4), now=MADE)
    assert announcer.idle
    assert voice.spoken == texts(2, 3, 4)
    assert len(speaker.played) == 3
    assert announcer.health().state is State.READY


def test_a_call_is_chime_sentence_pause_sentence(make: Make, speaker: FakeSpeaker) -> None:
    announcer = make(preroll_s=0.1, pause_s=0.5)
    announcer.take([], now=MADE)
    announcer.take(fresh(1), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    clip = speaker.played[0].clip
    bell = chime(0.1)
    assert clip.samples[: len(bell.samples)] == bell.samples
    words = clip.samples[len(bell.samples) :]
    length = (len(words) - round(0.5 * clip.rate)) // 2
    assert words[:length] == words[-length:]
    assert not any(words[length:-length])


def test_two_languages_and_no_bell(make: Make, speaker: FakeSpeaker, voice: FakeVoice) -> None:
    announcer = make(languages=("vi", "en"), bell=False, repeat=1, pause_s=0)
    announcer.take([], now=MADE)
    announcer.take(fresh(1), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    assert [language for _, language in voice.spoken] == ["vi", "en"]
    assert speaker.played[0].clip.seconds < chime(0).seconds


def test_with_many_in_line_a_call_is_said_once(make: Make, speaker: FakeSpeaker) -> None:
    announcer = make()
    announcer.take([], now=MADE)
    announcer.take(fresh(*range(1, 12)), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    lengths = [each.clip.seconds for each in speaker.played]
    assert max(lengths[:3]) < min(lengths[-3:])


@pytest.mark.parametrize("fault", [VoiceFault.MISSING, VoiceFault.SILENT, VoiceFault.GARBAGE])
def test_a_voice_that_fails_leaves_the_chime_and_says_so(
    fault: VoiceFault, make: Make, speaker: FakeSpeaker, voice: FakeVoice
) -> None:
    announcer = make(preroll_s=0)
    announcer.take([], now=MADE)
    voice.fault = fault
    announcer.take(fresh(1), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    assert speaker.played[0].clip == chime(0)
    assert announcer.health().state is State.VOICE_UNAVAILABLE
    voice.fault = None
    announcer.take(fresh(1, 2), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    assert announcer.health().state is State.READY
    assert speaker.played[1].clip.seconds > chime(0).seconds


def test_a_slow_voice_lets_the_chime_go_first(make: Make, speaker: FakeSpeaker, voice: FakeVoice) -> None:
    announcer = make(ready_s=0.01, preroll_s=0)
    announcer.take([], now=MADE)
    voice.fault = VoiceFault.SLOW
    announcer.take(fresh(1), now=MADE)
    wait_for(speaker, lambda: len(speaker.played) == 1)
    assert speaker.played[0].clip == chime(0)
    voice.fault = None
    assert announcer.wait_until_idle(LONG_S)
    assert len(speaker.played) == 2


def test_a_voice_that_hangs_is_not_waited_for(make: Make, speaker: FakeSpeaker, voice: FakeVoice) -> None:
    announcer = make(ready_s=0.01, voice_s=0.01, preroll_s=0)
    announcer.take([], now=MADE)
    voice.fault = VoiceFault.SLOW
    announcer.take(fresh(1, 2), now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    assert [each.clip for each in speaker.played] == [chime(0), chime(0)]
    assert announcer.health().state is State.VOICE_UNAVAILABLE


class BrokenVoice:
    """A voice with a fault of its own that nobody thought of."""

    def say(self, text: str, language: str) -> bytes:
        raise ZeroDivisionError(text)


def test_a_voice_that_breaks_ends_nothing(speaker: FakeSpeaker) -> None:
    announcer = Announcer(speaker, BrokenVoice(), preroll_s=0)
    try:
        announcer.take([], now=MADE)
        announcer.take(fresh(1, 2), now=MADE)
        assert announcer.wait_until_idle(LONG_S)
        assert len(speaker.played) == 2
        assert announcer.health().state is State.VOICE_UNAVAILABLE
    finally:
        announcer.close()


@pytest.mark.parametrize("fault", [Fault.NO_SOUND, Fault.NOT_PERMITTED, Fault.HANG])
def test_a_speaker_that_comes_back_says_what_is_still_news(
    fault: Fault, make: Make, speaker: FakeSpeaker, voice: FakeVoice
) -> None:
    announcer = make()
    announcer.take([], now=MADE)
    speaker.fault = fault
    announcer.take(fresh(1, 2), now=MADE)
    wait_for(speaker, lambda: speaker.tries >= 3)
    assert announcer.health().state in (State.NO_SOUND, State.NOT_PERMITTED)
    assert speaker.played == []
    speaker.fault = None
    assert announcer.wait_until_idle(LONG_S)
    assert len(speaker.played) == 2
    assert announcer.health().state is State.READY


def test_what_a_dead_speaker_could_not_say_is_dropped_when_it_is_old(make: Make, speaker: FakeSpeaker) -> None:
    announcer = make()
    announcer.take([], now=MADE)
    speaker.fault = Fault.NO_SOUND
    announcer.take(fresh(1), now=MADE)
    wait_for(speaker, lambda: speaker.tries >= 2)
    announcer.take(fresh(1), now=MADE + NEWS)
    assert announcer.wait_until_idle(LONG_S)
    assert speaker.played == []
    assert announcer.health().state is State.NO_SOUND
    speaker.fault = None
    speaker.play(chime(0))  # it is well again by its own look, as a card that is plugged in
    assert announcer.health().state is State.READY
    announcer.take(fresh(1, 2, at=MADE + NEWS), now=MADE + NEWS)
    assert announcer.wait_until_idle(LONG_S)
    assert announcer.health().state is State.READY


def test_the_clock_of_this_machine_may_be_wrong_by_years(make: Make, speaker: FakeSpeaker) -> None:
    then = MADE - timedelta(days=2000)
    announcer = make()
    announcer.take([], now=then)
    announcer.take(fresh(1, at=then), now=then)
    assert announcer.wait_until_idle(LONG_S)
    assert len(speaker.played) == 1


def test_quiet_hours_count_as_said_and_other_hours_have_their_volume(make: Make, speaker: FakeSpeaker) -> None:
    vietnam = timezone(timedelta(hours=7))
    announcer = make(hours=hours({"07:00": 60, "17:30": 0}), zone=vietnam)
    evening = datetime(2026, 3, 2, 18, tzinfo=vietnam)
    announcer.take([], now=evening)
    announcer.take(fresh(1, at=evening), now=evening)
    assert announcer.wait_until_idle(LONG_S)
    assert speaker.played == []
    morning = evening + timedelta(hours=14)
    announcer.take(fresh(2, at=morning), now=morning)
    assert announcer.wait_until_idle(LONG_S)
    assert [each.volume for each in speaker.played] == [0.6]


def test_a_restart_says_nothing_twice_and_what_was_missed(
    tmp_path: Path, make: Make, speaker: FakeSpeaker, voice: FakeVoice
) -> None:
    first = make(memory=tmp_path / "said")
    first.take([], now=MADE)
    first.take(fresh(1), now=MADE)
    assert first.wait_until_idle(LONG_S)
    first.close()
    second = make(memory=tmp_path / "said")
    second.take(fresh(1, 2), now=MADE)
    assert second.wait_until_idle(LONG_S)
    assert voice.spoken == texts(1, 2)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b"[[["])
def test_a_broken_memory_is_a_machine_that_never_called(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "said").write_bytes(content)
    memory = Memory(tmp_path / "said")
    assert memory.recall() is None
    memory.keep(("1@x",))
    assert Memory(tmp_path / "said").recall() == ("1@x",)


def test_a_memory_that_cannot_be_written_is_told_once_and_stops_nothing(
    tmp_path: Path, make: Make, speaker: FakeSpeaker, caplog: pytest.LogCaptureFixture
) -> None:
    announcer = make(memory=tmp_path / "gone" / "said")
    announcer.take([], now=MADE)
    for _ in range(3):
        announcer.take(fresh(1), now=MADE)
        assert announcer.wait_until_idle(LONG_S)
    assert len(speaker.played) == 1
    assert announcer.health().state is State.CANNOT_WRITE
    assert [one.message.count("cannot be kept") for one in caplog.records] == [1]
    (tmp_path / "gone").mkdir()
    announcer.take(fresh(1), now=MADE)
    assert announcer.health().state is State.READY


def test_closing_amid_a_hang_starts_no_other_call(voice: FakeVoice) -> None:
    speaker = FakeSpeaker(timeout_s=LONG_S)
    announcer = Announcer(speaker, voice)
    announcer.take([], now=MADE)
    speaker.fault = Fault.HANG
    announcer.take(fresh(1, 2), now=MADE)
    wait_for(speaker, lambda: speaker.tries >= 1)
    announcer.close()
    speaker.fault = None
    wait_for(speaker, lambda: len(speaker.played) == 1)
    assert speaker.tries == 1
    assert announcer.idle is False


def test_a_number_that_cannot_be_said_rings(make: Make, speaker: FakeSpeaker) -> None:
    announcer = make(preroll_s=0)
    announcer.take([], now=MADE)
    announcer.take([(1, MADE, "số lạ", 1)], now=MADE)
    assert announcer.wait_until_idle(LONG_S)
    assert speaker.played[0].clip == chime(0)
    assert announcer.health().state is State.VOICE_UNAVAILABLE
