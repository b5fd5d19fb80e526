"""Who may see which page: the session, or the answer to give in its place."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from queue_server.console.message import message
from queue_server.console.pages import STAFF, Session
from queue_server.console.render import Renderer
from queue_server.contract import Role

DEVICE_DOOR = "/device"


async def admitted(
    renderer: Renderer, request: Request, roles: frozenset[Role] = STAFF, door: str = "/login"
) -> Session | Response:
    """The session when its role may see this page; else the way to the door, or a plain refusal for a script.

    A person at a device's page is shown the device's door: that browser is to become the hall's screen.
    """
    session = await renderer.pages.session(request)
    for_script = request.url.path.endswith("/fragment")
    if session is None:
        if for_script:
            return PlainTextResponse("sign in", 401)
        return RedirectResponse(f"{door}?next={quote(request.url.path)}", 303)
    if session.role in roles:
        return session
    if for_script:
        return PlainTextResponse("not for this role", 403)
    if door == DEVICE_DOOR:
        return RedirectResponse(f"{door}?next={quote(request.url.path)}", 303)
    return await message(renderer, request, 403, session)
