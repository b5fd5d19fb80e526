"""The citizen's page behind the QR code of a receipt: where the dossier stands, and nothing personal."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from queue_server.console.pages import Pages
from queue_server.console.phone import LONGEST
from queue_server.console.render import Renderer


def add_dossier_phone(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/d/{token}")
    async def phone(request: Request, token: str) -> Response:
        view = await pages.dossier_status(token) if len(token) <= LONGEST else None
        if view is None:
            return await renderer.page(request, "dossier_unknown.html", status=404)
        return await renderer.page(request, "dossier_phone.html", view=view, now=await pages.now())

    @router.get("/d/{token}/fragment")
    async def phone_fragment(request: Request, token: str) -> Response:
        view = await pages.dossier_status(token) if len(token) <= LONGEST else None
        if view is None:
            return PlainTextResponse("no such dossier", 404)
        return renderer.part(
            request, "dossier_phone_fragment.html", view=view, now=await pages.now(), hall=await pages.hall()
        )
