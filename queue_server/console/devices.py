"""The technician's page: every device, kiosk and board, what is out of order first, and what happened lately."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.admission import admitted
from queue_server.console.pages import MANAGERS, Pages
from queue_server.console.render import Renderer


def add_devices(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    async def shown(request: Request) -> dict[str, Any]:
        """`machine`, or `machine` and `part`, in the address: only their history is told."""
        machine = request.query_params.get("machine") or None
        part = (request.query_params.get("part") or None) if machine else None
        view = await pages.devices_view(machine, part)
        return {
            "view": view,
            "now": view.now,
            "machine": machine,
            "part": part,
            "zone": (await pages.hall()).timezone,
        }

    @router.get("/devices")
    async def devices(request: Request) -> Response:
        session = await admitted(renderer, request, MANAGERS)
        return await renderer.page(request, "devices.html", session, **await shown(request))

    @router.get("/devices/fragment")
    async def devices_fragment(request: Request) -> Response:
        session = await admitted(renderer, request, MANAGERS)
        return renderer.part(request, "devices_fragment.html", session, **await shown(request))
