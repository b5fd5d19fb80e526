"""The sound of one call: chime, sentence, pause, sentence again, then once in a second language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hardware.voices.errors import VoiceError
from hardware.voices.opener import Voice
from hardware.voices.sound import Clip, joined, read_wav, repeated, trim
from hardware.voices.speech import sentence


@dataclass(frozen=True, slots=True)
class Spoken:
    """`sentences`: one a language, those left out that could not be spoken; `wrong`: why, empty if all could be."""

    sentences: tuple[Clip, ...] = ()
    wrong: str = ""


def speak(voice: Voice, number: str, counter: int, languages: Sequence[str]) -> Spoken:
    """Say that `number` goes to `counter`, in each of `languages`. Never raises VoiceError."""
    sentences: list[Clip] = []
    wrong: list[str] = []
    for language in languages:
        try:
            sentences.append(trim(read_wav(voice.say(sentence(number, counter, language), language))))
        except VoiceError as error:
            wrong.append(f"{language}: {error}")
    return Spoken(tuple(sentences), "; ".join(wrong))


def recital(spoken: Spoken, times: int, pause_s: float) -> Clip | None:
    """All of it as one sound: the first sentence `times` times, `pause_s` seconds between; None if nothing was."""
    parts = [repeated(clip, times if index == 0 else 1, pause_s) for index, clip in enumerate(spoken.sentences)]
    return joined(parts, pause_s) if parts else None
