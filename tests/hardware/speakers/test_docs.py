"""What the docs say of loudspeakers and voices is complete: forms, options, faults, states, the manifest."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hardware.speakers import FORMS
from hardware.speakers.fake import Fault
from hardware.voices import opener
from hardware.voices.pack import Flaw
from hardware.voices.wordlist import plain

DOCS = Path(__file__).parents[3] / "docs"
SECTION = (DOCS / "devices.md").read_text("utf-8").split("## Speakers and voices")[1].split("\n## ")[0]
STATES = ("ready", "unknown", "voice-unavailable", "no-sound", "not-permitted", "cannot-write", "driver-missing")


@pytest.mark.parametrize(
    "word", [*FORMS, *opener.FORMS, *STATES, *Flaw, *(f"fault={fault}" for fault in Fault),
             "rate=22050", "else=espeak", "else=none", "variant", "speed"],
)  # fmt: skip
def test_docs_name(word: str) -> None:
    assert f"`{word}`" in SECTION


def test_the_board_names_every_voice() -> None:
    page = (DOCS / "board.md").read_text("utf-8")
    assert all(f"`{scheme}://" in page for scheme in opener.SCHEMES)


def test_the_manifest_in_the_docs_is_one() -> None:
    read = tomllib.loads(SECTION.split("```toml")[1].split("```")[0])
    assert read["language"] == "vi"
    assert all(plain(phrase) == phrase for phrase in read["words"])
