"""The citizen's page behind the ticket's QR code: the number, how long still, where to go, and the rating after."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from queue_server.console.pages import Pages
from queue_server.console.render import Renderer

LONGEST = 80


def add_phone(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/t/{token}")
    async def phone(request: Request, token: str) -> Response:
        view = await pages.track_view(token) if len(token) <= LONGEST else None
        if view is None:
            return await renderer.page(request, "phone_unknown.html", status=404)
        return await renderer.page(request, "phone.html", view=view, now=view.now)

    @router.get("/t/{token}/fragment")
    async def phone_fragment(request: Request, token: str) -> Response:
        view = await pages.track_view(token) if len(token) <= LONGEST else None
        if view is None:
            return PlainTextResponse("no such ticket", 404)
        return renderer.part(request, "phone_fragment.html", view=view, now=view.now)
