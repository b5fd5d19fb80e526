"""What the docs say of scanners is complete: every form, option, fault, state and refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware import lines
from hardware.scanners import DRIVERS
from hardware.scanners.fake import Fault
from hardware.scanners.framing import CHARSETS, ENDS, OPTIONS
from hardware.scanners.refusal import Problem

PAGE = Path(__file__).parents[3] / "docs" / "devices.md"
SECTION = PAGE.read_text("utf-8").partition("## Scanners\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    "word", [*DRIVERS, *lines.OPTIONS, *OPTIONS, *ENDS, *CHARSETS, "fault", *Fault, *Problem, "unknown", "garbled"]
)
def test_docs_name(word: str) -> None:
    assert f"`{word}`" in SECTION or f"`{word}://" in SECTION
