"""A voice for tests and dry runs: a short tone for every sentence, with faults that can be switched on."""

from __future__ import annotations

import threading
from enum import StrEnum

from hardware.voices.errors import VoiceUnavailableError, VoiceUrlError
from hardware.voices.sound import silence, tone, write_wav


class VoiceFault(StrEnum):
    """What can be wrong with a voice."""

    MISSING = "missing"  # not installed
    SLOW = "slow"  # answers only when the fault is cleared, or gives up after `timeout_s`
    SILENT = "silent"  # a WAV without sound
    GARBAGE = "garbage"  # bytes that are no WAV


class FakeVoice:
    """A tone of `seconds_per_word` for each word; `spoken` lists (text, language) in order of asking.

    Set `fault` to break it and to None to mend it.
    """

    def __init__(self, *, seconds_per_word: float = 0.03, timeout_s: float = 5.0) -> None:
        self.spoken: list[tuple[str, str]] = []
        self._seconds_per_word = seconds_per_word
        self._timeout_s = timeout_s
        self._fault: VoiceFault | None = None
        self._mended = threading.Event()

    @property
    def fault(self) -> VoiceFault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: VoiceFault | None) -> None:
        self._fault = None if fault is None else VoiceFault(fault)
        if self._fault is VoiceFault.SLOW:
            self._mended.clear()
        else:
            self._mended.set()

    def say(self, text: str, language: str) -> bytes:
        """See Voice.say."""
        if self._fault is VoiceFault.MISSING:
            raise VoiceUnavailableError("the fake voice is switched to missing")
        if self._fault is VoiceFault.SLOW and not self._mended.wait(self._timeout_s):
            raise VoiceUnavailableError(f"the fake voice took over {self._timeout_s:g} s")
        if language not in ("vi", "en"):
            raise VoiceUnavailableError(f"the fake voice speaks vi and en, not {language!r}")
        self.spoken.append((text, language))
        if self._fault is VoiceFault.GARBAGE:
            return b"no sound at all"
        seconds = self._seconds_per_word * len(text.split())
        if self._fault is VoiceFault.SILENT:
            return write_wav(silence(seconds))
        return write_wav(tone(seconds, 330.0 if language == "vi" else 440.0))


def open_fake(options: dict[str, str]) -> FakeVoice:
    """Make the voice from the options of its URL: `fault`, optional."""
    unknown = set(options) - {"fault"}
    if unknown:
        raise VoiceUrlError(f"fake:// takes fault, not {', '.join(sorted(unknown))}")
    voice = FakeVoice()
    if fault := options.get("fault"):
        try:
            voice.fault = VoiceFault(fault)
        except ValueError:
            raise VoiceUrlError(f"no fault {fault!r}; there are {', '.join(VoiceFault)}") from None
    return voice
