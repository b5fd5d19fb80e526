"""The references for the server's framework: the least that an app of the same libraries does for the same request.

`starlette`: 100 boards told of a change and given a fixed JSON; nothing stored, nothing decided.
`fastapi`: a body checked against a model and answered with one, as the ticket endpoint's, without a database.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from queue_server.contract import Ticket, TicketRequest, TicketState

from .child import say

NUDGE = b'data: {"changed": "ticket", "id": 1}\n\n'


def fan_out() -> Starlette:
    """POST /call nudges everybody at GET /events; GET /board answers what PUT /board left."""
    listeners: set[asyncio.Event] = set()
    shown = [b"{}"]

    async def call(request: Request) -> Response:
        for news in listeners:
            news.set()
        return JSONResponse({"number": "A-001"})

    async def stream() -> AsyncIterator[bytes]:
        news = asyncio.Event()
        listeners.add(news)
        try:
            yield b": here\n\n"
            while True:
                await news.wait()
                news.clear()
                yield NUDGE
        finally:
            listeners.discard(news)

    async def events(request: Request) -> Response:
        return StreamingResponse(stream(), media_type="text/event-stream")

    async def board(request: Request) -> Response:
        return Response(shown[0], media_type="application/json")

    async def put(request: Request) -> Response:
        shown[0] = await request.body()
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/call", call, methods=["POST"]),
            Route("/events", events),
            Route("/board", board),
            Route("/board", put, methods=["PUT"]),
        ]
    )


def no_database() -> FastAPI:
    """POST /tickets, checked and answered by the wire models, and forgotten."""
    app = FastAPI(docs_url=None, redoc_url=None)

    @app.post("/tickets", status_code=201)
    async def issue(wanted: TicketRequest) -> Ticket:
        now = datetime.now(UTC)
        return Ticket(
            id=1,
            number="A-001",
            service=wanted.service,
            priority=wanted.priority,
            state=TicketState.WAITING,
            issued_at=now,
            queued_at=now,
            ahead=0,
            wait_low_s=0,
            wait_high_s=600,
            track_url="http://hall/t/0000000000000000000000",
        )

    return app


def main(which: str) -> None:
    """Run it on a free port, said as the first line."""
    app: ASGIApp = {"starlette": fan_out, "fastapi": no_database}[which]()
    listening = socket.create_server(("127.0.0.1", 0))
    say({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"})
    # As `motcua serve` runs its own.
    config = uvicorn.Config(app, access_log=False, server_header=False, proxy_headers=False, log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
