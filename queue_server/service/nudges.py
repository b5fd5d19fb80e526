"""Tells the surfaces that something changed, so that they fetch it anew; losing a nudge does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_

Nudge = tuple[str, int]
MOST_LISTENERS = 1000


class TooManyListeners(HallError):
    code = "too-many-listeners"
    message = N_("Too many screens are listening to this server.")
    action = N_("The page keeps itself up to date by asking every few seconds; nothing needs to be done.")


class Listener:
    """One surface's pending nudges; several changes of one thing are one nudge."""

    def __init__(self) -> None:
        self._pending: dict[Nudge, None] = {}
        self._news = asyncio.Event()

    def put(self, nudges: list[Nudge]) -> None:
        self._pending.update(dict.fromkeys(nudges))
        self._news.set()

    async def get(self, timeout_s: float) -> list[Nudge]:
        """What changed since the last call; an empty list after `timeout_s` seconds of quiet."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            return []
        self._news.clear()
        nudges = list(self._pending)
        self._pending.clear()
        return nudges


class Hub:
    """Spreads nudges to all listeners; `publish` may be called from any thread."""

    def __init__(self) -> None:
        self.version = 0
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Bind to the running event loop; before this, nudges are dropped, as nobody can listen."""
        self._loop = asyncio.get_running_loop()

    def publish(self, nudges: list[Nudge]) -> None:
        self.version += 1
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, nudges)

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def check_room(self) -> None:
        """For those who must know before they begin to answer. Raises TooManyListeners."""
        if len(self._listeners) >= MOST_LISTENERS:
            raise TooManyListeners

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Listener]:
        """Raises TooManyListeners."""
        self.check_room()
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _spread(self, nudges: list[Nudge]) -> None:
        for listener in self._listeners:
            listener.put(nudges)
