"""A page that says plainly why there is nothing to see, and where to go instead."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from queue_server.console import language
from queue_server.console.pages import Session
from queue_server.console.render import Renderer


async def message(renderer: Renderer, request: Request, status: int, session: Session | None = None) -> Response:
    """A page for 403, 404 and 500; anything else reads as a fault of the server."""
    texts = language.texts(language.chosen(request, session))
    said = {
        403: (
            texts.gettext("This page is not for your account"),
            texts.gettext("Sign in with an account that may open it, or ask the administrator."),
        ),
        404: (
            texts.gettext("There is no page here"),
            texts.gettext("Check the address, or start from the first page."),
        ),
    }.get(
        status,
        (
            texts.gettext("The server could not show this page"),
            texts.gettext("Please try again in a moment. If it stays so, tell the administrator."),
        ),
    )
    return await renderer.page(request, "message.html", session, status, heading=said[0], advice=said[1])
