"""What the docs say of printers is complete: every URL, option, error code and state."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.printers import Code, State
from hardware.printers.address import FORMS, Cut
from hardware.printers.fake import Fault

PAGE = Path(__file__).parents[2] / "docs" / "printers.md"
OPTIONS = ("width", "dots", "cut", "feed", "baud", "flow", "fault")


@pytest.mark.parametrize("word", [*FORMS, *Code, *State, *OPTIONS, *Cut, *Fault])
def test_docs_name(word: str) -> None:
    assert f"`{word}" in PAGE.read_text("utf-8") or f"={word}`" in PAGE.read_text("utf-8")
