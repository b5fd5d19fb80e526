"""The voice behind a small protocol, so that a better one than today's can be put in without touching the board."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol, cast
from urllib.parse import parse_qsl, urlsplit

from hardware.voices.errors import VoiceUrlError


class Voice(Protocol):
    """Something that speaks."""

    def say(self, text: str, language: str) -> bytes:
        """Speak `text` in `language` ("vi" or "en") and return a mono 16-bit WAV.

        Called from a worker thread, by two threads at most at once; takes seconds at most.
        Raises VoiceUnavailableError when it cannot.
        """
        ...


_SCHEMES = {
    "espeak": "hardware.voices.espeak:open_espeak",
    "fake": "hardware.voices.fake:open_fake",
}


def open_voice(url: str) -> Voice:
    """Open the voice that `url` names: "espeak://?variant=vi&speed=140" or "fake://".

    The voice's module is imported here and not earlier. Raises VoiceUrlError when the URL is not understood.
    """
    parts = urlsplit(url)
    target = _SCHEMES.get(parts.scheme)
    if target is None or parts.netloc or parts.path.strip("/"):
        known = ", ".join(f"{scheme}://" for scheme in _SCHEMES)
        raise VoiceUrlError(f"no voice {url!r}; known are {known}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    module, _, name = target.partition(":")
    factory = cast(Callable[[dict[str, str]], Voice], getattr(importlib.import_module(module), name))
    return factory(options)
