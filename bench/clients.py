"""Kiosks taking numbers and clerks calling them, as many as wanted, in a process of their own."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import uuid
from collections.abc import Iterator

import uvloop

from .child import Ask, serve
from .wire import Connection, WireError, request

CREATED, OK, NO_CONTENT = 201, 200, 204


def tickets(path: str, token: str, services: list[str], count: int) -> Iterator[bytes]:
    """`count` requests for a ticket, each under a key of its own, the services in turn."""
    for service in itertools.islice(itertools.cycle(services), count):
        body = json.dumps({"service": service, "language": "vi"}).encode()
        yield request("POST", path, token, body, Idempotency_Key=uuid.uuid4().hex, Accept_Language="vi")


async def take(url: str, requests: Iterator[bytes], connections: int, each_s: list[float]) -> float:
    """Spread `requests` over `connections`, each sending its next when it has its answer. Returns the seconds."""
    opened = [await Connection.open(url) for _ in range(connections)]

    async def one(connection: Connection) -> None:
        for wanted in requests:
            began = time.perf_counter()
            status, body = await connection.ask(wanted)
            each_s.append(connection.answered_at - began)
            if status not in (CREATED, OK):
                raise WireError(f"{status} {body[:300]!r}")

    began = time.perf_counter()
    await asyncio.gather(*map(one, opened))
    took = time.perf_counter() - began
    for connection in opened:
        connection.close()
    return took


async def call(url: str, clerks: list[tuple[int, str]], count: int, each_s: list[float]) -> float:
    """Every clerk presses Next again and again, `count` times in all or until nobody waits. Returns the seconds."""
    left = iter(range(count))

    async def one(connection: Connection, counter: int, token: str) -> None:
        pressed = request("POST", f"/api/v1/counters/{counter}/next", token, Accept_Language="vi")
        for _ in left:
            began = time.perf_counter()
            status, body = await connection.ask(pressed)
            if status == NO_CONTENT:
                return
            each_s.append(connection.answered_at - began)
            if status != OK:
                raise WireError(f"{status} {body[:300]!r}")

    opened = [await Connection.open(url) for _ in clerks]
    began = time.perf_counter()
    pairs = zip(opened, clerks, strict=True)
    await asyncio.gather(*(one(connection, *clerk) for connection, clerk in pairs))
    took = time.perf_counter() - began
    for connection in opened:
        connection.close()
    return took


def answer(do: str, url: str, **how: object) -> Ask:
    """`do`: issue (path, token, services, count, connections) or call (clerks, count)."""
    each: list[float] = []
    cpu = time.process_time()
    if do == "issue":
        connections = how.pop("connections")
        # Made before the clock starts: what a kiosk prepares is not the server's cost.
        requests = list(tickets(**how))  # type: ignore[arg-type]
        took = uvloop.run(take(url, iter(requests), connections, each))  # type: ignore[arg-type]
    else:
        took = uvloop.run(call(url, each_s=each, **how))  # type: ignore[arg-type]
    return {"each_s": each, "all_s": took, "cpu_s": time.process_time() - cpu}


if __name__ == "__main__":
    serve(answer)
