"""Refuses huge bodies before anything reads them into memory."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.contract import API, ATTACHMENT_BYTES
from queue_server.service.dossiers.errors import AttachmentTooLarge

from .problems import BodyTooLarge, answer, language_of

MOST_BYTES = 64 * 1024
ATTACHMENTS = f"{API}/attachments/"


class BodyLimit:
    """ASGI middleware: a body over 64 KiB, 10 MiB for an attachment, is answered with 413, whether or not it announced
    its size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        most = _most(scope)
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await self._refuse(headers, scope, receive, send)
            return
        received = 0

        async def limited_receive() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > most:
                    if most > MOST_BYTES:
                        raise AttachmentTooLarge
                    # FastAPI lets this one through; any other error while it reads a body becomes its own 400.
                    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, limited_receive, send)

    async def _refuse(self, headers: dict[bytes, bytes], scope: Scope, receive: Receive, send: Send) -> None:
        language = language_of(headers.get(b"accept-language", b"").decode("latin-1"))
        response = answer(AttachmentTooLarge() if _most(scope) > MOST_BYTES else BodyTooLarge(), language)
        response.headers["connection"] = "close"
        await response(scope, receive, send)


def _most(scope: Scope) -> int:
    """How many bytes a body to this address may have."""
    attachment = scope["method"] == "PUT" and scope["path"].startswith(ATTACHMENTS)
    return ATTACHMENT_BYTES if attachment else MOST_BYTES
