"""Who may see which page: everybody else is answered with the way to the door, in one place for all pages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from queue_server.console.message import message
from queue_server.console.pages import STAFF, Session
from queue_server.console.render import Renderer
from queue_server.contract import Role

DEVICE_DOOR = "/device"


class TurnedAwayError(Exception):
    """Not for whoever asks: `answer` is given in place of the page."""

    def __init__(self, answer: Response) -> None:
        super().__init__(f"status {answer.status_code}")
        self.answer = answer


class PageRoute(APIRoute):
    """A page to which not everybody is admitted."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        page = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await page(request)
            except TurnedAwayError as turned:
                return turned.answer

        return shown


async def admitted(
    renderer: Renderer, request: Request, roles: frozenset[Role] = STAFF, door: str = "/login"
) -> Session:
    """The session when its role may see this page. Raises TurnedAwayError: the way to the door, or a plain refusal for
    a script.

    A person at a device's page is shown the device's door: that browser is to become the hall's screen.
    """
    session = await renderer.pages.session(request)
    for_script = request.url.path.endswith("/fragment")
    if session is None:
        if for_script:
            raise TurnedAwayError(PlainTextResponse("sign in", 401))
        raise TurnedAwayError(RedirectResponse(f"{door}?next={quote(request.url.path)}", 303))
    if session.role in roles:
        return session
    if for_script:
        raise TurnedAwayError(PlainTextResponse("not for this role", 403))
    if door == DEVICE_DOOR:
        raise TurnedAwayError(RedirectResponse(f"{door}?next={quote(request.url.path)}", 303))
    raise TurnedAwayError(await message(renderer, request, 403, session))
