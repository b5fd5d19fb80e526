"""Makes every device of the agent's file from its URL; nothing is touched yet, so a machine starts with its devices
switched off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from hardware.agent.config import AtCounters, CameraEntry, Config, Entry, SpeakerEntry
from hardware.agent.config_file import ConfigError, Fault, place
from hardware.agent.reporter import Part
from hardware.errors import Code, DeviceError
from hardware.health import Kind
from hardware.voices.errors import VoiceError
from hardware.words import N_

TIMEOUT_S = 2.0
"""For one step of one device; displays and keypads on a line wait for each other."""
OPENERS = {
    Kind.DISPLAY: "hardware.displays:open_displays",
    Kind.KEYPAD: "hardware.keypads:open_keypads",
    Kind.SPEAKER: "hardware.speakers:open_speaker",
    Kind.CAMERA: "hardware.cameras:open_camera",
    Kind.PRINTER: "hardware.printers:open_printer",
    Kind.SCANNER: "hardware.scanners:open_scanner",
}
"""Imported by kind: a machine without cameras needs no library for them."""
BAD = N_("is not a valid address: {why}")


NOT_ON_LINE = N_("no device can be at address {address}; possible by its URL are {possible}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A device of the file. `device`: by its kind's protocol, None where `failure` says why there is none; `voice`: of
    a loudspeaker; `faults`: what is wrong with its addresses."""

    kind: Kind
    entry: Entry
    device: Any = None
    voice: Any = None
    failure: DeviceError | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """As what it is reported: a line's devices one by one."""
        if isinstance(self.entry, AtCounters):
            return [
                Part(self.entry.part(address), self.kind, counter) for address, counter in self.entry.counters.items()
            ]
        return [Part(self.entry.name, self.kind)]


def open_devices(config: Config) -> tuple[Opened, ...]:
    """Each device of `config`. One that cannot be made, for its address is not valid or its library not installed,
    stands there with its failure: the others can work without it."""
    return tuple(_opened(kind, number, entry) for kind, number, entry in config.entries())


def refuse_faults(devices: Sequence[Opened], path: Path) -> None:
    """Raises ConfigError for addresses in the file `path` that are not valid."""
    if faults := tuple(fault for opened in devices for fault in opened.faults):
        raise ConfigError(path, faults)


def _opened(kind: Kind, number: int, entry: Entry) -> Opened:
    faults: list[Fault] = []
    voice = device = failure = None
    try:
        device = _opener(kind)(_url(entry), timeout_s=TIMEOUT_S)
    except DeviceError as error:
        failure = error
        if error.code is Code.BAD_URL:
            faults.append(Fault(place(kind.value, number, "url"), BAD, {"why": error.detail}))
    if device is not None and isinstance(entry, AtCounters):
        for address in entry.counters:
            if address not in device.addresses:
                where = place(kind.value, number, f"counters › {address}")
                values = {"address": address, "possible": _ranges(device.addresses)}
                faults.append(Fault(where, NOT_ON_LINE, values))
    if isinstance(entry, SpeakerEntry):
        from hardware.voices.opener import open_voice

        try:
            voice = open_voice(entry.voice)
        except VoiceError as error:
            faults.append(Fault(place(kind.value, number, "voice"), BAD, {"why": str(error)}))
            failure = failure or DeviceError(Code.BAD_URL, str(error))
    return Opened(kind, entry, device, voice, failure, tuple(faults))


def _ranges(numbers: Sequence[int]) -> str:
    """`1-4, 7`."""
    ends: list[list[int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)


def _url(entry: Entry) -> str:
    """The camera's limit of frames stands in its URL; the file's own goes where the URL says nothing."""
    if isinstance(entry, CameraEntry) and "fps=" not in entry.url:
        return f"{entry.url}{'&' if '?' in entry.url else '?'}fps={entry.fps:g}"
    return entry.url


def _opener(kind: Kind) -> Callable[..., Any]:
    module, _, function = OPENERS[kind].partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), function))
