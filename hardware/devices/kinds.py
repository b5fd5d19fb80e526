"""From any device's URL to its kind and its driver: one table, made of the tables of the packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, cast

from hardware.address import bad_url
from hardware.health import Kind
from hardware.words import N_

OPENERS: Mapping[Kind, str] = {
    Kind.PRINTER: "hardware.printers:open_printer",
    Kind.SCANNER: "hardware.scanners:open_scanner",
    Kind.DISPLAY: "hardware.displays:open_displays",
    Kind.KEYPAD: "hardware.keypads:open_keypads",
    Kind.SPEAKER: "hardware.speakers:open_speaker",
    Kind.CAMERA: "hardware.cameras:open_camera",
}
WORDS: Mapping[Kind, str] = {
    Kind.PRINTER: N_("Printer"),
    Kind.SCANNER: N_("Scanner"),
    Kind.DISPLAY: N_("Counter display"),
    Kind.KEYPAD: N_("Call keypad"),
    Kind.SPEAKER: N_("Loudspeaker"),
    Kind.CAMERA: N_("Camera"),
}
VOICE = N_("Voice")
VOICES = ("espeak", "clips")
"""Voices are no devices, but may be asked and tried as if they were."""


def kind_of(url: str) -> Kind:
    """The kind of the device at `url`, by its scheme. Raises DeviceError `bad-url`, which names all forms."""
    scheme = scheme_of(url)
    forms: list[str] = []
    for kind, opener in OPENERS.items():
        package = import_module(opener.partition(":")[0])
        if scheme in package.DRIVERS:
            return kind
        forms += package.FORMS
    wrong = f"unknown kind of device {scheme!r}" if "://" in url else "no scheme at its beginning"
    raise bad_url(url, wrong, tuple(forms))


def scheme_of(url: str) -> str:
    return url.strip().partition("://")[0].lower()


def open_device(kind: Kind, url: str, timeout_s: float) -> Any:
    """The device, by its kind's protocol. Raises DeviceError `bad-url` or `driver-missing`."""
    module, _, function = OPENERS[kind].partition(":")
    opener = cast("Callable[..., Any]", getattr(import_module(module), function))
    return opener(url, timeout_s=timeout_s)
