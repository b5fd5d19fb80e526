"""A loudspeaker for tests and dry runs: it keeps what it was to play, with faults that can be switched on."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.speakers.volume import scaled
from hardware.voices.sound import Clip


class Fault(StrEnum):
    """What can be wrong with a speaker."""

    NO_SOUND = "no-sound"  # unplugged, or used by another program
    NOT_PERMITTED = "not-permitted"
    HANG = "hang"  # takes the samples and never ends, until the fault is cleared or the time is up
    CUT_OFF = "cut-off"  # lost in the middle of a clip: half of it was heard


@dataclass(frozen=True, slots=True)
class Played:
    """What came out: the clip as it was heard, and the volume asked for."""

    clip: Clip
    volume: float


class FakeSpeaker:
    """Plays at once into `played`. Set `fault` to break it and None to mend it; `changed` is notified of each clip."""

    name = "speaker+fake://"

    def __init__(self, *, timeout_s: float = 5.0) -> None:
        self.played: list[Played] = []
        self.tries = 0
        self.stops = 0
        self.changed = threading.Condition()
        self._timeout_s = timeout_s
        self._fault: Fault | None = None
        self._cut = False
        self._health = Health(State.READY)

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        with self.changed:
            self._fault = None if fault is None else Fault(fault)
            self.changed.notify_all()

    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        """See Speaker.play."""
        heard = scaled(clip, volume)
        with self.changed:
            if self._cut:
                return
            self.tries += 1
            self.changed.notify_all()
            if self._fault is Fault.HANG:
                self.changed.wait_for(lambda: self._fault is not Fault.HANG, self._timeout_s)
            if self._fault is not None:
                if self._fault is Fault.CUT_OFF:
                    self.played.append(Played(Clip(heard.rate, heard.samples[: len(heard.samples) // 2]), volume))
                    self.changed.notify_all()
                code = Code.NOT_PERMITTED if self._fault is Fault.NOT_PERMITTED else Code.NO_SOUND
                error = DeviceError(code, f"{self.name} is switched to {self._fault}")
                self._health = Health(State(code), error.detail)
                raise error
            self.played.append(Played(heard, volume))
            self._health = Health(State.READY)
            self.changed.notify_all()

    def stop(self) -> None:
        """See Interruptible.stop; counted, for a clip ends here as soon as it has begun."""
        with self.changed:
            self.stops += 1
            self._cut = True
            self.changed.notify_all()

    def allow(self) -> None:
        """See Interruptible.allow."""
        with self.changed:
            self._cut = False

    def health(self) -> Health:
        """How the last clip went."""
        return self._health

    def close(self) -> None:
        """Nothing is held."""


def open_speaker(address: Address, timeout_s: float) -> FakeSpeaker:
    """The speaker of `speaker+fake://?fault=no-sound`."""
    address.only("fault")
    speaker = FakeSpeaker(timeout_s=timeout_s)
    if address.has("fault"):
        speaker.fault = Fault(address.choice("fault", list(Fault), ""))
    return speaker
