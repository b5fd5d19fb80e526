"""Texts in the hall's two languages, and the mark for texts that are translated later.

Rules name their messages in English; `N_` marks them for extraction, the edge translates and fills them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The hall's languages; Vietnamese is the first and the default."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in both languages."""

    vi: str
    en: str


Text = LocalText
"""Its name beside the wire's own `LocalText`, which holds the same."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this, but later"
    """Mark `message` for translation and return it unchanged."""
    return message
