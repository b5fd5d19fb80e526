"""Calls for help from kiosks, as the banner of every page that staff have open."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.admission import admitted
from queue_server.console.pages import Pages
from queue_server.console.render import Renderer


def add_help(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/help/fragment")
    async def help_fragment(request: Request) -> Response:
        session = await admitted(renderer, request)
        calls = await pages.help_calls(session)
        return renderer.part(request, "help_fragment.html", session, calls=calls, now=await pages.now())
