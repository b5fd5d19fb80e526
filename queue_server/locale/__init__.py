"""The server's words: gettext catalogues, English in the code, Vietnamese beside it."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from queue_server.domain.text import Language

FOLDER = Path(__file__).parent


@lru_cache
def translator(language: str) -> gettext.NullTranslations:
    """The translations into `language`; English, the language of the code, and unknown ones need none."""
    if language == Language.EN:
        return gettext.NullTranslations()
    return gettext.translation("queue_server", FOLDER, languages=[language], fallback=True)
