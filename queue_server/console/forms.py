"""Reads the few plain forms of the pages: small bodies only, each with a token that another site cannot know."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.pages import RefusedError

COOKIE = "motcua_form"
LIMIT = 8 * 1024
FIELDS = 10


async def read(request: Request) -> dict[str, str]:
    """The fields of an url-encoded form. Raises RefusedError when it is too large or of another kind."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError(415, "form-expected", "")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise RefusedError(413, "form-too-large", "")
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError as broken:
        raise RefusedError(400, "form-broken", "") from broken


def token(request: Request) -> str:
    """The token of forms before there is a session: kept in a cookie, repeated in the form."""
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)


def remember(request: Request, answer: Response, value: str) -> None:
    """Keep the form token in its cookie."""
    answer.set_cookie(COOKIE, value, httponly=True, samesite="strict", secure=request.url.scheme == "https")


def genuine(request: Request, fields: dict[str, str]) -> bool:
    """Did this form come from our own page: cookie and field carry the same token."""
    kept = request.cookies.get(COOKIE, "")
    return bool(kept) and hmac.compare_digest(kept.encode(), fields.get("csrf", "").encode())


def safe_path(wanted: str | None, otherwise: str) -> str:
    """A path on this server to go on to; anything that a browser could read as another host is dropped."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\"):
        return otherwise
    if any(ord(sign) <= ord(" ") or sign == "\\" for sign in wanted):
        return otherwise
    return wanted
