"""The voice behind a small protocol, so that a better one than today's can be put in without touching the board."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol, cast, runtime_checkable
from urllib.parse import parse_qsl, unquote, urlsplit

from hardware.address import without_password
from hardware.voices.errors import VoiceUrlError


class Voice(Protocol):
    """Something that speaks."""

    def say(self, text: str, language: str) -> bytes:
        """Speak `text` in `language` ("vi" or "en") and return a mono 16-bit WAV.

        Called from a worker thread, by two threads at most at once; takes seconds at most.
        Raises VoiceUnavailableError when it cannot.
        """
        ...


@runtime_checkable
class Complaining(Protocol):
    """A voice that can speak on although something about it is not as it should be."""

    def complaint(self) -> str:
        """What the technician should see to, in English; empty if all is well. Takes no time."""
        ...


SCHEMES = {
    "espeak": "hardware.voices.espeak:open_espeak",
    "clips": "hardware.voices.clips:open_clips",
    "fake": "hardware.voices.fake:open_fake",
}
FORMS = ("espeak://", "clips:///DIRECTORY", "fake://")
_OF_A_FOLDER = "clips"


def open_voice(url: str) -> Voice:
    """Open the voice that `url` names: "espeak://?variant=vi&speed=140", "clips:///DIRECTORY" or "fake://".

    The voice's module is imported here and not earlier. Raises VoiceUrlError when the URL is not understood.
    """
    parts = urlsplit(url)
    target = SCHEMES.get(parts.scheme)
    path = unquote(parts.path)
    if target is None or parts.netloc or bool(path.strip("/")) != (parts.scheme == _OF_A_FOLDER):
        raise VoiceUrlError(f"no voice {without_password(url)!r}; known are {', '.join(FORMS)}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    module, _, name = target.partition(":")
    factory = cast(Callable[..., Voice], getattr(importlib.import_module(module), name))
    return factory(options, path) if parts.scheme == _OF_A_FOLDER else factory(options)
