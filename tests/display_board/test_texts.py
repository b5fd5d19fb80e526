"""Every text exists in Vietnamese, and the compiled catalogue is the one that was written."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import display_board
from display_board.texts import LOCALE, problem_texts, texts
from queue_server.contract import CounterState, OpeningReason

PACKAGE = Path(display_board.__file__).parent
CATALOGUE = LOCALE / "vi" / "LC_MESSAGES" / "display_board.po"


def test_every_text_is_translated_into_vietnamese() -> None:
    catalogue = read_po(CATALOGUE.open("rb"))
    wanted = {message for _, _, message, _, _ in extract_from_dir(str(PACKAGE))}
    assert wanted
    assert {m for m in wanted if not catalogue.get(m) or not catalogue.get(m).string} == set()  # type: ignore[arg-type]
    assert {m.id for m in catalogue if m.id} == wanted
    assert not [m.id for m in catalogue if m.id and m.fuzzy]


def test_the_compiled_catalogue_is_fresh() -> None:
    written = {message.id: message.string for message in read_po(CATALOGUE.open("rb")) if message.id}
    compiled = {
        message.id: message.string for message in read_mo(CATALOGUE.with_suffix(".mo").open("rb")) if message.id
    }
    assert compiled == written


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    vietnamese, english = texts("vi"), texts("en")
    assert vietnamese.keys() == english.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", vietnamese[key])), key
    assert problem_texts("vi").keys() == problem_texts("en").keys()
    assert vietnamese["now_calling"] == "Mời số"


def test_no_text_stands_in_the_template_or_the_scripts() -> None:
    template = (PACKAGE / "templates" / "board.html").read_text()
    bare = re.sub(r"<[^>]*>", "", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.S))
    assert re.findall(r"[^\W\d_]{2,}", bare) == []
    vietnamese_letters = re.compile("[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]", re.IGNORECASE)
    for script in (PACKAGE / "static").glob("*.js"):
        assert not vietnamese_letters.search(script.read_text()), script.name


def test_every_text_is_used() -> None:
    files = [PACKAGE / "templates" / "board.html", *(PACKAGE / "static").glob("*.js")]
    used = " ".join(path.read_text() for path in files)
    reasons = {str(reason) for reason in OpeningReason} | {str(state) for state in CounterState}  # looked up by value
    assert {key for key in texts("en") if key not in used} - reasons == set()
    assert reasons - texts("en").keys() <= {OpeningReason.OPEN}
