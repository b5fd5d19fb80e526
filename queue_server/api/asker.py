"""Who sends a request: a device by its bearer token, or a browser by its session cookie and CSRF token."""

from __future__ import annotations

import hmac
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from queue_server.contract import CSRF_HEADER, Language
from queue_server.service import sign_in
from queue_server.service.errors import CsrfFailed, Unauthenticated
from queue_server.service.principal import Principal

from .context import SESSION_COOKIE, Context, context_of
from .problems import language_of

# Only said to the API's description: the checks themselves are below, with refusals in the asker's language.
BEARER = HTTPBearer(auto_error=False, description="A device's token: `motcua token`")
COOKIE = APIKeyCookie(name=SESSION_COOKIE, auto_error=False, description="A browser's session, with X-CSRF-Token")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def principal(
    request: Request,
    _bearer: Annotated[object, Security(BEARER)],
    _cookie: Annotated[object, Security(COOKIE)],
) -> Principal:
    """Raises Unauthenticated, SessionExpired, CsrfFailed."""
    context = await context_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        token, now = token.strip(), context.now()
        known = context.recognised.get(token, now)
        if known is None:
            known = await context.db.read(partial(sign_in.principal_of_token, token=token))
            context.recognised.put(token, known, now)
        return known
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie is None:
        raise Unauthenticated
    who = await context.db.read(partial(sign_in.principal_of_session, token=cookie, now=context.now()))
    if request.method not in SAFE and not _same(who.csrf or "", request.headers.get(CSRF_HEADER, "")):
        raise CsrfFailed
    return who


async def language(request: Request) -> Language:
    return language_of(request.headers.get("accept-language"))


def _same(expected: str, given: str) -> bool:
    return bool(expected) and hmac.compare_digest(expected.encode(), given.encode())


Asker = Annotated[Principal, Depends(principal)]
House = Annotated[Context, Depends(context_of)]
Spoken = Annotated[Language, Depends(language)]
