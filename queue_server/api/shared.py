"""One answer for all who ask the same thing at the same moment: a call makes a hundred boards ask at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class Shared:
    """The newest answer and what it holds for; only on the event loop."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._answer: asyncio.Future[bytes] | None = None

    async def get(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The answer for `key`, made once; who comes while it is being made waits for it. Raises what `make` raises."""
        if self._answer is None or key != self._key or (self._answer.done() and self._answer.exception() is not None):
            self._key = key
            self._answer = asyncio.ensure_future(make())
        # One asker going away must not take the answer from the others.
        return await asyncio.shield(self._answer)
