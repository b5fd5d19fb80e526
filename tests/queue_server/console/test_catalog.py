"""Every text of the pages has a Vietnamese translation, and the compiled catalog is the one in the source."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import queue_server.console

ROOT = Path(queue_server.console.__file__).parent
CATALOG = ROOT / "locale" / "vi" / "LC_MESSAGES" / "console"
HOLES = re.compile(r"%\(\w+\)\w*[ds]")


def extracted() -> Iterator[str | tuple[str, ...]]:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    for found in extract_from_dir(ROOT, methods, options):
        yield found[2]


def test_every_text_is_translated_and_none_is_left_over() -> None:
    with CATALOG.with_suffix(".po").open("rb") as source:
        catalog = read_po(source, locale="vi")
    wanted = {each if isinstance(each, str) else each[0] for each in extracted()}
    kept = {each.id if isinstance(each.id, str) else each.id[0] for each in catalog if each.id}
    assert len(wanted) > 200
    assert wanted == kept
    for each in catalog:
        strings = (each.string,) if isinstance(each.string, str) else each.string
        assert all(strings), each.id
        if each.id:
            source_text = each.id if isinstance(each.id, str) else each.id[0]
            assert all(set(HOLES.findall(text)) == set(HOLES.findall(source_text)) for text in strings), each.id


def test_the_compiled_catalog_is_fresh() -> None:
    with CATALOG.with_suffix(".po").open("rb") as source:
        catalog = read_po(source, locale="vi")
    with CATALOG.with_suffix(".mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    for each in catalog:
        if each.id and isinstance(each.id, str):
            assert texts.gettext(each.id) == each.string
        elif each.id:
            assert texts.ngettext(each.id[0], each.id[1], 7) == each.string[0]


@pytest.mark.parametrize("path", sorted((ROOT / "static").glob("*.js")), ids=lambda path: path.name)
def test_scripts_carry_no_text_of_their_own(path: Path) -> None:
    code = re.sub(r"^\s*//.*$|(?<=\s)//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sentences = re.findall(r"[\"'`]([A-Z][a-z]+ [a-z]+[^\"'`]*)[\"'`]", code)
    assert sentences == []
    assert not re.search(r"[\"'`][^\"'`]*[à-ỹÀ-Ỹ][^\"'`]*[\"'`]", code)
