"""The voice that every Debian machine can have: espeak-ng, run once for each sentence."""

from __future__ import annotations

import subprocess

from hardware.voices.errors import VoiceUnavailableError, VoiceUrlError

VARIANTS = ("vi", "vi-vn-x-central", "vi-vn-x-south")
SPEEDS = range(80, 261)  # words a minute
_ENGLISH = "en-us"
_WORD_GAP = "3"  # 30 ms between words: in a hall that echoes, digits run together without it


class EspeakVoice:
    """espeak-ng with one of its Vietnamese variants (northern, central, southern); English is en-us."""

    def __init__(
        self, variant: str = "vi", speed: int = 140, *, program: str = "espeak-ng", timeout_s: float = 5.0
    ) -> None:
        self._voices = {"vi": variant, "en": _ENGLISH}
        self._speed = speed
        self._program = program
        self._timeout_s = timeout_s

    def say(self, text: str, language: str) -> bytes:
        """See Voice.say. Gives up after `timeout_s` seconds."""
        voice = self._voices.get(language)
        if voice is None:
            raise VoiceUnavailableError(f"espeak-ng is set up for {', '.join(self._voices)}, not for {language!r}")
        # The text goes in by stdin, so it can never be taken for an option; -b 1 says that it is UTF-8.
        command = [
            self._program,
            "--stdin",
            "--stdout",
            "-b",
            "1",
            "-v",
            voice,
            "-s",
            str(self._speed),
            "-g",
            _WORD_GAP,
        ]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program and checked options, without a shell
                command, input=text.encode(), capture_output=True, timeout=self._timeout_s, check=False
            )
        except FileNotFoundError as error:
            raise VoiceUnavailableError(f"{self._program} is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise VoiceUnavailableError(f"{self._program} took over {self._timeout_s:g} s") from error
        except OSError as error:
            raise VoiceUnavailableError(f"{self._program} did not start: {error}") from error
        if done.returncode != 0 or not done.stdout:
            said = done.stderr.decode(errors="replace").strip()[:200]
            raise VoiceUnavailableError(f"{self._program} ended with {done.returncode}: {said}")
        return done.stdout


def open_espeak(options: dict[str, str]) -> EspeakVoice:
    """Make the voice from the options of its URL: `variant` and `speed`, both optional."""
    unknown = set(options) - {"variant", "speed"}
    if unknown:
        raise VoiceUrlError(f"espeak:// takes variant and speed, not {', '.join(sorted(unknown))}")
    variant = options.get("variant", "vi")
    if variant not in VARIANTS:
        raise VoiceUrlError(f"no variant {variant!r}; there are {', '.join(VARIANTS)}")
    speed = options.get("speed", "140")
    if not (speed.isascii() and speed.isdigit() and int(speed) in SPEEDS):
        raise VoiceUrlError(f"speed is {SPEEDS.start} to {SPEEDS.stop - 1} words a minute, not {speed!r}")
    return EspeakVoice(variant, int(speed))
