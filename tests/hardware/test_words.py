"""Every text of the device packages in Vietnamese, and the catalog in use as fresh as its source."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import hardware
from hardware.advice import explain
from hardware.errors import Code
from hardware.health import Kind, State
from hardware.words import LOCALE, translations

PO = LOCALE / "vi" / "LC_MESSAGES" / "hardware.po"
PACKAGE = Path(hardware.__file__).parent


def extracted() -> set[str]:
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")])
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def test_every_text_has_a_vietnamese_translation_and_no_stale_one_is_left() -> None:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="vi")
    translated = {message.id: message.string for message in catalog if message.id}
    assert set(translated) == extracted()
    assert all(translated.values())
    assert not any(message.fuzzy for message in catalog if message.id)


def test_placeholders_survive_the_translation() -> None:
    with PO.open("rb") as file:
        for message in read_po(file, locale="vi"):
            if message.id:
                assert re.findall(r"\{\w+\}", message.string) == re.findall(r"\{\w+\}", message.id)


def test_compiled_catalog_is_fresh() -> None:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="vi")
    compiled = BytesIO()
    write_mo(compiled, catalog)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("state", State)
def test_every_state_is_explained_in_both_languages(state: State, kind: Kind | None) -> None:
    vietnamese, english = explain(state, kind), explain(state, kind, "en")
    assert vietnamese.what
    assert vietnamese.what != english.what
    if state is not State.READY:
        assert vietnamese.do
        assert vietnamese.do != english.do


def test_every_error_is_a_state_that_can_be_reported() -> None:
    assert {str(code) for code in Code} <= {str(state) for state in State}


def test_a_word_of_a_newer_version_is_shown_as_it_is() -> None:
    assert explain("on-fire").what == "on-fire"


def test_unknown_language_falls_back_to_the_source() -> None:
    assert translations("xx").gettext("It works.") == "It works."
