"""All pages as one router, to be put into the app by the composition root."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from queue_server.console.admission import PageRoute
from queue_server.console.appointments import add_appointments
from queue_server.console.desk import add_desk
from queue_server.console.devices import add_devices
from queue_server.console.dossier_phone import add_dossier_phone
from queue_server.console.dossiers import add_dossiers
from queue_server.console.entry import add_entry
from queue_server.console.help import add_help
from queue_server.console.overview import add_overview
from queue_server.console.pages import Pages
from queue_server.console.phone import add_phone
from queue_server.console.preview import add_preview
from queue_server.console.rating import add_rating
from queue_server.console.render import Renderer


def router(pages: Pages, renderer: Renderer | None = None) -> APIRouter:
    """The pages over what `pages` answers. Static files are mounted apart, by `assets.mount`."""
    renderer = renderer or Renderer(pages)
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)

    @routes.get("/")
    async def index(request: Request) -> Response:
        session = await pages.session(request)
        logins = await pages.demo_logins() if pages.demo else ()
        counters = (await pages.hall_view()).counters if pages.demo else ()
        return await renderer.page(request, "index.html", session, logins=logins, counters=counters)

    add_entry(routes, pages, renderer)
    add_help(routes, pages, renderer)
    add_desk(routes, pages, renderer)
    add_overview(routes, pages, renderer)
    add_devices(routes, pages, renderer)
    add_dossiers(routes, pages, renderer)
    add_appointments(routes, pages, renderer)
    add_phone(routes, pages, renderer)
    add_dossier_phone(routes, pages, renderer)
    add_rating(routes, pages, renderer)
    add_preview(routes, pages, renderer)
    return routes
