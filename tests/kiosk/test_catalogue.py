"""Every text of the kiosk has its Vietnamese, and the compiled catalogue is fresh."""

from __future__ import annotations

import gettext
import io
from pathlib import Path
from typing import IO

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kiosk

PACKAGE = Path(kiosk.__file__).parent
PO = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "kiosk.po"


def extracted() -> set[str]:
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")])
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def texts(compiled: IO[bytes]) -> dict[object, str]:
    """What is compiled, without the header, which carries a date."""
    catalogue: dict[object, str] = vars(gettext.GNUTranslations(compiled))["_catalog"]
    return {name: text for name, text in catalogue.items() if name}


def test_every_text_is_translated_and_no_translation_is_left_over() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    translated = {}
    for message in catalogue:
        name = message.id if isinstance(message.id, str) else message.id[0]
        if name:
            translated[name] = message.string if isinstance(message.string, str) else message.string[0]
            assert not message.fuzzy, name
            assert not message.check(catalogue), name
    assert set(translated) == extracted()
    assert [name for name, text in translated.items() if not text] == []


def test_the_compiled_catalogue_is_what_the_source_says() -> None:
    with PO.open("rb") as file:
        fresh = io.BytesIO()
        write_mo(fresh, read_po(file, locale="vi"))
    fresh.seek(0)
    with PO.with_suffix(".mo").open("rb") as file:
        assert texts(file) == texts(fresh)
