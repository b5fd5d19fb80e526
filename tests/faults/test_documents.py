"""A year of paper: drawing it leaves neither memory nor files behind."""

from __future__ import annotations

import gc
from dataclasses import replace

import psutil

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.documents import declaration, declaration_pages, official_form
from tests.faults import count, runs
from tests.queue_server.documents.dossier import FACTS
from tests.queue_server.documents.filled import FACTS as DECLARED
from tests.queue_server.documents.filled import filled

MOST_GROWTH_MIB = 40.0
"""What the typesetter may keep of what it saw; it was 5 MiB after 500 papers."""


def memory_mib() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def test_memory_does_not_grow_with_the_papers_drawn() -> None:
    catalogue = load_catalogue()
    forms = list(catalogue.forms.values())

    def draw(place: int) -> None:
        form = forms[place % len(forms)]
        answers, texts = filled(form)
        texts = {field: f"{text} {place}" for field, text in texts.items()}
        layout = catalogue.layouts[form.layout]
        declaration(form, layout, answers, texts, DECLARED)
        declaration_pages(form, layout, answers, texts, DECLARED)
        official_form("01", replace(FACTS, code=f"000.00.12.H62-260105-{place:04}"))

    for place in range(runs(6, 40)):
        draw(place)
    before = memory_mib()
    whole = runs(12, 170)
    for place in range(whole):
        draw(1000 + place)
    grown = memory_mib() - before
    count("papers drawn", whole * 3)
    count("memory grown, MiB", round(grown))
    assert grown < MOST_GROWTH_MIB
