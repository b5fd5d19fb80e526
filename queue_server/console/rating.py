"""The screen at a counter that asks the person just served how it was."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from queue_server.console.address import counter_number
from queue_server.console.admission import DEVICE_DOOR, admitted
from queue_server.console.message import message
from queue_server.console.pages import Pages
from queue_server.console.render import Renderer
from queue_server.contract import Role

RATERS = frozenset({Role.AGENT, Role.KIOSK})
"""Staff may not rate: the word is the citizen's, given at a screen of the hall."""


def add_rating(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    @router.get("/rate/{place}")
    async def rating(request: Request, place: str) -> Response:
        counter = counter_number(place)
        if counter is None:
            return await message(renderer, request, 404, await pages.session(request))
        session = await admitted(renderer, request, RATERS, DEVICE_DOOR)
        if session.counter not in (None, counter):
            return await message(renderer, request, 403, session)
        view = await pages.rate_view(counter)
        if view is None:
            return await message(renderer, request, 404, session)
        return await renderer.page(request, "rate.html", session, view=view, now=view.now)

    @router.get("/rate/{place}/fragment")
    async def rating_fragment(request: Request, place: str) -> Response:
        counter = counter_number(place)
        if counter is None:
            return PlainTextResponse("no such counter", 404)
        session = await admitted(renderer, request, RATERS)
        view = await pages.rate_view(counter)
        if view is None:
            return PlainTextResponse("no such counter", 404)
        return renderer.part(request, "rate_fragment.html", session, view=view, now=view.now)
