"""What the docs say of call keypads is complete: every URL, option, protocol, key and fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.keypads import FORMS, serial_keypads
from hardware.keypads.entry import ASKING
from hardware.keypads.fake import Fault
from hardware.keypads.keymap import KEYS, NAMES
from hardware.keypads.protocol import Key
from hardware.lines import OPTIONS

PAGE = (Path(__file__).parents[3] / "docs" / "devices.md").read_text("utf-8")
SECTION = PAGE.partition("\n## Call keypads\n")[2].partition("\n## ")[0]
NAMED = [name for name in NAMES if not name.isdigit()]


@pytest.mark.parametrize(
    "word", [*FORMS, *serial_keypads.OPTIONS, *OPTIONS, *serial_keypads.PROTOCOLS, *NAMED, *Fault, ASKING]
)
def test_docs_name(word: str) -> None:
    assert f"`{word}" in SECTION or f"={word}`" in SECTION


@pytest.mark.parametrize("code", [code for code, meaning in KEYS.items() if isinstance(meaning, Key)])
def test_docs_have_every_code(code: int) -> None:
    meaning = KEYS[code]
    assert isinstance(meaning, Key)
    assert f"`{chr(code)}` {meaning.value}" in SECTION
