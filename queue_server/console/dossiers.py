"""The clerk's dossiers: the list with its filter and search, one dossier, and its papers as pictures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from queue_server.console import paper_pages
from queue_server.console.address import record_number
from queue_server.console.admission import admitted
from queue_server.console.message import message
from queue_server.console.pages import Pages, RefusedError, Session, Wanted
from queue_server.console.render import Renderer
from queue_server.contract import DossierState

LONGEST_SEARCH = 60
LONGEST_KIND = 40
PRIVATE = {"Cache-Control": "no-store", "Content-Disposition": "inline", "Content-Security-Policy": "sandbox"}
"""A paper is kept by no browser: it is asked for anew each time it is looked at; and whatever is in it does nothing."""


def add_dossiers(router: APIRouter, pages: Pages, renderer: Renderer) -> None:
    async def refused(request: Request, session: Session, problem: RefusedError) -> Response:
        """Sealed with a key that is gone, say: in words, as a page."""
        return await renderer.page(
            request, "message.html", session, problem.status, heading=problem.detail, advice=problem.action
        )

    async def listed(session: Session, wanted: Wanted) -> dict[str, Any]:
        """Raises RefusedError."""
        reply = await pages.dossiers(session, wanted)
        fragment = _link(wanted, before=wanted.before).replace("/dossiers", "/dossiers/fragment", 1)
        return {"reply": reply, "wanted": wanted, "link": _link, "fragment": fragment, "now": await pages.now()}

    async def shown(session: Session, ident: int) -> dict[str, Any] | None:
        view = await pages.dossier(session, ident)
        return None if view is None else {"view": view, "now": await pages.now(), "hall": await pages.hall()}

    @router.get("/dossiers")
    async def dossiers(request: Request) -> Response:
        session = await admitted(renderer, request)
        try:
            found = await listed(session, _wanted(request))
        except RefusedError as problem:
            return await refused(request, session, problem)
        return await renderer.page(request, "dossiers.html", session, **found)

    @router.get("/dossiers/fragment")
    async def dossiers_fragment(request: Request) -> Response:
        session = await admitted(renderer, request)
        try:
            found = await listed(session, _wanted(request))
        except RefusedError as problem:
            return PlainTextResponse(problem.detail, problem.status)
        return renderer.part(request, "dossiers_fragment.html", session, hall=await pages.hall(), **found)

    @router.get("/dossiers/{place}")
    async def dossier(request: Request, place: str) -> Response:
        session = await admitted(renderer, request)
        ident = record_number(place)
        try:
            view = await pages.dossier(session, ident) if ident else None
        except RefusedError as problem:
            return await refused(request, session, problem)
        if view is None:
            return await message(renderer, request, 404, session)
        return await renderer.page(request, "dossier.html", session, view=view, now=await pages.now())

    @router.get("/dossiers/{place}/fragment")
    async def dossier_fragment(request: Request, place: str) -> Response:
        session = await admitted(renderer, request)
        ident = record_number(place)
        try:
            found = await shown(session, ident) if ident else None
        except RefusedError as problem:
            return PlainTextResponse(problem.detail, problem.status)
        if found is None:
            return PlainTextResponse("no such dossier", 404)
        return renderer.part(request, "dossier_fragment.html", session, **found)

    @router.get("/dossiers/{place}/papers/{kind}")
    async def paper(request: Request, place: str, kind: str) -> Response:
        """The paper whole, as it was digitised."""
        session = await admitted(renderer, request)
        ident = record_number(place)
        try:
            found = await pages.dossier_paper(session, ident, kind) if ident and len(kind) <= LONGEST_KIND else None
        except RefusedError as problem:
            return await refused(request, session, problem)
        if found is None:
            return await message(renderer, request, 404, session)
        return Response(found.content, media_type=found.media_type, headers=PRIVATE)

    @router.get("/dossiers/{place}/papers/{kind}/{number}")
    async def paper_page(request: Request, place: str, kind: str, number: str) -> Response:
        """One page of it as a picture."""
        session = await admitted(renderer, request)
        ident, page = record_number(place), record_number(number)
        try:
            found = await pages.dossier_paper(session, ident, kind) if ident and len(kind) <= LONGEST_KIND else None
        except RefusedError as problem:
            return PlainTextResponse(problem.detail, problem.status)
        picture = await paper_pages.picture(found, page) if found and page else None
        if picture is None:
            return PlainTextResponse("no such page", 404)
        return Response(picture.content, media_type=picture.media_type, headers=PRIVATE)


def _wanted(request: Request) -> Wanted:
    """What the address asks for; what cannot be is left out."""
    query = request.query_params
    state = query.get("state", "")
    return Wanted(
        DossierState(state) if state in set(DossierState) else None,
        query.get("search", "").strip()[:LONGEST_SEARCH],
        bool(query.get("late")),
        record_number(query.get("before", "")),
    )


def _link(wanted: Wanted, **changes: object) -> str:
    """The address of the list with something else asked for; `before` only where it is given."""
    asked = {"state": wanted.state, "search": wanted.search, "late": wanted.late or "", **changes}
    query = urlencode({key: 1 if value is True else value for key, value in asked.items() if value})
    return f"/dossiers?{query}" if query else "/dossiers"
