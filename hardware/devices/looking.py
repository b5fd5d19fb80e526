"""How a device is, asked the same way whatever its kind, and without anything that people in the hall would notice."""

from __future__ import annotations

import logging
from typing import Any

from hardware.address import bad_url, without_password
from hardware.devices.kinds import VOICES, kind_of, open_device, scheme_of
from hardware.errors import DeviceError
from hardware.health import Health, Kind, State
from hardware.voices.errors import VoiceError, VoiceUrlError
from hardware.voices.opener import FORMS, Complaining, Voice, open_voice
from hardware.voices.sound import read_wav
from hardware.voices.speech import sentence

_log = logging.getLogger(__name__)
LISTEN_S = 0.6
"""Long enough for a line to be opened, or to be found missing."""
PICTURE_S = 6.0
SAMPLE = ("A-025", 3)


class Look:
    """A device that is looked at again and again. Raises DeviceError `bad-url` or `driver-missing` at once."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self.url = url
        self.shown = without_password(url)
        self.voice: Voice | None = None
        self.device: Any = None
        if scheme_of(url) in VOICES:
            self.kind = Kind.SPEAKER
            try:
                self.voice = open_voice(url)
            except VoiceUrlError as error:
                raise bad_url(url, str(error), FORMS) from error
        else:
            self.kind = kind_of(url)
            self.device = open_device(self.kind, url, timeout_s)

    def health(self) -> Health:
        """How it is now; takes seconds at most. Never raises DeviceError: it is the answer."""
        try:
            if self.voice is not None:
                return _of_voice(self.voice)
            return self._of_device()
        except DeviceError as error:
            return Health(State(error.code), error.detail)

    def close(self) -> None:
        if self.device is not None:
            self.device.close()

    def _of_device(self) -> Health:
        # Scanners, keypads and cameras say how they are only once somebody reads.
        if self.kind in (Kind.SCANNER, Kind.KEYPAD):
            self.device.read(LISTEN_S)
        elif self.kind is Kind.CAMERA:
            self.device.read(PICTURE_S)
        health: Health = self.device.health()
        return health


def _of_voice(voice: Voice) -> Health:
    try:
        read_wav(voice.say(sentence(*SAMPLE, "vi"), "vi"))
    except VoiceError as error:
        return Health(State.VOICE_UNAVAILABLE, str(error))
    return Health(State.READY, voice.complaint() if isinstance(voice, Complaining) else "")
