"""What asking for calls costs is bounded: threads, line, store and time."""

from __future__ import annotations

import asyncio
import threading

import pytest

from display_board.studio import Studio
from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.fake import FakeVoice, VoiceFault


class CountingVoice(FakeVoice):
    """A fake that holds every sentence until it is let go, and knows how many were spoken at once."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def say(self, text: str, language: str) -> bytes:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self.go.wait(10)
        try:
            return super().say(text, language)
        finally:
            with self._lock:
                self._now -= 1


def test_a_sentence_that_many_ask_for_is_spoken_once() -> None:
    voice = CountingVoice()

    async def run() -> None:
        asking = [asyncio.create_task(Studio.speak(studio, "Mời số một.", "vi")) for _ in range(40)]
        await asyncio.sleep(0)
        voice.go.set()
        clips = await asyncio.gather(*asking)
        assert all(clip == clips[0] for clip in clips)
        await studio.speak("Mời số một.", "vi")

    studio = Studio(voice)
    asyncio.run(run())
    studio.close()
    assert voice.spoken == [("Mời số một.", "vi")]


def test_the_line_and_the_workers_are_bounded() -> None:
    voice = CountingVoice()
    studio = Studio(voice, workers=2, waiting=5)

    async def run() -> list[object]:
        asking = [asyncio.create_task(studio.speak(f"Mời số {n}.", "vi")) for n in range(9)]
        await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        voice.go.set()
        return list(await asyncio.gather(*asking, return_exceptions=True))

    results = asyncio.run(run())
    studio.close()
    refused = [result for result in results if isinstance(result, VoiceUnavailableError)]
    assert len(refused) == 4
    assert voice.most <= 2
    assert len(voice.spoken) == 5


def test_a_slow_voice_is_given_up_and_serves_again_when_mended() -> None:
    voice = FakeVoice(timeout_s=10)
    voice.fault = VoiceFault.SLOW
    studio = Studio(voice, timeout_s=0.05)

    async def run() -> None:
        with pytest.raises(VoiceUnavailableError):
            await studio.speak("Mời số một.", "vi")
        voice.fault = None
        while True:
            try:
                await studio.speak("Mời số một.", "vi")
                return
            except VoiceUnavailableError:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(run(), 10))
    studio.close()


def test_the_store_forgets_what_was_not_asked_for_longest() -> None:
    voice = FakeVoice(seconds_per_word=0.1)
    studio = Studio(voice, store_bytes=30_000)  # three sentences of two words are about 3 x 8,800 bytes

    async def run() -> None:
        for text in ("số một", "số hai", "số ba", "số một", "số bốn", "số một", "số hai"):
            await studio.speak(text, "vi")
            await asyncio.sleep(0.01)

    asyncio.run(run())
    studio.close()
    assert [text for text, _ in voice.spoken] == ["số một", "số hai", "số ba", "số bốn", "số hai"]


@pytest.mark.parametrize("fault", [VoiceFault.MISSING, VoiceFault.SILENT, VoiceFault.GARBAGE])
def test_a_failure_is_told_and_not_kept(fault: VoiceFault) -> None:
    voice = FakeVoice()
    voice.fault = fault
    studio = Studio(voice)

    async def run() -> None:
        with pytest.raises(VoiceUnavailableError):
            await studio.speak("Mời số một.", "vi")
        voice.fault = None
        await asyncio.sleep(0.01)
        await studio.speak("Mời số một.", "vi")

    asyncio.run(run())
    studio.close()
