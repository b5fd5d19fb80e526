"""The manager's page: the whole hall at a glance, live."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.admission import admitted
from queue_server.console.pages import MANAGERS, Pages
from queue_server.console.render import Renderer


def add_overview(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    async def shown() -> dict[str, Any]:
        view = await pages.hall_view()
        return {
            "view": view,
            "now": view.now,
            "scale": await pages.scale(),
            "dossiers": await pages.dossier_figures(),
        }

    @router.get("/hall")
    async def overview(request: Request) -> Response:
        session = await admitted(renderer, request, MANAGERS)
        return await renderer.page(request, "overview.html", session, **await shown())

    @router.get("/hall/fragment")
    async def overview_fragment(request: Request) -> Response:
        session = await admitted(renderer, request, MANAGERS)
        return renderer.part(request, "overview_fragment.html", session, **await shown())
