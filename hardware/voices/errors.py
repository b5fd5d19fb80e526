"""What can go wrong with a voice, as one family with stable codes and words for a technician."""

from __future__ import annotations


class VoiceError(Exception):
    """Root of the voices' errors. `code` is stable; `str(error)` tells a technician what happened."""

    code = "voice-error"


class VoiceUnavailableError(VoiceError):
    """The voice could not speak a call: not installed, too slow, too busy, or it gave no sound."""

    code = "voice-unavailable"


class VoiceUrlError(VoiceError):
    """The setting that names the voice is not understood."""

    code = "voice-url"


class SpeechError(VoiceError):
    """A number, counter or language that no sentence can be made of."""

    code = "invalid-call"
