"""What the docs say of printers is complete: every URL, option, model of our own, error, state and fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.health import State
from hardware.printers import FORMS, Code
from hardware.printers.address import OPTIONS
from hardware.printers.fake import Fault
from hardware.printers.profile import Cut
from hardware.printers.profiles import ALIASES, OWN

DOCS = Path(__file__).parents[2] / "docs"
SAID_OF_OTHERS = {Code.NO_SOUND}
ERRORS = set(Code) - SAID_OF_OTHERS
STATES = {State.READY, State.UNKNOWN, State.GARBLED, State.PAPER_NEAR_END, *(State(str(code)) for code in ERRORS)}
"""What a printer can be: what `PrinterStatus` says, and what its errors become."""

WORDS = {*FORMS, *ERRORS, *STATES, *OPTIONS, "baud", "flow", "fault", *Cut, *Fault, *ALIASES, *OWN}


@pytest.mark.parametrize("word", sorted(str(word) for word in WORDS))
def test_docs_name(word: str) -> None:
    page = (DOCS / "printers.md").read_text("utf-8")
    assert f"`{word}" in page or f"={word}`" in page


@pytest.mark.parametrize("form", FORMS)
def test_the_installers_page_has_every_form(form: str) -> None:
    assert form.partition("://")[0] + "://" in (DOCS / "devices.md").read_text("utf-8")
