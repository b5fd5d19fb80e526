"""What can go wrong on the board, as one family with stable codes and words for a person."""

from __future__ import annotations


class BoardError(Exception):
    """Root of the board's errors. `code` is stable; `str(error)` tells a technician what happened."""

    code = "board-error"


class VoiceUnavailableError(BoardError):
    """The voice could not speak a call: not installed, too slow, too busy, or it gave no sound."""

    code = "voice-unavailable"


class VoiceUrlError(BoardError):
    """The setting that names the voice is not understood."""

    code = "voice-url"


class SpeechError(BoardError):
    """A number, counter or language that no sentence can be made of."""

    code = "invalid-call"


class NotCalledError(BoardError):
    """A number that the hall did not call to this counter lately: there is nothing to say."""

    code = "not-called"
