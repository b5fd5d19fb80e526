"""Loudspeakers by URL: `open_speaker(url).play(clip)`, the same for a sound card, a pipe and the fake."""

from __future__ import annotations

from typing import cast

from hardware.opener import open_by
from hardware.speakers.protocol import Speaker

__all__ = ["DRIVERS", "FORMS", "Speaker", "open_speaker"]

DRIVERS = {
    "alsa": "hardware.speakers.alsa:open_speaker",
    "pcm": "hardware.speakers.pcm:open_speaker",
    "speaker+fake": "hardware.speakers.fake:open_speaker",
}
FORMS = ("alsa://DEVICE", "pcm:///FILE-OR-FIFO", "speaker+fake://")


def open_speaker(url: str, *, timeout_s: float = 5.0) -> Speaker:
    """The loudspeaker at `url`; playing ends at the latest `timeout_s` seconds after the clip should have.

    Nothing is opened yet. Raises DeviceError: `bad-url`.
    """
    return cast(Speaker, open_by(DRIVERS, FORMS, _device_as_path(url), timeout_s))


def _device_as_path(url: str) -> str:
    """An ALSA device has colons and capitals, "plughw:CARD=Device", which a URL's host may not have."""
    scheme, found, rest = url.strip().partition("://")
    if scheme.lower() == "alsa" and found and not rest.startswith("/"):
        return f"alsa:///{rest}"
    return url
