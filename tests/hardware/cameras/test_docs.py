"""What the docs say of cameras is complete: every form, option, fault and state."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.cameras import DRIVERS
from hardware.cameras.fault import Fault
from hardware.cameras.watched import OPTIONS
from hardware.health import State

PAGE = Path(__file__).parents[3] / "docs" / "devices.md"
SECTION = PAGE.read_text("utf-8").partition("## Cameras\n")[2].partition("\n## ")[0]
STATES = [State.READY, State.UNKNOWN, State.DARK, State.STALLED, State.GARBLED, State.OFFLINE, State.TIMEOUT]
STATES += [State.NOT_PERMITTED, State.BAD_URL, State.DEVICE_FAULT, State.DRIVER_MISSING]


@pytest.mark.parametrize("word", [*DRIVERS, *OPTIONS, "lost_s", "size", "loop", "fault", *Fault, *STATES])
def test_docs_name(word: str) -> None:
    assert f"`{word}`" in SECTION or f"`{word}://" in SECTION
