"""The clerk's pages: the choice of a counter, and the counter's desk with its live part."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from queue_server.console.address import counter_number
from queue_server.console.admission import admitted
from queue_server.console.message import message
from queue_server.console.pages import Pages, Session
from queue_server.console.render import Renderer
from queue_server.contract import CounterView, DossierRow


def add_desk(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    async def prepared(session: Session, view: CounterView) -> DossierRow | None:
        """What whoever stands at the counter has prepared at a kiosk; for the clerk who serves them."""
        return await pages.dossier_of_ticket(session, view.ticket.id) if view.ticket and view.mine else None

    @router.get("/console")
    async def choice(request: Request) -> Response:
        session = await admitted(renderer, request)
        return await renderer.page(request, "choice.html", session, counters=await pages.counters(session))

    @router.get("/console/{place}")
    async def desk(request: Request, place: str) -> Response:
        counter = counter_number(place)
        if counter is None:
            return await message(renderer, request, 404, await pages.session(request))
        session = await admitted(renderer, request)
        view = await pages.counter_view(counter, session)
        if view is None:
            return await message(renderer, request, 404, session)
        return await renderer.page(
            request,
            "desk.html",
            session,
            view=view,
            dossier=await prepared(session, view),
            now=view.now,
            offer=await pages.services(),
            counters=await pages.counters(session),
        )

    @router.get("/console/{place}/fragment")
    async def desk_fragment(request: Request, place: str) -> Response:
        counter = counter_number(place)
        if counter is None:
            return PlainTextResponse("no such counter", 404)
        session = await admitted(renderer, request)
        view = await pages.counter_view(counter, session)
        if view is None:
            return PlainTextResponse("no such counter", 404)
        dossier = await prepared(session, view)
        return renderer.part(request, "desk_fragment.html", session, view=view, dossier=dossier, now=view.now)
