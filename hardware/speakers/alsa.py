"""The loudspeaker at a sound card, through `aplay` of alsa-utils: one process for each clip, killed if it hangs.

A process and not a library: no kept binding of ALSA comes as a wheel, and what hangs in a driver hangs in the process.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.speakers.cards import CARDS, card_of, cards
from hardware.speakers.raw import raw
from hardware.speakers.volume import scaled
from hardware.voices.sound import Clip

PROGRAM = "aplay"
_DEVICE = re.compile(r"[A-Za-z][A-Za-z0-9_:=,.{}-]{0,79}")
_REAP_S = 1.0
"""How long a killed process may take to go; one that is stuck in the kernel is left behind."""


class AlsaSpeaker:
    """Plays on the ALSA device `device`, as "default" or "plughw:CARD=Device"; `listing`: where the kernel lists the
    cards."""

    def __init__(self, device: str, timeout_s: float, *, program: str = PROGRAM, listing: Path = CARDS) -> None:
        self.name = f"alsa://{device}"
        self._device = device
        self._timeout_s = timeout_s
        self._program = program
        self._listing = listing
        self._played = False
        self._failure: DeviceError | None = None
        self._missing_then = False
        self._playing: subprocess.Popen[bytes] | None = None
        self._cut = False
        self._lock = threading.Lock()

    def stop(self) -> None:
        """See Interruptible.stop."""
        with self._lock:
            self._cut = True
            if self._playing is not None:
                self._playing.kill()

    def allow(self) -> None:
        """See Interruptible.allow."""
        with self._lock:
            self._cut = False

    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        """See Speaker.play."""
        if self._cut:
            return
        try:
            self._play(scaled(clip, volume))
        except DeviceError as error:
            self._failure, self._missing_then = error, self._missing()
            raise
        self._played, self._failure = True, None

    def health(self) -> Health:
        """Ready if the card is there and the last clip went well; a device without a card of its own, as "default", is
        known only by playing."""
        if shutil.which(self._program) is None:
            return Health(State.DRIVER_MISSING, f"{self._program} is not installed (alsa-utils)")
        if self._missing():
            return Health(State.NO_SOUND, f"{self.name}: there is no sound card {card_of(self._device)!r}")
        if self._failure is not None and not self._missing_then:
            return Health(State(self._failure.code), self._failure.detail)
        if self._played or card_of(self._device) is not None:
            return Health(State.READY)
        return Health(State.UNKNOWN, f"{self.name} has not played yet")

    def close(self) -> None:
        """Nothing is held between two clips."""

    def _missing(self) -> bool:
        card = card_of(self._device)
        return card is not None and not any(card in (each.name, str(each.index)) for each in cards(self._listing))

    def _play(self, clip: Clip) -> None:
        command = [
            self._program,
            "-q",
            "-D",
            self._device,
            "-t",
            "raw",
            "-f",
            "S16_LE",
            "-c",
            "1",
            "-r",
            str(clip.rate),
        ]
        limit_s = clip.seconds + self._timeout_s
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed program and a checked device, without a shell
                [*command, "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError as error:
            raise DeviceError(Code.DRIVER_MISSING, f"{self._program} is not installed (alsa-utils)") from error
        except OSError as error:
            raise DeviceError(Code.NO_SOUND, f"{self._program} did not start: {error}") from error
        with self._lock:
            self._playing = process
            if self._cut:  # while the program was being started
                process.kill()
        try:
            _, said = process.communicate(raw(clip), timeout=limit_s)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise DeviceError(Code.NO_SOUND, f"{self.name} did not finish within {limit_s:.1f} s") from error
        except BaseException:
            _end(process)
            raise
        finally:
            with self._lock:
                self._playing = None
        if process.returncode != 0 and not self._cut:
            raise self._refused(process.returncode, said.decode(errors="replace"))

    def _refused(self, result: int, said: str) -> DeviceError:
        text = " / ".join(line.strip() for line in said.splitlines() if line.strip())[:160]
        code = Code.NOT_PERMITTED if "Permission denied" in said else Code.NO_SOUND
        if "Device or resource busy" in said:
            text = f"another program uses it: {text}"
        return DeviceError(code, f"{self.name}: {text or f'{self._program} ended with {result}'}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_REAP_S)
    for pipe in (process.stdin, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def open_speaker(address: Address, timeout_s: float) -> AlsaSpeaker:
    """The speaker of `alsa://DEVICE`."""
    address.only()
    device = address.path.removeprefix("/")
    if address.host or not _DEVICE.fullmatch(device):
        raise address.bad("an ALSA device is needed, as alsa://default or alsa://plughw:CARD=Device")
    return AlsaSpeaker(device, timeout_s)
