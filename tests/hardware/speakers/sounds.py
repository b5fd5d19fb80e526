"""Sounds to play, and a sound system of its own for each test: ALSA's file plugin in place of a card."""

from __future__ import annotations

from array import array
from pathlib import Path

from hardware.voices.sound import Clip, tone

LOUD = tone(0.05, 440, level=0.9)


def samples(data: bytes) -> array[int]:
    """What stands in a file of raw samples."""
    heard = array("h")
    heard.frombytes(data)
    return heard


def alsa_config(folder: Path) -> Path:
    """A configuration in which the device `hall` writes its samples to `folder`/heard and `stuck` never opens."""
    config = folder / "asound.conf"
    config.write_text(
        f"""
pcm.null {{ type null }}
pcm.hall {{ type file slave.pcm null file "{folder}/heard" format raw }}
pcm.stuck {{ type file slave.pcm null file "{folder}/pipe" format raw }}
pcm.gone {{ type hw card 31 }}
""",
        "utf-8",
    )
    return config


def same(left: Clip, right: Clip) -> bool:
    return left.rate == right.rate and left.samples == right.samples
