"""A hundred boards and one clerk, in a process of their own: what the boards' pages do, without drawing.

Each board keeps a stream of nudges open and, when one comes, fetches the board's data on a connection of its own; a
nudge during a fetch makes it fetch once more. (The real page also waits 50 ms for further nudges; not done here.)
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, cast

import uvloop

from .child import Ask, serve
from .wire import Connection, WireError, address, request

POLL_S = 5.0
"""When the real page would ask on its own, had the nudge been lost."""
SETTLE_S = 0.15
OK = 200


class Nudges(asyncio.Protocol):
    """One open stream of events; `on_news` is called for what arrives after the greeting."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.on_news: Callable[[], object] = bool

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(request("GET", self._path, Accept="text/event-stream"))

    def data_received(self, data: bytes) -> None:
        if b"data:" in data:
            self.on_news()

    def close(self) -> None:
        self._transport.close()


class Board:
    """One board: `seen` holds the moments and bodies of the answers it got since `watch`."""

    def __init__(self, nudges: Nudges, data: Connection, path: str) -> None:
        self._nudges = nudges
        self._data = data
        self._get = request("GET", path)
        self._busy = self._again = False
        self._task: asyncio.Task[None] | None = None
        self.seen: list[tuple[float, bytes]] = []
        self.news = asyncio.Event()
        nudges.on_news = self.nudged

    def watch(self) -> None:
        self.seen = []

    def nudged(self) -> None:
        if self._busy:
            self._again = True
        else:
            self._busy = True
            self._task = asyncio.get_running_loop().create_task(self._fetch())

    async def _fetch(self) -> None:
        while True:
            self._again = False
            status, body = await self._data.ask(self._get)
            if status != OK:
                raise WireError(f"{status} {body[:300]!r}")
            self.seen.append((self._data.answered_at, body))
            self.news.set()
            if not self._again:
                break
        self._busy = False

    async def shown(self, number: bytes | None) -> float:
        """The moment of the first answer that has `number` among its calls (any answer, with None)."""
        at = 0
        while True:
            for moment, body in self.seen[at:]:
                if number is None or 0 <= body.find(number) < body.find(b'"queues"'):
                    return moment
            at = len(self.seen)
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), POLL_S)
            except TimeoutError:
                self.nudged()

    def close(self) -> None:
        self._nudges.close()
        self._data.close()


async def watched(
    url: str, boards: int, calls: int, press: list[tuple[str, str | None]], events: str, board: str, fixed: bool
) -> Ask:
    """Press `calls` times, each at the next of `press` (path, token); see when each of the boards has the number."""
    loop = asyncio.get_running_loop()
    screens = []
    for _ in range(boards):
        _, nudges = await loop.create_connection(lambda: Nudges(events), *address(url))
        screens.append(Board(nudges, await Connection.open(url), board))
    clerk = await Connection.open(url)
    done: dict[str, list[float]] = {"pressed_s": [], "answered_s": [], "last_s": []}
    for turn in range(calls):
        await asyncio.sleep(SETTLE_S)
        for screen in screens:
            screen.watch()
        path, token = press[turn % len(press)]
        pressed = time.perf_counter()
        status, body = await clerk.ask(request("POST", path, token))
        answered = clerk.answered_at
        if status != OK:
            raise WireError(f"{status} {body[:300]!r}")
        number = None if fixed else f'"{json.loads(body)["ticket"]["number"]}"'.encode()
        shown = await asyncio.gather(*(screen.shown(number) for screen in screens))
        done["pressed_s"] += [moment - pressed for moment in shown]
        done["answered_s"] += [max(0.0, moment - answered) for moment in shown]
        done["last_s"].append(max(shown) - pressed)
    for screen in screens:
        screen.close()
    clerk.close()
    return done


def answer(**how: Any) -> Ask:
    cpu = time.process_time()
    done = uvloop.run(watched(**how))
    return {**done, "cpu_s": time.process_time() - cpu}


if __name__ == "__main__":
    serve(answer)
