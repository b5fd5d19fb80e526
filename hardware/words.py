"""The words of the device packages in the hall's languages; English is the source, Vietnamese the default."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
DOMAIN = "hardware"
DEFAULT = "vi"


@lru_cache(maxsize=8)
def translations(language: str = DEFAULT) -> gettext.NullTranslations:
    """The catalog of `language` ("vi", "en"); English source texts where there is none."""
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def N_(text: str) -> str:  # noqa: N802 - the name that the extraction of texts looks for
    """Mark a text for the catalog where it is defined; it is translated where it is shown."""
    return text
