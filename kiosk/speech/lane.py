"""The voice's own thread: speaks what it is told, is cut off by what comes next, and knows of headphones."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import lru_cache

from hardware.errors import DeviceError
from hardware.speakers import open_speaker
from hardware.speakers.cards import card_of
from hardware.speakers.jack import plugged
from hardware.speakers.protocol import Interruptible, Speaker
from hardware.voices.errors import VoiceError
from hardware.voices.opener import Voice, open_voice
from hardware.voices.sound import RATE, Clip, chime, read_wav, trim
from kiosk.effects import Effect
from kiosk.lane import Post
from kiosk.settings import Settings
from kiosk.visit.effects import Alert, Say, Wipe
from kiosk.visit.events import Voiced

LOG = logging.getLogger("kiosk")
LOOK_S = 2.0
"""Between two looks at the headphones' socket."""
PULLED_S = 0.5
"""The same while something private is being said."""
TRIES = 5
"""A card that has told nothing so often has no socket that tells."""
BELL_VOLUME = 0.5
VOICE = "espeak://"
"""The board's voice, where the settings name none."""


class SpeechLane:
    """`private`: asks the socket whether headphones are in it; None where it cannot tell. `told`: is called from the
    lane's thread whenever that has changed. Close it with `stop`."""

    def __init__(
        self,
        speaker: Speaker,
        voice: Voice,
        *,
        private: Callable[[], bool | None] = lambda: None,
        always_private: bool = False,
        told: Callable[[bool], None] = lambda _: None,
        look_s: float = LOOK_S,
    ) -> None:
        self._speaker = speaker
        self._voice = voice
        self._ask = private
        self._always_private = always_private
        self._told = told
        self._look_s = look_s
        self._news = threading.Condition()
        self._wanted: Say | None = None
        self._bell = False
        self._turn = 0
        self._closed = False
        self._private: bool | None = None
        self._speaks = lru_cache(maxsize=64)(self._clip)
        self._thread = threading.Thread(target=self._run, name="kiosk-voice", daemon=True)
        self._thread.start()

    def run(self, effect: Effect) -> None:
        """Take `effect`; what was being said ends now. A bell waits for nothing and ends nothing."""
        with self._news:
            match effect:
                case Alert():
                    self._bell = True
                case Say():
                    self._wanted = effect
                    self._turn += 1
                case Wipe():
                    self._wanted = None
                    self._turn += 1
                    self._speaks.cache_clear()
                case _:
                    return
            cut = not isinstance(effect, Alert)
            self._news.notify_all()
        if cut and isinstance(self._speaker, Interruptible):
            self._speaker.stop()

    def stop(self, wait_s: float) -> None:
        with self._news:
            self._closed = True
            self._turn += 1
            self._news.notify_all()
        if isinstance(self._speaker, Interruptible):
            self._speaker.stop()
        self._thread.join(wait_s)

    def _run(self) -> None:
        while True:
            self._look()
            with self._news:
                self._news.wait_for(lambda: self._closed or self._bell or self._wanted is not None, self._look_s)
                if self._closed:
                    return
                bell, self._bell = self._bell, False
                wanted, self._wanted = self._wanted, None
                turn = self._turn
            try:
                if bell:
                    self._allow()
                    self._speaker.play(chime(0.05, RATE), volume=BELL_VOLUME)
                if wanted is not None:
                    self._say(wanted, turn)
            except (DeviceError, VoiceError) as error:
                LOG.warning("the screens cannot be read aloud: %s", error)
            except Exception as error:  # noqa: BLE001 - the thread's edge
                # Its kind alone: the words of a strange error may hold what was to be said.
                LOG.error("the voice failed: %s", type(error).__name__)

    def _say(self, wanted: Say, turn: int) -> None:
        """One text after the other, until something else is to be said. Raises DeviceError, VoiceError."""
        for text in wanted.texts:
            # The headphones may have been pulled since the text before.
            if wanted.private and not self._is_private():
                return
            # What is private stays in no cache.
            speaks = self._clip if wanted.private else self._speaks
            clip = speaks(text, wanted.language.value)
            self._allow()
            with self._news:
                if self._turn != turn:
                    return
            if wanted.private:
                self._play_private(clip)
            else:
                self._speaker.play(clip)

    def _play_private(self, clip: Clip) -> None:
        """Not a second longer than the headphones are worn: without them the hall would hear it."""
        ended = threading.Event()
        watcher = threading.Thread(target=self._cut_when_pulled, args=(ended,), name="kiosk-headphones", daemon=True)
        watcher.start()
        try:
            self._speaker.play(clip)
        finally:
            ended.set()
            watcher.join()

    def _cut_when_pulled(self, ended: threading.Event) -> None:
        while not ended.wait(min(self._look_s, PULLED_S)):
            if not self._is_private():
                if isinstance(self._speaker, Interruptible):
                    self._speaker.stop()
                return

    def _allow(self) -> None:
        if isinstance(self._speaker, Interruptible):
            self._speaker.allow()

    def _is_private(self) -> bool:
        self._look()
        return bool(self._private)

    def _clip(self, text: str, language: str) -> Clip:
        return trim(read_wav(self._voice.say(text, language)))

    def _look(self) -> None:
        """A socket that tells is believed; one that does not is what the settings say."""
        seen = self._ask()
        private = self._always_private if seen is None else seen
        if private is not self._private:
            self._private = private
            self._told(private)


def open_speech(settings: Settings, post: Post) -> SpeechLane | None:
    """The lane for the speaker and voice of `settings`; None where nothing is to be heard. Raises DeviceError and
    VoiceUrlError for addresses that cannot be understood."""
    if settings.speaker is None:
        return None
    speaker = open_speaker(settings.speaker)
    card = card_of(settings.speaker.partition("://")[2].lstrip("/"))
    return SpeechLane(
        speaker,
        open_voice(settings.voice or VOICE),
        private=_socket(card) if card is not None else lambda: None,
        always_private=settings.headphones,
        told=lambda worn: post(Voiced(worn)),
    )


def _socket(card: str, asked: Callable[[str], bool | None] = plugged) -> Callable[[], bool | None]:
    """A card that never tells is not asked for ever. Of one that has told, and does not just now, no headphones are
    believed: the machine may be busy, and answers soon."""
    left, tells = TRIES, False

    def ask() -> bool | None:
        nonlocal left, tells
        seen = asked(card) if tells or left else None
        tells = tells or seen is not None
        left = left if tells else max(left - 1, 0)
        return False if tells and seen is None else seen

    return ask
