"""A recorded voice: sentences laid out of clips, and spoken whole by espeak-ng where a word is missing."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from hardware.voices.errors import VoiceUnavailableError, VoiceUrlError
from hardware.voices.opener import Voice
from hardware.voices.pack import Folder, Pack, load, signature
from hardware.voices.sound import Clip, silence, write_wav
from hardware.voices.wordlist import cover

_log = logging.getLogger(__name__)
_MOST_NAMED = 12


class ClipsVoice:
    """Speaks with the recordings in `folder`; `instead` speaks what they cannot, None: nobody does.

    A sentence is spoken by one voice alone. The folder is read when it is first needed and again when it changes.
    """

    def __init__(self, folder: Path, instead: Voice | None) -> None:
        self._folder = folder
        self._instead = instead
        self._lock = threading.Lock()
        self._signature: tuple[tuple[str, int, int], ...] | None = None
        self._read = Folder({}, ())
        self._missed: dict[str, None] = {}

    def say(self, text: str, language: str) -> bytes:
        """See Voice.say."""
        try:
            pack = self._current().packs.get(language)
            if pack is not None:
                return write_wav(self._laid_out(text, pack))
            wrong = f"no recordings in {self._folder} for {language!r}"
        except VoiceUnavailableError as error:
            wrong = str(error)
        except Exception as error:  # noqa: BLE001 - whatever a folder holds, the call goes on
            _log.exception("the recordings in %s", self._folder)
            wrong = f"the recordings in {self._folder}: {type(error).__name__}"
        if self._instead is None:
            raise VoiceUnavailableError(wrong)
        return self._instead.say(text, language)

    def complaint(self) -> str:
        """Which words were missing so far, and which files are broken."""
        with self._lock:
            missed = list(self._missed)
            flawed = [f"{each.phrase} ({each.flaw})" for each in self._read.problems]
        parts = []
        if missed:
            parts.append(f"recorded words missing: {_some(missed)}")
        if flawed:
            parts.append(f"recordings to mend: {_some(flawed)}")
        return "; ".join(parts)

    def _current(self) -> Folder:
        with self._lock:
            now = signature(self._folder)
            if now != self._signature:
                self._read, self._signature = load(self._folder), now
                self._missed.clear()
                for problem in self._read.problems:
                    _log.warning("recorded voice, %s: %s: %s", problem.phrase, problem.flaw, problem.why)
            return self._read

    def _laid_out(self, text: str, pack: Pack) -> Clip:
        phrases, missing = cover(text, pack.words)
        if missing:
            with self._lock:
                new = [word for word in missing if word not in self._missed]
                self._missed.update(dict.fromkeys(new))
            if new:
                _log.warning("recorded words missing in %s: %s", self._folder, ", ".join(new))
            raise VoiceUnavailableError(f"recorded words missing in {self._folder}: {_some(missing)}")
        clip = silence(0, pack.rate)
        for place, phrase in enumerate(phrases):
            word = pack.words[phrase]
            if place:
                clip.samples.extend(silence(pack.gap if word.before is None else word.before, pack.rate).samples)
            clip.samples.extend(word.clip.samples)
        return clip


def _some(words: list[str]) -> str:
    more = len(words) - _MOST_NAMED
    return ", ".join(words[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def open_clips(options: dict[str, str], path: str) -> ClipsVoice:
    """Make the voice of `clips:///DIRECTORY`; options `else` (espeak or none), and espeak's `variant` and `speed`."""
    from hardware.voices.espeak import open_espeak

    rest = dict(options)
    instead = rest.pop("else", "espeak")
    if instead == "espeak":
        return ClipsVoice(Path(path), open_espeak(rest))
    if instead != "none" or rest:
        raise VoiceUrlError("clips:// takes else=espeak with variant and speed, or else=none")
    return ClipsVoice(Path(path), None)
