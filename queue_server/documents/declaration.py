"""The declaration in its official layout, from the answers in words."""

from __future__ import annotations

from collections.abc import Mapping

from queue_server.domain.forms import Answers, Form

from .facts import DeclarationFacts

SCREEN_PPI = 144


def declaration(
    form: Form, layout: bytes, answers: Answers, texts: Mapping[str, str], facts: DeclarationFacts
) -> bytes:
    """The declaration as PDF/A-2b. `layout`: the form's Typst source, as the catalogue keeps it; `answers`: as filed;
    `texts`: the same in Vietnamese words (dates, places, options), by field. Raises `LayoutBroken`."""
    raise NotImplementedError


def declaration_pages(
    form: Form,
    layout: bytes,
    answers: Answers,
    texts: Mapping[str, str],
    facts: DeclarationFacts,
    ppi: int = SCREEN_PPI,
) -> tuple[bytes, ...]:
    """The same as one PNG a page, `ppi` dots an inch."""
    raise NotImplementedError


def check_layout(form: Form, layout: bytes) -> None:
    """Draw `form` once with nothing filled in and once with everything: raises `LayoutBroken` where that fails."""
    raise NotImplementedError
