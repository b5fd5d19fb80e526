"""The demonstration's printed tickets, as pictures: what would lie in the citizen's hand."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.message import message
from queue_server.console.pages import Pages
from queue_server.console.render import Renderer


def add_preview(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/preview")
    async def preview(request: Request) -> Response:
        if not pages.demo:
            return await message(renderer, request, 404)
        return await renderer.page(request, "preview.html", pictures=await pages.previews())

    @router.get("/preview/fragment")
    async def preview_fragment(request: Request) -> Response:
        if not pages.demo:
            return Response(status_code=404)
        hall = await pages.hall()
        return renderer.part(request, "preview_fragment.html", pictures=await pages.previews(), hall=hall)

    @router.get("/preview/{name}.png")
    async def picture(name: str) -> Response:
        drawn = await pages.preview(f"{name}.png") if pages.demo else None
        if drawn is None:
            return Response(status_code=404)
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
