"""Makes every device of the agent's file from its URL; nothing is touched yet, so a machine starts with its devices
switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from hardware.agent.config import CameraEntry, Config, Entry, SpeakerEntry
from hardware.agent.config_file import ConfigError, Fault, place
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


@dataclass(frozen=True, slots=True)
class Opened:
    """A device of the file. `device`: by its kind's protocol, None where `failure` says why there is none; `voice`: of
    a loudspeaker."""

    kind: Kind
    entry: Entry
    device: Any = None
    voice: Any = None
    failure: DeviceError | None = None


def open_devices(config: Config, path: Path) -> tuple[Opened, ...]:
    """Each device of `config`, which was read from `path`. Raises ConfigError for addresses that are not valid; a
    device whose library is not installed stands there with its failure, since the others can work without it."""
    opened: list[Opened] = []
    faults: list[Fault] = []
    for kind, number, entry in config.entries():
        voice = device = failure = None
        try:
            device = _opener(kind)(_url(entry), timeout_s=TIMEOUT_S)
        except DeviceError as error:
            failure = error
            if error.code is Code.BAD_URL:
                faults.append(Fault(place(kind.value, number, "url"), BAD, {"why": error.detail}))
        if isinstance(entry, SpeakerEntry):
            from hardware.voices.opener import open_voice

            try:
                voice = open_voice(entry.voice)
            except VoiceError as error:
                faults.append(Fault(place(kind.value, number, "voice"), BAD, {"why": str(error)}))
        opened.append(Opened(kind, entry, device, voice, failure))
    if faults:
        raise ConfigError(path, tuple(faults))
    return tuple(opened)


def _url(entry: Entry) -> str:
    """The camera's limit of frames stands in its URL; the file's own goes where the URL says nothing."""
    if isinstance(entry, CameraEntry) and "fps=" not in entry.url:
        return f"{entry.url}{'&' if '?' in entry.url else '?'}fps={entry.fps:g}"
    return entry.url


def _opener(kind: Kind) -> Callable[..., Any]:
    module, _, function = OPENERS[kind].partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), function))
