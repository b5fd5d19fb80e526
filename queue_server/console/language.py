"""The language of a page: chosen by cookie, Vietnamese unless asked otherwise, texts from the gettext catalog."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from starlette.requests import Request

from queue_server.console.pages import Session
from queue_server.contract import Language

COOKIE = "lang"
LOCALE = Path(__file__).parent / "locale"
KNOWN = frozenset(each.value for each in Language)


def chosen(request: Request, session: Session | None = None) -> Language:
    """The cookie's language, else the session's, else Vietnamese."""
    for value in (request.cookies.get(COOKIE), session.language if session else None):
        if value in KNOWN:
            return Language(value)
    return Language.VI


@cache
def texts(language: Language) -> gettext.NullTranslations:
    """The catalog of a language; English is the source, so it needs none."""
    if language is Language.EN:
        return gettext.NullTranslations()
    return gettext.translation("console", LOCALE, [language.value])
